"""Texts in the language of whoever reads the page: English in the source, others beside it.

The English text is the key, as in gettext: a text that has no translation is shown in English, and
a test holds every marked text against ``korean/``. Errors that a script sees too stay English, as
those of scikit-learn do.
"""

from collections.abc import Callable, Mapping
from typing import Any

from .korean import TEXTS as KOREAN

# By the code that browsers send (BCP 47), each under its own name.
LANGUAGES = {"en": "English", "ko": "한국어"}
_TRANSLATIONS: dict[str, Mapping[str, str]] = {"en": {}, "ko": KOREAN}
_reader: Callable[[], str] = lambda: "en"  # noqa: E731


def follow(reader: Callable[[], str]) -> None:
    """Ask ``reader`` for the language from now on: it returns a key of ``LANGUAGES``.

    Asked at every text, because the sessions of one server read different languages.
    """
    global _reader
    _reader = reader


def current() -> str:
    """Return the language of whoever reads now, a key of ``LANGUAGES``."""
    return _reader()


def best_match(locale: str | None) -> str:
    """Return the language for what a browser asks for, English where there is none.

    Examples
    --------
    >>> best_match("ko-KR"), best_match("de"), best_match(None)
    ('ko', 'en', 'en')
    """
    code = (locale or "").split("-")[0].lower()
    return code if code in LANGUAGES else "en"


def t(text: str, **values: Any) -> str:
    """Translate ``text`` and put ``values`` into its braces.

    Examples
    --------
    >>> t("{n} of {total} fits", n=3, total=30)
    '3 of 30 fits'
    """
    translated = _TRANSLATIONS[current()].get(text, text)
    return translated.format(**values) if values else translated


def mark(text: str) -> str:
    """Return ``text`` as it is: it is translated where it is shown, by `t` of a variable."""
    return text
