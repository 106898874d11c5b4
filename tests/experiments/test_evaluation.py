import math

from bakeoff.experiments.evaluation import one_line


def test_the_score_is_the_first_metric(evaluations):
    (found,) = evaluations({"mlp": [0.9]})
    assert found.score == 0.9
    assert not found.failed


def test_without_a_score_it_failed(evaluations):
    (found,) = evaluations({"mlp": [math.nan]})
    assert found.failed


def test_one_line_of_an_empty_message():
    assert one_line(KeyboardInterrupt()) == "KeyboardInterrupt: no message"
