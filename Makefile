# On a fresh machine with Python 3.11 or newer: `make site` builds the site, `make test` checks everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Twice quiet: a machine's own pip configuration may warn about every package.
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
STAMP := $(VENV)/.installed
# The installation bundles these, where npm is.
BROWSER := $(wildcard browser/package*.json browser/build.js browser/src/*.js)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test test-slow lint types imports pytest format rules screenshots browser install lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(STAMP) ## check the records and build the site
	@echo "Checking the records and building the site"
	@$(BIN)/govkb build

serve: $(STAMP) ## show the site on this machine and rebuild it on every change
	@$(BIN)/govkb serve

test: lint types imports pytest ## run everything that must pass: lint, types, imports, tests, packaging

lint: $(STAMP) ## check style and formatting
	@echo "Checking style and formatting"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "Some files are not formatted: run 'make format'."; exit 1; }

types: $(STAMP) ## check the types
	@echo "Checking types"
	@$(BIN)/mypy --no-error-summary --strict src

imports: $(STAMP) ## check that imports point down
	@echo "Checking that imports point down"
	@out=$$($(BIN)/lint-imports --no-logo 2>&1) || { printf '%s\n' "$$out"; exit 1; }

pytest: $(STAMP) browser
	@echo "Running the tests, and the package as users get it"
	@$(BIN)/python -m pytest -m "not long" --numprocesses auto

test-slow: $(STAMP) ## attack the ledgers, compare builds, run the workflows: some minutes more
	@echo "Attacking the ledgers, comparing builds, running the workflows"
	@$(BIN)/python -m pytest -m long --numprocesses auto

format: $(STAMP) ## format the code and fix what can be fixed safely
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

rules: $(STAMP) ## write the pages of the rules and commands anew: docs/rules, docs/commands.md, man/govkb.1
	@rm -rf docs/rules
	@$(BIN)/govkb rule --markdown docs/rules
	@$(BIN)/govkb help --markdown docs/commands.md --man man/govkb.1

screenshots: $(STAMP) browser ## take the pictures of the README anew: docs/images
	@$(BIN)/python browser/screenshots.py

browser: ## make sure that the browser tests can run
	@for name in chromium chromium-browser google-chrome; do \
	  command -v $$name >/dev/null 2>&1 && exit 0; \
	done; \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium for the browser tests"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  out=$$( { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } </dev/null 2>&1 ) && exit 0; \
	  printf '%s\n' "$$out" | tail -n 5; \
	fi; \
	echo "Chromium is not on PATH, so the browser tests will be skipped."

install: $(STAMP) ## make .venv and install govkb and its tools into it

$(STAMP): requirements.lock pyproject.toml hatch_build.py $(BROWSER)
	@"$(PYTHON)" -c '' >/dev/null 2>&1 || { \
	  echo "govkb needs Python 3.11 or newer, and '$(PYTHON)' does not run; name one that does: make PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "govkb needs Python 3.11 or newer, and '$(PYTHON)' is $$("$(PYTHON)" -c 'import platform; print(platform.python_version())'); name a newer one: make PYTHON=python3.12"; exit 1; }
	@"$(BIN)/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || { \
	  echo "Making a virtual environment in $(VENV)"; \
	  "$(PYTHON)" -m venv --clear $(VENV) >/dev/null 2>&1 || { \
	    rm -rf $(VENV); \
	    echo "'$(PYTHON) -m venv' fails: install Python's venv module (on Debian and Ubuntu: apt-get install python3-venv) and try again."; exit 1; }; }
	@echo "Installing what requirements.lock lists"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@test -f browser/dist/govkb-graph.js || \
	  echo "npm is missing or could not fetch what browser/package-lock.json lists: the graph will be a still picture."
	@touch $@

lock: ## bring requirements.lock up to date with pyproject.toml and the newest releases
	@echo "Resolving the dependencies"
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@$(PIP) install 'uv>=0.9'
	@{ \
	  echo "# Every package that govkb needs to run and to be tested, at one exact version and with its hashes,"; \
	  echo "# for Python 3.11 and newer on every platform. Made from pyproject.toml by 'make lock'; not edited by hand."; \
	  $(BIN)/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	    --generate-hashes --no-header --no-annotate --group dev pyproject.toml; \
	} > requirements.lock.new
	@mv requirements.lock.new requirements.lock

clean: ## remove everything that was built, but not .venv
	@rm -rf site build dist .govkb-cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
