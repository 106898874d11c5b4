"""Settings that every test needs before scikit-learn or torch is imported."""

import os

# check_estimator's array-API checks skip without it, and scipy reads it once, at import.
os.environ["SCIPY_ARRAY_API"] = "1"
# Two busy thread pools on two cores are far slower than one thread each.
os.environ.setdefault("OMP_NUM_THREADS", "1")
