# Everything a person types: setup run test up bench lint. Each target installs what it needs, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
AS_OF ?= 2026-11-05

.PHONY: setup run test up bench lint lock samples clean
.DEFAULT_GOAL := help

help:
	@echo "make run    从样例台账跑一遍主流程 the main job on the sample inbox"
	@echo "make test   全部测试 all tests        make lint   代码检查 linters"
	@echo "make up     启动 Airflow 服务 Airflow with the real schedules"
	@echo "make bench  性能对比 benchmarks, as ratios"

# Bytecode is compiled here, for where PYTHONDONTWRITEBYTECODE is set it never would be (docs/decisions/0112).
OWN := dags ingest luodi reports warehouse

# One stamp a lock file: a second call sets nothing up again.
$(VENV)/pyvenv.cfg:
	@echo "首次安装，占约 1.3 GB，要几分钟…… installing once: about 1.3 GB on disk, a few minutes"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run-ready: requirements.lock pyproject.toml | $(VENV)/pyvenv.cfg
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	$(BIN)/python -m compileall -q $(OWN)
	@touch $@

$(VENV)/.test-ready: requirements-dev.lock $(VENV)/.run-ready
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.test-ready

run: $(VENV)/.run-ready
	$(BIN)/luodi run --as-of $(AS_OF)

test: $(VENV)/.test-ready
	$(BIN)/python -m pytest --numprocesses 2 --no-loadscope-reorder

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint dbt_project --processes 2

up: $(VENV)/.run-ready
	$(BIN)/luodi up

bench: $(VENV)/.bench-ready
	$(BIN)/python -m bench

$(VENV)/.bench-ready: requirements-bench.lock $(VENV)/.test-ready
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-bench.lock
	@touch $@

samples: $(VENV)/.test-ready
	$(BIN)/python samples/generate.py

# After a change of the dependencies in pyproject.toml. Locks carry hashes and versions, never addresses.
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet
lock: | $(VENV)/pyvenv.cfg
	$(COMPILE) --extra dev --extra servers --extra bench -o requirements-bench.lock
	$(COMPILE) --extra dev --extra servers -c requirements-bench.lock -o requirements-dev.lock
	$(COMPILE) -c requirements-bench.lock -o requirements.lock

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
