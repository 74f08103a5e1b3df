"""Nobody before the board reads of commands: every sentence the desk may say is turned round."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import editorial
from editorial.tui.spoken import TYPED, spoken

SOURCE = Path(editorial.__file__).parent
BELOW = ("desk", "lint", "model", "post", "read", "render", "store")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OPTION = re.compile(r"(?<![\w-])--[a-z]|\beditorial [a-z]")


def sentences() -> Iterator[str]:
    """Every Chinese text below the screens, an id standing for what is filled in."""
    for layer in BELOW:
        for path in sorted((SOURCE / layer).rglob("*.py")):
            yield from _texts(ast.parse(path.read_text(encoding="utf-8")))
    yield from _texts(ast.parse((SOURCE / "errors.py").read_text(encoding="utf-8")))


def _texts(node: ast.AST) -> Iterator[str]:
    """Parts of an f-string come together, not each by itself."""
    if isinstance(node, ast.JoinedStr):
        told = "".join(str(v.value) if isinstance(v, ast.Constant) else "01" for v in node.values)
        yield from [told] if CHINESE.search(told) else []
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from [node.value] if CHINESE.search(node.value) else []
    for child in ast.iter_child_nodes(node):
        yield from _texts(child)


SAID = sorted(set(sentences()))


def test_there_are_sentences_that_name_options() -> None:
    """Else the test below would say nothing."""
    assert sum(bool(OPTION.search(each)) for each in SAID) > 60


def test_no_sentence_names_an_option_or_a_command() -> None:
    """But for what nothing on the board does, which is typed in a terminal."""
    told = [spoken(each) for each in SAID if not any(typed in each for typed in TYPED)]
    assert [each for each in told if OPTION.search(each)] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("加上 --note 理由", "填“理由”"),
        ("--on 写实际日期", "填实际日期"),
        ("用 --to 写接收人的姓名", "填接收人的姓名"),
        ("先用 editorial round reopen 重开", "先到“评议”里重开"),
        ("不要的用 editorial proof drop 01 序号 --note 理由 去掉", "不要的到“校对”里去掉"),
        ("见 editorial letter show 0003", "见“函件”"),
        ("请换人，用 --as 指明（volume.yaml 的 office.separate_issue）", "请换人"),
        ("收到了写 --sent，没收到写 --resend", "收到了写“已核实收到”，没收到写“再发一次”"),
        ("改走纸质（--by paper）或专人送达（--by hand --to 姓名）", "改走纸质或专人送达"),
        (
            "写错的用 editorial undo 撤销，或直接改 units.yaml",
            "写错的按 F8 撤销，或直接改 units.yaml",
        ),
        (
            "逐个登记（chase log），当天不该催的，用 unit pause 单位 --until 日期 暂停",
            "逐个登记，当天不该催的，到“单位”里暂停",
        ),
        (
            "确实不办的，用 --exempt 编号 --note 理由",
            "确实不办的，用“豁免”“理由”",
        ),
        ("请先执行 git cherry-pick --abort，再重试", "请先执行 git cherry-pick --abort，再重试"),
        ("加上 --by 提出人，如 --by 专家甲", "填“提出人”"),
        ('写作 editorial keep -m "改了什么"', "到“总览”里留存"),
        ("如 opinion add 02 03/05 意见 --by 专家甲", "到“意见”里办"),
        ("写 --old 原文 和 --new 改为（增补只写 --new）", "填“原文” 和“改为”"),
        ("用 --force 并以 --note 写明理由", "用“强行推进”并写明理由"),
    ],
)
def test_a_command_becomes_a_screen_and_an_option_a_field(said: str, told: str) -> None:
    assert spoken(said) == told


def test_the_screens_themselves_speak_of_no_command() -> None:
    """But for the server of the dashboard, which is started by one."""
    own = sorted((SOURCE / "tui").glob("*.py")) + sorted((SOURCE / "tui/dialogs").glob("*.py"))
    texts = {
        text
        for path in own
        if path.name != "spoken.py"
        for text in _texts(ast.parse(path.read_text("utf-8")))
        if not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]", text)  # a docstring
    }
    assert [each for each in texts if OPTION.search(each) or "$" in each] == []


@pytest.mark.parametrize(
    "said", ["概况", "深圳科创局　letter of thanks", "A--b", "改 styles/fonts.yaml", "（示例）"]
)
def test_what_names_neither_is_left_alone(said: str) -> None:
    assert spoken(said) == said
