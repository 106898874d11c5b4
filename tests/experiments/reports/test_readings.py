"""Readings are judged on curves whose course is known: 8 folds of 80 training rows."""

import numpy as np
import pandas as pd
import pytest

from bakeoff.experiments.findings import FINDINGS
from bakeoff.experiments.reports.readings import read_epochs, read_parameter, read_rows

FOLDS, EPOCHS = 8, np.arange(1, 41)


def noise(size, spread, seed=0):
    return np.random.RandomState(seed).normal(scale=spread, size=size)


def curve(test, train=None, spread=0.002, values=None, name="train_size"):
    """A `fold_curve`: means by position, with noise of their own on every fold."""
    parts = {"test": test, "train": np.ones(len(test)) if train is None else train}
    values = [10 * 2**k for k in range(len(test))] if values is None else values
    rows = [
        ("mlp", values[k], k, part, 0, fold, mean + offset, 10 * 2**k, 20)
        for part, means in parts.items()
        for k, mean in enumerate(means)
        for fold, offset in enumerate(noise(FOLDS, spread, seed=k + 10 * (part == "test")))
    ]
    columns = [
        "model", name, "position", "part", "repeat", "fold", "score", "n_train", "n_test",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def epochs(test, train, spread=0.002, repeats=1):
    """A `fold_epochs`: losses by epoch, with a level of its own on every fold."""
    rows = [
        ("mlp", name, epoch, repeat, fold, loss + level + offset, 80, 20)
        for name, losses in {"test_loss": test, "train_loss": train}.items()
        for repeat in range(repeats)
        for fold, level in enumerate(noise(FOLDS, 0.1))
        for epoch, loss, offset in zip(
            EPOCHS, losses, noise(len(losses), spread, seed=fold + 10 * repeat), strict=False
        )
    ]
    columns = ["model", "curve", "epoch", "repeat", "fold", "score", "n_train", "n_test"]
    return pd.DataFrame(rows, columns=columns)


def findings(readings):
    """What was found of the one model that these curves are of, or that there is."""
    return [finding for found in readings.values() for finding in found]


def codes(readings):
    return [finding.code for finding in findings(readings)]


@pytest.mark.parametrize(
    ("test", "spread", "code"),
    [
        ([0.6, 0.7, 0.8, 0.9], 0.002, "rows_up"),
        ([0.6, 0.9, 0.9, 0.9], 0.002, "rows_level"),
        ([0.9, 0.9, 0.9, 0.8], 0.002, "rows_down"),
        ([0.6, 0.7, 0.8, 0.9], 0.2, "rows_unclear"),
        ([0.9], 0.002, "rows_unknown"),
        ([0.6, np.nan, 0.8, 0.9], 0.002, "rows_up"),
        ([0.6, 0.7, 0.8, np.nan], 0.002, "rows_up"),
        ([np.nan, np.nan], 0.002, "rows_unknown"),
    ],
)
def test_more_data_is_judged_by_the_last_doubling(test, spread, code):
    assert codes(read_rows(curve(test, spread=spread)))[0] == code


def test_a_trend_is_from_half_of_the_rows_whatever_sizes_there_are_between():
    readings = read_rows(curve([0.6, 0.9, 0.8, 0.7, 0.9]).query("position != 3"))
    trend, _ = findings(readings)
    assert {"before": 40, "last": 160}.items() <= trend.facts.items()
    assert trend.facts["change"] == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize(
    ("train", "spread", "code"),
    [
        (1.0, 0.002, "gap_up"),
        (0.8, 0.002, "gap_none"),
        (0.6, 0.002, "gap_none"),
        (0.85, 0.2, "gap_unclear"),
        (np.nan, 0.002, "gap_unknown"),
    ],
)
def test_the_gap_between_training_and_test_score_is_overfitting(train, spread, code):
    found = read_rows(curve([0.8, 0.8], train=[train, train], spread=spread))
    assert codes(found)[1] == code


def test_one_fold_has_no_spread_to_judge_by():
    one = curve([0.6, 0.9]).query("fold == 0")
    assert codes(read_rows(one)) == ["rows_unknown", "gap_unknown"]
    assert codes(read_parameter(one, "train_size")) == ["parameter_unknown"]


def test_folds_of_different_difficulty_do_not_hide_a_change_that_all_of_them_show():
    hard_and_easy = curve([0.6, 0.65])
    hard_and_easy["score"] += noise(FOLDS, 0.1)[hard_and_easy.fold]
    assert codes(read_rows(hard_and_easy))[0] == "rows_up"


FALLING = np.exp(-EPOCHS / 10)
U_SHAPED = FALLING + 0.01 * np.maximum(EPOCHS - 20, 0)


@pytest.mark.parametrize(
    ("test", "train", "spread", "code"),
    [
        (U_SHAPED, FALLING, 0.002, "epochs_overfit"),
        (U_SHAPED, U_SHAPED, 0.002, "epochs_unstable"),
        (1 - EPOCHS / 100, FALLING, 0.002, "epochs_learning"),
        (np.exp(-EPOCHS), FALLING, 0.002, "epochs_level"),
        (U_SHAPED, FALLING, 1.0, "epochs_unclear"),
        (FALLING[:3], FALLING[:3], 0.002, "epochs_unknown"),
        (np.where(EPOCHS > 2, np.nan, 0.5), FALLING, 0.002, "epochs_unknown"),
        (1 + EPOCHS / 10, FALLING, 0.002, "epochs_overfit"),
        (np.abs(EPOCHS - 32) / 10, FALLING, 0.002, "epochs_overfit"),
    ],
)
def test_overfitting_is_judged_by_the_rise_of_the_validation_loss(test, train, spread, code):
    assert codes(read_epochs(epochs(test, train, spread))) == [code]


def test_it_overfits_from_the_epoch_with_the_lowest_loss():
    (reading,) = findings(read_epochs(epochs(U_SHAPED, FALLING, spread=0.0)))
    assert reading.facts["best"] == np.argmin(U_SHAPED) + 1
    assert reading.facts["change"] == pytest.approx(U_SHAPED[-1] - U_SHAPED.min())
    assert f"overfits from epoch {np.argmin(U_SHAPED) + 1}" in str(reading)


def test_on_pure_noise_the_luckiest_epoch_is_not_taken_for_overfitting():
    level = np.full(len(EPOCHS), 0.5)
    found = []
    for seed in range(40):
        table = epochs(level, FALLING, spread=0.0)
        table["score"] += noise(len(table), 0.1, seed=seed)
        found += findings(read_epochs(table))
    assert [reading.code for reading in found].count("epochs_overfit") <= 4
    naive = [reading.facts["change"] for reading in found if reading.facts["best"] < 30]
    assert abs(np.mean(naive)) < 0.02  # the epoch of each fold's own choice would add 0.2


def test_a_repeat_of_which_one_fold_is_in_does_not_count():
    table = epochs(U_SHAPED, FALLING, repeats=2)
    alone = table[(table.repeat == 0) | (table.fold == 0)]
    (first,), (second,) = (
        findings(read_epochs(table[table.repeat == 0])),
        findings(read_epochs(alone)),
    )
    assert second.facts["change"] == pytest.approx(first.facts["change"])


@pytest.mark.parametrize(
    ("test", "train", "expected"),
    [
        (
            [0.5, 0.9, 0.9, 0.5],
            [0.5, 0.95, 1.0, 1.0],
            ["parameter_best", "parameter_underfit", "parameter_overfit"],
        ),
        (
            [0.5, 0.6, 0.7, 0.9],
            [0.5, 0.6, 0.7, 0.9],
            ["parameter_alone", "parameter_edge", "parameter_underfit"],
        ),
        ([0.9, 0.9, 0.9, 0.9], [1.0, 1.0, 1.0, 1.0], ["parameter_level"]),
        ([0.9], [1.0], ["parameter_unknown"]),
        (
            [np.nan, 0.9, 0.9, 0.5],
            [np.nan, 1.0, 1.0, 1.0],
            ["parameter_best", "parameter_edge", "parameter_overfit"],
        ),
    ],
)
def test_values_underfit_where_the_training_score_falls_too(test, train, expected):
    found = read_parameter(curve(test, train, name="C"), "C")
    assert sorted(codes(found)) == sorted(expected)


def test_values_that_folds_cannot_tell_apart_are_not_ranked():
    found = read_parameter(curve([0.8, 0.85, 0.8], spread=0.2, name="C"), "C")
    assert codes(found) == ["parameter_unclear"]


def test_a_value_is_not_best_for_having_failed_on_the_hard_folds():
    table = curve([0.9, 0.9], name="C")
    hard = table.fold < 4
    table.loc[hard, "score"] -= 0.5
    table.loc[hard & (table.C == 20), "score"] = np.nan
    assert codes(read_parameter(table, "C")) == ["parameter_level"]


def test_values_are_written_as_they_are_typed():
    values = [(16,), (64, 64)]
    sizes = curve([0.9, 0.5], values=values, name="sizes")
    best, overfit = findings(read_parameter(sizes, "sizes"))
    assert "sizes = [16]" in str(best)
    assert "[64, 64]" in str(overfit)
    numbers = curve([0.9, 0.5], values=[3e-05, 1.0], name="C")
    assert "C = 3e-05" in str(findings(read_parameter(numbers, "C"))[0])
    depths = curve([0.9, 0.5], values=[None, None], name="depth")
    assert "depth = null" in str(findings(read_parameter(depths, "depth"))[0])


def test_every_sentence_can_be_said():
    texts = [
        *(curve([0.6, 0.7, end], spread=spread) for end in (0.8, 0.7, 0.5) for spread in (0, 0.2)),
        curve([0.9]),
    ]
    read = [r for table in texts for r in (read_rows(table), read_parameter(table, "train_size"))]
    said = [finding for readings in read for finding in findings(readings)]
    assert {finding.code for finding in said} < set(FINDINGS)
    for finding in said:
        assert "{" not in str(finding)
        assert "nan" not in str(finding)
