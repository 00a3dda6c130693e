# `make demo` shows the product, `make test` proves it. `make help` lists the rest.
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long test-services chaos production-rehearsal load screenshots bench lint audit secrets shell lock messages browser

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.runtime messages ## only the environment, in .venv/

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: name it with PYTHON=python3.11 make $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python cannot make environments: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	VENV=$(VENV) scripts/install.sh requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	VENV=$(VENV) scripts/install.sh requirements-dev.txt
	@touch $@

# pip-audit brings a pip and looks at locks, not at what is installed: it has an environment of its own.
$(VENV)/audit/.done: requirements-audit.txt | $(VENV)/bin/python
	$(BIN)/python -m venv $(VENV)/audit
	VENV=$(VENV)/audit scripts/install.sh requirements-audit.txt
	@touch $@

# locust brings gevent, which patches the standard library: it never meets the product.
$(VENV)/load/.done: requirements-load.txt | $(VENV)/bin/python
	$(BIN)/python -m venv $(VENV)/load
	VENV=$(VENV)/load scripts/install.sh requirements-load.txt
	@touch $@

messages: $(VENV)/.runtime ## compile the catalogues in locale/
	@$(BIN)/python scripts/compile_messages.py

demo: setup ## the product with invented people on 127.0.0.1:8000 (PORT=… for another port)
	@BIN=$(BIN) scripts/demo.sh

browser: ## Debian's Chromium and a Chinese font, for the journeys
	@scripts/browser.sh

test: $(VENV)/.dev messages browser ## everything on SQLite, a real browser included
	$(BIN)/pytest -n 3 -m "not race and not services"

test-long: $(VENV)/.dev messages ## the random histories in full: 1,000 waiting lists, 200 ledgers, 100 systems of suppression
	WAITING_HISTORIES=1000 LEDGER_HISTORIES=200 SUPPRESSION_ROUNDS=100 $(BIN)/pytest -n 2 \
	    tests/bookings/test_waiting_order.py tests/bookings/test_ledger.py tests/figures/test_suppression.py

test-services: $(VENV)/.dev messages browser ## everything, and the races, on PostgreSQL with Redis and a real Celery worker
	$(BIN)/python scripts/test_services.py

chaos: $(VENV)/.dev messages ## 200 processes killed while women book, an office pays and officers import (CHAOS_SEED repeats one)
	CHAOS_KILLS=$${CHAOS_KILLS:-200} $(BIN)/python scripts/test_services.py tests/chaos

production-rehearsal: $(VENV)/.dev $(VENV)/load/.done messages ## the processes of deploy/ on loopback: journeys, races and load through nginx
	$(BIN)/python -m scripts.rehearsal

load: $(VENV)/.dev $(VENV)/load/.done messages ## an opening minute and an office morning through nginx, with locust
	$(BIN)/python -m benchmarks.load

lint: $(VENV)/.dev messages ## style, the import contract, the catalogues, migrations, lock files, secrets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_messages.py
	$(BIN)/python -m scripts.borrowed_messages
	$(BIN)/python -m scripts.check_migrations
	$(BIN)/python scripts/check_locks.py
	$(BIN)/python scripts/check_secrets.py

audit: $(VENV)/audit/.done ## asks the package index for known holes in what is locked (needs the internet)
	$(VENV)/audit/bin/python scripts/audit.py

secrets: $(VENV)/.dev ## asks about each new thing that looks like a secret and is none
	$(BIN)/python scripts/check_secrets.py --update
	$(BIN)/detect-secrets audit .secrets.baseline

screenshots: $(VENV)/.dev messages browser ## the pictures of docs/screens/, from the demo
	$(BIN)/python scripts/screenshots.py

bench: $(VENV)/.dev messages ## the benchmarks of docs/benchmarks.md, on PostgreSQL
	$(BIN)/python scripts/test_services.py --bench

shell: setup ## a Django shell on the demo's data
	@$(BIN)/python manage.py shell

lock: ## recompile the lock files (needs uv)
	@command -v uv >/dev/null || { echo "uv is missing: pip install uv"; exit 1; }
	uv pip compile requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url -o requirements.txt
	uv pip compile requirements-dev.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url -o requirements-dev.txt
	uv pip compile requirements-audit.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url -o requirements-audit.txt
	uv pip compile requirements-load.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url -o requirements-load.txt
