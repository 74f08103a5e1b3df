"""What was typed over is found line by line, whatever else a program or a reader changed."""

from __future__ import annotations

import pytest

from editorial.model.origin import mark_name
from editorial.model.typed_over import Pictures, TypedOver, WordLine, typed_over

FIRST, SECOND = mark_name("a/b", 0), mark_name("a/b", 1)
CONTENTS = WordLine(text="概况\t4")
SENT = (
    CONTENTS,
    WordLine(text="【甲】　全年新增三家企业。", mark=FIRST),
    WordLine(text="【乙】　全年新增四家机构。", mark=SECOND),
    WordLine(text="编印单位"),
    WordLine(text="　甲注。", mark=FIRST, kind="note"),
    WordLine(text="　乙注。", mark=SECOND, kind="note"),
)
PICTURES = tuple(WordLine(text=each, kind="picture") for each in "甲乙丙")


def came(*lines: WordLine) -> TypedOver:
    return typed_over((*SENT, *PICTURES), lines)


def without(*gone: WordLine) -> tuple[WordLine, ...]:
    return tuple(each for each in (*SENT, *PICTURES) if each not in gone)


def told(found: TypedOver) -> list[tuple[str, str, str]]:
    return [(each.kind, each.old, each.new) for each in found.changes]


def test_nothing_changed() -> None:
    assert came(*SENT, *PICTURES) == TypedOver()


def test_page_numbers_of_the_contents_are_no_change() -> None:
    assert came(WordLine(text="概况\t12"), *without(CONTENTS)) == TypedOver()


@pytest.mark.parametrize("end", ["平均3.5", "图·7", "共…8", "如下\t9", "见……10"])
def test_no_line_of_the_text_is_one_of_the_contents(end: str) -> None:
    line = WordLine(text=f"合计另计，{end}")
    found = came(*SENT[:2], line, *SENT[2:], *PICTURES)
    assert told(found) == [("paragraph", "", line.text)]


def test_a_footnote_goes_with_its_paragraph() -> None:
    assert told(came(*without(SENT[1], SENT[4]))) == [("paragraph", SENT[1].text, "")]


def test_footnotes_have_no_order() -> None:
    lines = (CONTENTS, *SENT[1:4], SENT[5], SENT[4], *PICTURES)
    assert came(*lines) == TypedOver()


def test_a_footnote_put_in_belongs_where_it_is_referred_to() -> None:
    (change,) = came(*SENT, WordLine(text="新注。", mark=SECOND, kind="note"), *PICTURES).changes
    assert (change.kind, change.mark, change.new) == ("note", SECOND, "新注。")


def test_a_frame_saved_as_a_box_is_nothing_new() -> None:
    box = WordLine(text="编印单位\n【甲】　全年新增三家企业。", kind="box")
    assert came(*SENT, box, *PICTURES) == TypedOver()


def other(text: str) -> WordLine:
    return WordLine(text=text, kind="picture")


@pytest.mark.parametrize(
    ("pictures", "found"),
    [
        ((*PICTURES, other("丁")), Pictures(added=1)),
        (PICTURES[::-1], Pictures()),
        (PICTURES[1:], Pictures(added=-1)),
        ((PICTURES[0], other("丁"), PICTURES[2]), Pictures(swapped=(2,))),
        ((PICTURES[0], other("丁"), PICTURES[2], other("戊")), Pictures(added=1, swapped=(2,))),
        (tuple(map(other, "丁戊己")), Pictures(saved_anew=True)),
    ],
)
def test_pictures(pictures: tuple[WordLine, ...], found: Pictures) -> None:
    assert came(*SENT, *pictures).pictures == found


def test_pictures_of_what_did_not_come_back_are_not_gone() -> None:
    sections = ("a/c", "a/d")
    long = [
        WordLine(text=f"【{n}】　{node}的话。", mark=mark_name(node, n))
        for node in sections
        for n in range(10)
    ]
    found = typed_over((*long, *PICTURES), (*long[:10], *PICTURES[1:]))
    assert (found.missing, found.pictures) == ((long[10].text,), Pictures())


def test_a_header_that_was_not_sent() -> None:
    header = WordLine(text="请统一", kind="header")
    assert came(*SENT, header, *PICTURES).margins == (header,)
