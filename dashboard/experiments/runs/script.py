"""The code that reproduces a run, as a script that needs no dashboard.

A plain comparison becomes scikit-learn's own `cross_val_score`, and the pipelines in it are the
``repr`` of the very pipelines that ran, so the script cannot drift away from the run. What takes
more than that becomes the spec itself, run by `engine.run`.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import MISSING, Field, fields

from sklearn.base import BaseEstimator
from sklearn.model_selection import RepeatedKFold, RepeatedStratifiedKFold
from sklearn.pipeline import Pipeline

from bakeoff.datasets import Dataset

from ..models.catalogue import CATALOGUE
from ..specs.comparison import Comparison
from ..specs.spec import Spec

_PLAIN = '''\
"""{title}"""

{imports}

data = load({load})
models = {{
{models}
}}
folds = {folds}

scores = {{}}
for name, model in models.items():
    scores[name] = cross_val_score(model, data.X, data.y, cv=folds, scoring={scoring!r})
    print(f"{{name:15}} mean {{scores[name].mean():.4f}}  folds {{scores[name].round(4).tolist()}}")
'''

_NEW_ROWS = """
# New rows are read as texts and come with the table's own columns:
# rows = pandas.read_csv("new.csv", dtype=str, keep_default_na=False)
{model}# model.fit(data.X, data.y if data.classes is None else data.classes[data.y])
# model.predict(data.encoder.transform(rows))
"""
_MODEL_OF_RUN = """\
# from bakeoff.experiments import final_pipeline
# data = spec.load(tell=False)
# model = final_pipeline(spec, data, evaluations, evaluations[0].model)
"""

_SPEC = '''\
"""{title}"""

from bakeoff.experiments import {imports}

spec = {kind}(
{values}
)

evaluations = list(run(spec, progress=True))
report = {report}
print(report.to_string())
'''


def script(spec: Spec, dataset: Dataset) -> str:
    """Write the stand-alone script of a run.

    Parameters
    ----------
    spec : Spec
        What was run, of any kind.
    dataset : Dataset
        The data it ran on; only their description and shape are read.

    Returns
    -------
    str
        Python. For a comparison of one seed, untuned and without groups, pairs of folds or a leak,
        it imports scikit-learn, `bakeoff.datasets` and `bakeoff.estimators` only, and leaves the
        scores in ``scores``, a dict of arrays by model. Anything else imports `bakeoff.experiments`
        too, and leaves ``evaluations`` and a table, ``report``. Both print what they leave, and of
        a table of the user's own both end in comments: how new rows are read and predicted.

    Examples
    --------
    >>> from bakeoff.experiments import ValidationCurve
    >>> spec = ValidationCurve("wine", "svm_rbf", "C", [0.1, 1.0])
    >>> print(script(spec, spec.load()).partition("spec = ")[2])
    ValidationCurve(
        dataset='wine',
        model='svm_rbf',
        parameter='C',
        values=(0.1, 1.0),
    )
    <BLANKLINE>
    evaluations = list(run(spec, progress=True))
    report = score_curve(evaluations, 'C')
    print(report.to_string())
    <BLANKLINE>
    """
    if isinstance(spec, Comparison) and _is_plain(spec, dataset):
        code, model = _plain(spec, dataset), ""
    else:
        code, model = _of_spec(spec, dataset), _MODEL_OF_RUN
    return code if dataset.encoder is None else code + _NEW_ROWS.format(model=model)


def _of_spec(spec: Spec, dataset: Dataset) -> str:
    report = spec.table(dataset.task)
    values = [
        f"{one.name}={getattr(spec, one.name)!r}," for one in fields(spec) if _is_set(spec, one)
    ]
    return _SPEC.format(
        title=f"{spec.label} on {spec.dataset}.",
        imports=", ".join(sorted([type(spec).__name__, "run", report.split("(")[0]])),
        kind=type(spec).__name__,
        values=textwrap.indent("\n".join(values), "    "),
        report=report,
    )


def _is_plain(spec: Comparison, dataset: Dataset) -> bool:
    """Whether `cross_val_score` can do it."""
    more = spec.budget is not None or spec.n_seeds > 1 or spec.leak or spec.fold_pairs
    return not more and dataset.groups is None


def _is_set(spec: Spec, one: Field) -> bool:
    default = one.default if one.default_factory is MISSING else one.default_factory()
    return bool(getattr(spec, one.name) != default)


def _plain(spec: Comparison, dataset: Dataset) -> str:
    pipelines = {CATALOGUE[key].label: spec.estimator(key, dataset) for key in spec.models}
    kind = RepeatedStratifiedKFold if dataset.task == "classification" else RepeatedKFold
    splitter = kind(
        n_splits=spec.n_splits, n_repeats=spec.n_repeats, random_state=spec.random_state
    )
    parts = [part for model in pipelines.values() for part in _parts(model)]
    return _PLAIN.format(
        title=f"Compare models on {spec.dataset}, fold by fold: the same folds for each.",
        imports=_imports([*parts, splitter]),
        load=", ".join([repr(spec.dataset), *(f"{k}={v!r}" for k, v in spec.params.items())]),
        models=textwrap.indent(
            "\n".join(f"{label!r}: {code_of(model)}," for label, model in pipelines.items()), "    "
        ),
        folds=repr(splitter),
        scoring=spec.scorer(dataset.task),
    )


def _parts(estimator: BaseEstimator) -> Iterable[object]:
    """The estimators whose classes the code of ``estimator`` names, itself included."""
    if isinstance(estimator, Pipeline):
        steps = [step for _, step in estimator.steps]
    else:
        yield estimator
        values = estimator.get_params(deep=False).values()
        steps = [value for value in values if isinstance(value, BaseEstimator)]
    for step in steps:
        yield from _parts(step)


def code_of(estimator: BaseEstimator) -> str:
    """Return Python that builds ``estimator``, one step per line when there are several."""
    if not isinstance(estimator, Pipeline):
        return repr(estimator)
    steps = [repr(step) for _, step in estimator.steps]
    return "make_pipeline(\n" + textwrap.indent(",\n".join(steps), "    ") + ",\n)"


def _imports(parts: Iterable[object]) -> str:
    wanted = {
        "bakeoff.datasets": {"load"},
        "sklearn.model_selection": {"cross_val_score"},
        "sklearn.pipeline": {"make_pipeline"},
    }
    for part in parts:
        # sklearn.svm._classes → sklearn.svm, where the class is public
        public = type(part).__module__.split("._")[0]
        wanted.setdefault(public, set()).add(type(part).__name__)
    return "\n".join(
        f"from {module} import {', '.join(sorted(names))}"
        for module, names in sorted(wanted.items())
    )
