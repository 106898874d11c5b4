"""Charts as functions of a tidy frame; nothing here fits a model or knows Streamlit.

Each chart carries a ``description``, which Vega puts into the page for screen readers. Colours,
markers and sizes are in `look`.
"""

from .across import contenders
from .candidates import candidate_folds, promises, rungs
from .classification import confusion, precision_recall, reliability, roc
from .comparison import FOLD, fold_scores, intervals, repeats_drawn, split
from .cost import cost
from .curves import epoch_curve, score_curve
from .data import class_balance, histogram, ridges, sequence, series
from .ensembles import decision_regions, ensemble_scores, loss_part, member_scores, member_shares
from .regression import distribution, predictions, residuals
from .search import parallel, score_space
from .training import losses

__all__ = [
    "FOLD",
    "candidate_folds",
    "class_balance",
    "confusion",
    "contenders",
    "cost",
    "decision_regions",
    "distribution",
    "ensemble_scores",
    "epoch_curve",
    "fold_scores",
    "histogram",
    "intervals",
    "loss_part",
    "losses",
    "member_scores",
    "member_shares",
    "parallel",
    "precision_recall",
    "predictions",
    "promises",
    "reliability",
    "repeats_drawn",
    "residuals",
    "ridges",
    "roc",
    "rungs",
    "score_curve",
    "score_space",
    "sequence",
    "series",
    "split",
]
