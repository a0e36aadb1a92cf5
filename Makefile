# Everything a newcomer types. `make run` and `make test` install what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app app

.PHONY: run trial install test bench screenshots lint messages lock clean

run: $(VENV)/.run translations
	@bin/run

trial: $(VENV)/.run translations
	@bin/trial

# For a service: docs/operations.md.
install: $(VENV)/.run translations

test: $(VENV)/.dev translations
	@bin/test

bench: $(VENV)/.dev translations bench/node_modules
	@$(BIN)/python -m bench

# Lighthouse, which only a benchmark needs.
bench/node_modules: bench/package-lock.json
	cd bench && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund --ignore-scripts && touch node_modules

# Every page as a picture into build/screenshots, the README's into docs/pictures.
screenshots: $(VENV)/.dev translations
	@$(BIN)/python bin/screenshots $(AREAS)

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# Python packages, by the locked hashes.
$(VENV)/.run: requirements/run.txt
	@bin/install $(PYTHON) $< $@

$(VENV)/.dev: requirements/dev.txt
	@bin/install $(PYTHON) $< $@

# Translations are compiled, never committed.
.PHONY: translations
translations: $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))

%.mo: %.po
	@$(BIN)/pybabel -q compile -f -i $< -o $@

# Find the sentences in templates and code that the catalogue lacks.
messages: $(VENV)/.dev
	@bin/messages

lock: $(VENV)/.dev
	@bin/lock

clean:
	rm -rf $(VENV) instance translations/*/LC_MESSAGES/*.mo
