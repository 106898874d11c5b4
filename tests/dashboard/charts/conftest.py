import pytest


@pytest.fixture
def layers():
    def find(chart, mark):
        found = [layer for layer in chart.to_dict()["layer"] if layer["mark"]["type"] == mark]
        assert found, f"no layer of {mark}"
        return found

    return find


@pytest.fixture
def data():
    """The data of one layer of a chart, as a list."""

    def read(chart, layer):
        whole = chart.to_dict()
        return whole["datasets"][layer.get("data", whole.get("data"))["name"]]

    return read
