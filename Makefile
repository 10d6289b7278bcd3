# The whole work is in the scripts; the targets only name it.
PYTHON := .venv/bin/python
LOCK := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help run test lint bench trace mutants storm clicks pictures requirements

help: ## toon deze lijst
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 22

run: ## installeer wat nodig is en start STS-Dialoog op http://127.0.0.1:8000/
	@bash scripts/run.sh

test: ## alle controles en tests, op SQLite en op PostgreSQL (ARGS="-k routekaart" kiest tests)
	@bash scripts/install.sh test
	@$(PYTHON) tests/run_all.py $(ARGS)

lint: ## alleen de controles van de code, zonder tests
	@bash scripts/install.sh test
	@$(PYTHON) tests/run_all.py --lint

bench: ## meet de snelheid
	@bash scripts/install.sh test
	@$(PYTHON) -m bench $(ARGS)

trace: ## tel wat een warme pagina doorloopt (ARGS=--files noemt de bestanden)
	@bash scripts/install.sh test
	@$(PYTHON) -m bench.trace $(ARGS)

mutants: ## toon welke fouten in de regels van een kamer geen test opmerkt (ARGS="dossiers/velden --sample 100 --seed 8")
	@bash scripts/install.sh test
	@$(PYTHON) -m mutants $(ARGS)

storm: ## bewaar terwijl alles gedood wordt, en stuur wat geen browser stuurt (ARGS="--only saves --saves 1000 --seed 8")
	@bash scripts/install.sh test
	@$(PYTHON) -m storm $(ARGS)

clicks: ## tel in een echte browser hoeveel klikken de hoofdtaken vragen
	@bash scripts/install.sh test
	@$(PYTHON) -m clicks

pictures: ## neem in een echte browser de beelden van de handleiding (docs/handleiding/)
	@bash scripts/install.sh test
	@$(PYTHON) -m pictures

requirements: ## leg de versies opnieuw vast (ARGS=--upgrade neemt de nieuwste)
	@bash scripts/install.sh test
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt
