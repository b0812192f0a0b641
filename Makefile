# `make demo` and `make test` need Python 3.11 or newer, git and make, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# where a Chromium is installed, the tests open the pages in it
EXTRAS := dev$(if $(shell command -v chromium),$(shell printf ',')browser)
STAMP := $(VENV)/.installed

.PHONY: accept demo test fast lint docs bench clean setup judge-report

setup: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "microseg needs Python 3.11 or newer; name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$(EXTRAS)]'
	@touch $@

demo: $(STAMP)
	@echo "== the sample workspace: a learning platform, from head to longtail"
	$(BIN)/microseg tree -C sample_workspace
	@echo "== is anything wrong with it?"
	$(BIN)/microseg lint -C sample_workspace --strict
	@echo "== what a minimum expected requirement looks like"
	$(BIN)/microseg judge "A good UI"
	@echo "== the briefs"
	$(BIN)/microseg build -C sample_workspace --out $(CURDIR)/briefs
	@echo
	@echo "Look at briefs/index.html in a browser; the files it comes from are in sample_workspace/segments."

test: $(STAMP)
	$(BIN)/python -m pytest

fast: $(STAMP)
	$(BIN)/python -m pytest -m "not slow" -n auto

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: $(STAMP)
	$(BIN)/python docs/generate.py

accept: $(STAMP)
	ACCEPT=1 $(BIN)/python -m pytest tests/test_cases.py

bench: $(STAMP)
	$(BIN)/python bench/bench.py

judge-report: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	$(BIN)/python -m training.report

clean:
	rm -rf $(VENV) briefs dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
