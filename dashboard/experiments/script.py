"""The code that reproduces a comparison, as a script that needs no dashboard.

The pipelines in it are scikit-learn's own ``repr`` of the very pipelines that ran, so the script
cannot drift away from the run.
"""

import textwrap
from collections.abc import Iterable

from sklearn.base import BaseEstimator
from sklearn.model_selection import RepeatedKFold, RepeatedStratifiedKFold
from sklearn.pipeline import Pipeline

from bakeoff.datasets import Dataset

from .comparison import Comparison
from .evaluation import SCORERS
from .models import CATALOGUE

_SCRIPT = '''\
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


def script(spec: Comparison, dataset: Dataset) -> str:
    """Write the stand-alone script of a comparison.

    Parameters
    ----------
    spec : Comparison
        What was run.
    dataset : Dataset
        The data it ran on; only their description and shape are read.

    Returns
    -------
    str
        Python that imports scikit-learn, `bakeoff.datasets` and `bakeoff.estimators` only. It
        prints the scores and leaves them in ``scores``, a dict of arrays by model.

    Raises
    ------
    ValueError
        For a comparison that is tuned, has several seeds, or ran on data with groups: that takes
        more than `cross_val_score`.
    """
    more = [f"budget={spec.budget}"] if spec.budget is not None else []
    more += [f"n_seeds={spec.n_seeds}"] if spec.n_seeds > 1 else []
    more += ["groups"] if dataset.groups is not None else []
    if more:
        raise ValueError(
            f"a script takes an untuned comparison of one seed without groups, however: {more[0]}"
        )
    pipelines = {CATALOGUE[key].label: spec.estimator(key, dataset) for key in spec.models}
    kind = RepeatedStratifiedKFold if dataset.task == "classification" else RepeatedKFold
    splitter = kind(
        n_splits=spec.n_splits, n_repeats=spec.n_repeats, random_state=spec.random_state
    )
    parts = [part for model in pipelines.values() for part in _parts(model)]
    return _SCRIPT.format(
        title=f"Compare models on {spec.dataset}, fold by fold: the same folds for each.",
        imports=_imports([*parts, splitter]),
        load=", ".join([repr(spec.dataset), *(f"{k}={v!r}" for k, v in spec.params.items())]),
        models=textwrap.indent(
            "\n".join(f"{label!r}: {_code(model)}," for label, model in pipelines.items()), "    "
        ),
        folds=repr(splitter),
        scoring=spec.metrics[0] if spec.metrics else SCORERS[dataset.task],
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


def _code(estimator: BaseEstimator) -> str:
    """Python that builds ``estimator``, one step per line when there are several."""
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
