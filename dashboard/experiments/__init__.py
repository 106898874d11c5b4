"""Experiments: a spec goes in, evaluations come out one by one, a report is computed from them.

Nothing here knows Streamlit; scripts use all of it.

Examples
--------
>>> from bakeoff.dashboard.experiments import Comparison, run, summary
>>> evaluations = list(run(Comparison("iris", models=["svm_linear", "dummy"])))
>>> summary(evaluations)[["model", "mean", "folds"]].round(3)
        model   mean  folds
0  svm_linear  0.967      5
1       dummy  0.333      5
"""

from ..recording import RunStoppedError, Store, StoreError, record
from .background import launch, resume
from .comparison import Comparison
from .curve_report import epoch_curve, score_curve
from .decomposition import Decomposition, decompose_squared, decompose_zero_one
from .design import VarianceSplit, accuracy_sd, smallest_difference, variance_split
from .engine import run
from .ensemble_report import decompositions
from .ensemble_study import EnsembleStudy
from .evaluation import Evaluation
from .grid_search import GridSearch
from .history import scores_across, stored_evaluations
from .leak import leak_bias
from .learning_curve import LearningCurve
from .models import CATALOGUE, Model, pipeline, search_space
from .report import (
    better_than_guessing,
    complete_folds,
    confusion,
    difference,
    differences,
    fold_scores,
    pairs,
    predictions,
    seed_scores,
    summary,
    ties,
)
from .script import script
from .search_report import best_candidates, candidates, optimism
from .significance import holm, pairwise, tie_groups
from .spec import Spec, spec_from_json
from .statistics import (
    Interval,
    Posterior,
    corrected_interval,
    corrected_p_value,
    correlated_t_test,
)
from .svm_cost import CostEstimate, estimate_fit_seconds
from .svm_limit import CostlyError
from .task import Task, evaluate
from .validation_curve import ValidationCurve
from .verdict import Verdict, verdict

__all__ = [
    "CATALOGUE",
    "Comparison",
    "CostEstimate",
    "CostlyError",
    "Decomposition",
    "EnsembleStudy",
    "Evaluation",
    "GridSearch",
    "Interval",
    "LearningCurve",
    "Model",
    "Posterior",
    "RunStoppedError",
    "Spec",
    "Store",
    "StoreError",
    "Task",
    "ValidationCurve",
    "VarianceSplit",
    "Verdict",
    "accuracy_sd",
    "best_candidates",
    "better_than_guessing",
    "candidates",
    "complete_folds",
    "confusion",
    "corrected_interval",
    "corrected_p_value",
    "correlated_t_test",
    "decompose_squared",
    "decompose_zero_one",
    "decompositions",
    "difference",
    "differences",
    "epoch_curve",
    "estimate_fit_seconds",
    "evaluate",
    "fold_scores",
    "holm",
    "launch",
    "leak_bias",
    "optimism",
    "pairs",
    "pairwise",
    "pipeline",
    "predictions",
    "record",
    "resume",
    "run",
    "score_curve",
    "scores_across",
    "script",
    "search_space",
    "seed_scores",
    "smallest_difference",
    "spec_from_json",
    "stored_evaluations",
    "summary",
    "tie_groups",
    "ties",
    "variance_split",
    "verdict",
]
