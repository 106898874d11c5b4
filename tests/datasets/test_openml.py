"""OpenML, played by a table of answers behind scikit-learn's own fetcher and cache."""

import gzip
import hashlib
import io
import json
from email.message import Message
from urllib.error import HTTPError, URLError
from urllib.parse import urlparse

import numpy as np
import pytest
import sklearn.datasets._openml

from bakeoff.datasets import load

PETS = {
    "weight": ("numeric", ["4.5", "?", "30", "0.5"]),
    "fur": ("nominal", ["long", "short", "?", "short"]),
    "legs": ("numeric", ["4", "4", "4", "0"]),
    "species": ("nominal", ["cat", "cat", "dog", "snake"]),
}


def as_arff(table, rows=None):
    """Write a table in OpenML's format, with its own rows or with lines given."""
    lines = ["@RELATION pets"]
    for name, (kind, values) in table.items():
        domain = "{" + ",".join(sorted({*values} - {"?"})) + "}" if kind == "nominal" else kind
        lines.append(f"@ATTRIBUTE {name} {domain}")
    columns = (values for _, values in table.values())
    return "\n".join([*lines, "@DATA", *(rows or map(",".join, zip(*columns, strict=True))), ""])


class Answer(io.BytesIO):
    """What ``urlopen`` returns."""

    def info(self):
        return {"Content-Encoding": "gzip"}


class OpenML:
    """Stands in for ``urlopen``: answers as OpenML does, or not at all.

    Parameters
    ----------
    table : dict of str to (type, list of str)
        The columns of the one data set there is, named "pets".
    target : tuple of str
        The columns marked as target.
    details : dict
        What its description says beyond or instead of the usual.
    """

    def __init__(self, table, target, details):
        self.online = True
        features = [
            {
                "index": str(index),
                "name": name,
                "data_type": kind,
                "is_target": str(name in target).lower(),
                "is_ignore": "false",
                "is_row_identifier": "false",
                "number_of_missing_values": str(values.count("?")),
            }
            for index, (name, (kind, values)) in enumerate(table.items())
        ]
        arff = as_arff(table)
        self.answers = {
            "/api/v1/json/data/list/data_name/pets/limit/2/status/active/": {
                "data": {"dataset": [{"did": 7, "version": 3}]}
            },
            "/api/v1/json/data/list/data_name/pets/limit/2/data_version/3": {
                "data": {"dataset": [{"did": 7, "version": 3}]}
            },
            "/api/v1/json/data/7": {
                "data_set_description": {
                    "name": "pets",
                    "version": "3",
                    "status": "active",
                    "format": "ARFF",
                    "licence": "CC0",
                    "description": "**Author**: nobody\n\nPets of\na street.\n\nMore.",
                    "url": "https://www.openml.org/data/v1/download/7/pets.arff",
                    "md5_checksum": hashlib.md5(arff.encode()).hexdigest(),
                    **details,
                }
            },
            "/api/v1/json/data/features/7": {"data_features": {"feature": features}},
            "/api/v1/json/data/qualities/7": {"data_qualities": {"quality": []}},
            "/data/v1/download/7/pets.arff": arff,
        }

    def __call__(self, request, *args, **kwargs):
        if not self.online:
            raise URLError("Name or service not known")
        answer = self.answers.get(urlparse(request.full_url).path)
        if answer is None:
            answer = 412  # what OpenML says of anything that it does not have
        if isinstance(answer, int):
            raise HTTPError(request.full_url, answer, "No luck", Message(), io.BytesIO())
        body = answer if isinstance(answer, str) else json.dumps(answer)
        return Answer(gzip.compress(body.encode()))


@pytest.fixture
def serve(monkeypatch, tmp_path):
    """Put a fake OpenML in place of the real one, with an empty cache."""
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(tmp_path))
    monkeypatch.setattr("time.sleep", lambda seconds: None)  # between retries

    def serve(table=PETS, target=("species",), **details):
        server = OpenML(table, target, details)
        monkeypatch.setattr(sklearn.datasets._openml, "urlopen", server)
        return server

    return serve


def test_numbers_stay_and_categories_become_columns(serve):
    serve()
    data = load("openml:pets")
    assert data.feature_names == ("weight", "legs", "fur=long", "fur=short")
    assert data.X.dtype == np.float64
    expected = [[4.5, 4, 1, 0], [np.nan, 4, 0, 1], [30, 4, 0, 0], [0.5, 0, 0, 1]]
    assert np.array_equal(data.X, expected, equal_nan=True)


def test_a_categorical_target_is_classification(serve):
    serve()
    data = load("openml:pets")
    assert (data.task, data.kind, data.input_shape) == ("classification", "tabular", (4,))
    assert data.target_names == ("cat", "dog", "snake")
    assert data.y.dtype == np.int64
    assert data.y.tolist() == [0, 0, 1, 2]


def test_a_numeric_target_is_regression(serve):
    serve(target=["legs"])
    data = load("openml:pets")
    assert (data.task, data.target_names) == ("regression", ("legs",))
    assert data.y.dtype == np.float64
    assert data.y.tolist() == [4, 4, 4, 0]


def test_several_numeric_targets_are_the_columns_of_y(serve):
    serve({**PETS, "age": ("numeric", ["1", "2", "3", "4"])}, target=["legs", "age"])
    data = load("openml:pets")
    assert data.target_names == ("legs", "age")
    assert data.y.tolist() == [[4, 1], [4, 2], [4, 3], [0, 4]]


def test_classes_that_are_numbers_keep_their_order(serve):
    serve({"x": PETS["legs"], "grade": ("nominal", ["10", "2", "2", "10"])}, target=["grade"])
    data = load("openml:pets")
    assert data.target_names == ("2", "10")
    assert data.y.tolist() == [1, 0, 0, 1]


def test_the_data_set_says_which_one_it_is(serve):
    serve()
    data = load("openml:pets")
    assert data.name == "openml:pets@3"
    assert data.source == "https://www.openml.org/d/7"
    assert data.licence == "CC0"
    assert data.description == "Pets of a street."
    assert np.array_equal(load(data.name).X, data.X, equal_nan=True)


def test_a_data_set_without_licence_says_so(serve):
    serve(licence=None)
    assert load("openml:pets").licence == "not stated on OpenML"


def test_what_was_fetched_once_loads_without_a_network(serve):
    server = serve()
    fetched = load("openml:pets")
    server.online = False
    again = load("openml:pets")
    assert np.array_equal(fetched.X, again.X, equal_nan=True)


def test_no_network_and_no_copy_is_one_sentence(serve, tmp_path):
    serve().online = False
    with pytest.raises(ConnectionError) as caught:
        load("openml:pets@3")
    assert str(caught.value) == (
        "'openml:pets@3' cannot be fetched, for OpenML is out of reach (Name or service not known) "
        f"and there is no copy in {tmp_path}; load it once with a network, or set "
        "SCIKIT_LEARN_DATA to a folder that has it"
    )


def test_a_name_that_openml_does_not_have(serve):
    serve()
    with pytest.raises(ValueError, match=r"^OpenML cannot give 'openml:cars': No active .* cars"):
        load("openml:cars")
    with pytest.raises(ValueError, match=r"^OpenML cannot give 'openml:pets@9': .* version 9 not"):
        load("openml:pets@9")


def test_an_error_of_the_server(serve):
    serve().answers["/api/v1/json/data/7"] = 503
    with pytest.raises(ConnectionError, match=r"^OpenML answered 503 \(No luck\) .*'openml:pets'$"):
        load("openml:pets")


@pytest.mark.parametrize("query", ["", "a b", "pets@", "pets@0", "pets@x", "../pets", "@1"])
def test_a_malformed_query_never_leaves_the_machine(serve, query):
    serve().online = False
    with pytest.raises(ValueError, match=r"^write openml:NAME or openml:NAME@VERSION, .*however"):
        load(f"openml:{query}")


@pytest.mark.parametrize(
    "column",
    [
        ("string", ["Tom", "Kitty", "Rex", "Kaa"] * 30),
        ("nominal", [f"pet{i}" for i in range(120)]),
    ],
)
def test_text_is_refused_and_can_be_dropped(serve, column):
    table = {name: (kind, values * 30) for name, (kind, values) in PETS.items()}
    serve({**table, "label": column})
    with pytest.raises(ValueError, match=r"^openml:pets@3 has columns .*drop=\['label'\]$"):
        load("openml:pets")
    assert load("openml:pets", drop=["label"]).X.shape == (120, 4)


def test_drop_names_columns_that_are_there(serve):
    serve()
    with pytest.raises(ValueError, match=r"has no columns \['tail'\] to drop; it has \['weight',"):
        load("openml:pets", drop=["tail", "fur"])
    with pytest.raises(TypeError, match=r"^drop must be a list of columns, however: 'fur'$"):
        load("openml:pets", drop="fur")
    with pytest.raises(TypeError, match=r"no parameter 'n_samples'; it takes drop$"):
        load("openml:pets", n_samples=3)


def test_no_target_is_refused(serve):
    serve(target=[])
    with pytest.raises(ValueError, match=r"^openml:pets@3 names no target; fetch it with"):
        load("openml:pets")


def test_several_categorical_targets_are_refused(serve):
    serve(target=["fur", "species"], table={**PETS, "fur": ("nominal", ["a", "b", "a", "b"])})
    with pytest.raises(ValueError, match=r"has 2 categorical targets, \['fur', 'species'\]"):
        load("openml:pets")


def test_a_sparse_table_is_refused(serve):
    server = serve(format="Sparse_ARFF")
    arff = as_arff(PETS, rows=["{0 1, 3 dog}", "{2 2}"])
    server.answers["/data/v1/download/7/pets.arff"] = arff
    info = server.answers["/api/v1/json/data/7"]["data_set_description"]
    info["md5_checksum"] = hashlib.md5(arff.encode()).hexdigest()
    with pytest.raises(ValueError, match=r"^openml:pets@3 is stored sparse, \(2, 3\), which"):
        load("openml:pets")
