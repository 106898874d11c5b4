"""Many nets trained side by side, as many in one pass as there is a use for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from .callbacks import StopTraining
from .fit import Training, computing
from .meeting import Result, hold_meeting
from .stack import Stack, n_at_once, shape_of


def run_together(calls: Sequence[Callable[[], Any]]) -> list[Result]:
    """Run calls that fit nets; those that are waited for at the same time are trained together.

    What they give is what they would give one after the other, up to rounding.

    Parameters
    ----------
    calls : sequence of callable
        Without arguments.

    Returns
    -------
    list of Result
        In the order of the calls.
    """
    return hold_meeting(calls, train_together)


def train_together(trainings: Sequence[Training]) -> list[Exception | None]:
    """Train nets, those of one shape in one pass; what each becomes is what it would alone.

    Parameters
    ----------
    trainings : sequence of Training

    Returns
    -------
    list of Exception or None
        What ended a training that failed; it leaves the others untouched.
    """
    problems: dict[int, Exception] = {}
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for i, each in enumerate(trainings):
        shape = shape_of(each.net, each.rows)
        groups[("alone", i) if shape is None else shape].append(i)
    for group in groups.values():
        # Neighbours with equal rates and decays share calls of the solver.
        group.sort(key=lambda i: _rates(trainings[i]))
        n = n_at_once(trainings[group[0]].net)
        n_blocks = -(-len(group) // n)
        for k in range(n_blocks):
            block = group[k * len(group) // n_blocks : (k + 1) * len(group) // n_blocks]
            problems |= _train_block({i: trainings[i] for i in block})
    return [problems.get(i) for i in range(len(trainings))]


def _rates(training: Training) -> list[tuple[str, str]]:
    options = training.net.optimizer_.param_groups[0]
    return sorted((name, repr(value)) for name, value in options.items() if name != "params")


def _train_block(block: dict[int, Training]) -> dict[int, Exception]:
    """Train nets of one shape, or a single one; return what went wrong in which."""
    first = next(iter(block.values()))
    try:
        if len(block) == 1:
            first.run_alone()
            return {}
        with computing(len(first.rows), first.net.batch_size):
            return _in_lockstep(block)
    except Exception as problem:  # of the pass itself, such as that memory ran out
        return dict.fromkeys(block, problem)
    finally:
        for training in block.values():
            training.net.forget_data()


def _in_lockstep(block: dict[int, Training]) -> dict[int, Exception]:
    problems: dict[int, Exception] = {}
    stack: Stack | None = None
    for each in block.values():
        each.net.begin(each.rows, each.validation, each.epochs)
    going = dict(block)
    epoch = 0
    try:
        while going:
            for each in going.values():
                each.net.notify(
                    "on_epoch_begin", dataset_train=each.rows, dataset_valid=each.validation
                )
            if stack is None:
                stack = Stack([t.net for t in going.values()], [t.rows for t in going.values()])
            stack.train_epoch()
            epoch += 1
            before = len(going)
            for i, each in list(going.items()):
                try:
                    _end_epoch(each)
                except StopTraining:
                    del going[i]
                except Exception as problem:
                    problems[i] = problem
                    del going[i]
                else:
                    if epoch >= each.epochs:
                        del going[i]
            if len(going) < before:
                stack.release()
                stack = None
    finally:
        if stack is not None:
            stack.release()
    for i, each in block.items():
        if i not in problems:
            try:
                each.net.end(each.rows)
            except Exception as problem:
                problems[i] = problem
    return problems


def _end_epoch(training: Training) -> None:
    net, validation = training.net, training.validation
    net.check_losses("train")
    batches = None if validation is None else net.get_iterator(validation)
    net.run_single_epoch(batches, training=False, prefix="valid", step_fn=net.validation_step)
    net.notify("on_epoch_end", dataset_train=training.rows, dataset_valid=validation)
