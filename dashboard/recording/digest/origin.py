"""Whose code something is: a package's, known by its name and version, or the user's own."""

import contextlib
import functools
import hashlib
import importlib.metadata
import importlib.util
import sys
import sysconfig
import types
from pathlib import Path
from typing import Any

from ..sources import source_digest

LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")})


def origin(thing: Any) -> bytes:
    """Where a function or class is from; of a package's with the version."""
    module = module_of(thing)
    version = version_of(module) if is_library(module) else ""
    return f"{module}.{thing.__qualname__} {version}".encode()


def is_own(thing: Any) -> bool:
    """Whether a class or function is from the user's own files, and from no package."""
    return not is_library(module_of(thing))


def is_a_package_s(thing: Any) -> bool:
    """Whether a package offers this function or class by its name, so that the name says it all.

    What a package's function has made at run time, such as a decorator's wrapper, it does not; nor
    what only has a package's name, by functools.wraps say, or none.
    """
    module = module_of(thing)
    if not is_library(module):
        return False
    if isinstance(thing, types.FunctionType) and not is_written_in_a_package(thing):
        return False
    found: Any = sys.modules.get(module)
    for name in thing.__qualname__.split("."):
        found = getattr(found, name, None)
    # Python gives each class that is written in it a module; made in C, it may have none.
    return found is thing or not isinstance(vars(thing).get("__module__"), str)


def is_written_in_a_package(function: types.FunctionType) -> bool:
    """Whether the code of a function is a package's, whatever the function says of itself."""
    return is_library(function.__globals__.get("__name__") or "__main__")


def is_put_in(thing: Any) -> bool:
    """Whether something that is found inside of a package is a function or class of the user's."""
    kind = type(thing)  # not what it says of itself: things that are loaded late would be
    if issubclass(kind, type):
        return module_of(thing) in sys.modules and is_own(thing)
    if not issubclass(kind, types.FunctionType):
        return False
    if thing.__globals__.get("__name__") in sys.modules:
        return not is_written_in_a_package(thing)
    return is_own(thing)  # made while the package ran, as named tuples are


def module_of(thing: Any) -> str:
    """The module that made something; classes made in C may have a descriptor in its place."""
    module = getattr(thing, "__module__", None)
    return module if isinstance(module, str) else "builtins"


def version_of(module: str) -> str:
    package = module.partition(".")[0]
    return source_digest(module) if package == "bakeoff" else _version(package)


@functools.cache
def is_library(module: str) -> bool:
    """Whether a module is of an installed package; nothing is imported to find out."""
    package = module.partition(".")[0]
    if package == "bakeoff" or package in sys.builtin_module_names:
        return True
    if package == "__main__":
        return False
    places = _places(module) or _places(package)
    return any(
        place.startswith(LIBRARIES)
        or not {"site-packages", "dist-packages"}.isdisjoint(Path(place).parts)
        for place in places
    )


def _places(module: str) -> list[str]:
    """The file of a module, or the folders of one that has no file."""
    found = sys.modules.get(module)
    if found is None:
        try:
            spec = importlib.util.find_spec(module) if "." not in module else None
        except (ImportError, ValueError):
            return []
        if spec is None:
            return []
        file, folders = spec.origin, spec.submodule_search_locations
    else:
        file, folders = getattr(found, "__file__", None), getattr(found, "__path__", None)
    if file in ("built-in", "frozen"):
        return list(LIBRARIES)
    return [file] if file else list(folders or ())


@functools.cache
def _version(package: str) -> str:
    """The version of a package, of the standard library Python's; else what its file says."""
    if package in sys.stdlib_module_names:
        return ".".join(map(str, sys.version_info[:2]))
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return _installed(importlib.metadata.distribution(package))
    stated = getattr(sys.modules.get(package), "__version__", None)
    if isinstance(stated, str):
        return stated
    names = importlib.metadata.packages_distributions().get(package, [])
    if names:
        return " ".join(
            _installed(importlib.metadata.distribution(name)) for name in sorted(set(names))
        )
    files = [Path(place) for place in _places(package) if Path(place).is_file()]
    return " ".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)


def _installed(package: importlib.metadata.Distribution) -> str:
    """The version; of what was installed from a folder, with what was: it is a number for long."""
    if package.read_text("direct_url.json") is None:
        return package.version
    files = (package.read_text("RECORD") or "").splitlines()
    hashed = [line for line in sorted(files) if "sha256=" in line]
    return f"{package.version} {hashlib.sha256(chr(10).join(hashed).encode()).hexdigest()}"
