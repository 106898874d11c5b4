"""Which sources of bakeoff decide what a piece of it computes.

bakeoff may be installed from a working copy, where a version number says little, so its code enters
a digest as text. Only the code that computes does: one word changed on a page, in a report or in
the store must not lose a fit.
"""

import ast
import functools
import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Iterator
from pathlib import Path

_NETS = "bakeoff.estimators"
_BUILT_ON = ("torch", "skorch")  # whose versions decide what the nets compute, beside their sources
_KEEPS_RESULTS = "bakeoff.recording"  # and makes none


def sources(module: str) -> list[Path]:
    """Return the files that decide what the code of a module of bakeoff computes.

    They are its own file and those of all modules of bakeoff that it imports, that these import,
    and so on, inside functions too. Of `bakeoff.estimators` it is the whole package, whichever
    module. Not among them are imports for annotations alone, and `bakeoff.recording`.

    Parameters
    ----------
    module : str
        Such as ``__module__`` of a class or function has it.

    Returns
    -------
    list of Path
        Sorted.

    Examples
    --------
    >>> [path.name for path in sources("bakeoff.experiments.models.subsample")]
    ['folds.py', 'subsample.py']
    """
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = None if _is_within(name, _KEEPS_RESULTS) else _file(name)
        if path is None or name in found:
            continue
        found[name] = path
        if _is_within(name, _NETS):
            for part in _folder(_NETS).rglob("*.py"):
                found.setdefault(str(part), part)
        else:
            waiting += _imported(name, path)
    return sorted(set(found.values()))


@functools.cache
def source_digest(module: str) -> str:
    """Return a digest of `sources`; of nets, with the versions of what they are built on."""
    hashing = hashlib.sha256()
    paths = sources(module)
    for path in paths:
        hashing.update(path.read_bytes())
    has_nets = not {_folder(_NETS)}.isdisjoint(parent for path in paths for parent in path.parents)
    versions = [importlib.metadata.version(name) for name in _BUILT_ON] if has_nets else []
    return " ".join([hashing.hexdigest(), *versions])


def _imported(module: str, path: Path) -> Iterator[str]:
    """Names of bakeoff that a file imports, some of which are no modules."""
    package = module.split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    waiting: list[ast.AST] = [ast.parse(path.read_bytes())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting += node.orelse
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            whole = ".".join((*base, *filter(None, [node.module])))
            parts = [f"{whole}.{alias.name}" for alias in node.names]
            yield from parts
            # A folder that is only the way to its modules computes nothing.
            if any(_file(part) is None for part in parts):
                yield whole


def _is_within(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def _file(module: str) -> Path | None:
    """The file of a module of bakeoff; None of all other names. Nothing is imported for it."""
    top, *rest = module.removeprefix("bakeoff.").split(".")
    if not _is_within(module, "bakeoff") or not top or top == "bakeoff":
        return None
    folder = _folder(f"bakeoff.{top}")
    for path in (folder.joinpath(*rest, "__init__.py"), folder.joinpath(*rest).with_suffix(".py")):
        if path.is_file():
            return path
    return None


@functools.cache
def _folder(package: str) -> Path:
    found = importlib.util.find_spec(package)  # of a part of bakeoff, which imports no other
    places = found.submodule_search_locations if found else None
    return Path(next(iter(places))) if places else Path("nowhere")
