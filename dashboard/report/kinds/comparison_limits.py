"""What was done in a comparison so that it is fair, and what it cannot tell."""

import numpy as np

from bakeoff.datasets import Dataset
from bakeoff.experiments import Comparison
from bakeoff.experiments.models.svms import METHODS
from bakeoff.experiments.statistics.designs import SIMULATED, Design

from ...charts.look import label
from ...language import t
from ..limits import OVERLAP, SEED, Limits
from ..outcome import Outcome
from ..prose import plain


def comparison_limits(outcome: Outcome) -> Limits:
    """Return how models were trained, scaled and fed, and what a comparison cannot tell."""
    spec, data = outcome.spec, outcome.data
    assert isinstance(spec, Comparison)
    return Limits([*_training(spec), *_scaling(spec, data), *_shapes(spec, data)], _cannot(spec))


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


def _rate(spec: Comparison) -> list[str]:
    """Say how often the design calls equal learners different, if that is known."""
    found = SIMULATED.get(Design(spec.n_splits, spec.n_repeats, spec.fold_pairs))
    if found is None:
        return [t("How often this design calls equal learners different was not simulated.")]
    return [
        t(
            "In simulations of equal learners, this design called them different in {mean} of the "
            "comparisons, and in {worst} with the worst of twelve learners.",
            mean=f"{found.mean:.0%}",
            worst=f"{found.worst:.0%}",
        )
    ]


def _cannot(spec: Comparison) -> list[str]:
    cannot = [
        t(OVERLAP)
        if not spec.fold_pairs
        else t(
            "Where pairs of folds were left out, the intervals allow for what other training rows "
            "would change, as far as the rows at hand can show it; that they are read by Student's "
            "t with 20 degrees of freedom comes from simulations, not from a theory."
        ),
        *_rate(spec),
        t(
            "The best of many models is partly the luckiest: its mean is a little too high, and "
            "the intervals are for one pair at a time."
        ),
        t(
            "A tie does not say that two learners are equal. It says that this comparison cannot "
            "tell them apart; more rows would, more than more repeats."
        ),
        t(SEED),
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
