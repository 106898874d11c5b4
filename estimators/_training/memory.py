"""What a fit says when memory runs out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import torch


@contextlib.contextmanager
def memory_is_named(n_rows: int, batch_size: int) -> Iterator[None]:
    """Turn what torch and numpy raise into a MemoryError with what a user can change.

    A search scores such a candidate NaN and goes on, as for any error.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as problem:
        if not _is_about_memory(problem):
            raise
        raise MemoryError(
            f"Out of memory while fitting {n_rows} rows in batches of batch_size={batch_size}; "
            f"lower it, or the widths of the net, or fit fewer at once (n_jobs)."
        ) from problem


def _is_about_memory(problem: Exception) -> bool:
    if isinstance(problem, MemoryError | torch.OutOfMemoryError):
        return True
    # On the CPU torch has no type for it, and two spellings.
    return any(words in str(problem) for words in ("allocate memory", "not enough memory"))
