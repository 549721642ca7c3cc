"""What a student has done, in one small file of his own on this computer: exercises that are right, quiz answers.

The file is progress.json in the user's data folder, {"exercises": {"02d": ["check_weights"]}, "quizzes": {"02d":
{"1": true}}}. The environment variable COURSE_PROGRESS names another file, or says "off": then nothing is kept.
"""

import contextlib
import json
import os
from pathlib import Path

import platformdirs

from helpers.cache import APP

SETTING = "COURSE_PROGRESS"


def path():
    """Return the pathlib.Path of the file, or None where nothing is kept: switched off, in CI, or without a home."""
    chosen = os.environ.get(SETTING, "off" if os.environ.get("CI") else "")
    if chosen:
        return None if chosen == "off" else Path(chosen)
    try:
        folder = platformdirs.user_data_path(APP)
    except (KeyError, OSError, RuntimeError):
        return None
    return folder / "progress.json" if folder.is_absolute() else None


def read():
    """Return {"exercises": {lesson: [check, …]}, "quizzes": {lesson: {question: right}}}; empty where nothing is kept.

    A file that cannot be read as such is set aside under another name, and a line is printed.
    """
    file, empty = path(), {"exercises": {}, "quizzes": {}}
    if file is None:
        return empty
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {key: _checked(kept[key], kind) for key, kind in (("exercises", list), ("quizzes", dict))}
    except FileNotFoundError:
        return empty
    except OSError as error:
        print(f"Your progress cannot be read: {error}")
    except (ValueError, KeyError, TypeError):
        _set_aside(file)
    return empty


def _checked(lessons, kind):
    if not isinstance(lessons, dict) or not all(isinstance(one, kind) for one in lessons.values()):
        raise ValueError
    return lessons


def _set_aside(file):
    aside = file.with_suffix(".broken.json")
    try:
        file.replace(aside)
        print(f"Your progress could not be read and begins anew; the old file is {aside}.")
    except OSError as error:
        print(f"Your progress could not be read: {error}")


def exercise(lesson, name):
    """Keep that the exercise of `lesson` with the check `name` is right. Never raises."""
    kept = read()
    if name not in kept["exercises"].setdefault(lesson, []):
        kept["exercises"][lesson].append(name)
        _write(kept)


def answer(lesson, number, right):
    """Keep that question `number` of the quiz of `lesson` was answered, and whether right: once right, it stays so."""
    kept = read()
    before = kept["quizzes"].setdefault(lesson, {})
    before[str(number)] = bool(right) or before.get(str(number), False) is True
    _write(kept)


def forget():
    """Delete the file. Returns its path, or None where there is none."""
    file = path()
    if file is None or not file.exists():
        return None
    file.unlink()
    return file


def _write(kept):
    """Replace the file at once; where that fails, a line says so."""
    file = path()
    if file is None:
        return
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        os.replace(part, file)
    except OSError as error:
        print(f"Your progress cannot be kept: {error}")
        with contextlib.suppress(OSError):
            part.unlink()
