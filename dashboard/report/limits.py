"""What was done in a run of any kind, and what it cannot tell, in sentences."""

from collections.abc import Callable

import numpy as np

from bakeoff.datasets import Dataset
from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    Spec,
    ValidationCurve,
)
from bakeoff.experiments.models.svms import METHODS

from ..charts.look import label
from ..language import mark, t
from .outcome import Outcome
from .prose import plain
from .section import Section, listed
from .words import settings

_OVERLAP = mark(
    "Training sets overlap, so fold scores are not independent. The intervals allow for "
    "that (Nadeau and Bengio, 2003: the variance of the mean is multiplied up from 1/J to "
    "1/J + n_test/n_train), but it is a correction, not a cure."
)
_SEED = mark("One seed decides the folds. Try another and see what stays.")


def limits(outcome: Outcome) -> list[Section]:
    """Return the settings of a run with what was made of them, and what it cannot tell."""
    spec, data = outcome.spec, outcome.data
    of_kind: dict[type, Callable[..., tuple[list[str], list[str]]]] = {
        Comparison: _of_comparison,
        LearningCurve: _of_curve,
        ValidationCurve: _of_curve,
        EnsembleStudy: _of_ensembles,
        GridSearch: _of_search,
    }
    done, cannot = of_kind[type(spec)](spec, data)
    return [
        Section("done", t("What was done"), text=listed(done), table=settings(spec)),
        Section("cannot", t("What this cannot tell"), text=listed(cannot)),
    ]


def _of_comparison(spec: Comparison, data: Dataset) -> tuple[list[str], list[str]]:
    return [*_training(spec), *_scaling(spec, data), *_shapes(spec, data)], _cannot(spec)


def _of_curve(spec: Spec, data: Dataset) -> tuple[list[str], list[str]]:
    chosen = t(
        "Here the test rows chose the epoch or the value, so the score at the best point is a "
        "little too good. For a score to report, let a nested search choose."
    )
    return [], [chosen, t(_OVERLAP), t(_SEED)]


def _of_ensembles(spec: EnsembleStudy, data: Dataset) -> tuple[list[str], list[str]]:
    cannot = [
        t(
            "A few resamples show the consensus of all possible ones only roughly: compare "
            "ensembles of the same number of resamples."
        ),
        t(
            "A resample holds fewer different rows than the fold, so that scores are a little "
            "lower than those of ensembles trained on all of it."
        ),
        t(
            "Changes are called clear when the corrected 95% interval of the paired difference "
            "excludes 0; with several of them looked at, one in twenty may be luck."
        ),
        t(
            "Boosting can end early, when a member fits every row or would be no better than "
            "chance: larger sizes then mean what there is."
        ),
        t(_SEED),
    ]
    return [], cannot


def _of_search(spec: GridSearch, data: Dataset) -> tuple[list[str], list[str]]:
    done = [
        t("All candidates of a search saw the same folds."),
        t("What the model does to its input was fitted on the training rows of each fold."),
    ]
    if spec.nested:
        done.append(t("The test rows of an outer fold were kept from its search."))
    if spec.method == "halving":
        done.append(
            t(
                "Candidates that went out early were scored on few rows. Some that need many rows "
                "to be good may be among them."
            )
        )
    cannot = [
        t(
            "The result on new rows is that of searching in this way, not of one candidate: each "
            "outer fold may have another winner."
        ),
        t(
            "A search finds what its space holds. A winner at the edge of the space says that the "
            "space should be wider."
        ),
        t(
            "Intervals allow for overlapping training rows (Nadeau and Bengio, 2003), and are for "
            "one pair at a time: with many candidates, some are told apart by chance."
        ),
        t("A candidate that cannot be told from the winner is not shown to be as good."),
    ]
    return done, cannot


def _training(spec: Comparison) -> list[str]:
    if spec.budget is None:
        done = [t("All models saw the same folds, and none was tuned.")]
    else:
        done = [
            t(
                "All models saw the same folds. Within the training rows of each fold, {n} "
                "candidates of each model were scored on {inner} inner folds: the defaults and "
                "random ones. The best was trained on all of these rows; the test rows had no say.",
                n=spec.budget,
                inner=spec.inner_splits,
            )
        ]
    for model, params in spec.model_params.items():
        values = ", ".join(f"{name} = {value}" for name, value in params.items())
        if values:
            done.append(t("{model} ran with {values}.", model=label(model), values=plain(values)))
    if spec.n_seeds > 1:
        done.append(
            t(
                "Each net was trained {n} times on each fold, and its scores were averaged. Its "
                "predictions are those of the first.",
                n=spec.n_seeds,
            )
        )
    return done


def _scaling(spec: Comparison, data: Dataset) -> list[str]:
    done = []
    if spec.leak:
        done.append(
            t("The scalers were fitted on all rows, test rows included: a leak, on purpose.")
        )
    elif spec.normalisation != "none":
        done.append(
            t(
                "The scaler was fitted inside each fold, on its training rows: one that has seen "
                "the test rows leaks them."
            )
        )
    if data.task == "regression":
        done.append(
            t(
                "The nets standardise the target inside. The SVMs were given a standardised target "
                "too, because C and ε are measured in its units."
            )
        )
    return done


def _shapes(spec: Comparison, data: Dataset) -> list[str]:
    done = []
    if "logistic" in spec.models:
        sentence = (
            t("{model} is ridge regression here.", model=label("logistic"))
            if data.task == "regression"
            else t("{model} is logistic regression here.", model=label("logistic"))
        )
        done.append(sentence)
    if spec.svm != "exact":
        done.append(
            t("SVMs were not trained exactly, to save time: {method}.", method=t(METHODS[spec.svm]))
        )
    if data.kind == "sequence" and np.isnan(data.X).any():
        done.append(
            t(
                "The sequences differ in length. CNN and GRU skip the padding after the end; the "
                "other models cannot, and read it as 0 after scaling."
            )
        )
    if data.kind == "image":
        done.append(
            t(
                "The CNN knows which pixels are neighbours and the GRU reads row after row; the "
                "others see the pixels as columns of a table."
            )
        )
    if data.kind == "tabular" and {"cnn", "gru"} & set(spec.models):
        done.append(
            t(
                "CNN and GRU read the columns of a table in their order, which means nothing here: "
                "they are shown to see what a wrong assumption costs."
            )
        )
    return done


def _cannot(spec: Comparison) -> list[str]:
    cannot = [
        t(_OVERLAP),
        t(
            "The best of many models is partly the luckiest: its mean is a little too high, and "
            "the intervals are for one pair at a time."
        ),
        t(
            "A tie does not say that two models are equal. It says that these folds cannot tell "
            "them apart; more rows would, more than more repeats."
        ),
        t(_SEED),
    ]
    if spec.budget is None:
        cannot.append(
            t("A default that suits this data is not a law: with tuning, the order may change.")
        )
    else:
        cannot.append(
            t("{n} candidates are few: a larger budget may change the order.", n=spec.budget)
        )
    return cannot
