"""JupyterHub for a class on one server: the course once, read-only, and a copy of the notebooks for each student.

The course lies in a folder that students can read and only the administrator can write (COURSE), with its environment
and the simulated sets in it. When a student's server starts, the notebooks that are not in ~/pixels yet are copied
there; what a student has changed is never touched. Students are users of the system.

    jupyterhub -f tools/hub/jupyterhub_config.py

How to set it up: INSTRUCTORS.md. Settings: jupyterhub.readthedocs.io
"""

import os
import pwd
import shutil
from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]
GIGABYTES = int(os.environ.get("KERNEL_GIGABYTES", "4"))  # of data, for each kernel; a lesson takes 2.5 at most
FOLDER = "pixels"  # in a student's home


def copy_notebooks(spawner):
    """Copy the notebooks that a student has not got yet into his folder, as himself, a whole file at a time."""
    user = pwd.getpwnam(spawner.user.name)
    child = os.fork()
    if child:
        if os.waitpid(child, 0)[1]:
            raise RuntimeError(f"The notebooks could not be copied into {user.pw_dir}: is there space, and is it his?")
        return
    try:
        if os.getuid() == 0:
            os.initgroups(user.pw_name, user.pw_gid)
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        target = Path(user.pw_dir) / FOLDER
        target.mkdir(exist_ok=True)
        for notebook in sorted((COURSE / "notebooks").glob("*.ipynb")):
            if not (target / notebook.name).exists():
                part = target / f".{notebook.name}.part"
                shutil.copyfile(notebook, part)
                part.replace(target / notebook.name)
    except BaseException:
        os._exit(1)
    os._exit(0)


c = get_config()  # noqa: F821, defined by JupyterHub

c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [str(COURSE / "tools" / "hub" / "singleuser.sh")]
c.Spawner.environment = {"KERNEL_GIGABYTES": str(GIGABYTES)}
c.Spawner.notebook_dir = f"~/{FOLDER}"
c.Spawner.default_url = "/lab/tree/00_start_here.ipynb"
c.Spawner.pre_spawn_hook = copy_notebooks
c.Spawner.start_timeout = 120  # a class that comes at once
c.Spawner.http_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 4  # the others wait in a line
c.Authenticator.allow_all = True  # every user of the system who can log in
