"""What was decided about a table and why, and what it leaves open: in sentences.

A reason is kept as a key and the facts for its braces, so that a page can say it in the language
of whoever reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

REASONS: Mapping[str, str] = MappingProxyType(
    {
        # Columns that are used
        "numbers": "Numbers.",
        "whole_numbers": "Whole numbers.",
        "all_different": "Whole numbers, all different: leave it out if it only names the rows.",
        "some_no_numbers": "Numbers; {count:,} other entries count as missing, such as "
        "“{example}”.",
        "some_no_dates": "Dates or times; {count:,} other entries count as missing, such as "
        "“{example}”.",
        "two_answers": "Two values that say yes and no.",
        "categories": "{count} different texts: each becomes a column of 0 and 1.",
        # and columns that are not
        "constant": "The same value wherever there is one: it tells no rows apart.",
        "empty": "No row has a value.",
        "dates": "Dates or times: they can give away which rows belong together.",
        "identifier_name": "Its name says that it names the rows.",
        "identifier_numbers": "It numbers the rows: whole numbers in order, with few gaps.",
        "identifier_texts": "A different text in every row: it names the rows.",
        "free_text": "Free text, {words:.0f} words a row, which the models here do not read.",
        "many_categories": "{count:,} different texts: too many for a column each.",
        "leak_class": "It may hold the answer: a tree on it alone has balanced accuracy "
        "{score:.3f}.",
        "leak_number": "It may hold the answer: a tree on it alone has R² {score:.3f}, by ranks.",
        "left_out": "Left out by you.",
        "target": "This is what is predicted.",
        "groups": "It says which rows stay together, in the training or in the test rows.",
        # The target and the task
        "chosen": "Chosen by you.",
        "target_name": "Its name is that of a target.",
        "target_last": "It is the last column that could be a target.",
        "task_texts": "The target holds {count:,} different texts.",
        "task_boolean": "The target says yes or no.",
        "task_few": "The target holds {count} different whole numbers.",
        "task_numbers": "The target holds {count:,} different numbers.",
        "task_rare": "The target holds {count} different whole numbers, some of them only once.",
        # What was chosen in loading a file
        "note_target": "{target} is what is predicted. {role}",
        "note_left_out": "{column} is left out. {role}",
        "note_unread": "{count:,} entries of {column} count as missing, such as “{example}”.",
        "note_infinite": "{count:,} infinite numbers in {column} count as missing.",
        "note_no_target": "{count:,} rows are left out, for they have no target.",
        "note_rare": "{count:,} rows are left out, for no other row is of their class, such as "
        "“{example}”.",
        "note_skipped": "{count:,} rows are left out, for they have more fields than there are "
        "columns.",
        "note_above": "{count:,} lines above the header are left out.",
        "note_below": "{count:,} lines below the last row, of totals or remarks, are left out.",
        # What a file leaves open
        "open_encoding": "The text is read as {taken}, with words such as “{example}”; as {other} "
        "it would be “{spelt}”.",
        "open_decimal": "“{example}” is read as {taken:,g}; it may as well be {other:,g}.",
        "open_day_first": "Dates such as “{example}” in {column} are read as day, then month; the "
        "other order is possible too.",
        "open_month_first": "Dates such as “{example}” in {column} are read as month, then day; "
        "the other order is possible too.",
        "open_missing": "“{example}” in {column} is read as a value; it may as well say that there "
        "is none.",
    }
)

# Where the count is one.
OF_ONE: Mapping[str, str] = MappingProxyType(
    {
        "some_no_numbers": "Numbers; {count} other entry counts as missing: “{example}”.",
        "some_no_dates": "Dates or times; {count} other entry counts as missing: “{example}”.",
        "note_unread": "{count} entry of {column} counts as missing: “{example}”.",
        "note_infinite": "{count} infinite number in {column} counts as missing.",
        "note_no_target": "{count} row is left out, for it has no target.",
        "note_rare": "{count} row is left out, for no other row is of its class, “{example}”.",
        "note_skipped": "{count} row is left out, for it has more fields than there are columns.",
        "note_above": "{count} line above the header is left out.",
        "note_below": "{count} line below the last row, a total or remark, is left out.",
    }
)


@dataclass(frozen=True)
class Reason:
    """One sentence.

    Attributes
    ----------
    code : str
        A key of ``REASONS``.
    facts : mapping
        What stands in its braces.

    Examples
    --------
    >>> reason = Reason("categories", {"count": 7})
    >>> str(reason)
    '7 different texts: each becomes a column of 0 and 1.'
    >>> reason.template
    '{count} different texts: each becomes a column of 0 and 1.'
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The sentence with its braces, for a translation."""
        one = self.facts.get("count") == 1
        return OF_ONE.get(self.code, REASONS[self.code]) if one else REASONS[self.code]

    def __str__(self) -> str:
        return self.template.format(**self.facts)


@dataclass(frozen=True)
class Question:
    """What a file leaves open.

    Attributes
    ----------
    parameter : str
        That of `read_table` which decides.
    reason : Reason
        What was taken, and what else is possible.
    taken, other
        The two values of the parameter.
    """

    parameter: str
    reason: Reason
    taken: Any
    other: Any
