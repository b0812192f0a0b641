# `make demo` and `make test` need Python 3.11 or newer, git and make, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMMA := ,
# where a Chromium is installed, the tests open the pages in it; ENGINES=1 brings the libraries of PostgreSQL and Spark
EXTRAS := dev,measure$(if $(shell command -v chromium),$(COMMA)browser)$(if $(ENGINES),$(COMMA)postgres$(COMMA)spark$(COMMA)connect$(COMMA)exports)
STAMP := $(VENV)/.installed-$(subst $(COMMA),-,$(EXTRAS))

.PHONY: accept demo test test-engines fast lint docs bench bench-measure clean setup judge-report

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
	@echo "== what to build for whom, every term of the score shown"
	$(BIN)/microseg rank -C sample_workspace
	@echo "== how many there are in each segment, and how they do"
	$(BIN)/microseg measure -C sample_workspace
	@echo "== the briefs"
	$(BIN)/microseg build -C sample_workspace --out $(CURDIR)/briefs
	@echo
	@echo "Look at briefs/index.html in a browser; the files it comes from are in sample_workspace/segments, the numbers in sample_workspace/data."

test: $(STAMP)
	$(BIN)/python -m pytest

# the same questions to DuckDB, PostgreSQL and Spark; needs PostgreSQL's programs and Java, which .ci/run installs
test-engines:
	@$(MAKE) --no-print-directory ENGINES=1 setup
	REQUIRE=postgres,spark,exports $(BIN)/python -m pytest tests/measure tests/exchange

fast: $(STAMP)
	$(BIN)/python -m pytest -m "not slow" -n auto

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: $(STAMP)
	$(BIN)/python -m tools.compile_templates
	$(BIN)/python docs/generate.py

accept: $(STAMP)
	ACCEPT=1 $(BIN)/python -m pytest tests/test_cases.py

bench: $(STAMP)
	$(BIN)/python bench/bench.py
	$(BIN)/python bench/judge.py

bench-measure: $(STAMP)
	$(BIN)/python bench/measure.py

judge-report: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m training.report

clean:
	rm -rf $(VENV) briefs dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
