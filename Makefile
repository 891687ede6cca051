# A laptop needs Python 3.11, python3-venv and make; everything else is installed into .venv or started under var/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
FILE ?= $(word 2,$(MAKECMDGOALS))

# A real installation gives its own keys and never gets here; without any, this is a laptop.
ifeq ($(SECRET_KEY),)
export DEBUG ?= true
endif

# Tools that only read the code need no servers; some of them end so abruptly that they would leave them behind.
NO_SERVERS := DATABASE_URL=postgresql:///none REDIS_URL=unix:///none

# Processes of tests, each with a database and a part of Redis of its own (tests/workers.py); one more than there are
# cores, as a browser or a worker is often waited for.
SIDE_BY_SIDE := -n $(shell expr $$(nproc 2>/dev/null || echo 2) + 1) --maxprocesses 4 --dist worksteal

.NOTPARALLEL:
.PHONY: run demo-report test check bench backup restore chromium poppler catalogue screens pictures axe

run: $(VENV)/.installed catalogue
	@$(MANAGE) run

demo-report: $(VENV)/.installed catalogue
	@$(MANAGE) demo_report

test: $(VENV)/.installed-dev catalogue chromium poppler
	@if $(FIND_CHROMIUM); then $(BIN)/pytest $(SIDE_BY_SIDE); \
	elif [ "$$CI" = true ]; then echo "$(NO_CHROMIUM)" >&2; exit 1; \
	else $(BIN)/pytest $(SIDE_BY_SIDE) -m "not browser" && echo "BROWSER TESTS SKIPPED: $(NO_CHROMIUM)"; fi

check: $(VENV)/.installed-dev catalogue
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(NO_SERVERS) $(BIN)/mypy .
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --check --target-version 5.2
	PYTHONPATH=. $(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	keys=$$($(BIN)/python -c "$(MAKE_UP_KEYS)") && \
		env $(NO_SERVERS) DEBUG=false ALLOWED_HOSTS=career.example.go.th $$keys \
		$(MANAGE) check --deploy --fail-level WARNING
	$(BIN)/python tools/catalogue.py check

bench: $(VENV)/.installed-bench
	@$(BIN)/python tests/bench/thai_tables.py
	@$(BIN)/python tests/bench/weights.py
	@$(BIN)/python tests/bench/national.py

screens: $(VENV)/.installed-dev catalogue chromium
	@$(BIN)/python tools/screens.py

pictures: $(VENV)/.installed-dev catalogue chromium
	@$(BIN)/python tools/screens.py --pictures

axe: $(VENV)/.installed-dev catalogue chromium
	@AXE=all $(BIN)/pytest $(SIDE_BY_SIDE) tests/browser/test_accessibility.py

backup: $(VENV)/.installed
	@$(MANAGE) backup

restore: $(VENV)/.installed
	@test -n "$(FILE)" || { echo "Say which file: make restore FILE=var/backups/….tar" >&2; exit 2; }
	@$(MANAGE) restore "$(FILE)"

# `make restore FILE` names the backup as a second goal; there is nothing to make of it.
ifeq ($(firstword $(MAKECMDGOALS)),restore)
.PHONY: $(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS))
$(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS)):
	@:
endif

catalogue: $(VENV)/.installed
	@$(BIN)/python tools/catalogue.py compile

FIND_CHROMIUM := { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
NO_CHROMIUM := no Chromium on this machine; get it with: apt-get install chromium (as root)

chromium:
	@$(FIND_CHROMIUM) || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		echo "Installing Chromium for the browser tests" && apt-get update -qq </dev/null && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium </dev/null; } || true

# pdftotext is one of three readers of our PDFs; its tests say so and are left out where it cannot be had.
poppler:
	@command -v pdftotext >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		echo "Installing poppler-utils for the tests of paper" && apt-get update -qq </dev/null && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends poppler-utils </dev/null; } || true

MAKE_UP_KEYS := import secrets; from cryptography.fernet import Fernet; \
	print('SECRET_KEY=' + secrets.token_urlsafe(60), 'FIELD_KEYS=' + Fernet.generate_key().decode(), \
	'HASH_KEY=' + secrets.token_urlsafe(60))

comma := ,

# An interrupted installation leaves .installing behind, and is begun again from nothing.
define install
	@if [ -e $(VENV)/.installing ] || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		echo "Making $(VENV)" && $(PYTHON) -m venv --clear $(VENV); fi
	@touch $(VENV)/.installing
	@echo "Installing $(1)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e "$(1)"
	@test -e .env || echo "DEBUG=true" > .env  # a laptop's; the environment itself wins
	@rm $(VENV)/.installing
	@touch $(2)
endef

$(VENV)/.installed: pyproject.toml constraints.txt
	$(call install,.,$@)

$(VENV)/.installed-dev: pyproject.toml constraints.txt
	$(call install,.[dev],$(VENV)/.installed $@)

$(VENV)/.installed-bench: pyproject.toml constraints.txt
	$(call install,.[dev$(comma)bench],$(VENV)/.installed $(VENV)/.installed-dev $@)
