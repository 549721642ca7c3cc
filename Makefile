# lab, test, refresh, slides, student: each makes .venv first if it is missing or stale.
.DEFAULT_GOAL := help
.PHONY: help setup lab test lint refresh slides student clean

PORT ?= 8888
BROWSER ?= yes
NB ?=
PYTHON_IN_VENV := .venv/bin/python
export TF_CPP_MIN_LOG_LEVEL ?= 3

help:
	@echo "make lab       open the course in JupyterLab (PORT=8888, BROWSER=no for a server)"
	@echo "make test      run all tests and every notebook"
	@echo "make refresh   text to executed notebooks: all, or NB=01a for one"
	@echo "make slides    static slides without network, in build/slides (NB=01a for one)"
	@echo "make student   the edition without solutions, in build/student"
	@echo "make setup     only make .venv;  make clean   remove .venv, build and cache"

setup:
	@sh tools/setup.sh "$(PYTHON)"

lab: setup
	$(PYTHON_IN_VENV) -m jupyterlab notebooks/00_start_here.ipynb --ServerApp.root_dir="$(CURDIR)" \
	  --port=$(PORT) $(if $(filter no,$(BROWSER)),--no-browser) $(if $(filter 0,$(shell id -u)),--allow-root)

test: setup lint
	$(PYTHON_IN_VENV) -m pytest
	$(PYTHON_IN_VENV) -m pytest --nbval-lax --nbval-current-env --nbval-cell-timeout 180 \
	  --nbval-sanitize-with tests/sanitize.cfg notebooks

lint: setup
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .

refresh: setup
	$(PYTHON_IN_VENV) -m tools.refresh $(NB)

slides: setup
	$(PYTHON_IN_VENV) -m tools.slides $(NB)

student: setup
	$(PYTHON_IN_VENV) -m tools.student

clean:
	rm -rf .venv build data/cache .pytest_cache .ruff_cache .hypothesis *.egg-info
