"""Digests of content: equal work gets an equal key, in any process and on any day.

The key of a fit is made of everything that can change its result: the estimator with its
parameters, the data, the rows, the scorer, and the code of whatever the user wrote. Identity,
addresses, the order of sets and ``PYTHONHASHSEED`` must not enter; each would lose every key when
a script is started again. `joblib.hash` does most of this, but it cannot take a lambda, and it
reads all of X for every fit.

Code of installed packages enters as name and version (`origin`), that of bakeoff as the text of the
sources that decide what it computes. Code of the user's enters as its instructions (`code`), with
all that these refer to (`reach`) and what they ask of the world outside (`outside`). What cannot be
known has no digest (`unknowable`): a fit done once more costs time, and a stale result costs the
truth. Files that code opens are no part of it: they are seen while it runs, by `recording.reads`.
"""

from .digester import Digester
from .origin import is_own
from .process import put_in, settings
from .unknowable import UnknowableError

__all__ = ["Digester", "UnknowableError", "is_own", "put_in", "settings"]
