#!/bin/sh
# Make .venv and install the course into it; do nothing where it is already up to date.
# Usage: setup.sh [PYTHON [VERSIONS]], run from the project's folder. VERSIONS: tested (constraints.txt, in .venv),
# latest or lowest (the newest or oldest that requirements.txt allows, in .venv-latest or .venv-lowest), or book (what
# makes the website, tools/book/requirements.txt, in .venv-book).
set -u
wanted=${1:-}
versions=${2:-tested}
needs="-r requirements.txt -e ."
case $versions in
    tested) venv=.venv; choice="-c constraints.txt" ;;
    latest) venv=.venv-latest; choice="--upgrade" ;;
    lowest) venv=.venv-lowest; choice="--resolution lowest-direct" ;;
    book) venv=.venv-book; choice=""; needs="-r tools/book/requirements.txt" ;;
esac
python_in_venv=$venv/bin/python

fail() { echo "$1" >&2; exit 1; }

supported() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

version() { "$1" -c 'import sys; print(sys.version_info[:2])' 2>/dev/null; }

# Is the environment whole, and does it have the version of the Python that is named, if one is?
# The file recipe is written last and removed first, so an interrupted set-up leaves none.
usable() {
    [ -f $venv/recipe ] && supported $python_in_venv && $python_in_venv -m pip --version >/dev/null 2>&1 &&
        { [ -z "$wanted" ] || [ "$(version "$wanted")" = "$(version $python_in_venv)" ]; }
}

files="requirements.txt constraints.txt pyproject.toml tools/setup.sh"
if [ $versions = book ]; then files="tools/book/requirements.txt tools/setup.sh"; fi
recipe=$( (cat $files; pwd) | cksum)
done_already() { usable && [ "$(cat $venv/recipe)" = "$recipe" ]; }
if done_already; then exit 0; fi

if [ -n "$wanted" ]; then first=$wanted; set -- "$wanted"; else first=python3; set -- python3 python3.13 python3.12 python3.11; fi
python=
for candidate; do
    if supported "$candidate"; then python=$candidate; break; fi
done
if command -v "$first" >/dev/null; then found=$("$first" --version 2>&1); else found=missing; fi
[ -n "$python" ] || fail "The course needs Python 3.11, 3.12 or 3.13, and $first is $found: install one of these and run, for example, 'make lab PYTHON=python3.12'."

# One set-up at a time. The lock belongs to the open file 9, so it ends with this shell and what it started.
(: > .setup.lock) 2>/dev/null || fail "The folder $(pwd) cannot be written: copy the course to a folder of your own and run the command there."
exec 9> .setup.lock
"$python" -c '
import fcntl
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    print("Another set-up runs in this folder: waiting for it.", flush=True)
    fcntl.flock(9, fcntl.LOCK_EX)
' 2>/dev/null || true  # a network drive may have no locks
if done_already; then exit 0; fi

if ! usable; then
    rm -rf $venv
    "$python" -m venv $venv >/dev/null 2>&1 || { rm -rf $venv; fail "$python cannot make a virtual environment: install its venv module (on Debian and Ubuntu: 'sudo apt install python3-venv') and try again."; }
fi
before=$(cat $venv/recipe 2>/dev/null)
rm -f $venv/recipe

echo "Setting up $venv with $($python_in_venv --version) (under a minute on a fast network, once)"
# uv installs in seconds what pip installs in minutes; where it cannot be had or fails, pip does the work. uv does not
# read pip's configuration: it is told which index pip uses, if not the usual one.
with_uv() {
    $python_in_venv -m pip install --quiet --disable-pip-version-check --retries 1 -c constraints.txt uv || return 1
    index=${PIP_INDEX_URL:-$($python_in_venv -m pip config get global.index-url 2>/dev/null)}
    if [ -n "$index" ]; then export UV_DEFAULT_INDEX="$index"; fi
    $python_in_venv -m uv pip install --quiet --python $python_in_venv --compile-bytecode $choice $needs
}
with_pip() {
    [ $versions != lowest ] || return 1
    $python_in_venv -m pip install --quiet --disable-pip-version-check $choice $needs
}
if ! with_uv 2> $venv/uv.log; then
    if [ $versions = lowest ]; then cat $venv/uv.log >&2; else echo "uv could not install the packages: pip does it, in a few minutes"; fi
    if ! with_pip; then
        # A new environment is made anew next time; one that was whole stays in use: what fails here changed nothing.
        if [ -n "$before" ]; then echo "$before" > $venv/recipe; fi
        fail "The packages could not be installed: the lines above say which; check the network and the free disk space (4 GB), then run the same command again."
    fi
fi
echo "$recipe" > $venv/recipe
