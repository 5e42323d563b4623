# The site's commands. Each makes what it needs first: .venv with everything in it and, where DATABASE_URL is unset,
# an embedded PostgreSQL in .data (see pactsite/embedded_postgres.py).

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
READY := $(VENV)/ready

# The embedded database holds what these files say for as long as they are older than the mark beside it. Of another
# database make knows nothing, so there it looks each time.
DATA := $(or $(PACTSITE_DATA),.data)
PREPARED := $(if $(DATABASE_URL),prepare,$(DATA)/prepared)
RECORD := $(shell find apps/*/migrations apps/exchange -name '*.py') $(shell find apps/exchange/record)

# A file that ends without a line break stands inside a sentence, where the formatter's break would be a space.
TEMPLATES := $(shell find templates -name '*.html' -exec sh -c 'test -z "$$(tail -c 1 "$$1")"' - {} ';' -print)

# For development and tests only; a production server is started without make.
export PACTSITE_DEV ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Settings such as production has, with a database that nobody is asked for.
PRODUCTION := env -u PACTSITE_DEV SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
	DATABASE_URL=postgresql://nobody@127.0.0.1:9/none ALLOWED_HOSTS=pact.example

PIN := $(BIN)/pip-compile --quiet --strip-extras --no-header --no-annotate --allow-unsafe --no-emit-options \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --resolver=backtracking

.DEFAULT_GOAL := help
.PHONY: help run editor test check bench format requirements prepare

help:
	@echo "make run            serve the site on http://127.0.0.1:$(PORT)/ (PORT=8001 for another port)"
	@echo "make editor         make a login for an editor (NAME=… PASSWORD=…, or it asks)"
	@echo "make test           run the whole suite (ARGS='-k words' for a part)"
	@echo "make check          check style, templates, types, layers, migrations, production settings"
	@echo "make bench          measure (ARGS=timelines, ARGS=comparison or ARGS=searching for one alone)"
	@echo "make format         rewrite Python and templates in the house style"
	@echo "make requirements   pin anew what pyproject.toml asks for (ARGS=--upgrade for the newest)"

run: $(PREPARED)
	@echo "The Pact Record: http://127.0.0.1:$(PORT)/   for editors: http://127.0.0.1:$(PORT)/admin/   (Ctrl-C stops it)"
	@DJANGO_RUNSERVER_HIDE_WARNING=true $(MANAGE) runserver 127.0.0.1:$(PORT)

editor: $(PREPARED)
	@$(MANAGE) make_editor

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	$(BIN)/djlint templates --lint --quiet
	env DATABASE_URL=postgresql://nobody@127.0.0.1:9/none $(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

bench: $(READY)
	@$(BIN)/python -m tests.bench $(ARGS)

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)

requirements: $(READY)
	$(PIN) $(ARGS) --output-file requirements.txt pyproject.toml
	$(PIN) $(ARGS) --extra embedded --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

$(PREPARED): $(READY) $(RECORD)
	@echo "Preparing the database …"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_record
	@$(if $(DATABASE_URL),true,touch $(PREPARED))

$(READY): requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) was not found: install Python 3.11 or later (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$($(PYTHON) --version 2>&1), but the site needs 3.11 or later: install one and name it, as in make PYTHON=python3.12 $(or $(MAKECMDGOALS),run)."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module: install it (Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Installing what the site needs into $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --requirement requirements-dev.txt || { \
		echo "The packages of requirements-dev.txt could not be installed; the reason stands above."; exit 1; }
	@touch $(READY)
