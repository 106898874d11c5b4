"""How a run was designed, in parts of a line."""

from bakeoff.experiments import Spec
from bakeoff.experiments.models.catalogue import NORMALISATIONS

from ...language import t


def design(spec: Spec) -> list[str]:
    """Return the folds of a run, its normalisation and its seed."""
    return [
        t("{n} folds", n=spec.n_splits),
        *([t("repeated {n} times", n=spec.n_repeats)] if spec.n_repeats > 1 else []),
        t("normalisation: {method}", method=t(NORMALISATIONS[spec.normalisation]).lower()),
        t("seed {seed}", seed=spec.random_state),
    ]
