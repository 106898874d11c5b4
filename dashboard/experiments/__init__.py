"""Experiments: a spec goes in, evaluations come out one by one, a report is computed from them.

Nothing here knows Streamlit; scripts use all of it.

Examples
--------
>>> from bakeoff.experiments import Comparison, run, summary
>>> evaluations = list(run(Comparison("iris", models=["svm_linear", "dummy"])))
>>> summary(evaluations)[["model", "mean", "folds"]].round(3)
        model   mean  folds
0  svm_linear  0.967      5
1       dummy  0.333      5
"""

if (
    __name__ != "bakeoff.experiments"
):  # an editable install offers the folder as a part of the dashboard too
    raise ImportError(f"import bakeoff.experiments, not {__name__}: it would be a second copy")


from .engine import CostlyError, run
from .evaluation import Evaluation
from .models.catalogue import CATALOGUE
from .reports.calibration import calibration
from .reports.candidates import candidates, optimism
from .reports.curves import epoch_curve, score_curve
from .reports.differences import best_fitted, fitted_pairs, pairs, ties
from .reports.disagreement import disagreements
from .reports.ensembles import decompositions
from .reports.predictions import predictions
from .reports.scores import fold_scores, summary
from .reports.verdict import verdict
from .runs.background import launch
from .runs.final import final_pipeline
from .runs.history import stored_evaluations
from .runs.script import script
from .specs.comparison import Comparison
from .specs.ensemble_study import EnsembleStudy
from .specs.grid_search import GridSearch
from .specs.learning_curve import LearningCurve
from .specs.spec import Spec, spec_from_json
from .specs.validation_curve import ValidationCurve

__all__ = [
    "CATALOGUE",
    "Comparison",
    "CostlyError",
    "EnsembleStudy",
    "Evaluation",
    "GridSearch",
    "LearningCurve",
    "Spec",
    "ValidationCurve",
    "best_fitted",
    "calibration",
    "candidates",
    "decompositions",
    "disagreements",
    "epoch_curve",
    "final_pipeline",
    "fitted_pairs",
    "fold_scores",
    "launch",
    "optimism",
    "pairs",
    "predictions",
    "run",
    "score_curve",
    "script",
    "spec_from_json",
    "stored_evaluations",
    "summary",
    "ties",
    "verdict",
]
