"""Settings that every test needs before scikit-learn or torch is imported."""

import os
import signal

# check_estimator's array-API checks skip without it, and scipy reads it once, at import.
os.environ["SCIPY_ARRAY_API"] = "1"
# Two busy thread pools on two cores are far slower than one thread each.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# A shell's background jobs start with Ctrl-C ignored, and hand that on to every process they start:
# those that the tests interrupt would never hear of it.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
