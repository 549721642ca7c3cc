"""helpers.datasets.store: one set, written once, whatever goes wrong while it is written."""

import multiprocessing
import threading
import time

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
    monkeypatch.setattr(cache.tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
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
    assert sorted(path.name for path in again.iterdir()) == [store.MANIFEST, "a.txt"] and not part.exists()


def test_read_only_project_falls_back_to_the_users_cache(project, tmp_path, monkeypatch):
    writable = cache.writable
    monkeypatch.setattr(cache, "writable", lambda path: path != cache.PROJECT and writable(path))
    place = store.folder("ddti", write)
    assert place.parent == tmp_path / "user" / cache.APP
    assert not (project / "cache").exists()


def test_set_in_a_read_only_project_is_used(project, monkeypatch):
    place = store.folder("ddti", write)
    monkeypatch.setattr(cache, "writable", lambda path: path != cache.PROJECT)
    assert store.folder("ddti", refuse) == place


def test_new_code_of_the_simulator_makes_a_new_set_and_the_old_one_goes(project, monkeypatch):
    old, other = store.folder("ddti", write), store.folder("ddti-raw", write)
    monkeypatch.setattr(store.origin, "key", lambda *_: "00000000")
    new = store.folder("ddti", write)
    assert new != old and not old.exists() and new.is_dir() and other.is_dir()
    assert sorted(path.name for path in (project / "cache").glob("ddti-*") if path.is_dir()) == sorted(
        [new.name, other.name]
    )


def lose(place):
    (place / "a.txt").unlink()


def shorten(place):
    (place / "a.txt").write_text("w")


def forget(place):
    (place / store.MANIFEST).unlink()


@pytest.mark.parametrize("damage", [lose, shorten, forget])
def test_a_damaged_set_is_written_anew(project, damage):
    place = store.folder("ddti", write)
    damage(place)
    again = store.folder("ddti", write)
    assert again == place and (place / "a.txt").read_text() == "whole"
    assert store.folder("ddti", refuse) == place


def test_a_damaged_set_in_a_read_only_project_is_replaced_in_the_users_cache(project, tmp_path, monkeypatch):
    lose(store.folder("ddti", write))
    writable = cache.writable
    monkeypatch.setattr(cache, "writable", lambda path: path != cache.PROJECT and writable(path))
    place = store.folder("ddti", write)
    assert place.parent == tmp_path / "user" / cache.APP and (place / "a.txt").exists()


def test_advice_for_a_simulated_and_for_a_real_file(project):
    place = store.folder("ddti", write)
    assert "Delete the folder" in store.advice(place / "a.txt") and str(place) in store.advice(place / "a.txt")
    assert "Copy it anew" in store.advice(project / "ddti" / "a.txt")


@pytest.fixture
def foreign(monkeypatch):
    """Let paths belong to another user: foreign(path)."""
    others, trusted = set(), cache.trusted
    monkeypatch.setattr(cache, "trusted", lambda path: path not in others and trusted(path))
    return others.add


def test_a_set_that_another_user_planted_is_passed_over_and_left_alone(project, tmp_path, foreign):
    planted = store.folder("ddti", write)
    foreign(planted)
    place = store.folder("ddti", write)
    assert place.parent == tmp_path / "user" / cache.APP and planted.is_dir()
    assert store.folder("ddti", refuse) == place


def test_what_another_user_left_of_a_write_is_passed_over(project, tmp_path, foreign):
    part = store.folder("ddti", write)
    left = part.rename(part.with_name(part.name + ".part"))
    foreign(left)
    assert store.folder("ddti", write).parent == tmp_path / "user" / cache.APP
    assert left.is_dir()


def test_a_lock_of_another_user_is_passed_over(project, tmp_path, monkeypatch):
    class Refused(filelock.FileLock):
        def acquire(self, *arguments, **options):
            if str(project) in str(self.lock_file):
                raise PermissionError("another user's lock")
            return super().acquire(*arguments, **options)

    monkeypatch.setattr(store.filelock, "FileLock", Refused)
    assert store.folder("ddti", write).parent == tmp_path / "user" / cache.APP


def test_owners_are_checked(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    assert cache.trusted(tmp_path / "mine") and not cache.trusted(tmp_path / "gone")
    me, stat = cache.os.getuid(), cache.os.stat
    monkeypatch.setattr(cache.os, "getuid", lambda: me + 1)
    monkeypatch.setattr(
        cache.os, "stat", lambda path: type("Status", (), {"st_uid": me + 1}) if path == cache.__file__ else stat(path)
    )
    assert cache.trusted(tmp_path / "mine") == (me == 0)  # root's files are trusted, another user's are not


def test_the_real_set_is_found_in_capitals_and_passed_over_when_asked(project, capsys):
    (project / "DDTI").mkdir()
    assert store.folder("ddti", refuse) == project / "DDTI" and store.source("ddti", "DDTI") == "DDTI"
    assert store.folder("ddti", write, simulated=True).parent == project / "cache"
    assert "passed over" in capsys.readouterr().out and store.source("fer2013", "FER2013") == "simulated"


def test_an_archive_beside_the_place_of_the_set_is_named(project, capsys):
    (project / "ddti.zip").write_bytes(b"PK")
    store.folder("ddti", write)
    assert "data/ddti.zip is not unpacked" in capsys.readouterr().out


def as_shown(text):
    """Return what a notebook keeps of a text: a line is overwritten from a carriage return on."""
    lines = []
    for line in text.split("\n"):
        shown = ""
        for part in line.split("\r"):
            shown = part + shown[len(part) :]
        lines.append(shown)
    return "\n".join(lines)


def test_a_first_run_shows_progress_and_leaves_the_output_of_a_second(project, capsys, monkeypatch):
    def slow(folder):
        time.sleep(0.3)
        write(folder)

    monkeypatch.setenv("JPY_SESSION_NAME", "lesson.ipynb")
    monkeypatch.setattr(store.waiting, "FIRST", 0.05)
    monkeypatch.setattr(store.waiting, "EVERY", 0.05)
    store.folder("ddti", slow, seconds=30)
    first = capsys.readouterr().out
    store.folder("ddti", refuse)
    second = capsys.readouterr().out
    monkeypatch.delenv("JPY_SESSION_NAME")
    store.folder("ddti", refuse)
    assert "about 30 s" in first and first != second
    assert as_shown(first) == second == capsys.readouterr().out


def test_most_skipped_is_refused():
    store.refuse_if_most_is_skipped("x", 5, {"a": 2, "b": 3})
    with pytest.raises(ValueError, match="6 of 11 entries cannot be used, 4 of them: b"):
        store.refuse_if_most_is_skipped("x", 5, {"a": 2, "b": 4})


def test_lock_that_is_never_released_is_named(project, monkeypatch):
    monkeypatch.setattr(store, "WAIT", 0.2)
    held, done = threading.Event(), threading.Event()

    def hold():
        with filelock.FileLock(cache.folder() / f"ddti-{store.origin.key(write)}.lock"):
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
