"""落款, verse, quotations and heads of a 公文 stand where books have them, in PDF and Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from editorial.model.document import Block
from editorial.model.style import DraftStyle, role_of, style_faults
from editorial.read.markup import read_markup
from editorial.render.fonts import FontTable
from editorial.render.forms import quote_look
from editorial.render.pdf import forms
from editorial.render.pdf.paragraph import Lines
from tests.render.books import (
    LaidOut,
    Set,
    find,
    laid,
    letters,
    page_of,
    prose,
    section,
    set_letters,
    source,
    style_of,
)
from tests.render.word_books import W, book, built, tree
from tests.render.word_books import section as word_section

CLOSING = "正文结束。\n示例市人民政府\n2025年6月18日"
VERSE = "> *登楼*\n> 白云千载过示例，\n> 　江水东流。\n>\n> 又一年。"


def blocks(text: str) -> tuple[Block, ...]:
    return read_markup(text)[0].blocks


def set_text(text: str, style: DraftStyle, table: FontTable) -> LaidOut:
    value = section(*blocks(text))
    found = laid(value, style, table)
    assert letters(source(value)) - set_letters(found) == letters("")
    return found


def left_of(found: LaidOut, each: Set) -> float:
    """Of the column it stands in."""
    return max(left for left in found.frame.columns.lefts if left <= each.x + 1)


@pytest.fixture(params=["review", "final"])
def style(request: pytest.FixtureRequest, one: DraftStyle, two: DraftStyle) -> DraftStyle:
    return one if request.param == "review" else two


def test_the_date_ends_four_ems_in_and_the_name_is_over_it(
    style: DraftStyle, table: FontTable
) -> None:
    found = set_text(CLOSING, style, table)
    name, day = find(found, "示例市人民政府"), find(found, "2025年6月18日")
    em, right = style.roles["body"].size, found.frame.columns.width
    left, end = day.ink
    assert end == pytest.approx(right - 4 * em, abs=0.1)
    assert sum(name.ink) / 2 == pytest.approx((left + end) / 2, abs=0.1)


def test_a_long_name_ends_two_ems_in(style: DraftStyle, table: FontTable) -> None:
    found = set_text(f"文。\n{'示例委员会' * 3}办\n2025年6月", style, table)
    name, day = find(found, "委员会办"), find(found, "2025年6月")
    em, right = style.roles["body"].size, found.frame.columns.width
    assert name.ink[1] == pytest.approx(right - 2 * em, abs=0.1)
    assert sum(name.ink) / 2 == pytest.approx(sum(day.ink) / 2, abs=0.1)


def test_a_long_verse_is_measured_once(
    style: DraftStyle, table: FontTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not once for each of its lines: those of a long one would take their square."""
    measured = []

    def counted(whole: Sequence[Lines]) -> float:
        measured.append(whole)
        return 0.0

    monkeypatch.setattr(forms, "_verse_inset", counted)
    set_text("\n".join(["正文。", *["> 白云千载过示例，"] * 50]), style, table)
    assert len(measured) == 1


@pytest.mark.parametrize("before", range(30, 44))
def test_a_closing_stands_with_two_lines_of_text(
    before: int, one: DraftStyle, table: FontTable
) -> None:
    lines = "\n".join(f"第{n}段。" for n in range(before))
    found = set_text(f"{lines}\n{prose(2)}\n甲局\n2025年6月", one, table)
    page = page_of(found, "甲局")
    assert page_of(found, "2025年6月") == page
    sets = [each for each in found.body[page][1] if each.text.endswith("示例完。")]
    assert sets
    assert sets[0].stop - sets[0].start >= 2


def test_verse_is_centred_as_a_whole(style: DraftStyle, table: FontTable) -> None:
    found = set_text(f"正文。\n{VERSE}\n正文。", style, table)
    first, second, last = (find(found, text) for text in ("白云", "江水", "又一年"))
    middle = left_of(found, first) + found.frame.columns.width / 2
    assert sum(first.ink) / 2 == pytest.approx(middle, abs=0.1)
    assert (second.x, last.x) == (first.x, first.x)
    assert second.text.startswith("　")
    assert first.lines.look.font == "kai"
    assert last.top - second.bottom == pytest.approx(role_of(style, "quote").leading)
    title = find(found, "登楼")
    assert title.lines.look.align == "center"


@pytest.mark.parametrize("before", range(28, 44, 3))
@pytest.mark.parametrize("count", [8, 20])
def test_a_short_verse_is_not_broken(
    before: int, count: int, one: DraftStyle, table: FontTable
) -> None:
    text = "\n".join(f"第{n}段。" for n in range(before))
    verse = "\n".join(f"> 诗第{n:02d}行" for n in range(count))
    found = set_text(f"{text}\n{verse}\n正文。", one, table)
    on = [page_of(found, f"诗第{n:02d}行") for n in range(count)]
    assert len(set(on)) == 1 or count == 20
    assert (on[0], on[-1]) == (on[1], on[-2])


def test_a_quotation_stands_two_ems_in(style: DraftStyle, table: FontTable) -> None:
    found = set_text(f"> {prose(3)}\n正文。", style, table)
    quoted = find(found, "示例完")
    size = role_of(style, "quote").size
    left = left_of(found, quoted)
    assert quoted.x == pytest.approx(left + 2 * size)
    assert quoted.x + quoted.lines.width == pytest.approx(left + found.frame.columns.width)
    assert quoted.lines.look.indent == 2


def test_names_of_annexes_are_under_one_another(style: DraftStyle, table: FontTable) -> None:
    found = set_text(f"附件：1．示例\n2．{'示例办法' * 12}", style, table)
    first, second = find(found, "附件"), find(found, "2．")
    size = style.roles["body"].size
    assert second.x == first.x
    assert first.lines.look.indent - second.lines.look.indent == pytest.approx(-3)
    assert first.x + first.lines.look.indent * size == pytest.approx(2 * size)


@pytest.mark.parametrize("before", range(30, 40))
def test_a_chapter_of_a_law_is_not_left_behind(
    before: int, one: DraftStyle, table: FontTable
) -> None:
    lines = "\n".join(f"第{n}段。" for n in range(before))
    found = set_text(f"{lines}\n第一章　总则\n第一条　为了示例。", one, table)
    head = find(found, "第一章")
    assert page_of(found, "第一章") == page_of(found, "第一条")
    assert (head.lines.look.font, head.lines.look.align) == (one.emphasis, "center")


def test_the_head_of_a_letter(style: DraftStyle, table: FontTable) -> None:
    found = set_text("示府〔2025〕12号\n各区人民政府：\n正文。", style, table)
    number, to = find(found, "示府"), find(found, "各区")
    assert sum(number.ink) == pytest.approx(found.frame.columns.width, abs=0.1)
    assert (to.x, to.lines.look.indent) == (0, 0)


def test_a_style_without_quote_takes_the_body() -> None:
    style = style_of("review")
    roles = {name: role for name, role in style.roles.items() if name != "quote"}
    bare = replace(style, roles=roles)
    assert role_of(bare, "quote") == replace(style.roles["body"], font="kai", indent=2)
    assert style_faults(bare) == ()
    assert quote_look(bare, {"song"}).font == "song"


def styles_in(text: str) -> list[tuple[str, str, bool]]:
    """(style, words, kept with the next) of each paragraph of a section in Word."""
    found = []
    for each in tree(built(book(word_section(*blocks(text))))).iter(f"{W}p"):
        words = "".join(t.text or "" for t in each.iter(f"{W}t"))
        style = each.find(f"{W}pPr/{W}pStyle")
        kept = each.find(f"{W}pPr/{W}keepNext") is not None
        found.append(("" if style is None else style.get(f"{W}val", ""), words, kept))
    return found


def test_word_has_a_style_for_each() -> None:
    head = "# 题\n示府〔2025〕12号\n各区人民政府："
    text = f"{CLOSING}\n{head}\n{VERSE}\n正文。\n> {prose(2)}\n一\n文。"
    found = styles_in(text)
    told = {words: (style, kept) for style, words, kept in found}
    assert told["正文结束。"] == ("", True)
    assert told["示例市人民政府"] == ("Closing", True)
    assert told["2025年6月18日"] == ("Closing", False)
    assert told["示府〔2025〕12号"][0] == "TitleNote"
    assert told["各区人民政府："][0] == "Salutation"
    assert told["登楼"][0] == told["一"][0] == "MiddleHead"
    assert told["白云千载过示例，"] == ("Verse", True)
    assert told["又一年。"] == ("Verse", False)
    assert told[prose(2)] == ("Quote", False)


def test_word_indents_what_is_placed_by_its_length() -> None:
    document = tree(built(book(word_section(*blocks(f"{CLOSING}\n# 题\n{VERSE}")))))
    placed = {
        "".join(t.text or "" for t in each.iter(f"{W}t")): each.find(f"{W}pPr/{W}ind")
        for each in document.iter(f"{W}p")
    }
    day, first, last = (placed[w] for w in ("2025年6月18日", "白云千载过示例，", "又一年。"))
    assert day is not None
    assert int(day.get(f"{W}right", "")) == round(4 * 10.5 * 20)
    assert first is not None
    assert last is not None
    assert first.get(f"{W}left") == last.get(f"{W}left") != "0"


PLACED = "文。\n:::center\n碑记\n:::\n文。\n:::right\n某某立石\n某某刻\n:::"


def test_lines_stand_at_the_right_and_in_the_middle(style: DraftStyle, table: FontTable) -> None:
    found = set_text(PLACED, style, table)
    width = found.frame.columns.width
    middle, right = find(found, "碑记"), find(found, "某某立石")
    assert sum(middle.ink) / 2 == pytest.approx(left_of(found, middle) + width / 2, abs=0.1)
    assert right.ink[1] == pytest.approx(left_of(found, right) + width, abs=0.1)
    told = {words: (name, kept) for name, words, kept in styles_in(PLACED)}
    assert told["碑记"] == ("MiddleLine", True)
    assert (told["某某立石"], told["某某刻"]) == (("RightLine", True), ("RightLine", False))


@pytest.mark.parametrize("before", range(28, 44))
@pytest.mark.parametrize("quoted", ["> *满江红*\n> （清）某某\n", "> 甲。\n>\n> *满江红*\n"])
def test_the_title_of_a_piece_is_not_left_behind(
    before: int, quoted: str, one: DraftStyle, table: FontTable
) -> None:
    lines = "\n".join(f"第{n}段。" for n in range(before))
    found = set_text(f"{lines}\n{quoted}> 废垒荒烟，{'示例' * 30}。", one, table)
    assert page_of(found, "满江红") == page_of(found, "废垒荒烟")
    assert find(found, "满江红").lines.look.align == "center"
