"""A class on one server: a real JupyterHub, and simulated students who start within a minute and run lessons.

    python -m benchmarks.classroom --students 12 --lessons 01a 03a --proxy node_modules/.bin/configurable-http-proxy

To be run as root on a computer that is there to be tried, in a checkout set up as INSTRUCTORS.md says: it makes users
pixels-01, pixels-02 … of the system and deletes them with their homes. Each student's cells go through the server's
REST API and a websocket, as JupyterLab's do. Reported: how long a student waits, what memory it takes, every error,
who wrote into the course and where sets were simulated.
"""

import argparse
import asyncio
import contextlib
import json
import os
import pwd
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import nbformat
import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

COURSE = Path(__file__).resolve().parents[1]
ADDRESS = "http://127.0.0.1:8765"
LOG = Path(tempfile.gettempdir()) / "pixels-hub.log"
PATIENCE = 600  # seconds for a cell, and for a server
SETTINGS = """
load_subconfig({config!r})
c.JupyterHub.bind_url = {address!r}
c.JupyterHub.hub_bind_url = "http://127.0.0.1:8766"
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.JupyterHub.authenticator_class = "dummy"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:8767"
c.JupyterHub.services = [{{"name": "class", "api_token": {token!r}}}]
scopes = ["admin:users", "admin:servers", "access:servers"]
c.JupyterHub.load_roles = [{{"name": "class", "services": ["class"], "scopes": scopes}}]
"""


class Student:
    """A student's server and what he met: `waited` until the server was ready, `took` per lesson, `errors`; seconds."""

    def __init__(self, name, token):
        self.name, self.headers = name, {"Authorization": f"token {token}"}
        self.waited, self.took, self.longest, self.errors = None, {}, 0.0, []

    async def ask(self, method, path, body=None):
        """Return (status, answer) of the hub or of the student's server."""
        said = None if body is None and method in ("GET", "DELETE") else json.dumps(body or {})
        request = HTTPRequest(ADDRESS + path, method, self.headers, said, request_timeout=PATIENCE)
        answer = await AsyncHTTPClient().fetch(request, raise_error=False)
        return answer.code, json.loads(answer.body) if answer.body else None

    async def attend(self, delay, lessons):
        """Come after `delay` seconds, start a server and run the lessons one after another."""
        await asyncio.sleep(delay)
        began = time.perf_counter()
        await self.ask("POST", f"/hub/api/users/{self.name}")
        await self.ask("POST", f"/hub/api/users/{self.name}/server")
        while not (await self.ask("GET", f"/hub/api/users/{self.name}"))[1]["servers"].get("", {}).get("ready"):
            if time.perf_counter() - began > PATIENCE:
                self.errors.append("the server did not start")
                return
            await asyncio.sleep(0.5)
        self.waited = time.perf_counter() - began
        for lesson in lessons:
            began = time.perf_counter()
            await self.run(lesson)
            self.took[lesson] = time.perf_counter() - began

    async def run(self, lesson):
        """Run all code cells of a lesson in a kernel of its own."""
        (path,) = (COURSE / "notebooks").glob(f"{lesson}_*.ipynb")
        root, asked = f"/user/{self.name}/api", {"name": "", "path": path.name, "type": "notebook"}
        code, session = await self.ask("POST", f"{root}/sessions", asked | {"kernel": {"name": "python3"}})
        if code != 201:
            self.errors.append(f"{lesson}: no kernel ({code})")
            return
        kernel = session["kernel"]["id"]
        address = f"{ADDRESS.replace('http', 'ws')}{root}/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
        socket = await websocket_connect(HTTPRequest(address, headers=self.headers), max_message_size=2**28)
        cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        for number, source in enumerate(cells):
            began = time.perf_counter()
            try:
                await asyncio.wait_for(self.cell(socket, source, f"{lesson} [{number}]"), PATIENCE)
            except TimeoutError:
                self.errors.append(f"{lesson} [{number}]: more than {PATIENCE} s")
                break
            self.longest = max(self.longest, time.perf_counter() - began)
        socket.close()
        await self.ask("DELETE", f"{root}/sessions/{session['id']}")

    async def cell(self, socket, source, where):
        """Run one cell and wait until the kernel is idle again; keep its error."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "username": self.name, "version": "5.3"}
        content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}}
        content |= {"allow_stdin": False, "stop_on_error": False}
        message = {"header": header | {"session": "", "date": ""}, "parent_header": {}, "metadata": {}}
        await socket.write_message(json.dumps(message | {"content": content, "channel": "shell"}))
        while True:
            received = await socket.read_message()
            if received is None:
                self.errors.append(f"{where}: the kernel is gone")
                raise TimeoutError
            if isinstance(received, bytes):  # of a widget, with buffers
                continue
            answer = json.loads(received)
            if answer["parent_header"].get("msg_id") != header["msg_id"]:
                continue
            if answer["msg_type"] == "error":
                self.errors.append(f"{where}: {answer['content']['ename']}: {answer['content']['evalue'][:200]}")
            if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                return


async def watch(peaks, users):
    """Keep the largest memory of a kernel and of all students' processes together, bytes, until cancelled."""
    while True:
        total, largest = 0, 0
        for process in psutil.process_iter(["uids", "cmdline"]):
            try:
                if process.info["uids"] and process.info["uids"].real in users:
                    used = process.memory_full_info().pss
                    total += used
                    largest = max(largest, used if "ipykernel_launcher" in (process.info["cmdline"] or []) else 0)
            except psutil.Error:
                continue
        peaks["all students"] = max(peaks["all students"], total)
        peaks["a kernel"] = max(peaks["a kernel"], largest)
        await asyncio.sleep(2)


def files(folder):
    """Return {path: (size, time of change)} of all files below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


async def classroom(names, lessons, token, minute):
    """Let all students come within `minute` seconds; return them and the peaks of memory."""
    students, peaks = [Student(name, token) for name in names], {"a kernel": 0, "all students": 0}
    watching = asyncio.create_task(watch(peaks, {pwd.getpwnam(name).pw_uid for name in names}))
    delays = [minute * number / len(names) for number in range(len(names))]
    await asyncio.gather(*(one.attend(delay, lessons) for one, delay in zip(students, delays, strict=True)))
    watching.cancel()
    return students, peaks


async def ready(address):
    """Wait until the hub answers."""
    for _ in range(120):
        with contextlib.suppress(OSError):
            answer = await AsyncHTTPClient().fetch(f"{address}/hub/api/", raise_error=False)
            if answer.code == 200:
                return
        await asyncio.sleep(0.5)
    raise SystemExit(f"JupyterHub does not answer: see {LOG}.")


def report(students, peaks, lessons, before):
    """Print what the class met; return the number of errors."""
    waits = [one.waited for one in students if one.waited is not None]
    print(f"{len(students)} students on {os.cpu_count()} cores, {len(waits)} servers started")
    print(f"  until the server is ready: median {statistics.median(waits):.0f} s, longest {max(waits):.0f} s")
    for lesson in lessons:
        took = [one.took[lesson] for one in students if lesson in one.took]
        print(f"  {lesson}, all cells: median {statistics.median(took):.0f} s, longest {max(took):.0f} s")
    print(f"  longest cell: {max(one.longest for one in students):.0f} s")
    for what, size in peaks.items():
        print(f"  memory of {what}, at most: {size / 2**30:.2f} GB")
    written = [path for path, state in files(COURSE).items() if before.get(path) != state]
    written = [path for path in written if "__pycache__" not in path.parts]  # the hub's own, as root
    homes = [Path(pwd.getpwnam(one.name).pw_dir) for one in students]
    simulated = [path.parent for home in homes for path in home.rglob(".files.json")]
    print(f"  files written into the course: {len(written)} {[str(path) for path in written[:3]]}")
    print(f"  sets that a student had to simulate: {len(simulated)} {[path.name for path in simulated[:3]]}")
    errors = [f"{one.name}, {error}" for one in students for error in one.errors]
    print(f"  errors: {len(errors)}", *errors[:10], sep="\n    ")
    return len(errors) + len(written) + len(simulated)


def main():
    parser = argparse.ArgumentParser(description="Try a class on a JupyterHub on this computer.")
    parser.add_argument("--students", type=int, default=12)
    parser.add_argument("--lessons", nargs="+", default=["01a", "03a"])
    parser.add_argument("--proxy", default="configurable-http-proxy", help="the command of configurable-http-proxy")
    parser.add_argument("--minute", type=float, default=60, help="seconds within which all come")
    options = parser.parse_args()
    if os.geteuid():
        sys.exit("The students become users of this computer: run it as root.")
    names, token = [f"pixels-{number:02d}" for number in range(1, options.students + 1)], secrets.token_hex(16)
    config = str(COURSE / "tools" / "hub" / "jupyterhub_config.py")
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "config.py"
        proxy = str(Path(options.proxy).resolve()) if os.path.exists(options.proxy) else options.proxy
        own.write_text(SETTINGS.format(config=config, address=ADDRESS, proxy=proxy, token=token))
        for name in names:
            subprocess.run(["useradd", "--create-home", name], check=True)
        before = files(COURSE)
        with LOG.open("w") as log:
            command = [sys.executable, "-m", "jupyterhub", "-f", str(own)]
            hub = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
            try:
                asyncio.run(ready(ADDRESS))
                students, peaks = asyncio.run(classroom(names, options.lessons, token, options.minute))
                faults = report(students, peaks, options.lessons, before)
            finally:
                hub.terminate()
                hub.wait(60)
                for name in names:
                    subprocess.run(["pkill", "-KILL", "-u", name], check=False)
                    subprocess.run(["userdel", "--remove", name], check=False, capture_output=True)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
