"""Parameters of scikit-learn's MLP: the same name, or an error that gives the other one."""

import inspect

import pytest
from sklearn.base import clone
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


class Ridged(MLPClassifier):
    """A user's class with a parameter of the other name."""

    def __init__(self, alpha=0.5, random_state=None):
        super().__init__(hidden_layer_sizes=(4,), max_iter=1, random_state=random_state)
        self.alpha = alpha


def test_a_users_own_parameter_of_that_name_is_theirs():
    model = clone(Ridged(alpha=2.0)).set_params(alpha=3.0)
    assert model.get_params() == {"alpha": 3.0, "random_state": None}
