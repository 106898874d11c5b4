"""The rules that keep the packages apart, checked against the tree."""

import ast
import tomllib
from pathlib import Path

import pytest

import bakeoff.dashboard
import bakeoff.datasets
import bakeoff.estimators

ROOT = Path(__file__).parents[1]
FOLDERS = ("estimators", "datasets", "dashboard")
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))

# Who may import whom across the folders.
MAY_IMPORT = {
    "estimators": set(),
    "datasets": set(),
    "dashboard": {"estimators", "datasets"},
}
# Inside the estimators, what a module may import of its siblings: the arrows point one way.
INNER = {
    "_vocabulary": set(),
    "_schedules": set(),
    "_runtime": set(),
    "_inputs": set(),
    "_rows": set(),
    "_validation": set(),
    "_architecture": set(),
    "_callbacks": set(),
    "_recurrent": set(),
    "_layers": {"_vocabulary"},
    "_losses": {"_vocabulary"},
    "_solvers": {"_vocabulary"},
    "_convolution": {"_layers"},
    "_modules": {"_convolution", "_layers", "_recurrent", "_vocabulary"},
    "_plain_mlp": {"_modules"},
    "_backprop": {"_losses", "_plain_mlp"},
    "_epoch": {"_backprop", "_callbacks", "_rows", "_solvers"},
    "_net": {"_callbacks", "_epoch", "_layers", "_losses", "_plain_mlp", "_rows", "_runtime"},
}
PURE_TORCH = {
    *("_backprop", "_convolution", "_layers", "_losses", "_modules", "_plain_mlp", "_recurrent"),
    *("_rows", "_runtime", "_solvers"),
}
KNOW_SKORCH = {"_callbacks", "_epoch", "_net", "_training"}
# Inside the dashboard, what is further down may import what is further up.
LAYERS = [
    *("korean", "language", "quantities", "recording", "experiments"),
    *("charts", "report", "views", "app", "cli"),
]


def is_for_annotations(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imported(path: Path) -> set[str]:
    """Full names of the modules that a file imports, relative imports resolved.

    Imports for annotations alone do not count: nothing is loaded by them.
    """
    package = ("bakeoff", *path.relative_to(ROOT).parent.parts)
    names = set()
    tree = ast.parse(path.read_text())
    tree.body = [node for node in tree.body if not is_for_annotations(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, [node.module])))
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_folder_imports_only_what_it_may(path):
    folder = path.relative_to(ROOT).parts[0]
    allowed = {folder} | MAY_IMPORT[folder]
    names = imported(path)
    across = {n.split(".")[1] for n in names if n.startswith("bakeoff.")}
    assert across <= allowed
    bare = names & set(FOLDERS)
    assert not bare, f"import bakeoff.…, not a second copy of {bare}"


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_only_the_views_and_their_starter_know_streamlit(path):
    place = relative(path)
    may = place.startswith("dashboard/views/") or place in {"dashboard/app.py", "dashboard/cli.py"}
    uses = any(n.split(".")[0] == "streamlit" for n in imported(path))
    assert may or not uses


@pytest.mark.parametrize("name", sorted(PURE_TORCH))
def test_the_modules_know_neither_sklearn_nor_skorch(name):
    roots = {n.split(".")[0] for n in imported(ROOT / "estimators" / f"{name}.py")}
    assert not roots & {"sklearn", "skorch"}


def siblings(name: str) -> set[str]:
    prefix = "bakeoff.estimators."
    names = imported(ROOT / "estimators" / f"{name}.py")
    return {n.removeprefix(prefix).split(".")[0] for n in names if n.startswith(prefix)}


@pytest.mark.parametrize("name", sorted(INNER))
def test_the_inner_modules_import_only_what_is_below_them(name):
    assert siblings(name) <= INNER[name]


def test_only_these_modules_know_skorch():
    found = {
        path.stem
        for path in (ROOT / "estimators").glob("*.py")
        if any(n.split(".")[0] == "skorch" for n in imported(path))
    }
    assert found == KNOW_SKORCH


@pytest.mark.parametrize("place", LAYERS)
def test_the_dashboard_is_built_in_layers(place):
    above = LAYERS[LAYERS.index(place) + 1 :]
    path = ROOT / "dashboard" / place
    for file in path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]:
        inside = {n.split(".")[2] for n in imported(file) if n.startswith("bakeoff.dashboard.")}
        assert not inside & set(above), file


def test_every_part_of_the_dashboard_has_its_layer():
    parts = {path.stem for path in (ROOT / "dashboard").glob("[!_.]*")}
    assert parts == set(LAYERS)


def test_experiments_draw_nothing():
    for path in (ROOT / "dashboard" / "experiments").rglob("*.py"):
        assert not any(n.split(".")[0] == "altair" for n in imported(path)), path


def test_every_package_is_listed_for_the_wheel():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {
        "bakeoff." + ".".join(path.parent.relative_to(ROOT).parts)
        for path in SOURCES
        if path.name == "__init__.py"
    }
    assert sorted(listed) == sorted(found)


@pytest.mark.parametrize("package", [bakeoff.estimators, bakeoff.datasets])
def test_exports_are_sorted_and_exist(package):
    assert package.__all__ == sorted(package.__all__)
    assert all(hasattr(package, name) for name in package.__all__)
