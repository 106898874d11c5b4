"""The rules that keep the rooms of the house apart, checked against the tree."""

import ast
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bakeoff.recording.sources import sources

ROOT = Path(__file__).parents[1]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
# The names that users import, by the folders that hold them; of a file, the longest counts.
PACKAGES = {folder: name for name, folder in SETUPTOOLS["package-dir"].items()}
SOURCES = sorted(
    path for top in ("estimators", "datasets", "dashboard") for path in (ROOT / top).rglob("*.py")
)
MOST_FILES = 20  # of a folder; who looks for something reads so many names, not more

# Who may import whom among the packages.
MAY_IMPORT = {
    "bakeoff.estimators": set(),
    "bakeoff.datasets": set(),
    "bakeoff.recording": set(),
    "bakeoff.experiments": {"bakeoff.estimators", "bakeoff.datasets", "bakeoff.recording"},
    "bakeoff.dashboard": {
        *("bakeoff.estimators", "bakeoff.datasets", "bakeoff.recording", "bakeoff.experiments"),
    },
}
# The floors of the larger packages, the lowest first: files and folders, those of one line side by
# side. A room imports from the floors below it, and nothing from beside or above it.
FLOORS = {
    "bakeoff.estimators": [
        "_vocabulary _inputs",
        "_axes _labels _renamed",
        "_networks",
        "_training",
        "_learned",
        "_base",
        "_classifier _regressor",
        "_mlp _cnn _gru",
    ],
    "bakeoff.estimators._networks": [
        "layers losses architecture",
        "convolution recurrent",
        "modules",
    ],
    "bakeoff.estimators._training": [
        "rows runtime memory solvers schedules hold_out callbacks dense meeting",
        "plain_mlp flat_solver",
        "backprop",
        "steps",
        "epoch",
        "net",
        "fit stack",
        "together",
    ],
    "bakeoff.datasets._table": [
        "content missing reasons myriads dates leak",
        "numbers",
        "cells text",
        "columns readings",
        "target encoder",
        "file",
        "notes",
        "table",
        "described",
        "load",
    ],
    "bakeoff.datasets._table.text": [
        "scripts lines header",
        "encoding dialect",
        "footer rows",
    ],
    "bakeoff.experiments": [
        "evaluation findings folds once scorers statistics",
        "models losses",
        "live",
        "task",
        "reports",
        "specs",
        "engine",
        "runs",
    ],
    "bakeoff.dashboard": [
        "korean quantities",
        "language",
        "charts",
        "report",
        "views",
        "app cli",
    ],
    "bakeoff.dashboard.views": ["shared", "compare curves data ensembles runs search"],
}
ABOUT_TENSORS = [
    *("backprop", "dense", "flat_solver", "memory", "plain_mlp", "rows", "runtime", "solvers"),
]
KNOW_SKORCH = {"callbacks", "epoch", "fit", "net", "steps"}


def module_of(path: Path) -> str:
    """The name under which a file is imported."""
    inside = path.relative_to(ROOT)
    folder = max((f for f in PACKAGES if inside.is_relative_to(f)), key=len)
    rest = inside.relative_to(folder).with_suffix("").parts
    return ".".join((PACKAGES[folder], *(part for part in rest if part != "__init__")))


MODULES = {module_of(path): path for path in SOURCES}


def imported(path: Path) -> set[str]:
    """Full names that a file imports anywhere, also in functions and for annotations."""
    package = module_of(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join((*base, *filter(None, [node.module])))
            found = {f"{module}.{alias.name}" for alias in node.names}
            names |= found & MODULES.keys()
            if found - MODULES.keys():  # names in it
                names.add(module)
    return names


IMPORTS = {name: imported(path) for name, path in MODULES.items()}


def package_of(module: str) -> str:
    """The package that a module of ours belongs to, or what stands before the first dot."""
    inside = [name for name in PACKAGES.values() if f"{module}.".startswith(f"{name}.")]
    return max(inside, key=len, default=module.partition(".")[0])


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_package_imports_only_what_it_may(path):
    own = package_of(module_of(path))
    ours = {package_of(name) for name in IMPORTS[module_of(path)] if name.startswith("bakeoff")}
    assert ours - {own} <= MAY_IMPORT[own]
    bare = IMPORTS[module_of(path)] & {"estimators", "datasets", "dashboard"}
    assert not bare, f"import bakeoff.…, not a second copy of {bare}"


@pytest.mark.parametrize("place", FLOORS)
def test_no_import_climbs(place):
    floor = {room: level for level, line in enumerate(FLOORS[place]) for room in line.split()}

    def room(module):
        return module.removeprefix(f"{place}.").partition(".")[0]

    inside = [
        name for name in MODULES if name.startswith(f"{place}.") and package_of(name) in place
    ]
    assert {room(name) for name in inside} == floor.keys(), "a room without its floor: see FLOORS"
    for name in inside:
        for other in IMPORTS[name]:
            if other.startswith(f"{place}.") and room(other) != room(name):
                assert floor[room(other)] < floor[room(name)], f"{name} imports {other}"


def test_no_files_import_each_other_in_a_circle():
    waiting = {name: found & MODULES.keys() - {name} for name, found in IMPORTS.items()}
    while free := [name for name, found in waiting.items() if not found & waiting.keys()]:
        for name in free:
            del waiting[name]
    assert not waiting, "these import one another, or wait for some that do"


# Whose sources are a part of the key that a result is found by, and whose must not be.
COMPUTES = ("bakeoff.estimators", "bakeoff.experiments.models", "bakeoff.experiments.task")
SPEAKS = (
    *("bakeoff.experiments.findings", "bakeoff.experiments.reports", "bakeoff.experiments.runs"),
    *("bakeoff.recording", "bakeoff.dashboard"),
)


def test_a_digest_reads_what_computes_and_no_sentence():
    tasks = [name for name in MODULES if name.startswith(COMPUTES) or name.endswith("_task")]
    assert len(tasks) > 30
    for name in tasks:
        read = {module_of(path) for path in sources(name)}
        assert name in read
        assert not any(other.startswith(SPEAKS) for other in read), name


def test_no_folder_holds_more_files_than_one_reads():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    counts = Counter(str(Path(file).parent) for file in filter(None, listed))
    assert {folder: n for folder, n in counts.items() if n > MOST_FILES} == {}


def test_tests_mirror_the_packages():
    packages = {name.removeprefix("bakeoff."): ROOT / folder for folder, name in PACKAGES.items()}
    for path in (ROOT / "tests").rglob("test_*.py"):
        package, *rooms = path.parent.relative_to(ROOT / "tests").parts or ("",)
        if package not in ("", "browser"):
            assert packages[package].joinpath(*rooms).is_dir(), path


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_only_the_views_and_their_starter_know_streamlit(path):
    place = relative(path)
    may = place.startswith("dashboard/views/") or place in {"dashboard/app.py", "dashboard/cli.py"}
    assert may or "streamlit" not in roots(path)


def roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in IMPORTS[module_of(path)]}


def test_what_is_about_tensors_knows_neither_sklearn_nor_skorch():
    estimators = ROOT / "estimators"
    networks = [p for p in (estimators / "_networks").glob("*.py") if p.stem != "architecture"]
    for path in [*networks, *(estimators / "_training" / f"{name}.py" for name in ABOUT_TENSORS)]:
        assert not roots(path) & {"sklearn", "skorch"}, path


def test_only_these_modules_know_skorch():
    known = {p for p in SOURCES if "skorch" in roots(p) and p.is_relative_to(ROOT / "estimators")}
    expected = {ROOT / "estimators" / "_training" / f"{name}.py" for name in KNOW_SKORCH}
    # The base class names the type of a parameter.
    assert known == expected | {ROOT / "estimators" / "_base.py"}


def test_experiments_draw_nothing():
    for path in (ROOT / "dashboard" / "experiments").rglob("*.py"):
        assert "altair" not in roots(path), path


def test_every_package_is_listed_for_the_wheel():
    found = {module_of(path.parent / "__init__.py") for path in SOURCES}
    assert sorted(SETUPTOOLS["packages"]) == sorted(found), "packages in pyproject.toml"
    assert all(path.with_name("__init__.py").is_file() for path in SOURCES)


@pytest.mark.parametrize("name", ["experiments", "recording"])
def test_a_second_copy_is_refused_with_the_right_name(name):
    with pytest.raises(ImportError, match=rf"import bakeoff\.{name}, not bakeoff\.dashboard"):
        __import__(f"bakeoff.dashboard.{name}")
