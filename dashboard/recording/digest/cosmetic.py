"""Parameters of an estimator that say how its work is done and shown, not what comes out.

By scikit-learn's conventions these are ``memory``, ``n_jobs`` and ``verbose``. A class of the
user's may hold to them or not, so the sources of its methods are read: a value that is handed on
under its name to a package, or decides whether something is printed, changes no result. Whatever
else is done with it may.
"""

import ast
import functools
import inspect
import textwrap
from collections.abc import Iterator

from .origin import is_library, module_of

_COSMETIC = frozenset({"memory", "n_jobs", "verbose"})
# Of joblib and scikit-learn, which take them first.
_TAKE_THEM = frozenset({"Parallel", "check_memory", "effective_n_jobs", "print"})


@functools.cache
def cosmetic(cls: type) -> frozenset[str]:
    """Return the parameters of an estimator's class that are in no key.

    Examples
    --------
    >>> from sklearn.pipeline import Pipeline
    >>> sorted(cosmetic(Pipeline))
    ['memory', 'n_jobs', 'verbose']
    """
    own = [base for base in cls.__mro__ if not is_library(module_of(base))]
    return frozenset(name for name in _COSMETIC if not any(_is_used(b, name) for b in own))


def _is_used(cls: type, name: str) -> bool:
    """Whether a class may calculate with a parameter; without its source, so it may."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    except (OSError, TypeError, SyntaxError):
        return True
    harmless = {id(node) for parent in ast.walk(tree) for node in _harmless(parent, name)}
    return any(
        id(node) not in harmless and not _is_stored(node)
        for node in ast.walk(tree)
        if _is_named(node, name)
    )


def _is_named(node: ast.AST, name: str) -> bool:
    """``self.verbose``, the argument ``verbose``, or "verbose", which getattr may take."""
    return (
        (isinstance(node, ast.Attribute) and node.attr == name)
        or (isinstance(node, ast.Name) and node.id == name)
        or (isinstance(node, ast.Constant) and node.value == name)
    )


def _is_stored(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store)


def _harmless(parent: ast.AST, name: str) -> Iterator[ast.AST]:
    """The places right under a node where nothing is calculated with the parameter."""
    if isinstance(parent, ast.Assign) and [ast.unparse(t) for t in parent.targets] == [
        f"self.{name}"
    ]:
        yield parent.value  # self.verbose = verbose
    elif isinstance(parent, ast.Call):
        called = ast.unparse(parent.func).rpartition(".")[2]
        if called in _TAKE_THEM or called == "__init__":
            yield from parent.args
        if called[:1].isupper() or called in {*_TAKE_THEM, "__init__", "set_params"}:
            yield from (keyword.value for keyword in parent.keywords if keyword.arg == name)
    elif isinstance(parent, ast.If) and not parent.orelse and all(map(_prints, parent.body)):
        yield from ast.walk(parent.test)


def _prints(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and ast.unparse(statement.value.func) == "print"
    )
