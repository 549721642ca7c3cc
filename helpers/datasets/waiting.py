"""A line that tells how long a simulation takes while someone watches, and that is gone when it is done.

The text is overwritten by the line that says which set it is, so that the output of a first run, as a notebook keeps
it, is that of every later run. Where nobody watches (a notebook run by a program), only that last line is written.
"""

import contextlib
import os
import sys
import threading
import time

FIRST, EVERY = 1.0, 0.5  # seconds before the first text, and between two


@contextlib.contextmanager
def line(final, text):
    """Print `final` once; yield a function that returns a context manager: while it is open, `text` and seconds show.

    Where nobody watches, `final` comes first; otherwise it comes last, and overwrites what was shown.
    """
    shown, ticks = watched(), []
    if not shown:
        print(final, flush=True)
    yield lambda: _ticking(text, len(final), ticks) if shown else contextlib.nullcontext()
    if shown:
        print("\r" * bool(ticks) + final, flush=True)


def watched():
    """Return True where a person sees the output: a terminal, or a notebook that is open in JupyterLab or VS Code."""
    return sys.stdout.isatty() or bool({"JPY_SESSION_NAME", "VSCODE_PID"} & set(os.environ))


@contextlib.contextmanager
def _ticking(text, width, ticks):
    done, began = threading.Event(), time.perf_counter()

    def tick():
        wait = FIRST
        while not done.wait(wait):
            ticks.append(time.perf_counter() - began)
            print(f"\r{text}; {ticks[-1]:.0f} s so far"[: width + 1], end="", flush=True)
            wait = EVERY

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
