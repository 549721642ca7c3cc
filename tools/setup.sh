#!/bin/sh
# Make .venv and install the course into it; do nothing where it is already up to date.
# Usage: setup.sh [PYTHON], run from the project's folder.
set -u
wanted=${1:-}
fail() { echo "$1" >&2; exit 1; }

supported() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

version() { "$1" -c 'import sys; print(sys.version_info[:2])' 2>/dev/null; }

# Is there a .venv that works and, where a Python is named, has its version?
usable() {
    [ -x .venv/bin/python ] && supported .venv/bin/python &&
        { [ -z "$wanted" ] || [ "$(version "$wanted")" = "$(version .venv/bin/python)" ]; }
}

recipe=$( (cat requirements.txt pyproject.toml tools/setup.sh; pwd) | cksum)
if usable && [ "$(cat .venv/recipe 2>/dev/null)" = "$recipe" ]; then
    exit 0
fi

if ! usable; then
    python=
    for candidate in ${wanted:-python3 python3.13 python3.12 python3.11}; do
        if supported "$candidate"; then python=$candidate; break; fi
    done
    first=${wanted:-python3}
    if command -v "$first" >/dev/null; then found=$("$first" --version 2>&1); else found=missing; fi
    [ -n "$python" ] || fail "The course needs Python 3.11, 3.12 or 3.13, and $first is $found: install one of these and run, for example, 'make lab PYTHON=python3.12'."
    rm -rf .venv
    "$python" -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; fail "$python cannot make a virtual environment: install its venv module (on Debian and Ubuntu: 'sudo apt install python3-venv') and try again."; }
fi

echo "Setting up .venv with $(.venv/bin/python --version) (a few minutes, once)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -e . ||
    fail "The packages could not be installed: the lines above say which; check the network and the free disk space (4 GB), then run the same command again."
echo "$recipe" > .venv/recipe
