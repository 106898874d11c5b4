"""The content of a piece of code by itself: its instructions, each with what it is about."""

import dis
import functools
import types
from collections.abc import Callable, Iterable

Of = Callable[[object], bytes]  # the digest of a value

NOT_CONTENT = frozenset(
    {
        *("__doc__", "__module__", "__dict__", "__weakref__", "__annotations__"),
        *("__dataclass_fields__", "__dataclass_params__", "__firstlineno__", "__slotnames__"),
        *("__static_attributes__", "__annotate_func__", "__annotations_cache__", "_abc_impl"),
        # Made of the fields, which are content, with addresses in it.
        *("__pydantic_core_schema__", "__pydantic_serializer__", "__pydantic_validator__"),
    }
)
_HAS_DOCSTRING = 0x4000000  # a flag of code since Python 3.13


def code_tokens(code: types.CodeType, of: Of) -> Iterable[bytes]:
    """The instructions, each with what it is about.

    Not ``co_code`` and ``co_consts``: a docstring is a constant that no instruction of a
    function loads, and where it stands, or whether a place is kept for it, moves the others.
    """
    flags = code.co_flags & ~_HAS_DOCSTRING
    counts = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, flags)
    yield repr((counts, code.co_varnames, code.co_freevars)).encode()
    for operation, about, constant in _instructions(code):
        yield f"{operation} {about}".encode()
        if about is None:
            yield of(constant)  # not its repr: it has addresses, and sets
    yield code.co_exceptiontable


@functools.lru_cache(maxsize=1000)
def _instructions(code: types.CodeType) -> list[tuple[str, str | None, object]]:
    """Name and argument of each instruction; or name, None and the constant that it loads."""
    found: list[tuple[str, str | None, object]] = []
    for one in dis.get_instructions(code):
        if one.opname == "STORE_NAME" and one.argval in NOT_CONTENT:
            found.pop()  # in the body of a class: what is stored there was loaded just before
        elif one.opname == "KW_NAMES":  # of which `dis` of Python 3.11 says nothing
            found.append((one.opname, None, code.co_consts[one.arg or 0]))
        elif one.opcode in dis.hasconst:
            found.append((one.opname, None, one.argval))
        else:
            found.append((one.opname, one.argrepr or str(one.arg), None))
    return found
