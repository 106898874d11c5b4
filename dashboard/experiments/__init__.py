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
from .background import BackgroundRun
from .comparison import Comparison
from .curve_report import epoch_curve, score_curve
from .decomposition import Decomposition, decompose_squared, decompose_zero_one
from .engine import run
from .ensemble_report import decompositions
from .ensemble_study import EnsembleStudy
from .evaluation import Evaluation
from .grid_search import GridSearch
from .history import scores_across, stored_evaluations
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
from .spec import Spec, spec_from_json
from .statistics import Interval, corrected_interval
from .svm_cost import CostEstimate, estimate_fit_seconds
from .task import Task, evaluate
from .validation_curve import ValidationCurve
from .verdict import Verdict, verdict

__all__ = [
    "CATALOGUE",
    "BackgroundRun",
    "Comparison",
    "CostEstimate",
    "Decomposition",
    "EnsembleStudy",
    "Evaluation",
    "GridSearch",
    "Interval",
    "LearningCurve",
    "Model",
    "RunStoppedError",
    "Spec",
    "Store",
    "StoreError",
    "Task",
    "ValidationCurve",
    "Verdict",
    "best_candidates",
    "better_than_guessing",
    "candidates",
    "complete_folds",
    "confusion",
    "corrected_interval",
    "decompose_squared",
    "decompose_zero_one",
    "decompositions",
    "difference",
    "differences",
    "epoch_curve",
    "estimate_fit_seconds",
    "evaluate",
    "fold_scores",
    "optimism",
    "pairs",
    "pipeline",
    "predictions",
    "record",
    "run",
    "score_curve",
    "scores_across",
    "script",
    "search_space",
    "seed_scores",
    "spec_from_json",
    "stored_evaluations",
    "summary",
    "ties",
    "verdict",
]
