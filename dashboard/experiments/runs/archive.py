"""One run as a zip that anybody can check: what ran, on what, and every number that came out.

Everything in it is text; nothing is pickled, and nothing is ever unpacked to a disk. `rerun` takes
one and computes the numbers again.
"""

import importlib.metadata
import io
import json
import platform
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from os import PathLike
from pathlib import PurePath, PurePosixPath
from typing import Any

import pandas as pd

from bakeoff.datasets import Dataset
from bakeoff.recording import Digester

from ..evaluation import Evaluation
from ..specs.spec import Spec, spec_from_json
from .exported import evaluation_table, fold_table, prediction_table, read_evaluations
from .script import script

FORMAT = 1
_PACKAGES = (
    *("bakeoff", "scikit-learn", "torch", "skorch", "numpy", "scipy", "pandas", "joblib"),
    "optuna",
)
_NEEDED = ("spec.json", "data.json", "folds.csv", "evaluations.csv", "versions.json")
_LARGEST = 2**29  # bytes of all that is read, unpacked: a small zip can hold petabytes of zeros
# Parameters that decide no score, and reach out of the model: folders, functions, processes.
_NO_BUSINESS = {"memory", "steps", "callbacks", "n_jobs", "device", "verbose"}
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows: same run, same bytes

_README = """\
{title}

This is one run of bakeoff, written down so that it can be checked:

    bakeoff rerun THIS_FILE.zip

fits every model again, without a browser and without looking at earlier results, and says whether
the scores are the same. Where the data are a file of your own, say where it is with --data PATH.

spec.json        everything that decides the scores: data, models, folds, metrics, seeds
script.py        the same experiment as Python code that needs no dashboard
data.json        which data, and their fingerprint: another one means other numbers
folds.csv        the test rows of each fold, counted from 0; it is trained on the others
evaluations.csv  one line a fitted model: scores on the test rows (test_), where asked for on the
                 training rows (train_), times in seconds, and curves over epochs as JSON
predictions.csv  what the models said of rows that they had not seen. The number in the column
                 evaluation is that of a line of evaluations.csv, the first being 0. Probabilities
                 are left out where the training rows lacked a class
versions.json    Python, the machine, and packages, as they were when this file was written
charts/          Vega-Lite, with the data in it: open one at https://vega.github.io/editor
"""


class ArchiveError(ValueError):
    """A file is not an archive of a run, or not one that this version can read."""


@dataclass(frozen=True, eq=False)
class Archive:
    """What was read from the zip of a run.

    Attributes
    ----------
    spec : Spec
        What was run.
    fingerprint : str
        Of the data.
    folds : DataFrame
        As from `fold_table`.
    evaluations : DataFrame
        As from `evaluation_table`.
    versions : dict of str to str
        As from `versions`, of when the archive was written.
    """

    spec: Spec
    fingerprint: str
    folds: pd.DataFrame
    evaluations: pd.DataFrame
    versions: dict[str, str]


def write_archive(
    spec: Spec,
    dataset: Dataset,
    evaluations: Sequence[Evaluation],
    charts: Mapping[str, Mapping[str, Any]] | None = None,
) -> bytes:
    """Return the zip of a run; the same run always gives the same bytes.

    Parameters
    ----------
    spec : Spec
        What was run. Of a file, the archive keeps the name and not the folder.
    dataset : Dataset
        The data it ran on. They do not go into the archive, the targets of test rows aside.
    evaluations : sequence of Evaluation
        All of the run, or of one that was stopped those that there are.
    charts : mapping of str to Vega-Lite specification, optional

    Returns
    -------
    bytes

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> spec = Comparison("iris", ["dummy"], n_splits=2)
    >>> content = write_archive(spec, spec.load(), list(run(spec)))
    >>> zipfile.ZipFile(io.BytesIO(content)).namelist()
    ['README.txt', 'spec.json', 'script.py', 'data.json', 'folds.csv', 'evaluations.csv',
    'predictions.csv', 'versions.json']
    """
    spec = portable(spec)
    members = {
        "README.txt": _README.format(title=spec.title),
        "spec.json": _json(json.loads(spec.to_json())),
        "script.py": script(spec, dataset),
        "data.json": _json(_described(spec, dataset)),
        "folds.csv": _csv(fold_table(spec, dataset)),
        "evaluations.csv": _csv(evaluation_table(evaluations)),
        "predictions.csv": _csv(prediction_table(evaluations, dataset)),
        "versions.json": _json({"archive": FORMAT, **versions()}),
        **{f"charts/{name}.json": _json(chart) for name, chart in (charts or {}).items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the machine's, else
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)
    return buffer.getvalue()


def read_archive(file: str | PathLike[str] | io.BytesIO) -> Archive:
    """Read the zip of a run, which may come from anybody.

    Parameters
    ----------
    file : path-like or file object

    Raises
    ------
    ArchiveError
        One sentence: not a zip, not one of a run, damaged, or written by a newer version; or one
        that asks for more than a run does, such as a file of this machine by its path.
    OSError
        When there is no such file.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            texts = _texts(archive)
    except ArchiveError:
        raise
    # A RuntimeError asks for a password; a ValueError is text that is none.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as problem:
        raise ArchiveError(f"it is not a zip, or damaged: {problem}") from problem
    found = _parsed("versions.json", texts)
    if found.get("archive") != FORMAT:
        raise ArchiveError(
            f"it must be of format {FORMAT}, however: {found.get('archive')!r}; "
            "a newer bakeoff may read it"
        )
    try:
        return Archive(
            spec=_trusted(_parsed("spec.json", texts)),
            fingerprint=str(_parsed("data.json", texts)["fingerprint"]),
            folds=pd.read_csv(io.StringIO(texts["folds.csv"])),
            evaluations=read_evaluations(texts["evaluations.csv"]),
            versions={name: str(value) for name, value in found.items() if name != "archive"},
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise ArchiveError(f"what it holds cannot be used: {problem}") from problem


def _trusted(asked: dict[str, Any]) -> Spec:
    """Return the spec of an archive, if it names nothing but data, and parameters of models."""
    for name in _parameters(asked):
        if name.rpartition("__")[2] in _NO_BUSINESS:
            raise ArchiveError(f"its spec must leave {name!r} alone, which decides no score")
    spec = spec_from_json(json.dumps(asked))
    if portable(spec) != spec or "\\" in spec.dataset:
        raise ArchiveError(f"its data must be named without a folder, however: {spec.dataset!r}")
    return spec


def _parameters(value: Any) -> Iterator[str]:
    """Every name in a spec that may be one of a parameter, at any depth."""
    if isinstance(value, dict):
        yield from value
        yield from (one for one in (value.get("parameter"),) if isinstance(one, str))
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from _parameters(one)


def portable(spec: Spec) -> Spec:
    """Return a spec without the folder of the file that it names, which is nobody's business.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison
    >>> portable(Comparison("file:/home/me/plants.csv", ["dummy"])).dataset
    'file:plants.csv'
    """
    if not spec.dataset.startswith("file:"):
        return spec
    return replace(spec, dataset=f"file:{PurePath(spec.dataset.removeprefix('file:')).name}")


def data_fingerprint(dataset: Dataset) -> str:
    """Return the digest of X and y that a run has for its ``data``."""
    return Digester().digest(dataset.X, dataset.y)


def versions() -> dict[str, str]:
    """Return what scores can depend on: Python, the machine, and packages that are installed."""
    found = {"python": platform.python_version(), "machine": platform.platform()}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _described(spec: Spec, dataset: Dataset) -> dict[str, Any]:
    plain = ("task", "kind", "target_names", "source", "licence", "units")
    return {
        "name": spec.dataset,
        "params": dict(spec.params),
        "fingerprint": data_fingerprint(dataset),
        "shape": dataset.X.shape,
        **{f.name: getattr(dataset, f.name) for f in fields(dataset) if f.name in plain},
    }


def _texts(archive: zipfile.ZipFile) -> dict[str, str]:
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise ArchiveError(f"it must keep to its own folder, however: {entry.filename!r}")
    lacking = [name for name in _NEEDED if name not in archive.namelist()]
    if lacking:
        raise ArchiveError(f"it is not an archive of a run: it has no {lacking[0]}")
    size = sum(archive.getinfo(name).file_size for name in _NEEDED)
    if size > _LARGEST:
        raise ArchiveError(f"what it holds must be at most {_LARGEST} bytes, however: {size}")
    return {name: archive.read(name).decode("utf-8") for name in _NEEDED}


def _parsed(name: str, texts: Mapping[str, str]) -> dict[str, Any]:
    try:
        found = json.loads(texts[name])
    except (ValueError, RecursionError) as problem:
        raise ArchiveError(f"its {name} is not JSON: {problem}") from problem
    if not isinstance(found, dict):
        raise ArchiveError(f"its {name} must be a JSON object, however: {found!r:.60}")
    return found


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n"


def _csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False, lineterminator="\n")
