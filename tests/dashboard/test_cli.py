"""The command in a process of its own, as a user starts it."""

import io
import os
import signal
import socket
import subprocess
import sys
import urllib.request
import zipfile
from contextlib import contextmanager

import pytest

from bakeoff import experiments
from bakeoff.dashboard import cli
from bakeoff.experiments.runs.archive import read_archive, write_archive
from bakeoff.experiments.runs.background import VERBOSE
from bakeoff.recording import Store

pytestmark = pytest.mark.privates

COMMAND = [sys.executable, "-c", "from bakeoff.dashboard.cli import main; main()"]
WITHOUT_STREAMLIT = "import sys; sys.modules['streamlit'] = None; "


def run(*arguments, command=COMMAND):
    return subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120)


@contextmanager
def taken_port():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_help_names_the_options():
    done = run("--help")
    assert done.returncode == 0
    assert "--port" in done.stdout
    assert "--headless" in done.stdout
    assert "--verbose" in done.stdout
    assert "rerun" in done.stdout


@pytest.mark.parametrize("flags", [[], ["--verbose"]])
def test_runs_are_told_whether_to_speak(flags, monkeypatch):
    monkeypatch.setenv(VERBOSE, "")  # so that what is set here does not stay
    told = []
    monkeypatch.setattr(cli, "_serve", lambda *_: told.append(os.environ[VERBOSE]))
    monkeypatch.setattr(cli, "_unusable", lambda port: None)
    cli.main(flags)
    assert told == ["1" if flags else ""]


def test_a_taken_port_is_one_line_and_a_failure():
    with taken_port() as port:
        done = run("--headless", "--port", str(port))
    assert done.returncode != 0
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"bakeoff: port {port} cannot be used (")
    assert line.endswith("; try another with --port")


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_out_of_range_is_one_line(port):
    done = run("--port", str(port))
    assert done.returncode != 0
    assert done.stderr == f"bakeoff: --port must be from 1 to 65535, however: {port}\n"


def test_a_missing_streamlit_is_one_line_with_the_cure():
    done = run(command=[sys.executable, "-c", WITHOUT_STREAMLIT + COMMAND[-1]])
    assert done.returncode != 0
    assert done.stderr == (
        "bakeoff: the dashboard needs streamlit: pip install 'bakeoff[dashboard]'\n"
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is not a signal to one process there")
def test_it_serves_on_this_machine_only_from_any_folder_and_ends_with_ctrl_c(tmp_path):
    with taken_port() as port:
        pass  # free again, and unlikely to be handed out before we use it
    fresh_home = {**os.environ, "HOME": str(tmp_path)}  # as on the day it is installed
    with subprocess.Popen(
        [*COMMAND, "--headless", "--port", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
        env=fresh_home,
    ) as server:
        try:
            first = server.stdout.readline()
            assert first == f"bakeoff is at http://127.0.0.1:{port} (Ctrl-C stops it)\n"
            assert "127.0.0.1" in server.stdout.readline()  # the server's own word, once it is up
            health = f"http://127.0.0.1:{port}/_stcore/health"
            with urllib.request.urlopen(health, timeout=60) as answer:
                assert answer.status == 200
            server.send_signal(signal.SIGINT)
            rest, _ = server.communicate(timeout=60)
        finally:
            server.kill()
    assert server.returncode == 0
    assert "Traceback" not in rest
    assert "statistics" not in rest


@pytest.fixture
def archive(tmp_path):
    """The zip of a small run."""
    spec = experiments.Comparison("iris", ["svm_rbf", "forest", "dummy"], n_splits=2)
    path = tmp_path / "iris.zip"
    path.write_bytes(write_archive(spec, spec.load(), list(experiments.run(spec))))
    return path


def edit(path, name, change):
    with zipfile.ZipFile(path) as archive:
        texts = {one: archive.read(one).decode() for one in archive.namelist()}
    assert change(texts[name]) != texts[name]
    texts[name] = change(texts[name])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for one, text in texts.items():
            archive.writestr(one, text)
    path.write_bytes(buffer.getvalue())


@pytest.mark.slow
def test_rerun_gives_the_same_numbers_without_a_browser(archive):
    without_browser = [sys.executable, "-c", WITHOUT_STREAMLIT + COMMAND[-1]]
    done = run("rerun", str(archive), command=without_browser)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Running again: Comparison on iris",
        "all 6 scores are the same",
    ]


def test_rerun_names_the_score_that_differs(archive, capsys):
    value = read_archive(archive).evaluations.test_accuracy[0]
    edit(archive, "evaluations.csv", lambda text: text.replace(f",{{}},{value}", ",{},0.125", 1))
    with pytest.raises(SystemExit) as end:
        cli.main(["rerun", str(archive)])
    assert end.value.code == 1
    _, line, last = capsys.readouterr().out.splitlines()
    named = "svm_rbf, repeat 0, fold 0, seed 0, {}: test_accuracy was 0.125"
    assert line == f"{named}, is now {value:.6g}"
    assert last == "1 of 6 scores differ"


def test_rerun_warns_when_versions_differ(archive, capsys):
    edit(archive, "versions.json", lambda text: text.replace('"joblib": "', '"joblib": "0.'))
    with pytest.raises(SystemExit) as end:
        cli.main(["rerun", str(archive)])
    assert end.value.code == 0
    assert "versions differ: joblib 0." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("data.json", '"fingerprint": "', '"fingerprint": "0', "data must have the fingerprint 0"),
        ("spec.json", '"iris"', '"wine"', "data must have the fingerprint"),
        ("spec.json", '"iris"', '"irises"', "there is no data set 'irises'"),
        ("versions.json", '"archive": 1', '"archive": 9', "must be of format 1, however: 9"),
    ],
)
def test_what_cannot_be_run_again_is_one_line(archive, capsys, name, old, new, reason):
    edit(archive, name, lambda text: text.replace(old, new))
    with pytest.raises(SystemExit) as end:
        cli.main(["rerun", str(archive)])
    assert end.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("bakeoff: ")
    assert reason in line


def test_a_file_does_not_steer_the_terminal(archive, capsys):
    edit(
        archive, "versions.json", lambda text: text.replace('"joblib": "', '"joblib": "\\u001b[2J')
    )
    with pytest.raises(SystemExit):
        cli.main(["rerun", str(archive)])
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nowhere.zip"], "nowhere.zip: No such file or directory"),
        ([__file__], "it is not a zip"),
        ([__file__, "--n-jobs", "0"], "--n-jobs must be at least 1, or -1"),
    ],
)
def test_a_file_that_is_none_is_one_line(capsys, arguments, reason):
    with pytest.raises(SystemExit) as end:
        cli.main(["rerun", *arguments])
    assert end.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert reason in line


def test_rerun_takes_a_file_from_where_it_is(tmp_path, capsys):
    path = tmp_path / "plants.csv"
    path.write_text("height,species\n" + "".join(f"{i % 9},{'ab'[i % 2]}\n" for i in range(40)))
    chosen = {"target": "species", "task": "classification"}
    spec = experiments.Comparison(f"file:{path}", ["dummy"], params=chosen, n_splits=2)
    data = spec.load()
    (tmp_path / "run.zip").write_bytes(write_archive(spec, data, list(experiments.run(spec, data))))
    for arguments, code in ((["--data", str(path)], 0), ([], 2)):
        with pytest.raises(SystemExit) as end:
            cli.main(["rerun", str(tmp_path / "run.zip"), *arguments])
        assert end.value.code == code
    assert "say where it is with --data PATH" in capsys.readouterr().err


def test_runs_that_go_on_are_counted_at_the_end(capsys):
    cli._say_what_goes_on()
    with Store() as store:
        store.open_run("of a script")
        cli._say_what_goes_on()
        assert capsys.readouterr().out == ""
        store.open_run("mine", "Comparison", "{}")
        cli._say_what_goes_on()
    said = "1 run goes on in the background; the dashboard shows it when it is started again\n"
    assert capsys.readouterr().out == said


def test_the_store_says_where_it_is_and_is_cleaned(home, capsys):
    def say(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(["store", *arguments])
        assert ended.value.code in (0, None)
        return capsys.readouterr().out

    assert say() == f"there is no store in {home} yet: nothing has been run\n"
    with Store() as store:
        store.end_run(store.open_run("a try"), "finished")
    assert say().startswith(f"{home / 'bakeoff.sqlite'}: 1 run, ")
    assert say("--clean").startswith("deleted 0 results that no run refers to\n")


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_store_that_others_can_read_says_so(home, capsys):
    Store().close()
    home.chmod(0o755)
    (home / "bakeoff.sqlite").chmod(0o644)
    with pytest.raises(SystemExit):
        cli.main(["store"])
    assert "other users of this machine can read it; chmod 600 " in capsys.readouterr().out
