# Everything is set up inside .venv; nothing is installed on the system.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
DEV    := $(VENV)/.ready-dev

.PHONY: demo test test-neo4j bench docs clean

demo: $(STAMP)
	$(BIN)/bomay demo demo

test: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# The tests that use a store, on the embedded one and on a real Neo4j (Java 17 and Maven; jars are cached
# outside this folder). What is the same on both is tested once a store; differences are declared.
test-neo4j: $(DEV)
	$(BIN)/python -m tests.neo4j.server
	BOMAY_TEST_STORES=embedded,neo4j $(BIN)/pytest -n0 --durations=5 \
	  tests/neo4j tests/conformance tests/graph/test_search.py tests/graph/test_migrations.py tests/graph/test_store.py \
	  tests/graph/test_ingest.py tests/graph/test_copy.py tests/loaders/test_streaming.py tests/queries/test_judgements.py \
	  tests/graph/test_networks.py tests/graph/test_frames.py tests/graph/test_py2neo.py \
	  tests/loaders/test_resolve.py tests/queries/test_named.py tests/queries/test_find.py \
	  tests/queries/test_structure.py tests/queries/test_timeline.py tests/queries/test_changes.py tests/queries/test_vacancies.py \
	  tests/queries/test_likely.py

bench: $(DEV)
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks statements
	$(BIN)/python -m benchmarks charts
	$(BIN)/python -m benchmarks reading

docs: $(DEV)
	$(BIN)/python -m bomay.docs docs

clean:
	rm -rf $(VENV) demo

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "bomay needs Python 3.11 or newer; run: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet -e .
	touch $(STAMP)

$(DEV): $(STAMP)
	$(BIN)/python -m pip install --quiet --group dev
	touch $(DEV)
