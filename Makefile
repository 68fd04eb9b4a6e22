# Everything a bare machine with Python 3.11 and make needs: `make demo` and `make test` fetch the rest and say so.
# What is fetched stays in .venv, web/node_modules and .cache, so that the next run works offline.

PYTHON ?= python3
SERVE ?= 1
BIN := .venv/bin
GROUND := $(PYTHON) -m tools.ground
DONE := .cache/done

.PHONY: help demo test check bench bench-full docs format lock assets clean
.DELETE_ON_ERROR:

help:
	@echo "make demo        a workspace on benign photographs, then the desk at http://127.0.0.1:8000 (SERVE=0: stop before serving)"
	@echo "make test        all tests, on SQLite and on PostgreSQL, with a browser"
	@echo "make check       style, types, layers, web"
	@echo "make bench       speed beside the peers, under ten minutes   (make bench-full: the large sizes)"
	@echo "make docs        run every command that README and docs show, and check what they list"
	@echo "make format      put code into the house's form"
	@echo "make lock        resolve the locks anew"
	@echo "make assets      build the styles and the script of the pages"
	@echo "make clean       remove all that make made or fetched"

demo: $(DONE)/venv $(DONE)/web $(DONE)/photos
	$(BIN)/python examples/demo.py $(if $(filter 0,$(SERVE)),--no-serve)

test: export PATH := $(CURDIR)/.cache/debian/bin:$(PATH):/usr/sbin:/sbin
test: $(DONE)/venv $(DONE)/peers $(DONE)/web $(DONE)/photos $(DONE)/browser $(DONE)/postgres $(DONE)/judges
	$(BIN)/python tools/suites.py $(ARGS)

check: $(DONE)/venv $(DONE)/web
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

bench bench-full: export PATH := $(CURDIR)/.cache/debian/bin:$(PATH)

bench: $(DONE)/venv $(DONE)/peers $(DONE)/photos $(DONE)/judges
	$(BIN)/python -m benchmarks

bench-full: $(DONE)/venv $(DONE)/peers $(DONE)/photos $(DONE)/judges
	$(BIN)/python -m benchmarks --full

docs: $(DONE)/venv $(DONE)/web
	$(BIN)/python -m pytest tests/docs $(ARGS)

format: $(DONE)/venv
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

lock: $(DONE)/venv
	$(BIN)/python tools/lock.py

assets: $(DONE)/web

clean:
	rm -rf .venv .cache build dist web/node_modules src/kavalan/casework/static/kavalan
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ground.py marks a part done; one that is missing but can be done without is named at every run until it is there.
$(DONE)/venv: locks/dev.txt pyproject.toml
	@$(GROUND) venv

$(DONE)/web: $(DONE)/venv $(shell find web src/kavalan/casework/locale -type f -not -path '*/node_modules/*' -not -name '*.mo' 2>/dev/null)
	@$(GROUND) web

$(DONE)/peers: locks/peers.txt $(DONE)/venv
	@$(GROUND) peers

$(DONE)/photos: tools/photos.txt
	@$(GROUND) photos

$(DONE)/browser $(DONE)/postgres $(DONE)/judges: $(DONE)/%: $(DONE)/venv
	@$(GROUND) $*
