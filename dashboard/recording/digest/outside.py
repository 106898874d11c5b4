"""What code asks of the world outside of it: the environment, chance, and of `places`.

Variables of the environment enter a digest with their content, shared random numbers with their
state. Which files are opened is not looked for here: `reads` sees that while a task runs.
"""

import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

import numpy as np

from . import places
from .origin import version_of
from .reach import Constant, Item, Step, Use, is_by_name
from .unknowable import UnknowableError, path_of, refuse

_IMPORTS = frozenset({"importlib.import_module", "builtins.__import__"})
_NOW = ("now", "today")
_DATES = ("datetime64", "to_datetime", "Timestamp")
_TORCH = frozenset(
    {
        *("rand", "randn", "randint", "randperm", "normal", "bernoulli", "multinomial"),
        *("rand_like", "randn_like", "manual_seed"),
    }
)


def outside(items: Sequence[Item], modules: Callable[[str], Any]) -> Iterator[Any]:
    """Yield what one function asks of the world outside, with the answer.

    Parameters
    ----------
    items : sequence of Item
        The function, as `reach.read` gives it.
    modules : callable
        Gives a module by its name.

    Raises
    ------
    UnknowableError
    """
    seeded: set[str] = set()
    for place, item in enumerate(items):
        first = _first_argument(items, place) if isinstance(item, Use) else None
        yield from places.asked(item, first)
        yield from _subclasses(item)
        if isinstance(item, Use):
            yield from _environment(items, place, item, first)
            yield from _chance(item, items[place + 1], seeded)
            refuse(item.value, item.name, item.rest)
            if first in _NOW and item.name.endswith(_DATES):
                raise UnknowableError(f"{item.name}({first!r}) asks for the date")
            if path_of(item.value, item.name) in _IMPORTS:
                if first is None:
                    raise UnknowableError(f"{item.name} imports what is not known before it runs")
                yield f"{first} {version_of(first)}" if is_by_name(first) else modules(first)


def _subclasses(item: Item) -> Iterable[Any]:
    """The classes below one, which register themselves by being defined."""
    if not isinstance(item, Constant) and "__subclasses__" in (
        item.name,
        *getattr(item, "rest", ()),
    ):
        if isinstance(item, Use) and isinstance(item.value, type) and len(item.rest) == 1:
            return [item.value.__subclasses__()]
        raise UnknowableError("__subclasses__ reaches what no name in the code says")
    return []


def shares_random_numbers(value: Any) -> bool:
    """Whether this draws from the generator that all code shares, whose state is looked at here."""
    owner = getattr(value, "__self__", None)
    return owner is np.random.mtrand._rand or owner is random._inst


def numpy_s_state() -> list[Any]:
    """The state of NumPy's shared random numbers, where it was set.

    Where nobody has called np.random.seed, a result stands for all draws, as it does with
    random_state=None.
    """
    is_seeded = np.random.mtrand.get_bit_generator().seed_seq is None
    return [np.random.get_state(legacy=True)] if is_seeded else []  # noqa: NPY002


def _first_argument(items: Sequence[Item], place: int) -> str | None:
    """The text that is the first argument of a call; None where it is not that plain.

    Nothing but constants and names may stand before the call: what is computed, chosen between,
    or given by keyword is not known.
    """
    end = place + 1
    while end < len(items) and _is_plain(items[end]):
        end += 1
    is_call = end < len(items) and items[end] == Step("CALL")
    return _text(items[place + 1]) if is_call and end > place + 1 else None


def _is_plain(item: Item) -> bool:
    return isinstance(item, Constant) or (isinstance(item, Use) and not item.rest)


def _text(item: Item) -> str | None:
    value = item.value if isinstance(item, (Constant, Use)) and _is_plain(item) else None
    return str(value) if isinstance(value, (str, PurePath)) else None


def _environment(items: Sequence[Item], place: int, item: Use, first: str | None) -> Iterable[Any]:
    """The variables that are asked for by a constant name; else all of them."""
    if item.value is os.environ and not item.rest:
        first = _subscript(items, place)
    elif item.value is not os.getenv and not (item.value is os.environ and item.rest == ("get",)):
        return [dict(os.environ)] if item.value is os.environ else []
    if first is None:
        return [dict(os.environ)]
    return ["environment", first, os.environ.get(first)]


def _subscript(items: Sequence[Item], place: int) -> str | None:
    """The name in ``os.environ["NAME"]`` and in ``"NAME" in os.environ``."""
    after = [*items[place + 1 : place + 3], Step(""), Step("")]
    if after[1] == Step("BINARY_SUBSCR"):
        return _text(after[0])
    if after[0] == Step("CONTAINS_OP"):
        before = [Step(""), Step(""), *items[:place]][-2:]
        is_chosen = isinstance(before[0], Step) and "JUMP" in before[0].operation
        return None if is_chosen else _text(before[1])
    return None


def _chance(item: Use, after: Item, seeded: set[str]) -> Iterable[Any]:
    """The state of the random numbers that all code shares, where the script has set it."""
    owner = getattr(item.value, "__self__", None)
    if owner is np.random.mtrand._rand:
        source = "NumPy's"
    elif owner is random._inst:
        source = "Python's"
    elif path_of(item.value, item.name).startswith("torch.") and _last(item) in _TORCH:
        source = "PyTorch's"
    else:
        return []
    if _last(item) in ("seed", "manual_seed") and after != Step("CALL"):
        seeded.add(source)
    if source in seeded:
        return []
    if source == "NumPy's":
        return numpy_s_state()
    raise UnknowableError(
        f"{item.name} draws from {source} shared random numbers, which nothing says are as they "
        "were; draw from a generator with a seed"
    )


def _last(item: Use) -> str:
    return item.name.rpartition(".")[2]
