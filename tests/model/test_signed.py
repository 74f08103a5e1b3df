"""供稿署名: whose an entry is, told by the line that closes it."""

from __future__ import annotations

import pytest

from editorial.model.document import (
    Block,
    Comment,
    Entry,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
)
from editorial.model.people import Unit
from editorial.model.signed import blocks_of, signers

SZ = Unit(id="sz", name="深圳市科技创新局（示例）", short="深圳科创局")
GZ = Unit(id="gz", name="广州市科学技术局（示例）", short="广州科技局")
BOTH = (SZ, GZ)


def text(words: str, *notes: str) -> tuple[Run, ...]:
    return (Run(text=words), *(Run(kind="note", target=note) for note in notes))


def entry(title: str, *notes: str) -> Entry:
    return Entry(title=title, runs=text(title, *notes))


@pytest.mark.parametrize(
    ("signature", "ids"),
    [
        ("深圳科创局　许示例", {"sz"}),
        ("深圳市科技创新局〔示例〕　许示例", {"sz"}),
        ("深圳市科创局　许示例", {"sz"}),
        ("深圳科创局〔示例〕　甲；广州科技局〔示例〕　乙", {"sz", "gz"}),
        ("广州市科学技术局（示例） 乙", {"gz"}),
        ("科技局　某某", {"gz"}),
        ("年鉴编辑部〔示例〕　钟示例", set()),
        ("市局　某某", set()),
        ("", set()),
    ],
)
def test_a_signature_names_units(signature: str, ids: set[str]) -> None:
    assert signers(signature, BOTH) == ids


def test_a_name_that_fits_two_names_none() -> None:
    other = Unit(id="zh", name="珠海市科技创新局（示例）", short="珠海科创局")
    assert signers("科技创新局　某某", (SZ, other)) == frozenset()


SECTION: tuple[Block, ...] = (
    Heading(level=1, runs=text("平台")),
    entry("实验室", "1"),
    Paragraph(runs=text("续")),
    Comment(text="编者注"),
    Signature(text="深圳科创局　许示例"),
    Heading(level=1, runs=text("人才")),
    Heading(level=2, runs=text("引进")),
    entry("院士", "2"),
    Signature(text="广州科技局　黄示例"),
    entry("无署名"),
    Note(label="1", runs=text("注一")),
    Note(label="2", runs=text("注二")),
)


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ({"sz"}, (0, 1, 2, 3, 4, 10)),
        ({"gz"}, (5, 6, 7, 8, 11)),
        ({"sz", "gz"}, tuple(range(12))),
        ({"zh"}, ()),
    ],
)
def test_a_unit_keeps_what_it_signed_with_headings_and_notes(
    wanted: set[str], places: tuple[int, ...]
) -> None:
    assert blocks_of(SECTION, wanted, BOTH) == places


def test_in_a_section_of_its_own_a_unit_keeps_what_nobody_signed() -> None:
    assert blocks_of(SECTION, {"sz"}, (SZ,)) == tuple(range(12))
