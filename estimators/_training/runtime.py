"""Where a net computes: the device, and how many threads."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Iterator
from typing import Any

import torch
from threadpoolctl import ThreadpoolController


def resolve_device(device: str | torch.device, *, or_cpu: bool = False) -> torch.device:
    """Turn ``"auto"`` or a device's name into a device that this machine has.

    Parameters
    ----------
    device : str or torch.device
        ``"auto"`` is CUDA where there is one, else MPS, else the CPU.
    or_cpu : bool
        Whether the CPU takes the place of a device that this machine lacks.

    Raises
    ------
    ValueError
        The name is none of torch's, or this machine has no such device.

    Examples
    --------
    >>> resolve_device("cpu")
    device(type='cpu')
    """
    if device == "auto":
        return torch.device(_available()[0])
    try:
        if not isinstance(device, str | torch.device):  # torch takes 0 for the first accelerator
            raise TypeError
        resolved = torch.device(device)
    except (RuntimeError, TypeError):
        raise ValueError(
            f"device must be 'auto' or the name of a torch device such as 'cpu' or 'cuda:0', "
            f"however: {device!r}."
        ) from None
    count = torch.cuda.device_count() if resolved.type == "cuda" else 1
    if resolved.type not in _available() or (resolved.index or 0) >= count:
        if or_cpu:
            return torch.device("cpu")
        raise ValueError(
            f"device={str(device)!r} is not there: torch {torch.__version__} sees "
            f"{', '.join(_available())} on this machine."
        )
    return resolved


def _available() -> list[str]:
    """Device types of this machine, fastest first."""
    found = ["cuda"] if torch.cuda.is_available() else []
    if torch.backends.mps.is_available():
        found.append("mps")
    return [*found, "cpu"]


_lock = threading.Lock()
_inside = threading.local()
_n_inside = 0  # threads that compute now
_n_threads = 1  # the user's setting, read by the first of them


@contextlib.contextmanager
def single_thread() -> Iterator[None]:
    """One torch thread for the calling thread, then the user's number again.

    Summation order depends on the number of threads, so one thread makes a fit the same in a
    worker process, in a thread and alone. It is also faster for small nets, and work on many
    fits at once belongs to ``n_jobs``.
    """
    global _n_inside, _n_threads
    if getattr(_inside, "yes", False):  # a callback that predicts while its net trains
        yield
        return
    with _lock:
        # torch takes over the process's number when a thread first asks for its own, so ask now;
        # while another thread computes that number is its single one, not the user's.
        n_threads = torch.get_num_threads()
        if _n_inside == 0:
            _n_threads = n_threads
        _n_inside += 1
    try:
        _inside.yes = True
        torch.set_num_threads(1)
        yield
    finally:
        _inside.yes = False
        with _lock:
            _n_inside -= 1
        torch.set_num_threads(_n_threads)


_n_fits = 0  # that hold numpy's products to one thread now
_limiter: Any = None  # knows the user's number
_owner: threading.Thread | None = None  # which threadpoolctl lets change the number


@functools.cache
def _blas() -> ThreadpoolController:
    # Kept: looking through all loaded libraries takes longer than a small fit's epoch.
    return ThreadpoolController().select(user_api="blas")


@contextlib.contextmanager
def single_blas_thread() -> Iterator[None]:
    """One thread for numpy's products, then the user's number again.

    The reasons are those of :func:`single_thread`. The number is one for the whole process: of
    several fits in threads, the first sets it and the last sets it back. A limit that the user's
    own code holds meanwhile, in another thread, stays in force. One that begins during a fit and
    ends after it, or the other way round, leaves a wrong number behind, as any two limits of
    threadpoolctl do that overlap like that.
    """
    global _n_fits, _limiter, _owner
    with _lock:
        if _n_fits == 0:
            _limiter, _owner = _blas().limit(limits=1), threading.current_thread()
        _n_fits += 1
    try:
        yield
    finally:
        with _lock:
            _n_fits -= 1
            if _n_fits == 0 and all(pool["num_threads"] == 1 for pool in _blas().info()):
                _limiter.restore_original_limits()
            if _n_fits == 0 or _owner is threading.current_thread():
                # threadpoolctl lets no other thread change the number until the one that did
                # leaves a limit of its own.
                with _blas().limit(limits=None):
                    pass
