# Comity. `make demo` and `make test` set everything up by themselves.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SMOKE  := .demo
PEERS  := build/peers-venv

.PHONY: help setup demo test test-all lint types layers unit long lock actors alignments evaluate peers calibration clean system docs

help:
	@echo "make demo      set up, build examples/corpus into a graph, answer one query"
	@echo "make test      lint, types, layers, docs examples, tests (under 15 minutes)"
	@echo "make test-all  the long tests as well"
	@echo "make docs      the documentation, as HTML, in build/docs"
	@echo "make evaluate  score the extractor against the hand-made codings"
	@echo "make peers     the same for other tools and baselines, in an environment of their own"
	@echo "make calibration  draw again how confidence compares with what is right"
	@echo "make actors    generate the states and territories again, from data packages"
	@echo "make alignments  generate ontology/alignment/*.ttl again, from the tables beside them"
	@echo "make lock      resolve requirements.lock again from pyproject.toml"

# -- set up ---------------------------------------------------------------------------------

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Comity needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run.stamp: $(VENV)/pyvenv.cfg requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev.stamp: $(VENV)/.run.stamp requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.dev.stamp

# Debian packages that some tests use; where they cannot be installed, those tests skip and say so.
system:
	@for need in rapper:raptor2-utils java:default-jre-headless apache2:apache2-bin virtuoso-t:virtuoso-opensource-7; do \
	  export DEBIAN_FRONTEND=noninteractive; PATH="$$PATH:/usr/sbin" command -v $${need%%:*} >/dev/null || { \
	    [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	    (apt-get install -qq -y $${need#*:} >/dev/null 2>&1 || \
	    (apt-get update -qq && apt-get install -qq -y $${need#*:})) >/dev/null 2>&1; } || \
	  echo "$${need#*:} is not installed and could not be: its tests will skip"; \
	done

# -- use ------------------------------------------------------------------------------------

demo: $(VENV)/.run.stamp
	$(BIN)/comity build examples/corpus --out $(SMOKE)/kg
	$(BIN)/comity query actors-by-area --param area=trade-secrets --kg $(SMOKE)/kg
	@echo
	@echo "The graph is in $(SMOKE)/kg. Now try:"
	@echo "  $(BIN)/comity queries"
	@echo "  $(BIN)/comity query passage --kg $(SMOKE)/kg --format csv"
	@echo "  $(BIN)/comity build YOUR-TEXT.txt --out my-graph"

# -- check ----------------------------------------------------------------------------------

lint: $(VENV)/.dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev.stamp
	$(BIN)/mypy

layers: $(VENV)/.dev.stamp
	$(BIN)/lint-imports

unit: $(VENV)/.dev.stamp system
	$(BIN)/pytest -n 2 -m "not slow" -rs

test: lint types layers unit

# The long tests alone.
long: $(VENV)/.dev.stamp system
	$(BIN)/pytest -n 2 -m slow -rs

test-all: test long

evaluate: $(VENV)/.dev.stamp
	@echo "dev (looked at while rules are written):"
	@$(BIN)/comity evaluate examples/gold/dev --genres --confidence
	@echo; echo "blind (never looked at):"
	@$(BIN)/comity evaluate examples/gold/blind --genres --confidence

# The peers need packages that Comity does not; the one on GitHub is left out where that is not reached.
$(PEERS)/.stamp: requirements.lock pyproject.toml benchmarks/extraction/requirements.txt benchmarks/extraction/requirements-git.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/extraction/requirements.txt
	-$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/extraction/requirements-git.txt
	@touch $@

peers: $(PEERS)/.stamp
	$(PEERS)/bin/python benchmarks/extraction/run.py

calibration: $(VENV)/.dev.stamp
	$(BIN)/python docs/made/reliability.py

actors: $(VENV)/.dev.stamp
	$(BIN)/python ontology/generate_states.py
	$(BIN)/python ontology/generate_alignments.py

# The documentation, with every warning an error; the reference is made from the ontology.
docs: $(VENV)/.dev.stamp
	$(BIN)/sphinx-build -q -W --keep-going -b html -d build/docs-cache docs build/docs
	@echo "The documentation is in build/docs; open build/docs/index.html"

alignments: $(VENV)/.dev.stamp
	$(BIN)/python ontology/generate_alignments.py

lock: $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5"
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra all --no-header --group build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra all --extra llm --no-header --group dev --group data --group docs -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) $(SMOKE) $(PEERS) dist build docs/reference .mypy_cache .ruff_cache .pytest_cache .hypothesis
