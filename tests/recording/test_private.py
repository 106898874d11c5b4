"""What is in the store is for the user alone, and where it is not, that is said."""

import os

import pytest

from bakeoff.recording import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


def mode(path):
    return path.stat().st_mode & 0o777


@pytest.fixture(autouse=True)
def generous_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_new_store_is_the_users_alone(tmp_path):
    path = tmp_path / "home" / "bakeoff.sqlite"
    with Store(path) as store:
        store.open_run("something to write")
        assert mode(path.parent) == 0o700
        assert {mode(file) for file in path.parent.iterdir()} == {0o600}
        assert store.is_private


def test_a_folder_that_is_there_keeps_its_rights(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    with Store(folder / "runs.sqlite") as store:
        assert mode(folder) == 0o755
        assert mode(store.path) == 0o600
        assert store.is_private


def test_a_store_that_others_can_read_says_so(tmp_path):
    path = tmp_path / "runs.sqlite"
    Store(path).close()
    path.chmod(0o644)
    tmp_path.chmod(0o755)
    with Store(path) as store:
        assert not store.is_private
    tmp_path.chmod(0o700)
    with Store(path) as store:
        assert store.is_private
