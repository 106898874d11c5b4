"""Experiments: a spec goes in, evaluations come out one by one, a report is computed from them.

Nothing here knows Streamlit; scripts use all of it.

Examples
--------
>>> from bakeoff.dashboard.experiments import Comparison, compare, summary
>>> evaluations = list(compare(Comparison("iris", models=["svm_linear", "dummy"])))
>>> summary(evaluations)[["model", "mean", "folds"]].round(3)
        model   mean  folds
0  svm_linear  0.967      5
1       dummy  0.333      5
"""

from .background import BackgroundRun
from .comparison import Comparison, compare
from .evaluation import Evaluation, evaluate
from .models import CATALOGUE, Model, pipeline
from .report import (
    better_than_guessing,
    complete_folds,
    confusion,
    difference,
    differences,
    fold_scores,
    predictions,
    summary,
)
from .script import script
from .statistics import Interval, corrected_interval
from .verdict import Verdict, verdict

__all__ = [
    "CATALOGUE",
    "BackgroundRun",
    "Comparison",
    "Evaluation",
    "Interval",
    "Model",
    "Verdict",
    "better_than_guessing",
    "compare",
    "complete_folds",
    "confusion",
    "corrected_interval",
    "difference",
    "differences",
    "evaluate",
    "fold_scores",
    "pipeline",
    "predictions",
    "script",
    "summary",
    "verdict",
]
