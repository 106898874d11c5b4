"""A mean with its standard error, and what follows from the two: interval, p-value, probabilities.

Which standard error is right depends on how the numbers were come by, and is the question of the
other modules. From here on, all of them go the same way: by Student's t.
"""

from typing import NamedTuple

from scipy.stats import t


class Interval(NamedTuple):
    """A mean and the ends of its confidence interval, in units of the score."""

    mean: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether all of the interval lies on one side of 0."""
        return self.low > 0 or self.high < 0


class Posterior(NamedTuple):
    """Probabilities that a model is worse than another, practically the same, and better."""

    worse: float
    same: float
    better: float


class Estimate(NamedTuple):
    """A mean, the standard error of it, and the degrees of freedom of that error.

    Attributes
    ----------
    mean, error : float
        In units of the score. An error of NaN leaves all open, one of 0 nothing.
    df : float
        Infinity is for the normal distribution.

    Examples
    --------
    >>> found = Estimate(0.02, 0.005, df=4)
    >>> [round(end, 4) for end in found.interval()], round(found.p_value, 4)
    ([0.02, 0.0061, 0.0339], 0.0161)
    """

    mean: float
    error: float
    df: float

    def interval(self, confidence: float = 0.95) -> Interval:
        """Return the mean with the ends of its interval.

        Parameters
        ----------
        confidence : float, default=0.95
            Between 0 and 1.
        """
        half = float(t.ppf((1 + confidence) / 2, df=self.df) * self.error)
        return Interval(self.mean, self.mean - half, self.mean + half)

    @property
    def p_value(self) -> float:
        """The two-sided p-value of a true mean of 0; without any error 0, or 1 if the mean is 0.

        It is below 0.05 exactly where `interval` at 95% excludes 0.
        """
        if self.error == 0:
            return float(self.mean == 0)
        return float(2 * t.sf(abs(self.mean) / self.error, df=self.df))

    def posterior(self, rope: float) -> Posterior:
        """Return how probable a true mean below, within and above ``-rope`` to ``rope`` is.

        Under a flat prior, it is distributed as Student's t around the mean that was seen. Without
        any error, the region that the mean lies in has probability 1, its ends included.

        Parameters
        ----------
        rope : float
            Half the width of the region of practical equivalence, in units of the score.

        Raises
        ------
        ValueError
            If ``rope`` is negative.
        """
        if not rope >= 0:
            raise ValueError(f"rope must not be negative, however: {rope}")
        mean, error, df = self
        if error == 0:
            return Posterior(float(mean < -rope), float(abs(mean) <= rope), float(mean > rope))
        worse = float(t.cdf((-rope - mean) / error, df=df))
        better = float(t.sf((rope - mean) / error, df=df))
        return Posterior(worse, 1 - worse - better, better)

    def reversed(self) -> "Estimate":
        """Return the estimate of the difference the other way round."""
        return self._replace(mean=-self.mean)
