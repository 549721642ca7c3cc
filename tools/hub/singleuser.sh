#!/bin/sh
# A student's server: of the course's environment, with a limit of memory for each of its processes, so for each kernel.
# A kernel that asks for more gets a MemoryError; the other students notice nothing.
ulimit -d $((${KERNEL_GIGABYTES:-4} * 1048576))
exec "$(dirname "$0")/../../.venv/bin/jupyterhub-singleuser" "$@"
