"""helpers.datasets.store: one set, written once, whatever goes wrong while it is written."""

import multiprocessing
import threading

import filelock
import pytest

from helpers import cache
from helpers.datasets import store


@pytest.fixture
def project(tmp_path, monkeypatch):
    """The data folder of a project below tmp_path, and a user's cache beside it."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setattr(cache, "PROJECT", data / "cache")
    monkeypatch.setattr(cache.platformdirs, "user_cache_path", lambda app: tmp_path / "user" / app)
    return data


def write(folder):
    assert not list(folder.iterdir())
    (folder / "a.txt").write_text("whole")


def refuse(folder):
    raise AssertionError("nothing should be written")


def test_real_set_comes_first(project, capsys):
    (project / "ddti").mkdir()
    assert store.folder("ddti", refuse) == project / "ddti"
    assert capsys.readouterr().out == "ddti: the set in data/ddti\n"


def test_simulated_set_is_written_once_and_says_so(project, capsys):
    place = store.folder("ddti", write)
    assert store.folder("ddti", refuse) == place
    assert place.parent == project / "cache" and (place / "a.txt").read_text() == "whole"
    one, two = capsys.readouterr().out.splitlines()
    assert one == two and "simulated" in one and str(project) not in one


def test_interrupted_write_leaves_nothing(project):
    def interrupt(folder):
        (folder / "half.txt").write_text("ha")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.folder("ddti", interrupt)
    assert not [path for path in (project / "cache").iterdir() if path.is_dir()]
    assert (store.folder("ddti", write) / "a.txt").exists()


def test_what_a_killed_process_left_is_cleared(project):
    place = store.folder("ddti", write)
    part = place.rename(place.with_name(place.name + ".part"))
    (part / "half.txt").write_text("ha")
    again = store.folder("ddti", write)
    assert [path.name for path in again.iterdir()] == ["a.txt"] and not part.exists()


def test_read_only_project_falls_back_to_the_users_cache(project, tmp_path, monkeypatch):
    writable = cache._writable
    monkeypatch.setattr(cache, "_writable", lambda path: path != cache.PROJECT and writable(path))
    place = store.folder("ddti", write)
    assert place.parent == tmp_path / "user" / cache.APP
    assert not (project / "cache").exists()


def test_set_in_a_read_only_project_is_used(project, monkeypatch):
    place = store.folder("ddti", write)
    monkeypatch.setattr(cache, "_writable", lambda path: path != cache.PROJECT)
    assert store.folder("ddti", refuse) == place


def test_new_code_of_the_simulator_makes_a_new_set(project, monkeypatch):
    old = store.folder("ddti", write)
    monkeypatch.setattr(store, "_state", lambda: "00000000")
    assert store.folder("ddti", write) != old


def test_lock_that_is_never_released_is_named(project, monkeypatch):
    monkeypatch.setattr(store, "WAIT", 0.2)
    held, done = threading.Event(), threading.Event()

    def hold():
        with filelock.FileLock(cache.folder() / f"ddti-{store._state()}.lock"):
            held.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    try:
        with pytest.raises(OSError, match=r"another process .*\.lock"):
            store.folder("ddti", write)
    finally:
        done.set()
        thread.join()


def _ask(project, count, start):
    """In a process of its own: ask for the set; every write is counted in a file."""
    cache.PROJECT = project
    start.wait(30)

    def slow(folder):
        import time

        with count.open("a") as file:
            file.write("x")
        (folder / "a.txt").write_text("who")
        time.sleep(0.3)
        (folder / "a.txt").write_text("whole")

    assert (store.folder("set", slow) / "a.txt").read_text() == "whole"


def test_processes_at_once_write_one_set(project):
    context = multiprocessing.get_context("spawn")
    count, start = project / "count.txt", context.Event()
    processes = [context.Process(target=_ask, args=(cache.PROJECT, count, start)) for _ in range(3)]
    for process in processes:
        process.start()
    start.set()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert count.read_text() == "x"
