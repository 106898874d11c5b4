"""Numbers as a reader wants them: no more digits than mean something, and a unit."""

import math

import numpy as np


def decimal(value: float, sign: str = "-") -> str:
    """Write a score or a difference: three decimals and a minus that is one, but none before 0.

    Parameters
    ----------
    value : float
        NaN is written as ``n/a``.
    sign : {"-", "+"}, default="-"
        Whether positive numbers get a sign too.

    Examples
    --------
    >>> decimal(0.0421), decimal(0.0421, sign="+"), decimal(-1e-5), decimal(float("nan"))
    ('0.042', '+0.042', '0.000', 'n/a')
    """
    if math.isnan(value):
        return "n/a"
    rounded = round(value, 3) + 0.0  # -0.0 + 0.0 is 0.0
    return f"{rounded:{sign}.3f}".replace("-", "\N{MINUS SIGN}")


def duration(seconds: float) -> str:
    """Write a time with the unit that suits it.

    Examples
    --------
    >>> [duration(value) for value in (0.0123, 1.234, 75, 7260, float("nan"))]
    ['12 ms', '1.2 s', '75 s', '2.0 h', 'n/a']
    """
    if not math.isfinite(seconds):
        return "n/a"
    if seconds < 0.1:
        return f"{seconds * 1000:.2g} ms"
    if seconds < 120:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def data_size(n_bytes: int) -> str:
    """Write the size of a file as file managers do, in powers of 1000.

    Examples
    --------
    >>> [data_size(value) for value in (0, 999_999, 2_340_000, 45_600_000_000)]
    ['0 kB', '1.0 MB', '2.3 MB', '45.6 GB']
    """
    if n_bytes < 999_500:
        return f"{n_bytes / 1e3:.0f} kB"
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes < 999_950_000 else f"{n_bytes / 1e9:.1f} GB"


def p_value(p: float) -> str:
    """Write a p-value as it stands after the letter.

    Examples
    --------
    >>> p_value(0.0423), p_value(0.0000123)
    ('= 0.0423', '< 0.001')
    """
    return "< 0.001" if p < 0.001 else f"= {p:.3g}"


def three_digits(value: float) -> str:
    """Write three digits of a quantity in units of the data, which may be of any size.

    Examples
    --------
    >>> [three_digits(value) for value in (51234.5, 0.0123456, 2.0, float("nan"))]
    ['51200', '0.0123', '2.00', 'n/a']
    """
    if math.isnan(value):
        return "n/a"
    digits = np.format_float_positional(value, precision=3, unique=False, fractional=False)
    return digits.rstrip(".")
