"""What is odd in the text of a part is told, in whatever place it stands."""

from __future__ import annotations

import pytest

from editorial.model.book import Part
from editorial.model.document import (
    Block,
    Cell,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Signature,
    Table,
)
from editorial.model.finding import Finding
from editorial.render.faults import faults_of, unreadable_figure
from editorial.render.pdf.typed import INVISIBLE
from editorial.render.raster import LFS_POINTER, PHONE_PHOTO
from tests.render.books import runs, style_of

SILENT = "\u200b\u200c\u200d\u2060\ufeff\xad\ufe0e"
VARIANTS = "\ufe00\ufe01\ufe0f\U000e0100\U000e01ef"


def told(*blocks: Block) -> list[Finding]:
    return faults_of(Part(id="c/s", level=2, title="创新", blocks=blocks), None, style_of("review"))


def paragraph(text: str) -> Paragraph:
    return Paragraph(runs=runs(text))


@pytest.mark.parametrize(
    "block",
    [
        paragraph("9" * 30),
        Heading(runs=runs("9" * 30)),
        Note(label="1", runs=runs("9" * 30)),
        Entry(title="9" * 30),
        Table(rows=((Cell(runs=runs("9" * 30)),),)),
        Table(title="9" * 30),
        Figure(title="9" * 30),
        Signature(text="9" * 30),
    ],
    ids=lambda block: type(block).__name__,
)
def test_long_number_is_told_of_wherever_it_stands(block: Block) -> None:
    # A footnote alone is no text: its part is empty besides.
    assert [each.code for each in told(block) if each.code != "L02"] == ["L04"]


def test_every_character_that_is_not_printed_is_told_of() -> None:
    dropped = [chr(code) for code in range(0x110000) if INVISIBLE.match(chr(code))]
    assert len(dropped) > 300
    for sign in dropped:
        codes = [each.code for each in told(paragraph(f"前{sign}后"))]
        assert codes == ([] if sign in SILENT else ["L12" if is_variant(sign) else "L11"]), hex(
            ord(sign)
        )


def is_variant(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or sign > "\U000e0000"


@pytest.mark.parametrize("sign", VARIANTS)
def test_name_in_a_form_of_its_own_is_told_of(sign: str) -> None:
    (found,) = told(Signature(text=f"葛{sign}明、辻{sign}"))
    assert (found.code, found.message) == (
        "L12",
        "有2处字形变体未能印出，印的是通行字形：葛、辻",
    )


def test_selector_of_nothing_loses_nothing() -> None:
    assert told(paragraph("\ufe01前后")) == []


@pytest.mark.parametrize(
    ("why", "hint"),
    [
        (LFS_POINTER, "git lfs pull"),
        (PHONE_PHOTO, "转成 JPEG"),
        ("图片像素太多", "缩小"),
        ("图片损坏", "换一张"),
    ],
)
def test_what_is_no_picture_is_told_with_its_remedy(why: str, hint: str) -> None:
    found = unreadable_figure("c/s", Figure(src="figures/a.png", title="图"), why)
    assert hint in found.hint
