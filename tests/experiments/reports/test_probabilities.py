from dataclasses import replace

import numpy as np
import pytest

from bakeoff.experiments.reports.probabilities import class_probabilities

Y = np.array(["b", "a", "c", "a", "c", "c"])


@pytest.fixture
def fold(evaluations):
    """One evaluation whose three test rows are the only ones of class b."""
    (found,) = evaluations({"mlp": [0.5]}, n_test=3)
    return replace(found, actual=Y[:3], probabilities=np.array([[0.2, 0.8], [0.9, 0.1], [0, 1]]))


def test_a_class_that_is_missing_in_training_has_probability_zero(fold):
    columns = class_probabilities(fold, Y)
    np.testing.assert_array_equal(columns[:, 1], 0)
    np.testing.assert_array_equal(columns[:, [0, 2]], fold.probabilities)


def test_columns_that_are_not_the_classes_of_the_training_rows_are_refused(fold):
    three = replace(fold, probabilities=np.ones((3, 3)))
    with pytest.raises(ValueError, match=r"each of the 2 classes of the training rows, however: 3"):
        class_probabilities(three, Y)


def test_a_model_without_probabilities_is_refused_whatever_it_decides(fold):
    svm = replace(fold, model="svm_rbf", probabilities=None, decisions=np.ones(3))
    with pytest.raises(ValueError, match="however 'svm_rbf' gave none"):
        class_probabilities(svm, Y)
