# Everything a newcomer types. `make run` and `make test` install what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app app

.PHONY: run trial install test test-cluster bench screenshots bundle lint messages lock clean

run: $(VENV)/.run translations bundle build/templates/.compiled
	@bin/run

trial: $(VENV)/.run translations bundle build/templates/.compiled
	@bin/trial

# For a service: docs/operations.md.
install: $(VENV)/.run translations bundle build/templates/.compiled

test:
	@bin/test

# Three database machines under faults: as root, half an hour, not among the tests of each day (docs/cluster).
test-cluster:
	@bin/test-cluster

# What the tests need besides Debian's packages, which bin/test installs meanwhile.
.PHONY: test-needs
test-needs: $(VENV)/.dev translations node_modules/.dev bundle tests/engines/node_modules

bench: $(VENV)/.dev translations bundle bench/node_modules
	@$(BIN)/python -m bench

# Old builds of Chromium (270 MB), which only tests/engines starts. Without them those tests are skipped, on a laptop.
tests/engines/node_modules: tests/engines/package-lock.json | $(VENV)/.run
	cd tests/engines && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund --ignore-scripts && touch node_modules

# Lighthouse, which only a benchmark needs.
bench/node_modules: bench/package-lock.json
	cd bench && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund --ignore-scripts && touch node_modules

# Every page as a picture into build/screenshots, the README's into docs/pictures.
screenshots: $(VENV)/.dev translations bundle
	@$(BIN)/python bin/screenshots $(AREAS)

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# Python packages, by the locked hashes.
$(VENV)/.run: requirements/run.txt
	@bin/install $(PYTHON) $< $@

$(VENV)/.dev: requirements/dev.txt
	@bin/install $(PYTHON) $< $@ && touch $(VENV)/.run

# The tablet's pages for old browsers: nothing happens when they were made from the present sources already.
bundle: $(VENV)/.run node_modules/.run
	@bin/bundle

# npm's packages, by the lock file. The bundler's own install script only saves it some milliseconds a start.
node_modules/.run: package-lock.json | $(VENV)/.run
	@bin/install-npm --omit=dev && touch $@

node_modules/.dev: package-lock.json | $(VENV)/.run
	@bin/install-npm && touch node_modules/.run $@

# Translations are compiled, never committed.
.PHONY: translations
translations: $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))

%.mo: %.po
	@$(BIN)/pybabel -q compile -f -i $< -o $@

# Templates are compiled once here instead of at each start. Nothing is read from the settings or the database.
build/templates/.compiled: $(VENV)/.run app.py $(shell find templates routes -type f -name '*.html' -o -name '*.py')
	@GANCHANG_DATABASE=sqlite:///build/none.db GANCHANG_SECRET_KEY=none $(FLASK) compile && touch $@

# Find the sentences in templates and code that the catalogue lacks.
messages: $(VENV)/.dev
	@bin/messages

lock: $(VENV)/.dev
	@bin/lock

clean:
	rm -rf $(VENV) node_modules tests/engines/node_modules build static/built instance translations/*/LC_MESSAGES/*.mo
