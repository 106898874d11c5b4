"""What is not installed is named by whoever needs it, with the command that installs it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bakeoff.dashboard.cli import _missing_packages
from bakeoff.dashboard.report.html import html_report
from bakeoff.datasets import read_table
from bakeoff.experiments import Comparison, GridSearch, run
from bakeoff.recording import Store, record

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def searched():
    list(run(GridSearch("iris", "svm_rbf", method="bayesian", n_candidates=2)))


def on_a_cluster():
    with record("somewhere", backend="dask"):
        pass


def reported():
    list(run(Comparison("iris", ["dummy"], n_splits=2)))
    with Store() as store:
        (done,) = store.runs()
    html_report(done.id, "en")


CALLS = {
    "optuna": (searched, "optuna", "bayesian needs optuna: "),
    "distributed": (on_a_cluster, "dask", "a Dask cluster needs distributed: "),
    "pyarrow": (lambda: read_table(b"PAR1"), "parquet", "Parquet needs pyarrow: "),
    "vl_convert": (reported, "dashboard", "a report needs vl-convert: "),
}


@pytest.mark.parametrize("package", CALLS)
def test_who_needs_it_names_the_extra_that_brings_it(package, monkeypatch):
    call, extra, said = CALLS[package]
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "bakeoff.recording.dask", raising=False)
    command = f"{said}pip install 'bakeoff[{extra}]'"
    with pytest.raises(ImportError, match=f"^{re.escape(command)}$"):
        call()
    assert any(one.startswith(package.replace("_", "-")) for one in EXTRAS[extra])


@pytest.mark.parametrize("missing", [["streamlit"], ["altair"], ["streamlit", "altair"]])
def test_the_command_names_what_the_dashboard_lacks(missing, monkeypatch):
    for package in missing:
        monkeypatch.setitem(sys.modules, package, None)
    assert _missing_packages() == (
        f"the dashboard needs {' and '.join(missing)}: pip install 'bakeoff[dashboard]'"
    )


@pytest.mark.slow
def test_no_extra_is_needed_to_import_what_scripts_use():
    blocked = ["streamlit", "altair", "jinja2", "PIL", "dask", "optuna", "pyarrow", *CALLS]
    code = (
        "import sys\n"
        f"sys.modules |= dict.fromkeys({blocked})\n"
        "import bakeoff.estimators, bakeoff.datasets, bakeoff.recording, bakeoff.experiments\n"
        "from bakeoff.experiments import Comparison, run\n"
        "print(len(list(run(Comparison('iris', ['dummy'], n_splits=3)))))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "3\n", done.stderr
