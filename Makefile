# Needs make and Python 3.11 or later; everything else is set up by the targets themselves.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
READY := .venv/.ready
CODE := src tests proofs bench docs
# Wheels are installed without bytecode; each module is compiled when it is first imported, and kept.
unexport PYTHONDONTWRITEBYTECODE
# Tests copy homes by the hundred: in memory, where there is room, that takes a tenth of the time.
MEMORY := $(shell df -Pm /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 8000 {print "TMPDIR=/dev/shm"}')

.PHONY: help venv install demo test quick check tests programs prove prove-quick prove-mutants bench lock docs pictures clean

help:  ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-14s %s\n", $$1, $$2}'

install: $(READY)  ## set up .venv with the locked packages
	@:

venv:
	@scripts/make-venv

$(READY): requirements.lock pyproject.toml | venv
	@echo "Installing packages into .venv; this takes a few minutes."
	@$(PY) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --no-compile --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install  ## run on the sample data that comes with it, then show the page; ONCE=1 stops after the run
	@.venv/bin/gradeline demo $(if $(ONCE),--once)

# Programs are installed beside the packages, and what is there first begins.
test:  ## all checks and all tests
	@$(MAKE) --no-print-directory --jobs 2 check tests

tests: install programs
	@$(MEMORY) $(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not slow"

quick: install  ## the checks and the tests that need no server, in a minute
	@.venv/bin/ruff format --quiet --check $(CODE)
	@.venv/bin/ruff check --quiet $(CODE)
	@.venv/bin/mypy
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder \
		-m "not (postgres or process or twin or heavy or oulad or slow)"
	@echo "Ran: format, lint, types, import contracts and the tests without a server."

check: install  ## format, lint, types, docstrings of tests
	@.venv/bin/ruff format --check $(CODE)
	@.venv/bin/ruff check $(CODE)
	@.venv/bin/mypy
	@.venv/bin/interrogate --quiet --ignore-module --ignore-nested-functions \
		--ignore-private --ignore-semiprivate --ignore-init-method --fail-under 100 tests

programs: venv
	@scripts/test-programs

prove-quick: install  ## the quick proofs, in a few minutes ([NAME=boundary] [SEED=7])
	@$(PY) -m proofs --quick $(if $(NAME),--name $(NAME)) $(if $(SEED),--seed $(SEED))

prove: install  ## the full proofs ([NAME=crash-load] [SEED=7])
	@$(PY) -m proofs $(if $(NAME),--name $(NAME)) $(if $(SEED),--seed $(SEED))
	@$(if $(NAME),,$(PY) -m pytest -n 2 --dist loadfile --hypothesis-profile random -m "slow or hypothesis")

prove-mutants: install  ## take each guard away once; a proof must fail each time
	@$(PY) -m proofs --mutants

bench: install  ## measure beside other ways of doing the same ([NAME=ingest])
	@$(PY) -m bench $(if $(NAME),--name $(NAME))

lock: install  ## make requirements.lock again from pyproject.toml
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	@.venv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --quiet -o requirements.lock

docs: install  ## write docs/reference, .env.example, canonical_views.sql and schema.sql again
	@$(PY) docs/build_reference.py
	@$(PY) -m docs.build_canonical_views
	@$(PY) -m docs.build_schema

pictures: install  ## photograph the page of the demo in three languages, light and dark, desktop and phone
	@test -d data/demo || .venv/bin/gradeline demo --once
	@$(PY) docs/make_page_pictures.py data/demo

clean:  ## take away what can be made again; data/ stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist
	@find src tests proofs bench docs -name __pycache__ -type d -prune -exec rm -rf {} +
