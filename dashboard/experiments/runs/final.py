"""The pipeline to take away: the one that was evaluated, fitted on all rows."""

import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

import joblib
from sklearn.base import BaseEstimator, clone
from sklearn.pipeline import Pipeline

from bakeoff.datasets import Dataset
from bakeoff.recording import Store

from ..evaluation import Evaluation
from ..reports.candidates import pooled, ranked, search_scores
from ..reports.curves import score_curve
from ..specs.spec import Spec, spec_from_json
from ..specs.validation_curve import ValidationCurve
from .history import stored_evaluations


def final_pipeline(
    spec: Spec, dataset: Dataset, evaluations: Sequence[Evaluation], model: str
) -> BaseEstimator:
    """Return the unfitted pipeline of a model, with the parameters that the run found best.

    A search in every fold can end in another winner in each. What is taken is best over the folds
    of all searches, which together have seen every row. The score that the run gave is that of
    searching so, and the pipeline is one outcome of it.

    Parameters
    ----------
    spec : Spec
        What was run.
    dataset : Dataset
    evaluations : sequence of Evaluation
        Of the run; of a search or a validation curve they decide the parameters.
    model : str
        One of ``{e.model for e in evaluations}``. An ensemble has all of its members.

    Returns
    -------
    estimator

    Raises
    ------
    ValueError
        If the run has no such model, or none of its candidates a score.

    Examples
    --------
    >>> from bakeoff.experiments import ValidationCurve, run
    >>> spec = ValidationCurve("wine", "svm_rbf", "C", [0.001, 1.0], n_splits=3)
    >>> final_pipeline(spec, spec.load(), list(run(spec)), "svm_rbf")
    Pipeline(steps=[('standardscaler', StandardScaler()), ('svc', SVC())])
    """
    own = [e for e in evaluations if e.model == model]
    if not own:
        known = ", ".join(dict.fromkeys(e.model for e in evaluations))
        raise ValueError(f"model must be one of the run, {known}, however: {model!r}")
    if any(e.inner is not None and not e.of_pair for e in own):
        return spec.estimator(model, dataset).set_params(**_best_candidate(own))
    params: Mapping[str, Any] | None = None
    if isinstance(spec, ValidationCurve):
        params = {spec.parameter: _best_value(own, spec.parameter)}
    first_round = next(spec.rounds(dataset))
    found = next(t for t in first_round if t.model == model and params in (None, t.params))
    return clone(found.estimator)


def fitted_pipeline(run: str, model: str) -> bytes:
    """Fit the `final_pipeline` of a run on all rows and return it as `joblib.dump` writes it.

    Of a table of the user's own it begins with the fitted `TableEncoder`: it takes a DataFrame
    with the table's own columns, and answers with the table's own labels.

    Parameters
    ----------
    run : str
        Id of a run in the user's own store.
    model : str
        As for `final_pipeline`.

    Raises
    ------
    KeyError
        When the run is not there.
    ValueError
        As `final_pipeline`, and when the data cannot be loaded.
    """
    with Store() as store:
        spec = spec_from_json(store.run(run).spec)
        evaluations = stored_evaluations(store, run)
    dataset = spec.load(tell=False)
    y = dataset.y if dataset.classes is None else dataset.classes[dataset.y]
    pipeline = final_pipeline(spec, dataset, evaluations, model).fit(dataset.X, y)
    if dataset.encoder is not None:
        steps = pipeline.steps if isinstance(pipeline, Pipeline) else [("model", pipeline)]
        pipeline = Pipeline([("table", dataset.encoder), *steps])
    buffer = io.BytesIO()
    joblib.dump(pipeline, buffer, compress=3)
    return buffer.getvalue()


def _best_candidate(evaluations: Sequence[Evaluation]) -> dict[str, Any]:
    best = ranked(pooled(search_scores(evaluations))).iloc[0]
    if math.isnan(best["mean"]):
        raise ValueError("no candidate of the search has a score on every fold")
    return dict(best.params)


def _best_value(evaluations: Sequence[Evaluation], parameter: str) -> Any:
    table = score_curve(evaluations, parameter).query("part == 'test' and failed == 0")
    if table.empty:
        raise ValueError(f"no value of {parameter!r} has a score on every fold")
    return table[parameter].iloc[int(table["mean"].argmax())]
