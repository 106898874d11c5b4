"""Searches that scripts ran with scikit-learn's own classes, from what a recording kept of them.

A ``with record(...)`` block may hold several, and much else. Its entries say which candidate and
which fold each fit was, and stand in the order in which joblib was handed them; which of them make
one search follows from that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bakeoff.recording import Entry

from ..reports.candidates import candidate_text, scores_frame

_SEARCHES = ("GridSearchCV", "RandomizedSearchCV", "HalvingGridSearchCV", "HalvingRandomSearchCV")


@dataclass(frozen=True)
class ScriptedSearch:
    """One call of ``fit`` of a `GridSearchCV`, `RandomizedSearchCV` or halving search.

    Attributes
    ----------
    rungs : list of list of Entry
        The fits that are in, by rung of a halving search; other searches have one.
    """

    rungs: list[list[Entry]]

    @property
    def estimator(self) -> str:
        """Class of the estimator, in a pipeline that of its last step."""
        return str(self.rungs[0][0].detail["estimator"])

    @property
    def metrics(self) -> list[str]:
        """Names of the scores: ``score`` where there was only one."""
        return list(dict.fromkeys(name for fit in self._fits for name in fit.detail["scores"]))

    @property
    def errors(self) -> list[str]:
        """Why fits failed, one line each."""
        return [fit.detail["error"] for fit in self._fits if fit.detail["error"]]

    def scores(self, metric: str | None = None) -> pd.DataFrame:
        """Return one row per candidate and fold, as `search_scores` does.

        Parameters
        ----------
        metric : str, optional
            One of ``metrics``; the first when left out.

        Returns
        -------
        DataFrame
            Its model is the estimator; the resource of a rung is the number of training rows of
            its smallest fold. Values of parameters that JSON does not hold are their code.

        Raises
        ------
        ValueError
            For a metric that the search does not have.
        """
        if metric is not None and metric not in self.metrics:
            raise ValueError(f"metric must be one of {self.metrics}, however: {metric!r}")
        name = metric or self.metrics[0]
        rows: list[tuple[Any, ...]] = []
        for rung in self.rungs:
            fewest = min(fit.detail["n_train"] for fit in rung)
            resource = fewest if len(self.rungs) > 1 else None
            for fit in rung:
                told = fit.detail
                score, params = told["scores"].get(name), told["params"]
                rows.append(
                    (
                        self.estimator, 0, 0, resource, candidate_text(params), told["fold"],
                        score, told["n_train"], told["n_test"], params,
                    )
                )  # fmt: skip
        return scores_frame(rows)

    @property
    def _fits(self) -> list[Entry]:
        return [fit for rung in self.rungs for fit in rung]


def scripted_searches(entries: Sequence[Entry]) -> list[ScriptedSearch]:
    """Find the searches among what a run recorded.

    Parameters
    ----------
    entries : sequence of Entry
        Of one run, as from `Store.entries`. Those that are no fit of a search are passed over.

    Returns
    -------
    list of ScriptedSearch
        In the order in which they began. Each search inside a `cross_validate` is one of its own,
        and so is each round of a halving search whose resource is not the number of rows.

    Examples
    --------
    >>> import tempfile
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.model_selection import GridSearchCV
    >>> from sklearn.svm import SVC
    >>> from bakeoff.recording import Store, record
    >>> from bakeoff.experiments.reports.candidates import ranked
    >>> X, y = load_iris(return_X_y=True)
    >>> with tempfile.TemporaryDirectory() as folder, Store(f"{folder}/runs.sqlite") as store:
    ...     with record("iris", backend="threading", store=store) as recording:
    ...         _ = GridSearchCV(SVC(), {"C": [0.01, 1.0]}).fit(X, y)
    ...     (search,) = scripted_searches(store.entries(recording.run))
    >>> ranked(search.scores())[["model", "rank", "mean", "candidate"]].round(2)
      model  rank  mean candidate
    0   SVC     1  0.97     C=1.0
    1   SVC     2  0.93    C=0.01
    """
    searches: list[ScriptedSearch] = []
    for call in _calls(entries):
        if searches and _is_next_rung(call, searches[-1]):
            searches[-1].rungs.append(call)
        else:
            searches.append(ScriptedSearch([call]))
    return searches


def outer_scores(entries: Sequence[Entry]) -> list[float]:
    """Return what the winners of searches inside a `cross_validate` gave on its test rows.

    Parameters
    ----------
    entries : sequence of Entry
        As for `scripted_searches`.

    Returns
    -------
    list of float
        One an outer fold, of the first scorer. Which search was in which fold has not been
        recorded, but the mean is that over all searches.
    """
    scores = [
        next(iter(entry.detail["scores"].values()))
        for entry in entries
        if entry.function == "_fit_and_score" and entry.detail["estimator"] in _SEARCHES
    ]
    return [score for score in scores if score is not None]


def _calls(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Part the fits of candidates by the parallel call that they were in.

    In a call of k folds, fold f of candidate c stands k · c + f places after the first. Some may
    not be in yet, and k is not told, but two candidates give it away.
    """
    calls: list[list[Entry]] = []
    n_folds: float | None = None
    for entry in sorted(entries, key=lambda entry: entry.position):
        if entry.function != "_fit_and_score" or entry.detail["candidate"] is None:
            continue
        first = calls[-1][0] if calls else entry
        steps = entry.detail["candidate"] - first.detail["candidate"]
        places = _place(entry) - _place(first)
        width = places / steps if steps > 0 else None
        belongs = width == (n_folds or width) if width else steps == places == 0
        if calls and belongs:
            n_folds = width or n_folds
            calls[-1].append(entry)
        else:
            n_folds = None
            calls.append([entry])
    return calls


def _place(entry: Entry) -> int:
    """Where the first fold of its candidate stands."""
    return entry.position - int(entry.detail["fold"])


def _is_next_rung(call: list[Entry], search: ScriptedSearch) -> bool:
    """Whether a call goes on with some of the candidates of the last rung, on more rows."""
    before = search.rungs[-1]
    return (
        call[0].detail["estimator"] == search.estimator
        and min(e.detail["n_train"] for e in call) > max(e.detail["n_train"] for e in before)
        and _candidates(call) < _candidates(before)
    )


def _candidates(call: list[Entry]) -> set[str]:
    return {candidate_text(entry.detail["params"]) for entry in call}
