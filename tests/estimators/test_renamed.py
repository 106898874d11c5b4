"""Parameters of scikit-learn's MLP: the same name, or an error that gives the other one."""

import inspect
import itertools

import numpy as np
import pytest
from scipy.special import softmax
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier as SklearnMLP
from sklearn.neural_network import MLPRegressor as SklearnRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bakeoff.estimators import GRUClassifier, MLPClassifier, MLPRegressor

RENAMED = {
    "alpha": "use weight_decay",
    "learning_rate": "use lr_schedule",
    "power_t": "use lr_schedule",
    "max_fun": "use max_iter",
}


@pytest.mark.parametrize(
    ("ours", "own"), [(MLPClassifier, SklearnMLP), (MLPRegressor, SklearnRegressor)]
)
def test_every_parameter_of_scikit_learns_mlp_is_kept_or_explained(ours, own):
    assert own().get_params().keys() - ours().get_params().keys() == RENAMED.keys()


@pytest.mark.parametrize(("name", "use"), RENAMED.items())
def test_constructor_set_params_and_grid_say_what_to_use(labelled, name, use):
    with pytest.raises(TypeError, match=f"MLPClassifier has no parameter '{name}'; {use}"):
        MLPClassifier(**{name: 1})
    with pytest.raises(ValueError, match=f"MLPClassifier has no parameter '{name}'; {use}"):
        MLPClassifier().set_params(**{name: 1})
    pipeline = make_pipeline(StandardScaler(), MLPClassifier())
    with pytest.raises(ValueError, match=f"MLPClassifier has no parameter '{name}'; {use}"):
        GridSearchCV(pipeline, {f"mlpclassifier__{name}": [1]}, cv=2).fit(*labelled)


def test_what_no_family_knows_is_refused_as_ever():
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        MLPClassifier(colour=1)
    with pytest.raises(ValueError, match="Invalid parameter 'colour'"):
        MLPClassifier().set_params(colour=1)


def test_a_parameter_of_another_family_is_explained_where_it_is_missing():
    assert MLPClassifier(hidden_layer_sizes=3).hidden_layer_sizes == 3
    with pytest.raises(TypeError, match="use hidden_size and num_layers"):
        GRUClassifier(hidden_layer_sizes=3)


def test_signature_and_parameters_are_those_of_the_class():
    assert (
        list(inspect.signature(MLPClassifier).parameters)
        == list(inspect.signature(MLPClassifier.__init__).parameters)[1:]
    )
    assert "weight_decay" in inspect.signature(MLPClassifier).parameters
    assert MLPClassifier.__init__.__name__ == "__init__"


@pytest.mark.parametrize("hidden", [(), (5, 3)])
def test_weights_are_those_that_predict_in_the_shapes_of_scikit_learns(labelled, hidden):
    X, y = labelled
    model = MLPClassifier(hidden, max_iter=2, random_state=0)
    with pytest.raises(NotFittedError):
        _ = model.coefs_
    model.fit(X, y)

    outputs = X
    for i, (weights, biases) in enumerate(zip(model.coefs_, model.intercepts_, strict=True)):
        outputs = (np.maximum(outputs, 0) if i else outputs) @ weights + biases
    assert [w.shape for w in model.coefs_] == list(itertools.pairwise((6, *hidden, 2)))
    np.testing.assert_allclose(softmax(outputs, axis=1), model.predict_proba(X), rtol=1e-9)
    model.coefs_[0][:] = 0.0
    assert model.coefs_[0].any()


class Ridged(MLPClassifier):
    """A user's class with a parameter of the other name."""

    def __init__(self, alpha=0.5, random_state=None):
        super().__init__(hidden_layer_sizes=(4,), max_iter=1, random_state=random_state)
        self.alpha = alpha


def test_a_users_own_parameter_of_that_name_is_theirs():
    model = clone(Ridged(alpha=2.0)).set_params(alpha=3.0)
    assert model.get_params() == {"alpha": 3.0, "random_state": None}
