"""A notebook that is opened, run and saved in JupyterLab leaves the texts of the lessons as they are, byte for byte."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request

import pytest

from tools import lessons

pytestmark = pytest.mark.once

STEMS = ("00_start_here", "04c_network_calculator")
PAIRED = '\n[tool.jupytext.formats]\n"notebooks/" = "ipynb"\n"lessons/" = "md:myst"\n'
# What a kernel tells JupyterLab about its language, and JupyterLab stores in the notebook.
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.12.1",
}


class Server:
    """A Jupyter server with its extensions over a copy of the course, and its contents API."""

    def __init__(self, folder, settings=""):
        self.folder, runtime = folder / "course", folder / "runtime"
        for name in ("lessons", "notebooks"):
            (self.folder / name).mkdir(parents=True)
        for stem in STEMS:
            shutil.copy(lessons.TEXTS / f"{stem}.md", self.folder / "lessons")
            shutil.copy(lessons.notebook_path(stem), self.folder / "notebooks")
        text = (lessons.ROOT / "pyproject.toml").read_text(encoding="utf-8")
        (self.folder / "pyproject.toml").write_text(text + settings, encoding="utf-8")
        command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--port=0", "--allow-root"]
        self.process = subprocess.Popen(
            [*command, f"--ServerApp.root_dir={self.folder}"],
            cwd=self.folder,
            env={**os.environ, "JUPYTER_RUNTIME_DIR": str(runtime), "JUPYTER_CONFIG_DIR": str(folder / "config")},
            stderr=subprocess.DEVNULL,
        )
        self.about = self._wait(runtime)

    def _wait(self, runtime):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            for path in runtime.glob("jpserver-*.json"):
                try:
                    about = json.loads(path.read_text())
                    urllib.request.urlopen(f"{about['url']}api?token={about['token']}", timeout=5).close()
                    return about
                except (ValueError, OSError):
                    pass
            time.sleep(0.2)
        raise TimeoutError("the Jupyter server did not answer within 60 s")

    def call(self, path, model=None):
        data = None if model is None else json.dumps(model).encode()
        request = urllib.request.Request(
            f"{self.about['url']}api/contents/{path}",
            data=data,
            method="GET" if model is None else "PUT",
            headers={"Authorization": f"token {self.about['token']}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def texts(self):
        return {path.name: path.read_bytes() for path in sorted((self.folder / "lessons").iterdir())}


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a Server with further settings in pyproject.toml; stops it after the test."""
    servers = []

    def run(settings=""):
        servers.append(Server(tmp_path, settings))
        return servers[-1]

    yield run
    for server in servers:
        server.stop()


def _as_a_student_saves(server, stem):
    """Open the notebook, solve and run a cell, save."""
    model = server.call(f"notebooks/{stem}.ipynb")
    notebook = model["content"]
    notebook["metadata"]["language_info"] = LANGUAGE
    attempt = next(cell for cell in notebook["cells"] if "exercise" in cell["metadata"].get("tags", []))
    attempt["source"] += "\n# my attempt"
    attempt["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "4\n"}]
    for cell in notebook["cells"]:
        cell["metadata"].pop("jupyter", None)  # JupyterLab shows a hidden source where it is clicked
    server.call(f"notebooks/{stem}.ipynb", {"type": "notebook", "format": "json", "content": notebook})


def test_saving_a_notebook_leaves_the_texts_alone(start):
    server = start()
    before = server.texts()
    for stem in STEMS:
        _as_a_student_saves(server, stem)
        assert "# my attempt" in (server.folder / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8")
    assert server.texts() == before
    assert list(before) == [f"{stem}.md" for stem in STEMS]


def test_this_server_would_change_the_texts_if_they_were_paired(start):
    server = start(PAIRED)
    before = server.texts()
    _as_a_student_saves(server, STEMS[0])
    name = f"{STEMS[0]}.md"
    assert b"{code-cell} ipython3" not in before[name] and b"{code-cell} ipython3" in server.texts()[name]
