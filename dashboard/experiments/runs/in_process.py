"""One call in a process of its own: for what a page needs at once and would block or crash it."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from typing import Any, TypeVar

from bakeoff.recording.workers import Processes

T = TypeVar("T")


def aside(function: Callable[..., T], *args: Any) -> T:
    """Return ``function(*args)``, called in a process that ends with the call.

    Starting the process takes a second or two, longer when the function needs torch.

    Parameters
    ----------
    function : callable
        Of a module, so that the process can import it.
    *args
        What can be pickled.

    Raises
    ------
    RuntimeError
        When the process is killed or crashes. What ``function`` raises is raised here too.

    Examples
    --------
    >>> import math
    >>> aside(math.factorial, 10)
    3628800
    """
    workers = Processes()
    try:
        (outcome,) = workers.submit([(function, args, {})]).result()
    except BrokenExecutor as problem:
        raise RuntimeError(
            f"the process that called {function.__name__} died, often because memory ran out"
        ) from problem
    finally:
        workers.close(kill=True)
    if outcome.error is not None:
        raise outcome.error
    return outcome.result
