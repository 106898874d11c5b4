"""What a report is about: a run that has ended."""

from typing import NamedTuple

from bakeoff.datasets import Dataset
from bakeoff.experiments import Evaluation, Spec
from bakeoff.recording import Run

from .words import metric_label


class Outcome(NamedTuple):
    """A run that has ended, with all that a report is made of.

    Attributes
    ----------
    run : Run
        In any state but queued and running.
    spec : Spec
    evaluations : list of Evaluation
        Only some of them, unless the run is finished.
    data : Dataset
    """

    run: Run
    spec: Spec
    evaluations: list[Evaluation]
    data: Dataset

    @property
    def is_complete(self) -> bool:
        """Whether all evaluations are in: who stops early chooses the winner."""
        return self.run.state == "finished"

    @property
    def metric(self) -> str:
        """What a reader calls the score that models are ranked by."""
        return metric_label(self.spec, self.data.task)
