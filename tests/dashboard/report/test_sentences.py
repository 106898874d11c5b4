"""What was found, in the words and numbers of a page."""

import math
from string import Formatter

import pytest

from bakeoff.dashboard import language
from bakeoff.dashboard.report.sentences import say, say_all
from bakeoff.datasets import Reason
from bakeoff.experiments.findings import FINDINGS, Finding
from bakeoff.experiments.reports.verdict import Verdict
from bakeoff.experiments.statistics.estimate import Interval


def verdict(p_holm=0.0123, metric="balanced_accuracy"):
    return Verdict("mlp", "svm_rbf", Interval(0.2, -0.0461, 0.3), p_holm, 6, metric)


def test_numbers_have_three_decimals_and_a_sign_where_they_are_changes():
    told = say_all(verdict().explanation)
    assert "it gains 0.200, with a 95% interval from \N{MINUS SIGN}0.046 to +0.300." in told


def test_a_small_p_value_is_not_spelled_out():
    p_values = (0.00001, 0.0423)
    told = [say(Finding("pair_open", {"one": "MLP", "other": "CNN", "p": p})) for p in p_values]
    assert [one.partition("Holm ")[2] for one in told] == ["p < 0.001.", "p = 0.0423."]


def test_what_is_rounded_to_zero_has_no_sign():
    facts = {"change": -0.0001, "low": -0.2, "high": 0.2}
    assert "is +0.000, and" in say(Finding("gap_unclear", facts))


def test_the_score_and_the_role_of_the_rival_are_translated_too(korean_reader):
    told = say(verdict().explanation[0])
    assert language.t("balanced accuracy") in told
    assert language.t("the best SVM") in told
    assert not {"balanced", "best"} & set(told.split())


def test_reasons_of_tables_are_said_the_same_way(korean_reader):
    reason = Reason("leak_class", {"score": 0.98765})
    assert "0.988" in say(reason)
    assert say(reason) != str(reason)


@pytest.mark.parametrize("code", FINDINGS)
def test_every_finding_can_be_said(code, korean_reader):
    numbers = dict.fromkeys(("change", "low", "high", "gain", "same", "p"), math.pi)
    names = {name for _, name, _, _ in Formatter().parse(FINDINGS[code]) if name}
    facts = {**dict.fromkeys(names, "x"), **numbers, "role": Finding("role_net")}
    told = say(Finding(code, facts))
    assert told not in ("", FINDINGS[code])
    assert "{" not in told
