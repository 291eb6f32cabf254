# Everything a newcomer needs. `make run` and `make test` set up what they need first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

.PHONY: help setup run test spark browser check fix reference rubrics words bench score lock clean

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "gillies needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(SUDO) apt-get install -y -qq python3-venv \
		|| { echo "The venv module is missing and could not be installed: apt-get install python3-venv"; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(READY)  ## a virtual environment with everything pinned

run: $(READY)  ## the main job on a built-in example
	@$(BIN)/gillies assess --example
	@echo
	@echo 'Ask your own:  $(BIN)/gillies assess "I would like my eye bags gone, without surgery"'

test: $(READY)  ## all tests
	$(BIN)/pytest -n auto

spark: $(READY)  ## Spark and Java too, so that `make test` compares with them
	@command -v java >/dev/null || { $(SUDO) apt-get update -qq; $(SUDO) apt-get install -y -qq default-jre-headless >/dev/null; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r constraints-spark.txt

browser: $(READY)  ## chromium too, so that `make test` goes through the pages
	@command -v chromium >/dev/null || { $(SUDO) apt-get update -qq; $(SUDO) apt-get install -y -qq chromium >/dev/null; }

check: $(READY)  ## linter, formatter, types, knowledge lint, repo health
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/gillies knowledge check
	$(BIN)/pytest tests/repo

fix: $(READY)  ## let the linter and formatter mend what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

reference: $(READY)  ## docs/reference/, from the knowledge
	$(BIN)/python tools/reference.py

rubrics: $(READY)  ## docs/rubrics.md and the figures of the page "About", from the pages and docs/
	$(BIN)/python tools/rubrics.py

words: $(READY)  ## the list of English words that are not to be "mended"
	$(BIN)/python tools/real_words.py

bench: $(READY)  ## speed, side by side with peers
	$(BIN)/python bench/assess.py
	$(BIN)/python bench/start.py
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/check.py
	$(BIN)/python bench/screening.py
	$(BIN)/python bench/screening_rules.py
	$(BIN)/python bench/registry.py
	$(BIN)/python bench/audit.py
	$(BIN)/python bench/audit_accuracy.py
	$(BIN)/python bench/registry_search.py
	$(BIN)/python bench/vet.py
	$(BIN)/python bench/web.py
	@if $(BIN)/python -c 'import pyspark' 2>/dev/null; then $(BIN)/python bench/screening_spark.py; fi

score: $(READY)  ## accuracy on a folder of labelled cases: make score CASES=folder
	$(BIN)/python bench/accuracy.py $(CASES)

lock: $(READY)  ## pin every dependency with its hashes
	$(BIN)/pip install --quiet pip-tools
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --extra dev --extra screen --extra registry --extra live --extra web --extra check --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file constraints.txt pyproject.toml
	sed -i -e '/^# WARNING: pip install will require/,+1d' -e '/^gillies @/,+1d' constraints.txt  # one extra names another; the project itself has no hash
	echo 'pyspark>=4.0' | CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file constraints-spark.txt -

clean:  ## remove what was set up
	rm -rf $(VENV) build dist
