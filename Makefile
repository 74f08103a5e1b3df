# 年鉴、地方志编纂流程工具。每个目标自己装好所需的一切，不需要 root。
#   make demo   出样：进度矩阵、评议稿 PDF/DOCX、一封公函，都在 demo/ 里
#   make tui    在 demo/ 里打开看板
#   make test   测试      make check  规范、类型、导入约定、测试      make bench  测速

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
RUN    := $(BIN)/editorial -C demo
UNIT   := sz-kcj
NODE   := 03-keji-chuangxin/02-pingtai

.PHONY: demo tui test check bench clean
.DEFAULT_GOAL := demo

$(READY): pyproject.toml
	@echo "== 准备环境（第一次约一两分钟）"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@$(BIN)/python -m compileall -q editorial
	@touch $@

demo/volumes: | $(READY)
	@echo "== 新建示例工作区 demo/"
	@$(BIN)/editorial init demo --sample gba-2019 --sample guangzhou-bangfu
	@git -C demo config user.name 周文
	@git -C demo config user.email zhouwen@example.org

demo: $(READY) demo/volumes
	@echo; echo "== 进度矩阵"
	@$(RUN) status
	@echo; echo "== 评议稿（PDF 与 DOCX）"
	@$(RUN) draft
	@echo; echo "== 公函：拟稿、签发、发出"
	@id=$$($(RUN) letter new --unit $(UNIT) --due +14 --reason 评议中专家提出修改意见 \
	  --item "$(NODE)=请核实平台数量并补充2018年末数据" --json \
	  | $(BIN)/python -c 'import json, sys; print(json.load(sys.stdin)["id"])') \
	  && $(RUN) letter approve $$id && $(RUN) letter send $$id \
	  && echo && echo "== 都在这里" && ls -1 demo/volumes/gba-2019/out/*.* \
	  demo/volumes/gba-2019/letters/$$id/* demo/volumes/gba-2019/out/outbox/$$id.eml
	@echo; echo "== 接着可以"
	@echo "  make tui                                        打开看板（? 帮助，q 退出）"
	@echo "  $(RUN) move 03-keji-chuangxin/05-rencai --to 初审   推进一个分目"
	@echo "  $(RUN) undo                     撤销上面这一步"
	@echo "  $(RUN) --help                   全部命令"

tui: $(READY) demo/volumes
	@$(RUN)

test: $(READY)
	@$(BIN)/python -m pytest -n auto

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto

bench: $(READY)
	@$(BIN)/python bench/ground.py
	@$(BIN)/python bench/tui.py
	@$(BIN)/python bench/pdf.py
	@$(BIN)/python bench/word.py
	@$(BIN)/python bench/letters.py
	@$(BIN)/python -m bench.proof

clean:
	rm -rf demo $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
