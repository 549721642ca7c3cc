# Each target makes .venv first if it is missing or stale.
.DEFAULT_GOAL := help
.PHONY: help setup lab clean test lint unit validate portable experiments refresh slides student handout book lock

PORT ?= 8888
BROWSER ?= yes
NB ?=
VERSIONS := $(if $(LATEST),latest,$(if $(LOWEST),lowest,tested))
PYTHON_IN_VENV := $(if $(filter tested,$(VERSIONS)),.venv,.venv-$(VERSIONS))/bin/python
TWO_AT_A_TIME := -n 2 --dist loadscope

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make lab       open the course in JupyterLab (PORT=8888, BROWSER=no for a server)
lab: setup
	$(PYTHON_IN_VENV) -m jupyterlab notebooks/00_start_here.ipynb --ServerApp.root_dir="$(CURDIR)" \
	  --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb \
	  --port=$(PORT) $(if $(filter no,$(BROWSER)),--no-browser) $(if $(filter 0,$(shell id -u)),--allow-root)

## make setup     only make .venv (PYTHON=python3.12 to choose the Python)
setup:
	@sh tools/setup.sh "$(PYTHON)" $(VERSIONS)

## make clean     remove .venv, build and cache
clean:
	rm -rf .venv .venv-latest .venv-lowest .venv-book .setup.lock build data/cache .pytest_cache .ruff_cache .hypothesis *.egg-info

# For contributors

## make test      check the style, run all tests and every notebook (LATEST=1: with the newest versions allowed)
test: lint unit validate

## make lint      only check the style
lint: setup
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .

## make unit      only run the tests (LOWEST=1: with the oldest versions allowed)
unit: setup
	$(PYTHON_IN_VENV) -m pytest $(TWO_AT_A_TIME)

## make validate  only run every notebook
validate: setup
	$(PYTHON_IN_VENV) -m pytest $(TWO_AT_A_TIME) --nbval-lax --nbval-current-env --nbval-cell-timeout 180 \
	  --nbval-sanitize-with tests/sanitize.cfg notebooks

## make portable  run tests and notebooks as another computer would, and list the numbers that move
portable: setup
	$(PYTHON_IN_VENV) -m tools.portable

## make experiments NB=05b   run the experiments of a lesson that are missing or stale
experiments: setup
	$(PYTHON_IN_VENV) -m tools.experiments $(NB)

## make refresh   text to executed notebooks: all, or NB=01a for one
refresh: setup
	$(PYTHON_IN_VENV) -m tools.refresh $(NB)

## make slides    static slides without network, in build/slides (NB=01a for one)
slides: setup
	$(PYTHON_IN_VENV) -m tools.slides $(NB)

## make student   the edition without solutions, in build/student
student: setup
	$(PYTHON_IN_VENV) -m tools.student

## make handout   the notes for instructors, a page a lesson, in build/handout (NB=01a for one)
handout: setup
	$(PYTHON_IN_VENV) -m tools.handout $(NB)

## make book      the course as a website to read, in build/book: it needs no network and no server
book: setup
	@sh tools/setup.sh "$(PYTHON)" book
	$(PYTHON_IN_VENV) -m tools.book.source
	.venv-book/bin/python -m sphinx --fail-on-warning --quiet --jobs 2 build/book_source build/book

## make lock      write constraints.txt: the newest versions that requirements.txt allows, to be tested and committed
lock: setup
	$(PYTHON_IN_VENV) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate --no-header \
	  requirements.txt --output-file constraints.txt
	$(PYTHON_IN_VENV) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate --no-header \
	  tools/book/requirements.in --output-file tools/book/requirements.txt
