"""Charts as functions of a tidy frame; nothing here fits a model or knows Streamlit.

Each chart carries a ``description``, which Vega puts into the page for screen readers. Colours,
markers and sizes are in `look`.
"""

from .classification import confusion
from .comparison import fold_scores, intervals
from .regression import predictions

__all__ = ["confusion", "fold_scores", "intervals", "predictions"]
