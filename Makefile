# ipregister: `make help` lists the targets. Needs python3 (3.11-3.13) with venv, git, make; nothing else.
.DEFAULT_GOAL := help
SHELL := /bin/sh

VENV ?= .venv
DATA ?= $(or $(IPREGISTER_DATA),data)
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
MARKS ?= 20000
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCKED := --require-hashes --only-binary :all:
CATALOGUES := $(wildcard src/ipregister/*/locale/*/LC_MESSAGES/*.po)
# Compiled modules are kept, whatever the environment says: else each process compiles the house and its tests anew.
unexport PYTHONDONTWRITEBYTECODE
FAST := not slow and not browser and not postgresql
REST := slow or browser or postgresql or many

.PHONY: help
help: ## print this list
	@echo "make TARGET, where TARGET is one of:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ------------------------------------------------------------------------------------------ environment
$(BIN)/python:
	@python=$$(scripts/preflight.sh) && echo "making $(VENV) with $$python" && "$$python" -m venv $(VENV)

$(STAMPS)/run: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@mkdir -p $(STAMPS)
	$(PIP) install --quiet $(LOCKED) -r requirements.lock -r requirements-build.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/run
	$(PIP) install --quiet $(LOCKED) -r requirements-dev.lock
	@touch $@

$(STAMPS)/translations: $(CATALOGUES) scripts/compile_translations.py $(STAMPS)/run
	@$(BIN)/python scripts/compile_translations.py
	@touch $@

.PHONY: install develop translations
install: $(STAMPS)/run $(STAMPS)/translations ## make the environment that runs the register
develop: install $(STAMPS)/dev ## add what a developer needs
translations: $(STAMPS)/translations ## compile the interface's translations

# -------------------------------------------------------------------------------------------------- run
.PHONY: run demo
run: demo ## build the demonstration region if it is not there, and serve the portal
	@echo "ipregister: open http://$(HOST):$(PORT)/ in a browser; stop with Ctrl-C"
	@$(BIN)/ipregister --data "$(DATA)" serve --host $(HOST) --port $(PORT)

demo: install ## build the demonstration region into DATA (default: data); leaves any other register alone
	@if [ ! -e "$(DATA)/secret.key" ] || [ -d "$(DATA)/demonstration" ]; then \
	  $(BIN)/ipregister --data "$(DATA)" demo --marks $(MARKS) --json >/dev/null; fi

# ------------------------------------------------------------------------------------------------ check
.PHONY: check format lint types contracts licences docs-check fast weigh
check: develop ## what to run before a commit: some two minutes on two cores
	@$(MAKE) --no-print-directory -j $(WORKERS) lint types contracts licences docs-check fast

format: develop ## format the code and mend what can be mended
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lint: develop ## formatting and lint
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet

types: develop ## mypy --strict
	$(BIN)/python -m mypy

contracts: develop ## the floors: who may import whom
	$(BIN)/lint-imports --config pyproject.toml

licences: develop ## the licence of every locked package
	$(BIN)/python scripts/check_licences.py

docs-check: develop ## the generated reference is not stale
	$(BIN)/python -m scripts.generate_reference --check

fast: develop ## the fast tests, on SQLite
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --few -m "$(FAST)"

weigh: develop ## measure which tests are too dear for the fast ones: writes tests/dear.txt
	$(BIN)/python -m pytest -n 0 --few --weigh -m "$(FAST)"

# ------------------------------------------------------------------------------------------------- test
.PHONY: test test-needs full
test: test-needs check full ## check, then PostgreSQL, browser, kill and slow tests

test-needs: develop
	@scripts/test_needs.sh

full:
	$(BIN)/python -m pytest -n $(WORKERS) --complete -m "$(REST)"

# ---------------------------------------------------------------------------------------------- the rest
.PHONY: docs lock bundle bench clean
docs: develop ## write the generated reference
	$(BIN)/python -m scripts.generate_reference

lock: develop ## solve the lock files anew
	$(BIN)/python scripts/lock.py

bundle: develop ## dist/ipregister-VERSION-bundle.tar.gz: installs without internet
	$(BIN)/python scripts/bundle.py

bench: develop ## small measures; see benchmarks/README.md for the large ones
	$(BIN)/python -m benchmarks $(BENCH)

clean: ## remove caches and builds, keep the data
	rm -rf build dist .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
