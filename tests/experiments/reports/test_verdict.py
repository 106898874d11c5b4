import math

import pytest

from bakeoff.experiments import pairs, verdict
from bakeoff.experiments.reports.verdict import pair_findings

NET = [0.90, 0.91, 0.92, 0.90, 0.91]
CLOSE = [0.91, 0.89, 0.91, 0.91, 0.90]
FAR = [0.70, 0.71, 0.72, 0.69, 0.72]


def test_a_clear_difference_is_a_win(evaluations):
    found = verdict(evaluations({"svm_rbf": FAR, "mlp": NET}))
    assert not found.tie
    assert str(found.headline) == "MLP beats SVM RBF"
    assert "mean accuracy. Against SVM RBF, the best SVM, it gains 0.2" in str(found)
    assert "excludes 0" in str(found)


def test_a_difference_within_the_luck_of_the_folds_is_a_tie(evaluations):
    found = verdict(evaluations({"svm_rbf": CLOSE, "mlp": NET}))
    assert found.tie
    assert str(found.headline) == "A tie between MLP and SVM RBF"
    assert "includes 0" in str(found)


def test_a_pair_that_is_told_apart_alone_need_not_be_among_many(evaluations):
    near = [0.885, 0.900, 0.910, 0.880, 0.905]
    alone = verdict(evaluations({"mlp": NET, "svm_rbf": near}))
    assert not alone.tie
    among = verdict(evaluations({"mlp": NET, "cnn": CLOSE, "gru": CLOSE, "svm_rbf": near}))
    assert (among.best, among.rival, among.n_pairs) == ("mlp", "svm_rbf", 6)
    assert among.difference == alone.difference
    assert among.tie
    assert "excludes 0, but among 6 pairs" in str(among)


def test_sentences_of_pairs_agree_with_the_verdict(evaluations):
    scores = {"mlp": NET, "cnn": CLOSE, "svm_rbf": FAR, "gru": [0.9, *[math.nan] * 4]}
    told = [
        " ".join(map(str, pair_findings(pair))) for pair in pairs(evaluations(scores)).itertuples()
    ]
    assert any(one.startswith("MLP beats SVM RBF by 0.2 (95%: 0.1") for one in told)
    assert any(one.startswith("These folds cannot tell MLP and CNN apart") for one in told)
    assert sum("too few folds in common" in one for one in told) == 3


def test_equal_scores_are_a_tie(evaluations):
    assert verdict(evaluations({"svm_rbf": NET, "mlp": NET})).tie


@pytest.mark.parametrize("rival", ["svm_rbf", "forest", "boosting", "logistic"])
def test_the_rival_of_a_net_is_the_best_model_that_is_none(evaluations, rival):
    others = dict.fromkeys({"svm_rbf", "forest", "boosting", "logistic"} - {rival}, FAR)
    found = verdict(evaluations({**others, "mlp": NET, "cnn": NET, rival: CLOSE}))
    assert (found.best, found.rival) == ("mlp", rival)


@pytest.mark.parametrize(
    ("best", "second"), [("svm_rbf", "forest"), ("forest", "boosting"), ("logistic", "svm_linear")]
)
def test_the_rival_of_any_other_model_is_the_best_net(evaluations, best, second):
    found = verdict(evaluations({best: NET, second: CLOSE, "cnn": FAR, "dummy": FAR}))
    assert (found.best, found.rival) == (best, "cnn")
    assert "Against CNN, the best net, it gains" in str(found)


def test_the_baseline_is_nobodys_rival_while_there_is_another(evaluations):
    found = verdict(evaluations({"mlp": NET, "dummy": CLOSE, "boosting": FAR}))
    assert found.rival == "boosting"
    assert "Against Boosted trees, the best ensemble, it gains" in str(found)


def test_without_a_net_the_rival_is_the_runner_up_of_any_family(evaluations):
    found = verdict(evaluations({"svm_rbf": NET, "forest": CLOSE, "logistic": FAR}))
    assert found.rival == "forest"
    assert "Against Random forest, the best ensemble, it gains" in str(found)


def test_within_one_family_the_rival_is_the_runner_up(evaluations):
    found = verdict(evaluations({"svm_rbf": NET, "svm_poly": FAR, "dummy": FAR}))
    assert found.rival == "svm_poly"
    assert "the runner-up" in str(found)


def test_a_baseline_that_comes_first_is_named(evaluations):
    found = verdict(evaluations({"mlp": FAR, "dummy": NET}))
    assert str(found.headline) == "Dummy baseline beats MLP"


def test_a_model_that_failed_on_a_fold_is_left_out(evaluations):
    lucky = [0.99, math.nan, 0.99, 0.99, 0.99]
    found = verdict(evaluations({"cnn": lucky, "mlp": NET, "svm_rbf": FAR}))
    assert found.best == "mlp"


@pytest.mark.parametrize("scores", [{"mlp": NET}, {"mlp": [0.9], "svm_rbf": [0.8]}])
def test_too_little_for_a_verdict(evaluations, scores):
    assert verdict(evaluations(scores)) is None
