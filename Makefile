# Each verb does first what is still missing; the stamps in .venv tell what is there.

VENV := .venv
PYTHON := $(VENV)/bin/python

.PHONY: help install demo run check-setup test test-all crash chaos coverage laws corpus check bench pictures gallery fmt lock

help:
	@echo "make demo     the bot with a Slack and a Databricks of its own, no account needed"
	@echo "make run      the bot with your Slack and your Databricks, see docs/operating/start.md"
	@echo "make check-setup  look at your Slack, your Databricks and Redis, and say what to do where something is wrong"
	@echo "make install  a .venv with all that the bot needs"
	@echo "make test     the tests of every feature: some minutes"
	@echo "make test-all these, then the slow ones, and the laws with more examples"
	@echo "make crash    kill the bot at every call that it makes, and look at what came of it: a quarter of an hour"
	@echo "make chaos    a thousand questions while processes, Redis and the network fail: some minutes"
	@echo "make coverage which lines and branches no test reaches"
	@echo "make laws     the laws of Genie's JSON, of answers and of the limit with very many examples: an hour"
	@echo "make corpus   what is read rightly of some 300 results, and what is said that may not be"
	@echo "make check    lint, types and architecture"
	@echo "make bench    measure acknowledgements, answers, load, queries, tables and charts: half an hour"
	@echo "make pictures take the pictures in README.md and docs, needs Chromium"
	@echo "make gallery  take the pictures in docs/gallery, needs Chromium: some minutes"
	@echo "make fmt      format the code"
	@echo "make lock     bring requirements*.txt in line with pyproject.toml"

install: $(VENV)/.runtime

# exec: a signal reaches the program itself, and nothing stands between it and Ctrl-C.
demo: $(VENV)/.sandbox
	@exec $(PYTHON) -m sandbox

run: $(VENV)/.runtime
	@exec $(PYTHON) -m bot

# `make check-setup V=--json` for programs.
check-setup: $(VENV)/.runtime
	@$(PYTHON) -m bot check $(V)

# Stories mostly wait: six at a time keep two cores busy. More would collect all tests once more each.
PYTEST := $(PYTHON) -m pytest -n 6 --dist worksteal --durations=30 --ignore=tests/house
QUICK := -m "not slow" --hypothesis-profile=quick
# Bytecode is kept, also where the environment says not to: every worker would compile all sources anew.
test test-all coverage: export PYTHONDONTWRITEBYTECODE :=

test: $(VENV)/.dev
	@$(PYTHON) .ci/cpu-time $(PYTEST) $(QUICK)

test-all: test
	@$(PYTHON) .ci/cpu-time $(PYTEST) -m "slow or property"

# `make crash V=--few` takes what `make test-all` does, V=name the scenarios of that name.
crash: $(VENV)/.dev
	@$(PYTHON) -m tests.crash $(V)

# `make chaos V=--short` is what `make test-all` does, V=7 is another course of events.
chaos: $(VENV)/.dev
	@$(PYTHON) -m tests.chaos $(V)

# The data of every process of both runs together; a process that is killed writes none.
coverage: $(VENV)/.dev
	@$(PYTHON) -m coverage erase
	@$(PYTHON) -m coverage run -m pytest -n 8 --dist worksteal --ignore=tests/house
	@$(PYTHON) -m coverage combine --quiet
	@$(PYTHON) -m coverage report --skip-covered --show-missing

# Each file of laws in a process of its own, two at a time; xargs fails when one of them does.
laws: $(VENV)/.dev
	@grep -rl --include="test_*.py" "pytest.mark.many" tests/laws | xargs -n 1 -P 2 $(PYTHON) -m pytest -q -m many \
		--hypothesis-profile=many --hypothesis-show-statistics -o timeout=3600

# What holds of the results in tests/payloads/results; `make corpus V=-v` names each mistake.
corpus: $(VENV)/.dev
	@$(PYTHON) -m tests.results $(V)

check: $(VENV)/.dev
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m pytest -q tests/house

bench: $(VENV)/.dev
	@$(PYTHON) -m bench.acknowledge
	@$(PYTHON) -m bench.priority
	@$(PYTHON) -m bench.answer_latency
	@$(PYTHON) -m bench.home
	@$(PYTHON) -m bench.load
	@$(PYTHON) -m bench.replicas
	@$(PYTHON) -m bench.store_start
	@$(PYTHON) -m bench.tables
	@$(PYTHON) -m bench.charts
	@$(PYTHON) -m bench.big_results
	@$(PYTHON) -m bench.queries
	@$(PYTHON) -m bench.metrics
	@$(PYTHON) -m bench.watches

pictures: $(VENV)/.dev
	@$(PYTHON) -m bench.pictures
	@$(PYTHON) -m bench.identity_pictures
	@$(PYTHON) -m bench.asking_pictures

gallery: $(VENV)/.dev
	@$(PYTHON) -m bench.gallery

fmt: $(VENV)/.dev
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

# Without an index or a download address: the user who installs chooses the index, the hashes say what may come from it.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 1; }
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --group sandbox -c requirements.txt -o requirements-sandbox.txt
	$(LOCK) pyproject.toml --group dev -c requirements.txt -c requirements-sandbox.txt -o requirements-dev.txt

$(VENV)/.python:
	@.ci/venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt | $(VENV)/.python
	@echo "Installing what the bot needs into $(VENV), about half a minute ..."
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.sandbox: requirements-sandbox.txt $(VENV)/.runtime
	@echo "Installing what the sandbox needs beside it ..."
	$(call install,requirements-sandbox.txt)
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-sandbox.txt requirements.txt | $(VENV)/.python
	@echo "Installing what the bot and its tests need into $(VENV), about a minute ..."
	$(call install,requirements-dev.txt)
	@touch $(VENV)/.runtime $(VENV)/.sandbox $@

# uv where it is there, else pip (also where uv cannot reach the index, since only pip knows pip's configuration).
define install
	@{ command -v uv >/dev/null && uv pip install --quiet --compile-bytecode --python $(PYTHON) --require-hashes -r $(1); } \
	|| $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
endef
