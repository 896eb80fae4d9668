# Works on a machine with Python 3.11 or later and make; everything else goes into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
LATER ?= python3.13
T ?= tests
WORKERS ?= 2
# One more than there are cores: tests wait for processes and for the disk.
AT_ONCE ?= 3
DANISH := dinero_sync/texts/locale/da/LC_MESSAGES/dinero_sync.po

.DEFAULT_GOAL := help

.PHONY: help
help:  ## Show what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "dinero-sync needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo: pyproject.toml | $(VENV)/bin/python
	@echo "Installing dinero-sync and what its sandbox needs into $(VENV): half a minute ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[sandbox]'
	@$(BIN)/python -m compileall -q dinero_sync
	@touch $@

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing dinero-sync and its developers' tools into $(VENV): a minute or two ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/python -m compileall -q dinero_sync
	@touch $(VENV)/demo $@

.PHONY: install
install: $(VENV)/installed  ## Install dinero-sync and its tools into .venv

.PHONY: demo
demo: $(VENV)/demo  ## Run the main job on the built-in sandbox, and then a month of a shop to the øre
	@$(BIN)/python -m dinero_sync.sandbox.demo
	@$(BIN)/python -m dinero_sync.sandbox.month

.PHONY: test
test: $(VENV)/installed  ## Run the tests (T=tests/posting for some of them)
	$(BIN)/python $(if $(COVERAGE),-m coverage run) -m pytest -n $(AT_ONCE) --dist worksteal -m 'not slow' $(T)

.PHONY: test-slow
test-slow: $(VENV)/installed  ## Run the tests that take long, or need a package index
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m slow $(T)

.PHONY: properties
properties: $(VENV)/installed  ## Try what holds for any order on more examples, the same ones each time
	HYPOTHESIS_PROFILE=gate $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m hypothesis $(T)

.PHONY: fuzz
fuzz: $(VENV)/installed  ## Try it on examples that nobody has seen (T=tests/posting for some)
	HYPOTHESIS_PROFILE=fresh $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m hypothesis $(T)

.PHONY: test-later
test-later:  ## Run the tests on a later Python (LATER=python3.13)
	$(MAKE) test PYTHON=$(LATER) VENV=.venv-later

.PHONY: lint
lint: $(VENV)/installed  ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: $(VENV)/installed  ## Check types
	$(BIN)/mypy dinero_sync docs/site packaging/*.py tests/*.py
	@for folder in tests/*/; do $(BIN)/mypy "$$folder" || exit 1; done

.PHONY: check
check: lint types test  ## All of lint, types and test

.PHONY: cov
cov: $(VENV)/installed  ## Run the tests and require the coverage that the project keeps
	$(BIN)/python -m coverage erase
	$(MAKE) test COVERAGE=1
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --fail-under=95
	$(BIN)/python -m coverage report --fail-under=100 --include='dinero_sync/domain/*,dinero_sync/posting/*,dinero_sync/journal/*,dinero_sync/sync/*'

.PHONY: bench-calls
bench-calls: $(VENV)/installed  ## Count the calls to Dinero for 200 prepaid orders
	@$(BIN)/python -m tests.bench_calls

.PHONY: bench
bench: $(VENV)/installed  ## Measure speed and memory beside those of commit c93610b (RUNS=3 LARGE=20000 LIMIT=1 PROFILE=1)
	@$(BIN)/python tests/bench

.PHONY: bench-shops
bench-shops: $(VENV)/installed  ## Measure what it costs to poll a folder of shops (SHOPS=1000)
	@$(BIN)/python tests/bench/bench_shops.py

.PHONY: cases
cases: $(VENV)/installed  ## Make the golden cases' results, the texts to look over and the examples in docs/ anew
	@$(BIN)/python tests/cases/make_cases.py
	@PYTHONPATH=tests $(BIN)/python tests/posting/make_texts.py
	@PYTHONPATH=tests $(BIN)/python tests/system/recorded_session.py

.PHONY: texts
texts: $(VENV)/installed  ## Bring the Danish sentences in step with the English: new ones wait to be written
	@PYTHONPATH=tests/texts $(BIN)/pybabel --quiet extract --mapping-file tests/texts/catalogue.cfg \
	  --no-location --keywords spoken --output-file $(VENV)/texts.pot dinero_sync/texts dinero_sync
	@$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header --width 100 \
	  --locale da --input-file $(VENV)/texts.pot --output-file $(DANISH)
	@$(BIN)/python tests/docs/make_pages.py

.PHONY: site
site: $(VENV)/installed  ## Make a site of the pages in docs/, Danish and English: build/site/index.html
	@$(BIN)/python docs/site/build_site.py

.PHONY: reference
reference: $(VENV)/installed  ## Make config.example.yaml and the reference of its keys anew, in both languages
	@$(BIN)/dinero-sync config example --language en > config.example.yaml
	@$(BIN)/dinero-sync config reference --language en > docs/configuration.md
	@$(BIN)/dinero-sync config reference --language da > docs/konfiguration.md

.PHONY: crash
crash: $(VENV)/installed  ## Kill it anywhere, break anything: still exactly once (ONLY=case SEED=n EVERY=nth)
	@$(BIN)/python -m compileall -q dinero_sync
	@PYTHONPATH=tests $(BIN)/python tests/crash/prove_exactly_once.py $(if $(ONLY),--only $(ONLY)) $(if $(SEED),--seed $(SEED)) $(if $(EVERY),--every $(EVERY))

.PHONY: schedulers
schedulers: $(VENV)/installed  ## Have a real cron and a real systemd start it by the files of cron/ (root)
	@$(BIN)/python tests/system/schedulers.py

.PHONY: mutants-exactly-once
mutants-exactly-once: $(VENV)/installed  ## Put ten faults into a copy of the code: make crash must catch each
	@$(BIN)/python tests/crash/mutants.py

.PHONY: mutants
mutants: $(VENV)/installed  ## Put thousands of small faults into a copy of the rules: tests must notice 98 %
	@nice -n 10 $(BIN)/python tests/rule_mutants.py --at-least 98 --workers $(WORKERS)

.PHONY: dist
dist: $(VENV)/installed  ## Build the wheel and the source archive, as a package index takes them
	@rm -rf dist
	$(BIN)/python -m build
	$(BIN)/twine check --strict dist/dinero_sync-*

.PHONY: man
man: $(VENV)/installed  ## Write the manual pages from the commands' own help into build/man
	@rm -rf build/man
	@SOURCE_DATE_EPOCH=$$(date --utc --date "$$(sed -n 's/^## [0-9.]* – //p' CHANGELOG.md | head -n 1)" +%s) \
	  $(BIN)/python packaging/man_pages.py build/man

.PHONY: deb
deb: dist man  ## Build the Debian package, for the Python that this one is of
	@PIP_DISABLE_PIP_VERSION_CHECK=1 packaging/deb/build $(BIN)/python dist/dinero_sync-*.whl build/man

.PHONY: container
container: deb  ## Make an image of a bare Debian and the package, from no registry (root, debootstrap)
	@packaging/container/build dist/dinero-sync_*.deb dist/container

.PHONY: installs
installs: $(if $(filter-out container,$(ONLY)),deb,container)  ## Install, upgrade, remove it on a bare Debian by README (root; ONLY=package)
	@$(BIN)/python tests/system/installs.py $(ONLY)

.PHONY: clean
clean:  ## Remove everything that was made here
	rm -rf $(VENV) .venv-later build dist .demo htmlcov mutants .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
