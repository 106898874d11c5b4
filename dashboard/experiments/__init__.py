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
from .archive import Archive, ArchiveError, read_archive, versions, write_archive
from .background import launch, resume
from .calibration import Calibration, calibration
from .comparison import Comparison
from .cost import Bargain, bargain, costs, pareto_front
from .curve_readings import read_epochs, read_parameter, read_rows
from .curve_report import epoch_curve, fold_curve, fold_epochs, score_curve
from .decomposition import Decomposition, decompose_squared, decompose_zero_one
from .design import (
    VarianceSplit,
    accuracy_sd,
    detectable_difference,
    smallest_difference,
    variance_split,
)
from .disagreement import disagreements
from .engine import run
from .ensemble_report import decompositions, member_effects
from .ensemble_study import EnsembleStudy
from .evaluation import Evaluation
from .final import final_pipeline
from .grid_search import GridSearch
from .history import entry_table, pairs_across, scores_across, stored_evaluations
from .leak import leak_bias
from .learning_curve import LearningCurve
from .members import MemberMap, member_map, member_table
from .models import CATALOGUE, Model, pipeline, search_space
from .out_of_fold import confusion, predictions
from .pace import fit_seconds_before
from .probabilities import probabilistic, probability_scores
from .ranking import Ranking, ranking
from .readings import Reading
from .report import (
    better_than_guessing,
    complete_folds,
    difference,
    differences,
    fold_scores,
    pairs,
    seed_scores,
    summary,
    ties,
)
from .rerun import rerun
from .residuals import Pattern, error_sizes, pattern, residuals, trend
from .rows import row_account, row_ledger
from .script import script
from .scripted import ScriptedSearch, outer_scores, scripted_searches
from .search_report import (
    against_best,
    best_candidates,
    candidates,
    mean_optimism,
    optimism,
    parameter_values,
    pooled,
    ranked,
    search_scores,
)
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
from .verdict import Verdict, pair_sentence, verdict

__all__ = [
    "CATALOGUE",
    "Archive",
    "ArchiveError",
    "Bargain",
    "Calibration",
    "Comparison",
    "CostEstimate",
    "CostlyError",
    "Decomposition",
    "EnsembleStudy",
    "Evaluation",
    "GridSearch",
    "Interval",
    "LearningCurve",
    "MemberMap",
    "Model",
    "Pattern",
    "Posterior",
    "Ranking",
    "Reading",
    "RunStoppedError",
    "ScriptedSearch",
    "Spec",
    "Store",
    "StoreError",
    "Task",
    "ValidationCurve",
    "VarianceSplit",
    "Verdict",
    "accuracy_sd",
    "against_best",
    "bargain",
    "best_candidates",
    "better_than_guessing",
    "calibration",
    "candidates",
    "complete_folds",
    "confusion",
    "corrected_interval",
    "corrected_p_value",
    "correlated_t_test",
    "costs",
    "decompose_squared",
    "decompose_zero_one",
    "decompositions",
    "detectable_difference",
    "difference",
    "differences",
    "disagreements",
    "entry_table",
    "epoch_curve",
    "error_sizes",
    "estimate_fit_seconds",
    "evaluate",
    "final_pipeline",
    "fit_seconds_before",
    "fold_curve",
    "fold_epochs",
    "fold_scores",
    "holm",
    "launch",
    "leak_bias",
    "mean_optimism",
    "member_effects",
    "member_map",
    "member_table",
    "optimism",
    "outer_scores",
    "pair_sentence",
    "pairs",
    "pairs_across",
    "pairwise",
    "parameter_values",
    "pareto_front",
    "pattern",
    "pipeline",
    "pooled",
    "predictions",
    "probabilistic",
    "probability_scores",
    "ranked",
    "ranking",
    "read_archive",
    "read_epochs",
    "read_parameter",
    "read_rows",
    "record",
    "rerun",
    "residuals",
    "resume",
    "row_account",
    "row_ledger",
    "run",
    "score_curve",
    "scores_across",
    "script",
    "scripted_searches",
    "search_scores",
    "search_space",
    "seed_scores",
    "smallest_difference",
    "spec_from_json",
    "stored_evaluations",
    "summary",
    "tie_groups",
    "ties",
    "trend",
    "variance_split",
    "verdict",
    "versions",
    "write_archive",
]
