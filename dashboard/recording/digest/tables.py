"""The content of arrays and of frames."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from .origin import is_own

Of = Callable[[object], bytes]  # the digest of a value


def array_tokens(array: np.ndarray, of: Of) -> Iterable[Any]:
    dtype = array.dtype.descr if array.dtype.names else array.dtype.str
    yield f"{dtype} {array.shape} ".encode()
    if isinstance(array, np.ma.MaskedArray):
        yield of((type(array), np.ma.getmaskarray(array), array.fill_value))
        array = array.data  # below the mask too, where np.asarray looks
    elif type(array) not in (np.ndarray, np.memmap):
        yield of((type(array), getattr(array, "__dict__", None)))
    array = array.view(np.ndarray)
    if array.dtype.hasobject:
        yield from map(of, array.ravel())
    elif array.size:
        transposed = array.flags.f_contiguous and not array.flags.c_contiguous
        yield b"F" if transposed else b"C"
        flat = np.ascontiguousarray(array.T if transposed else array).reshape(-1)
        yield flat.view(np.uint8).data


def frame_tokens(frame: Any, of: Of) -> Iterable[Any]:
    yield type(frame).__name__.encode()
    if not isinstance(frame, pd.Index):
        yield of((dict(frame.attrs), frame.flags.allows_duplicate_labels))
    if is_own(type(frame)):
        yield of((type(frame), [getattr(frame, name, None) for name in frame._metadata]))
    if isinstance(frame, pd.DataFrame):
        yield from map(of, (list(frame.columns), frame.columns.names, frame.index))
        columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
        yield from (_column(column, of) for column in columns)
    elif isinstance(frame, pd.Series):
        yield from (of((frame.name, frame.index)), _column(frame, of))
    else:
        yield from (of((frame.names, getattr(frame, "freqstr", None))), _column(frame, of))


def _column(column: Any, of: Of) -> bytes:
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        codes = np.asarray(pd.Categorical(column).codes)
        return of(("categories", dtype.ordered, dtype.categories, codes))
    if isinstance(dtype, np.dtype):
        return of(column.to_numpy())
    # Strings, dates with zones, nullable numbers: pandas knows how; objects it would mix up.
    return of((str(dtype), pd.util.hash_array(column.array)))
