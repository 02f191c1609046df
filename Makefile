# `make run` is all that a fresh machine needs. The steps are in scripts/, where they are tested.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2 ## processes that run tests; each needs 3 GB

.PHONY: run setup test check bench bench-ingest bench-web lock audit sbom clean have-python

run: setup ## set up what is missing, then serve on 127.0.0.1:8000
	@exec $(BIN)/amtslotse serve

setup: have-python ## everything but serving
	@$(PYTHON) -m scripts.setup

test: have-python ## the whole suite, end-to-end tests in a real browser included
	@$(PYTHON) -m scripts.setup --dev
	@$(BIN)/python -m scripts.chromium
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: have-python ## format, lint, types, layers, documentation
	@$(PYTHON) -m scripts.setup install --dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.check_docs

bench: setup ## measure against bare llama.cpp and bare encode
	$(BIN)/python -m evaluation.bench

bench-ingest: setup ## publish 500 and 5,000 made-up texts (hours on two cores)
	$(BIN)/python -m evaluation.bench_ingest

bench-web: have-python ## measure the widget on a slow processor and the console with 100,000 answers
	@$(PYTHON) -m scripts.setup --dev
	@$(BIN)/python -m scripts.chromium
	$(BIN)/python -m evaluation.bench_web

lock: ## write the versions of this environment into requirements/
	$(BIN)/python -m scripts.lock

audit: have-python ## ask an advisory database about the locked packages (needs a network)
	@$(PYTHON) -m scripts.setup install --dev
	$(BIN)/python -m scripts.audit

sbom: have-python ## write a bill of materials (CycloneDX) of the runtime to dist/
	@$(PYTHON) -m scripts.setup install --dev
	$(BIN)/python -m scripts.sbom

clean: ## remove the environment and all caches; data/ and models/ stay
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

have-python:
	@command -v $(PYTHON) >/dev/null || { echo "setup: Python 3.11 or newer is needed and '$(PYTHON)' is not there: install it or name one, for example: make run PYTHON=python3.12" >&2; exit 1; }
