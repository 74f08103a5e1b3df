"""Titles of letters break by meaning into a trapezium or a diamond; those of 篇目 have an em
after their number; the book's own says above its pages which draft it is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest

from editorial.model.book import Part
from editorial.model.document import Entry
from editorial.render.docx.book import book_docx
from editorial.render.pdf.book import book_pdf
from editorial.render.titles import (
    printed_credit,
    printed_title,
    running_title,
    tears,
    title_lines,
)
from tests.render.books import IMPRINT, book, entries, faces, pages, prose, runs, style_of
from tests.render.word_books import FONTS, STYLE

MOST = 20.1  # ems of 二号 in the type area


@pytest.mark.parametrize(
    "lines",
    [
        ("关于召开评议会的通知",),
        ("修改补充事项清单",),
        ("关于商请修改补充", "《粤港澳大湾区城市群年鉴（2019）》", "有关稿件内容的函"),
        ("关于商请修改补充", "《示例城市群年鉴2019》有关内容的函"),
        ("关于商请补充提供", "《示例市对口帮扶示例县志》有关资料的函"),
        ("关于商请修改补充《示例志》", "对口帮扶协作机构沿革有关章节内容的函"),
    ],
)
def test_a_title_breaks_by_meaning(lines: tuple[str, ...]) -> None:
    assert title_lines("".join(lines), MOST) == lines


def test_a_title_is_broken_at_the_blanks_of_its_author() -> None:
    lines = ("贯彻新发展理念", "推动示例市国民经济和社会发展", "第十四个五年规划圆满收官")
    assert title_lines(f"{lines[0]}　{lines[1]}{lines[2]}", MOST) == lines


@pytest.mark.parametrize(
    ("lines", "torn"),
    [(("国民经济", "社会发展"), False), (("国民经", "济发展"), True), (("示例", "市志"), True)],
)
def test_a_line_that_ends_inside_a_word_is_seen(lines: tuple[str, ...], torn: bool) -> None:
    assert tears(lines) is torn


@pytest.mark.parametrize("length", [21, 22, 39, 41, 60])
def test_no_line_of_a_title_hangs_by_a_character(length: int) -> None:
    lines = title_lines("国" * length, MOST)
    assert "".join(lines) == "国" * length
    assert 3 < min(map(len, lines)) <= max(map(len, lines)) <= MOST


def test_a_title_too_long_to_weigh_comes_back_whole() -> None:
    assert title_lines("国" * 200, MOST) == ("国" * 200,)


def test_an_empty_title_has_no_lines() -> None:
    assert title_lines(" ", MOST) == ()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("第五章 住房与基础设施", "第五章　住房与基础设施"),
        ("第12节   背景", "第12节　背景"),
        ("第一篇　总述", "第一篇　总述"),
        ("一、 概述", "一、　概述"),
        ("一、概述", "一、概述"),
        ("第五代 移动通信", "第五代 移动通信"),
        ("第三章", "第三章"),
    ],
)
def test_an_em_stands_after_the_number_of_a_title(typed: str, printed: str) -> None:
    assert printed_title(typed) == printed


NUMBERED = book(
    Part(id="c", level=1, title="第一篇 民生"),
    Part(id="c/s", level=2, title="第五章 住房", blocks=(Entry(title="甲", runs=runs(prose(2))),)),
)


LONG = book(
    Part(id="c", level=1, title="民生"),
    Part(id="c/s", level=2, title="住房", blocks=tuple(entries(40, 9))),
)


def test_it_does_in_contents_heads_and_headings_of_the_pdf() -> None:
    with pdfplumber.open(BytesIO(book_pdf(NUMBERED, style_of("review"), faces()).data)) as pdf:
        gaps = [gap for page in pdf.pages for gap in gaps_after(page.chars, "章")]
    assert len(gaps) >= 2
    assert all(gap == pytest.approx(2.0, abs=0.05) for gap in gaps)


def gaps_after(chars: list[dict[str, Any]], sign: str) -> Iterator[float]:
    """Ems from the left edge of a character to that of the next one seen."""
    seen = [char for char in chars if char["text"].strip()]
    for before, after in pairwise(seen):
        if before["text"] == sign:
            yield (after["x0"] - before["x0"]) / before["size"]


def test_it_does_in_the_docx() -> None:
    made = book_docx(NUMBERED, STYLE, FONTS)
    with zipfile.ZipFile(BytesIO(made.data)) as package:
        text = re.sub("<[^>]+>", "", package.read("word/document.xml").decode())
    assert "第五章　住房" in text
    assert "第五章 住房" not in text


@pytest.mark.parametrize("name", ["review", "consult", "booklet"])
def test_a_draft_to_be_answered_says_above_its_pages_which_it_is(name: str) -> None:
    title = running_title(replace(IMPRINT, label=""), style_of(name))
    assert title == f"示例年鉴2019　{style_of(name).label}　第2稿"


def test_a_book_for_the_press_runs_its_title_alone() -> None:
    assert running_title(replace(IMPRINT, label=""), style_of("final")) == "示例年鉴2019"
    said = pages(book_pdf(LONG, style_of("final"), faces()))[1:-1]
    assert [text for text in said if "示例年鉴2019" in text]
    assert not [text for text in said if "第2稿" in text]


@pytest.mark.parametrize(
    ("credit", "printed"),
    [
        ("示例 摄", "示例　摄"),
        ("本报记者　示例某　 摄影 ", "本报记者　示例某　摄影"),
        ("市档案馆 供图", "市档案馆　供图"),
        ("甲某 摄，乙某 供图", "甲某　摄，乙某　供图"),
        ("Zhang San 摄", "Zhang San　摄"),
        ("王 示例 摄影家协会", "王 示例 摄影家协会"),
        ("示例摄", "示例摄"),
    ],
)
def test_a_credit_has_an_em_before_what_was_done(credit: str, printed: str) -> None:
    assert printed_credit(credit) == printed
