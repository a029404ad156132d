# Every target explains itself in `make help`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
PORT ?= 8000
PYTEST_ARGS ?=
.DEFAULT_GOAL := help
.PHONY: help run test test-sqlite test-postgres test-browser test-oracle lint types imports migrations docs bench lock setup setup-dev check clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: setup ## start the portal on 127.0.0.1 (PORT=8000), with the bundled district; prints the address and the first sign-in
	@$(PY) -m qihou serve --port $(PORT)

setup: ## make the environment and install what the program needs (run does this by itself)
	@$(PYTHON) tools/setup.py run

setup-dev: ## the same, with what the tests and checks need
	@$(PYTHON) tools/setup.py dev

test: setup-dev ## everything: on SQLite with a real browser where one can be had, then on PostgreSQL
	@$(PY) tools/browser.py
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory test-postgres

test-sqlite: setup-dev ## the suite on the embedded database, browser tests included
	@$(PY) -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

test-postgres: setup-dev ## the suite on a throw-away PostgreSQL server (without browser tests and those that meet no database)
	@$(PY) tools/with_postgres.py $(PY) -m pytest -n 2 --dist loadgroup -m "not browser and not pure" $(PYTEST_ARGS)

test-browser: setup-dev ## only the tests that drive Chromium
	@$(PY) tools/browser.py
	@$(PY) -m pytest -m browser $(PYTEST_ARGS)

test-oracle: setup-dev ## hold our formulas against bonsai-ipcc, another inventory program (optional, not part of `make test`)
	@$(PYTHON) tools/setup.py oracle
	@$(PY) -m pytest -m oracle $(PYTEST_ARGS)

lint: setup-dev ## ruff: style and format
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

types: setup-dev ## mypy: strict in the kernel, the methods and the api modules
	@.venv/bin/mypy src/qihou

imports: setup-dev ## the map of the house: import contracts
	@.venv/bin/lint-imports

migrations: setup-dev ## fail when a model changed without its migration
	@$(PY) -m qihou manage makemigrations --check --dry-run

docs: setup-dev ## build the documentation into site/
	@.venv/bin/mkdocs build --strict --quiet

check: lint types imports migrations docs ## all checks that run no test

bench: setup-dev ## measure the real paths on real sizes; prints ratios against named bounds
	@$(PY) bench/run.py

lock: ## renew the lock files (needs uv); no index address is written
	@for f in run dev oracle; do env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL uv pip compile --python-version 3.11 --universal \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -q requirements/$$f.in -o requirements/$$f.txt; done

clean: ## remove what was built; the data folder var/ stays
	rm -rf .venv .venv-oracle node_modules site build src/*.egg-info src/qihou/face/static/vendor
