"""读校目录 on the work of other programs: right books pass, planted faults are told, no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from editorial.desk.toc_check import toc_check
from tests.desk.toc_press import (
    Fault,
    Heading,
    Look,
    book,
    by_chromium,
    by_office,
    by_typst,
    planted,
    scored,
)

Press = Callable[[list[Heading], list[Fault], Path, Look], Path]
LOOKS = {
    "dots": Look(),
    "one column": Look(columns=1),
    "ellipsis": Look(gap="ellipsis"),
    "no leader": Look(gap="none"),
    "a leader of private use": Look(gap="pua"),
    "numbers right after titles": Look(gap="space"),
    "第12页": Look(before="第", after="页"),
    "第12页, no leader": Look(gap="none", before="第", after="页"),
    "（12）": Look(gap="none", before="（", after="）"),
    "/12": Look(gap="none", before="/"),
    "P.12": Look(before="P. "),
    "— 12 —": Look(gap="none", before="— ", after=" —"),
    "roman pages in front": Look(roman=True),
    "contents in two columns": Look(toc_columns=2, gap="none"),
    "第一篇 before parts": Look(numbered="第{n}篇　"),
    "no running heads": Look(head=False, gap="none"),
}


def found(press: Press, folder: Path, look: Look, headings: list[Heading], faults: int) -> object:
    wrong = planted(headings, 2, faults) if faults else []
    pdf = press(headings, wrong, folder / "书.pdf", look)
    messages = [each.message for each in toc_check(pdf).findings]
    return scored(messages, wrong, headings)


@pytest.mark.parametrize("faults", [0, 6])
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_look_of_contents(tmp_path: Path, look: Look, faults: int) -> None:
    assert found(by_typst, tmp_path, look, book(2), faults) == (faults, [], [])


@pytest.mark.parametrize("toc_columns", [1, 2])
def test_contents_over_several_pages(tmp_path: Path, toc_columns: int) -> None:
    look = Look(toc_columns=toc_columns)
    assert found(by_typst, tmp_path, look, book(1, 16, 9), 9) == (9, [], [])


def test_titles_broken_into_lines_in_both(tmp_path: Path) -> None:
    assert found(by_typst, tmp_path, Look(), book(2, long=True), 6) == (6, [], [])


def test_running_heads_of_another_part_are_told(tmp_path: Path) -> None:
    headings = book(1)
    pdf = by_typst(headings, [], tmp_path / "书.pdf", replace(Look(), wrong_heads=(6,)))
    told = [each.message for each in toc_check(pdf).findings]
    assert ["第6页属" in each for each in told] == [True]


@pytest.mark.external("soffice")
@pytest.mark.parametrize("look", [Look(), Look(gap="none")], ids=["dots", "no leader"])
def test_libreoffice(tmp_path: Path, look: Look) -> None:
    assert found(by_office, tmp_path, look, book(2, long=True), 6) == (6, [], [])


@pytest.mark.external("chromium")
@pytest.mark.parametrize("look", [Look(), Look(gap="none")], ids=["dots", "no leader"])
def test_chromium(tmp_path: Path, look: Look) -> None:
    assert found(by_chromium, tmp_path, look, book(2), 6) == (6, [], [])
