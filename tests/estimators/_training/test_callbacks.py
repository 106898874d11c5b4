"""The user's skorch callbacks, what a fit records, and the progress bar."""

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from skorch.callbacks import Callback, EarlyStopping, EpochScoring, LRScheduler
from skorch.utils import noop

from bakeoff.estimators import MLPClassifier, MLPRegressor

pytestmark = pytest.mark.privates


class Recorder(Callback):
    """Epochs seen, kept where copies of the callback find them too."""

    seen: list[int] = []  # noqa: RUF012

    def on_epoch_end(self, net, **kwargs):
        self.seen.append(len(net.history))


def impatient():
    """Stops after two epochs that do not improve by 10."""
    return EarlyStopping("train_loss", patience=2, threshold=10.0, threshold_mode="abs", sink=noop)


@pytest.fixture(autouse=True)
def forget():
    Recorder.seen = []


def test_callbacks_run_every_epoch(classifier, labelled):
    classifier.set_params(callbacks=[Recorder()], max_iter=4, lr_schedule="constant").fit(*labelled)
    assert Recorder.seen == [1, 2, 3, 4]


@pytest.mark.parametrize("named", [False, True])
def test_skorchs_early_stopping_stops_and_the_fit_is_used(small, labelled, named):
    callback = ("mine", impatient()) if named else impatient()
    model = small(MLPClassifier, callbacks=[callback]).fit(*labelled)

    assert model.n_iter_ == 3
    assert len(model.predict(labelled[0])) == 120


def test_early_stopping_of_both_kinds_can_be_used_together(small, labelled):
    model = small(MLPClassifier, callbacks=[impatient()], early_stopping=True).fit(*labelled)
    assert model.n_iter_ == 3
    assert len(model.validation_scores_) == 3
    assert 1 <= model.best_epoch_ <= 3


def test_a_fit_does_not_touch_the_callbacks_it_was_given(small, labelled):
    callback = impatient()
    before = dict(vars(callback))
    model = small(MLPClassifier, callbacks=[callback])

    assert model.fit(*labelled).n_iter_ == model.fit(*labelled).n_iter_ == 3
    assert vars(callback) == before
    assert model.callbacks == [callback]


def test_callbacks_survive_clone_pickle_and_search(small, labelled):
    model = small(MLPClassifier, callbacks=[impatient()])
    search = GridSearchCV(model, {"callbacks": [None, [impatient()]], "tol": [0.0]}, cv=2)

    assert clone(model).fit(*labelled).n_iter_ == 3
    assert pickle.loads(pickle.dumps(model)).fit(*labelled).n_iter_ == 3
    assert "callbacks" in search.fit(*labelled).best_params_


def test_skorchs_learning_rate_scheduler_sets_the_rate(small, labelled):
    scheduler = LRScheduler("StepLR", step_size=1, gamma=0.1)
    model = small(
        MLPClassifier, callbacks=[scheduler], lr_schedule="constant", learning_rate_init=0.1,
        max_iter=3,
    ).fit(*labelled)  # fmt: skip

    assert model.history_["lr"].tolist() == pytest.approx([0.1, 0.01, 0.001])


def test_skorchs_scoring_sees_the_held_out_rows(small, labelled):
    def n_rows(net, X, y):
        return float(len(y))

    scoring = EpochScoring(n_rows, name="rows")
    model = small(
        MLPClassifier, callbacks=[scoring], early_stopping=True, validation_fraction=0.2, max_iter=2
    ).fit(*labelled)

    assert model.history_["rows"].tolist() == [24.0, 24.0]


def test_skorchs_scorers_by_name_score_what_the_estimator_predicts(small, labelled, valued):
    by_name = [EpochScoring(name, name=name) for name in ("accuracy", "neg_log_loss")]
    model = small(MLPClassifier, callbacks=by_name, early_stopping=True).fit(*labelled)
    assert model.history_["accuracy"].tolist() == model.validation_scores_
    np.testing.assert_allclose(-model.history_["neg_log_loss"], model.history_["valid_loss"])

    by_name = [EpochScoring("r2", name="r2")]
    model = small(MLPRegressor, callbacks=by_name, early_stopping=True).fit(*valued)
    np.testing.assert_allclose(model.history_["r2"], model.validation_scores_)


@pytest.mark.parametrize("callbacks", [[1], [("a", 1)], [("a",)], [EarlyStopping], [()]], ids=str)
def test_what_is_no_callback_is_refused(small, labelled, callbacks):
    with pytest.raises(ValueError, match="callbacks must hold skorch callbacks or"):
        small(MLPClassifier, callbacks=callbacks).fit(*labelled)


def test_an_error_in_a_callback_is_not_swallowed(small, labelled):
    class Broken(Callback):
        def on_batch_end(self, net, **kwargs):
            raise RuntimeError("broken callback")

    with pytest.raises(RuntimeError, match="broken callback"):
        small(MLPClassifier, callbacks=[Broken()]).fit(*labelled)


# ------------------------------------------------------------------ what a fit records


def test_history_has_a_row_an_epoch(classifier, labelled):
    history = classifier.set_params(max_iter=4, early_stopping=True).fit(*labelled).history_

    assert history["epoch"].tolist() == [1, 2, 3, 4]
    assert {"train_loss", "valid_loss", "valid_score", "lr", "dur"} <= set(history.columns)
    assert classifier.loss_curve_ == history["train_loss"].tolist()
    assert classifier.validation_scores_ == history["valid_score"].tolist()


def test_architecture_counts_every_parameter(classifier, labelled):
    table = classifier.fit(*labelled).architecture_
    n_parameters = sum(p.numel() for p in classifier.net_.module_.parameters())

    assert list(table.columns) == ["layer", "type", "output_shape", "parameters"]
    assert table["layer"].iloc[-1] == "total"
    assert table["parameters"].iloc[-1] == table["parameters"].iloc[:-1].sum() == n_parameters
    assert table["output_shape"].iloc[-2] == "(2,)"


def test_architecture_of_a_known_net(small, labelled):
    table = small(MLPClassifier, hidden_layer_sizes=(5,), dropout=0.1).fit(*labelled).architecture_

    assert table["type"].tolist() == ["Linear", "ReLU", "Dropout", "Linear", ""]
    assert table["parameters"].tolist() == [35, 0, 0, 12, 47]


def test_nothing_is_learned_before_fit(classifier):
    for name in ("loss_curve_", "n_iter_", "history_", "architecture_", "best_epoch_"):
        assert not hasattr(classifier, name)


def test_verbose_shows_a_bar_with_every_epoch_and_silence_is_silent(small, labelled, capsys):
    small(MLPClassifier, max_iter=3, early_stopping=True).fit(*labelled)
    assert capsys.readouterr() == ("", "")

    small(MLPClassifier, max_iter=3, early_stopping=True, verbose=True).fit(*labelled)
    shown = capsys.readouterr().err
    assert "3/3" in shown
    assert "valid_loss" in shown


def test_the_bar_counts_the_epoch_that_stopped_training(small, labelled, capsys):
    model = small(
        MLPClassifier,
        max_iter=9,
        lr_schedule="constant",
        tol=10.0,
        n_iter_no_change=2,
        verbose=True,
    ).fit(*labelled)
    assert f"{model.n_iter_}/9" in capsys.readouterr().err
