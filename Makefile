# Everything a developer or an installation needs, from git, make, python3 and python3-venv alone.
# A line "target: ## words" is what `make` prints of it.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
NAME ?=

UV_VERSION := 0.13.9
UV := .uv/$(UV_VERSION)/bin/uv
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi

# The Python that was asked for, never one fetched from elsewhere.
export UV_PYTHON := $(PYTHON)
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV
export NAME

.DEFAULT_GOAL := help
.PHONY: help demo run migrate test check fix migration lock bench mutate screens proof clean _sync _sync-dev

help:
	@awk -F ' ## ' '/^[a-z-]+:.* ## / { sub(/:.*/, "", $$1); printf "  make %-11s%s\n", $$1, $$2 }' Makefile

demo: export AUDITAPP_DEMO := 1
demo: export AUDITAPP_INSTANCE_PATH := $(CURDIR)/instance/demo
demo: export AUDITAPP_SECRET_KEY := $(shell head -c 64 /dev/urandom | sha256sum | cut -c 1-64)
demo: AT = $(if $(filter file,$(origin PORT)),5000,$(PORT))
demo: export AUDITAPP_BASE_URL = http://127.0.0.1:$(AT)
demo: _sync ## serve an invented partnership on http://127.0.0.1:5000 and say how to sign in
	@$(FLASK) database upgrade
	@$(FLASK) demo load
	@$(FLASK) demo serve --port $(AT)

run: _sync ## serve this installation with gunicorn (HOST, PORT)
	$(BIN)/gunicorn --workers 2 --worker-class gthread --threads 4 --bind $(HOST):$(PORT) wsgi:app

migrate: _sync ## bring this installation's database to the tables this version needs
	$(FLASK) database upgrade

test: _sync-dev ## run every test, on SQLite, PostgreSQL and in Chromium (ARGS for pytest)
	$(BIN)/python -m pytest -n logical --maxprocesses=4 --dist=worksteal $(ARGS)

check: _sync-dev ## lint, formatting, types, imports between packages, sizes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/site/test_sizes.py tests/site/test_templates.py

fix: _sync-dev ## mend what lint and formatting can mend by themselves
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

migration: _sync-dev ## write the next migration from the models (NAME=words)
	$(BIN)/python migrations/revise.py "$$NAME"

lock: $(UV) ## lock what pyproject.toml asks for, and export it for pip
	$(UV) lock
	$(UV) export --quiet --frozen --no-default-groups --extra postgres --no-emit-project \
	  --output-file requirements.txt

bench: _sync-dev ## measure against the bars; fails where one is missed
	$(BIN)/python -m tests.benchmarks $(ARGS)

mutate: _sync-dev ## drop each line of the permission table in turn: do the tests notice?
	$(BIN)/python -m tests.mutation $(ARGS)

screens: _sync-dev ## contact sheets of every page at 1280 and 320 pixels, in screens/
	$(BIN)/python -m tests.screens $(ARGS)

proof: _sync-dev ## run the proofs at their full counts and write docs/proof.md
	TESTS_PROOF=1 $(BIN)/python -m pytest -m proof $(ARGS)

clean: ## remove what these commands made; an installation's own data stay
	rm -rf .venv .uv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache screens
	find auditapp migrations tests -name __pycache__ -prune -exec rm -rf {} +

# Without the developers' tools, but leaving them where they are installed.
_sync: $(UV)
	@$(UV) sync --quiet --frozen --no-default-groups --extra postgres --inexact

_sync-dev: $(UV)
	@$(UV) sync --quiet --frozen --all-groups --extra postgres

$(UV):
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not installed. On Debian and Ubuntu: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, and this is $$($(PYTHON) --version). If another is installed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is not installed. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@rm -rf .uv
	@$(PYTHON) -m venv .uv/$(UV_VERSION)
	@.uv/$(UV_VERSION)/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
