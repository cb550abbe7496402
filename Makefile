# The commands of this project. `make demo` and `make test` do all the set-up by themselves.

PYTHON ?= python3
UV ?= uv
PY := .venv/bin/python
READY := .venv/.ready

.DEFAULT_GOAL := help

.PHONY: help
help:  ## what one can ask for
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1	/' | expand -t 20

.PHONY: demo
demo: $(READY)  ## the records in data/ become documents; the unfit ones are refused
	$(PY) tools/demo.py

.PHONY: test
test: $(READY)  ## every test, two at a time
	$(PY) -m pytest -n 2

.PHONY: lint
lint: $(READY)  ## style and format
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

.PHONY: types
types: $(READY)  ## types, strictly
	$(PY) -m mypy

.PHONY: check
check: lint types demo test  ## all of these

.PHONY: format
format: $(READY)  ## puts the code into the agreed form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: golden
golden: $(READY)  ## writes the expected texts anew (tests/golden, docs/problems.md); read the diff before committing
	$(PY) tools/problems_page.py
	$(PY) -m pytest -q --write-golden

.PHONY: bench
bench: $(READY)  ## how fast, against docxtpl and others, into docs/performance.md (QUICK=1: two minutes, no page)
	$(PY) -m bench $(if $(QUICK),--size quick)

.PHONY: wheel
wheel: $(READY)  ## the installable package, in dist/
	$(PY) -m build --wheel --no-isolation

# Needs uv (docs.astral.sh/uv): it alone resolves for Linux, Windows and macOS in one file.
LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
	--no-emit-index-url --no-emit-find-links --no-header --override tools/lock/override.in
.PHONY: lock
lock:  ## pins the dependencies anew (needs uv)
	$(UV) pip compile $(LOCK_OPTIONS) pyproject.toml -o requirements.lock > /dev/null
	$(UV) pip compile $(LOCK_OPTIONS) pyproject.toml --extra dev tools/lock/build.in -o requirements-dev.lock > /dev/null

.PHONY: clean
clean:  ## removes what these commands made, except .venv
	rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml requirements-dev.lock tools/setup_env.py
	$(PYTHON) tools/setup_env.py
