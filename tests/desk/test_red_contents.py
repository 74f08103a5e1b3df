"""核红 of tables of contents: what is asked for in a heading is told once, with the heading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from reportlab.pdfgen.canvas import Canvas

from editorial.desk.red_check import red_check_marks
from editorial.model.red_marks import RedMark
from tests.desk.test_red_check import FACE, SIZE, lines_of, told

TOPIC = "政务服务事项标准化"
FILLER = [
    f"{name}镇本年新建道路{n + 3}条，绿地{n * 7}公顷，公园{n}座。"
    for n, name in enumerate("甲乙丙丁戊己庚辛壬癸")
]


def book(path: Path, heads: Sequence[str], texts: Sequence[str], first: int, width: int) -> Path:
    """Contents on the first page, then a page for every heading and its text."""
    canvas = Canvas(str(path))
    canvas.setFont(FACE, SIZE)
    for row, head in enumerate(heads):
        canvas.drawString(60, 760 - 20 * row, f"{head}{'…' * (width - len(head))}{row + first}")
    for head, text in zip(heads, texts, strict=True):
        canvas.showPage()
        canvas.setFont(FACE, 1.5 * SIZE)
        canvas.drawString(60, 760, head)
        canvas.setFont(FACE, SIZE)
        for row, line in enumerate(lines_of(text, width)):
            canvas.drawString(60, 720 - 16 * row, line)
    canvas.save()
    return path


Book: TypeAlias = tuple[Sequence[str], Sequence[str]]


def check(tmp_path: Path, old: Book, new: Book, *marks: RedMark) -> dict[str, Any]:
    before = book(tmp_path / "old.pdf", *old, 9, 30)
    after = book(tmp_path / "new.pdf", *new, 8, 27)
    return told(red_check_marks(before, after, marks))


def heads_of(*topics: str) -> list[str]:
    return [f"{name}{topic}" for name, topic in zip("东西南北中上下左右前", topics, strict=False)]


HEADS = ["森林防火", TOPIC, *heads_of(TOPIC, "渔业", TOPIC, "水利", TOPIC, "科普")]
TEXTS = [f"{FILLER[n]}{FILLER[n][::-1]}" for n in range(len(HEADS))]


def changed(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["old"], each["new"]) for each in result["unasked"]]


def test_a_place_is_taken_in_the_body_rather_than_in_the_contents(tmp_path: Path) -> None:
    texts = [*TEXTS]
    texts[6] = texts[4]
    after = f"务事项标准化{texts[4][:6]}"
    asked = RedMark(id="1", page="1", before=".05528.025政务", old="服", new="住", after=after)
    old = [HEADS[0], "水务", *HEADS[2:]]
    new = [*old]
    new[2] = old[2].replace("服务", "民务")
    result = check(tmp_path, (old, texts), (new, texts), asked)
    assert result["corrections"] == [{"id": "1", "state": "undone", "found": "服"}]
    assert changed(result) == [("服", "民")]


def test_a_heading_changed_unasked_among_like_ones_is_told_once(tmp_path: Path) -> None:
    heads = [*HEADS]
    heads[4] = heads[4].replace("政务", "政温持阶务")
    result = check(tmp_path, (HEADS, TEXTS), (heads, TEXTS))
    assert changed(result) == [("", "温持阶")]
    assert result["unasked"][0]["page"] == 6


def test_words_come_in_the_body_are_not_those_of_the_contents(tmp_path: Path) -> None:
    heads, texts = [*HEADS], [*TEXTS]
    heads[6] = heads[6].replace("政务", "政定务")
    come = f"拨款九千万元用于{TOPIC}。"
    texts[0] += come
    result = check(tmp_path, (HEADS, TEXTS), (heads, texts))
    assert sorted(changed(result)) == sorted([("", come), ("", "定")])


def test_a_line_with_hardly_any_leaders_is_the_same_line(tmp_path: Path) -> None:
    heads = [*HEADS]
    heads[3] = "关于推进示例市农业农村现代化与渔业高质量发展情况"  # three leaders in the new proof
    assert changed(check(tmp_path, (heads, TEXTS), (heads, TEXTS))) == []


@pytest.mark.parametrize("gone", [2, 4, 6])
def test_a_heading_gone_is_still_told(tmp_path: Path, gone: int) -> None:
    heads, texts = [*HEADS], [*TEXTS]
    del heads[gone], texts[gone]
    result = check(tmp_path, (HEADS, TEXTS), (heads, texts))
    assert any(HEADS[gone][0] in old for old, _ in changed(result))
