# Each target makes .venv first if it is missing or stale.
.DEFAULT_GOAL := help
.PHONY: help setup lab clean test lint refresh slides student

PORT ?= 8888
BROWSER ?= yes
NB ?=
PYTHON_IN_VENV := .venv/bin/python

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make lab       open the course in JupyterLab (PORT=8888, BROWSER=no for a server)
lab: setup
	$(PYTHON_IN_VENV) -m jupyterlab notebooks/00_start_here.ipynb --ServerApp.root_dir="$(CURDIR)" \
	  --port=$(PORT) $(if $(filter no,$(BROWSER)),--no-browser) $(if $(filter 0,$(shell id -u)),--allow-root)

## make setup     only make .venv (PYTHON=python3.12 to choose the Python)
setup:
	@sh tools/setup.sh "$(PYTHON)"

## make clean     remove .venv, build and cache
clean:
	rm -rf .venv build data/cache .pytest_cache .ruff_cache .hypothesis *.egg-info

# For contributors

## make test      check the style, run all tests and every notebook
test: setup lint
	$(PYTHON_IN_VENV) -m pytest
	$(PYTHON_IN_VENV) -m pytest -n 2 --dist loadscope --nbval-lax --nbval-current-env --nbval-cell-timeout 180 \
	  --nbval-sanitize-with tests/sanitize.cfg notebooks

## make lint      only check the style
lint: setup
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .

## make refresh   text to executed notebooks: all, or NB=01a for one
refresh: setup
	$(PYTHON_IN_VENV) -m tools.refresh $(NB)

## make slides    static slides without network, in build/slides (NB=01a for one)
slides: setup
	$(PYTHON_IN_VENV) -m tools.slides $(NB)

## make student   the edition without solutions, in build/student
student: setup
	$(PYTHON_IN_VENV) -m tools.student
