# Guidepost. `make help` lists the commands; every one does its own set-up.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test test-slow test-browser check types valid check-guide check-answers guide school counselor corrections train tune careers format fuzz soak test-scale frozen bench bench-nlu feedback backup restore phrases web clean

export RASA_TELEMETRY_ENABLED := false
# Empty is off: where the environment forbids it, every process compiles Rasa anew, for seconds.
export PYTHONDONTWRITEBYTECODE :=
export PORT ?= 5005
export HOST ?= 127.0.0.1

UV_VERSION := 0.13.9
PYTHON := .venv/bin/python
READY := .venv/ready
# Slow tests that run beside the others, so that both take as long.
BESIDE := tests/slow/test_store.py tests/slow/test_unit.py

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 16

run: $(READY)  ## set up, train where needed, start, print the address
	@exec $(PYTHON) -m serving run

test: check  ## set up and run every test
	@bash tests/setup.sh
	@$(PYTHON) -m serving train
	@$(PYTHON) -m rasa data validate --fail-on-warnings > .cache/validate.log 2>&1 || { tail -5 .cache/validate.log; exit 1; }
	@bash web/check.sh
	@$(MAKE) --no-print-directory -j2 --output-sync=target test-slow test-browser

test-slow:
	@$(PYTHON) -m pytest tests/slow $(addprefix --ignore=,$(BESIDE))

test-browser:  # a browser's loop stays: what has one of its own goes first
	@$(PYTHON) -m pytest $(BESIDE) tests/browser

fuzz: $(READY)  ## send 10,000 new bad and good requests (CASES= for another number)
	@$(PYTHON) -m serving train
	@FUZZ_CASES=$(or $(CASES),10000) $(PYTHON) -m pytest tests/slow/test_fuzz.py

soak: $(READY)  ## ask 20,000 questions in fresh sessions: memory stays, nothing is wrong
	@$(PYTHON) -m serving train
	@$(PYTHON) -m bench.turns.soak

test-scale: $(READY)  ## kill replicas behind nginx, PostgreSQL and Redis (installs them where it may)
	@bash tests/setup.sh redis-server
	@$(PYTHON) -m serving train
	@$(PYTHON) -m pytest tests/scale -s

frozen: $(READY)  ## ask the frozen questions: rarely, and without tuning on them
	@$(PYTHON) -m serving train
	@$(PYTHON) -m tests.frozen

check: $(READY)  ## format, lint, types, guides, fast tests
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@$(MAKE) --no-print-directory -j2 types valid
	@$(PYTHON) -m pytest -n 2 --dist worksteal -p no:schemathesis -p no:hypothesispytest $(addprefix --ignore=tests/,slow browser scale)

types:
	@.venv/bin/mypy

valid:
	@$(PYTHON) -m serving check

check-answers: $(READY)  ## say what is wrong with the local answers of SCHOOL=<name>, and what they take from guides
	@$(PYTHON) -m serving.local "$(or $(SCHOOL),school)"

check-guide: $(READY)  ## say in seconds what is wrong with the guide NAME=<slug>
	@$(PYTHON) -m guides.checking "$(NAME)"

guide: $(READY)  ## write a guide from the career page FROM=<text file>, and list what is not in it
	@$(PYTHON) -m guides.page "$(FROM)"

school: $(READY)  ## begin the file of one more school, NAME=<name>, and print its line to embed
	@$(PYTHON) -m serving.new_school "$(NAME)"

counselor: $(READY)  ## make an account for the desk, NAME="Jane Doe" (SCHOOL= EMAIL= REMOVE=1), and print its link
	@$(PYTHON) -m desk --school "$(SCHOOL)" --email "$(EMAIL)" $(if $(REMOVE),--remove) -- "$(NAME)"

corrections: $(READY)  ## list what counselors say is out of date in guides (DONE=<id> takes one off)
	@$(PYTHON) -m desk.corrections --done "$(DONE)"

bench: $(READY)  ## measure turns, load and memory against Rasa's default recipe (half an hour)
	@$(PYTHON) -m bench.turns

bench-nlu: $(READY)  ## measure intent classifiers (hours); add sets by CLINC150= BANKING77= HWU64= HINT3=
	@$(PYTHON) -m bench.nlu

train: $(READY)  ## train the model, if anything changed
	@$(PYTHON) -m serving train

tune: $(READY)  ## tune the sentence encoder to our phrases, after many new ones (20 minutes)
	@$(PYTHON) -m components.tune_encoder

careers: $(READY)  ## write guides/careers/ from the publishers' tables in FROM=<folder>
	@$(PYTHON) -m guides.tables "$(FROM)"

format: $(READY)  ## format the code
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

feedback: $(READY)  ## show which answers helped, by topic
	@$(PYTHON) -m serving feedback

backup: $(READY)  ## save all that is kept, also while it runs, as a file in the folder TO=<folder>
	@$(PYTHON) -m serving.backup save "$(TO)"

restore: $(READY)  ## put the backup FROM=<file> in the place of all that is kept; stop the assistant first
	@$(PYTHON) -m serving.backup restore "$(FROM)"

phrases: $(READY)  ## show what counselors say that questions mean, to be reviewed
	@$(PYTHON) -m serving.phrases

web:  ## build the pages (needs Node.js 20)
	@cd web && npm ci --ignore-scripts --silent && npm run build

clean:  ## remove what set-up, training and tests made
	rm -rf .venv .tools .cache .rasa models results web/node_modules

$(READY): requirements.lock .python-version
	@bash serving/setup.sh $(UV_VERSION)
	@touch $@
