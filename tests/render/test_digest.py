"""《每日供稿进度情况》 says on paper and in Word what its page says."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.table import Table

from editorial.model.digest import DigestPage, Figure, Part
from editorial.model.sheet import Annex
from editorial.render.docx.digest import digest_docx
from editorial.render.pdf.digest import digest_pdf
from tests.render.books import faces
from tests.render.docx_faults import docx_faults
from tests.render.test_letter_docx import FONTS

DAY = date(2020, 3, 21)
FIGURES = tuple(
    Figure(label=label, value=value, change=change, alarm=alarm)
    for label, value, change, alarm in (
        ("应报", "103", "持平", False),
        ("已报", "91", "增2", False),
        ("采用", "77", "持平", False),
        ("退改", "3", "持平", False),
        ("逾期", "7", "增4", True),
        ("联系覆盖率", "90%", "应联系11，已联系10", True),
    )
)
UNITS = Annex(
    title="", columns=("逾期单位", "任务"), rows=(("示例市科技局", "1"), ("示例市商务局", "2"))
)
CHAPTERS = Annex(title="", columns=("有逾期的篇目", "逾期"), rows=(("科技创新", "3"),))
PAGE = DigestPage(
    title="每日供稿进度情况",
    issue="第12期",
    office="示例市地方志办公室",
    date="2020年3月21日",
    book="《示例年鉴2019》",
    figures=FIGURES,
    parts=(
        Part(title="当日变化", lines=("新报送2项：科技创新·概况（示例市科技局）等2项。",)),
        Part(title="逾期情况", tables=(UNITS, CHAPTERS)),
        Part(title="明日联系", lines=("电话（1个）：示例市科技局。",)),
    ),
    note="增减与2020年3月20日比较。",
    mark="示例",
)


def on_paper(page: DigestPage = PAGE) -> str:
    with pdfplumber.open(io.BytesIO(digest_pdf(page, faces()).data)) as pdf:
        return "\n".join(each.extract_text() for each in pdf.pages).replace(" ", "")


def in_word(page: DigestPage = PAGE) -> list[str]:
    """Paragraphs, and those of tables in tables, in their order."""
    document = docx.Document(io.BytesIO(digest_docx(page, FONTS, DAY).data))
    found = []
    for block in document.iter_inner_content():
        found += list(inside(block)) if isinstance(block, Table) else [block.text]
    return [text for text in found if text]


def inside(table: Table) -> Iterator[str]:
    for row in table.rows:
        for cell in row.cells:
            for block in cell.iter_inner_content():
                yield from inside(block) if isinstance(block, Table) else [block.text]


def test_word_says_it_in_this_order() -> None:
    assert in_word() == [
        *("每日供稿进度情况", "第12期", "示例市地方志办公室\t2020年3月21日", "《示例年鉴2019》"),
        *(text for each in FIGURES for text in (each.label, each.value, each.change)),
        *("一、当日变化", PAGE.parts[0].lines[0], "二、逾期情况"),
        *("逾期单位", "任务", "示例市科技局", "1", "示例市商务局", "2"),
        *("有逾期的篇目", "逾期", "科技创新", "3"),
        *("三、明日联系", "电话（1个）：示例市科技局。"),
    ]


def test_paper_says_the_same() -> None:
    words = on_paper()
    missing = [part for text in in_word() for part in text.split("\t") if part not in words]
    assert missing == []
    assert "注：增减与2020年3月20日比较。" in words


def test_tables_stand_side_by_side() -> None:
    with pdfplumber.open(io.BytesIO(digest_pdf(PAGE, faces()).data)) as pdf:
        heads = {
            name: pdf.pages[0].search(name, regex=False)[0] for name in ("逾期单位", "有逾期的篇目")
        }
    left, right = heads.values()
    assert left["top"] == pytest.approx(right["top"], abs=0.5)
    assert left["x1"] < right["x0"]


def test_what_is_too_much_for_a_page_runs_on_and_says_so() -> None:
    long = replace(PAGE, parts=(Part(title="待核对", lines=("某单位某事。",) * 60),))
    printed = digest_pdf(long, faces())
    assert printed.pages == 2
    assert on_paper(long).count("某单位某事。") == 60


def test_word_finds_nothing_to_repair() -> None:
    assert docx_faults(digest_docx(PAGE, FONTS, DAY).data) == []


def test_two_builds_are_the_same_bytes() -> None:
    assert digest_docx(PAGE, FONTS, DAY).data == digest_docx(PAGE, FONTS, DAY).data
    assert digest_pdf(PAGE, faces()).data == digest_pdf(PAGE, faces()).data


@pytest.mark.external("soffice")
def test_word_s_page_is_one_page(tmp_path: Path) -> None:
    many = Annex(title="", columns=UNITS.columns, rows=UNITS.rows * 7)
    parts = (*PAGE.parts[:1], Part(title="逾期情况", tables=(many, many)), *PAGE.parts[2:])
    (tmp_path / "a.docx").write_bytes(digest_docx(replace(PAGE, parts=parts), FONTS, DAY).data)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True)
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == 1
