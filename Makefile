# What a person or a machine does with this checkout. Only python3 (3.11 or newer), make and git are needed.
#
#   make run      install what is missing, then serve a realistic page with panel and worker on this machine
#   make test     everything CI runs: the static checks, then every test
#   make check    format, lint, types, import contracts, dead code
#   make soak     the long fault runs          make bench    the benchmarks
#   make format   let ruff rewrite the code    make lock     resolve the dependencies anew, with hashes
#   make migration NAME="add reviews"          write the next migration from the models
#   make messages                              bring the languages' catalogues up to what the product says

.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
WORKERS ?= 3
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CODE := statuspage tests migrations $(wildcard bench)

# The first interpreter that is new enough; a shim that exists but does not run is passed over.
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

# What was compiled once is kept, whatever this shell is told: tests start the product some dozen times.
export PYTHONDONTWRITEBYTECODE :=

# What was compiled once is kept, whatever the shell says: the tests start the product some dozen times.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test check pytest soak bench format lock migration messages
.PHONY: well-formed typed walled alive collected

help:
	@sed -n '3,9s/^# \{0,1\}//p' Makefile

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say PYTHON=/path/to/python3.11." >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)

# A stamp per lock: the next start installs again only when the lock or the package's metadata changed.
$(VENV)/run.stamp: requirements.txt pyproject.toml | $(BIN)/python
	@test -e $(VENV)/test.stamp -a requirements.txt -ot $(VENV)/test.stamp -a pyproject.toml -ot $(VENV)/test.stamp \
	|| { echo "Installing the locked dependencies" \
	&& $(PIP) install --require-hashes --requirement requirements.txt \
	&& $(PIP) install --no-deps --no-build-isolation --editable . ; }
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies of the product and its tests"
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Judges of the public site that npm brings, hash by hash. Without Node their tests are left out, and say so.
JUDGES := tests/judges/node_modules/.package-lock.json
$(JUDGES): tests/judges/package-lock.json tests/judges/package.json
	@if node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' \
	2>/dev/null && npm --version >/dev/null 2>&1; then echo "Installing the judges of the public site" \
	&& cd tests/judges && npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error --progress=false \
	&& touch node_modules/.package-lock.json; \
	else echo "Without Node 20.19 or newer and npm the judges of the public site are left out."; fi

run: $(VENV)/run.stamp
	@exec $(BIN)/statuspage demo --port $(PORT)

test: check pytest

# Side by side, each with its output in one piece.
check: $(VENV)/test.stamp
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target typed collected well-formed walled alive

well-formed:
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
typed:
	$(BIN)/mypy
walled:
	$(BIN)/lint-imports
alive:
	$(BIN)/python -m tests.house.dead_code
collected:
	$(BIN)/python -m pytest --collect-only --quiet > $(VENV)/collected || { cat $(VENV)/collected; exit 1; }

pytest: $(VENV)/test.stamp $(JUDGES)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

# A long run starts a worker twenty times and more: it may take what no other test may.
soak: $(VENV)/test.stamp
	$(BIN)/python -m pytest -m soak --override-ini faulthandler_timeout=1800 $(ARGS)

bench: $(VENV)/test.stamp $(JUDGES)
	$(BIN)/python -m bench $(ARGS)

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

# Resolved for every platform at once; only names, versions and hashes are written.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" --extra postgres --extra sqlite --group build pyproject.toml
lock: $(VENV)/test.stamp
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group check --group test --constraint requirements.txt --output-file requirements-dev.txt

migration: $(VENV)/test.stamp
	@test -n "$(NAME)" || { echo 'Say what changes: make migration NAME="add reviews"' >&2; exit 2; }
	$(BIN)/python migrations/new.py "$(NAME)"

messages: $(VENV)/test.stamp
	$(BIN)/python -m tests.house.catalogues
