"""Cover, divider, form and last page of every shipped style, as they lie on the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest

from editorial.model.book import Imprint, Part
from editorial.model.style import DraftStyle, FontConfig, Margins
from editorial.render.fonts import FontTable, locate
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.cover import copy_blank, set_colophon, set_cover
from editorial.render.pdf.divider import set_divider
from editorial.render.pdf.flow import Flow, Page
from editorial.render.pdf.frame import frame_of, left_edge
from editorial.render.pdf.front import front_matter
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.items import Rules, Text
from editorial.render.pdf.opinion import set_opinion_form
from editorial.render.pdf.pages import turn
from editorial.render.pdf.typeset import TypeCase
from editorial.render.pdf.work import begin
from editorial.store.schema import decode
from editorial.store.yamlio import parse
from tests.render.books import book

STYLES = Path(__file__).resolve().parents[2] / "styles"
SHIPPED = sorted(path.stem for path in (STYLES / "drafts").glob("*.yaml"))
WITH_FORM = ["booklet", "consult", "review"]
HANDWRITING = 9 * MM
IMPRINT = Imprint(
    title="示例城市群年鉴2019",
    label="",
    edition=2,
    date=date(2020, 3, 3),
    office="示例市地方志办公室",
    commit="3f2a9c1d77e0b4aa",
    sample=True,
)
T = TypeVar("T")
CHAPTER = Part(id="c", level=1, title="科技创新")


@pytest.fixture(scope="module")
def table() -> FontTable:
    config = read(FontConfig, "fonts.yaml")
    return locate(config)


def read(kind: type[T], path: str) -> T:
    raw, _ = parse((STYLES / path).read_text("utf-8"), path)
    value = decode(kind, raw, [])
    assert value
    return value


def style_named(name: str) -> DraftStyle:
    return replace(read(DraftStyle, f"drafts/{name}.yaml"), id=name)


def begun(name: str, table: FontTable, **changed: Any) -> tuple[Flow, Setting]:
    """Paper of a shipped style with nothing on it yet."""
    style = replace(style_named(name), **changed)
    flow = Flow(case=TypeCase(table), style=style, frame=frame_of(style))
    return flow, Setting(case=flow.case, style=style)


def words(page: Page) -> list[str]:
    """The texts of a page, top down, in a row those on the left first."""
    placed = sorted((each for each in texts(page)), key=lambda each: (each.top, each.x))
    return ["".join(each.lines.text_of(i) for i in range(each.lines.count)) for each in placed]


def texts(page: Page) -> list[Text]:
    return [item for item in page.items if isinstance(item, Text) and item.lines.count]


def strokes(page: Page) -> Iterator[tuple[float, float, float, float]]:
    return (stroke for item in page.items if isinstance(item, Rules) for stroke in item.strokes)


def cover(name: str, table: FontTable, *scope: str, imprint: Imprint = IMPRINT) -> Page:
    flow, setting = begun(name, table)
    set_cover(flow, setting, replace(imprint, scope=scope))
    return flow.pages[-1]


def form(name: str, table: FontTable, **changed: Any) -> Flow:
    flow, setting = begun(name, table, **changed)
    set_opinion_form(flow, setting, IMPRINT)
    return flow


# Cover


def test_cover_says_what_the_draft_is_from_the_top_down(table: FontTable) -> None:
    assert words(cover("review", table)) == [
        "内部资料　注意保存",
        "第",
        "号",
        "示　例",
        "示例城市群年鉴2019",
        "（评议稿）",
        "第2稿",
        "示例市地方志办公室",
        "2020年3月3日",
    ]


def test_booklet_names_its_chapter_under_the_title(table: FontTable) -> None:
    said = words(cover("booklet", table, "科技创新"))
    at = said.index("示例城市群年鉴2019")
    assert said[at : at + 3] == ["示例城市群年鉴2019", "科技创新", "（评议稿分册）"]


def test_booklet_of_many_chapters_counts_them(table: FontTable) -> None:
    assert "特载　概况　科技创新等5篇" in words(
        cover("booklet", table, "特载", "概况", "科技创新", "基础设施", "附录")
    )


@pytest.mark.parametrize(("name", "blank"), [("review", True), ("final", False)])
def test_number_of_the_copy_is_left_blank_where_copies_are_numbered(
    table: FontTable, name: str, blank: bool
) -> None:
    page, frame = cover(name, table), frame_of(style_named(name))
    start, stop, depth = copy_blank(frame)
    edge = left_edge(frame, 1)
    line = (start - edge, depth - frame.top, stop - edge, depth - frame.top)
    assert (line in strokes(page)) is blank


@pytest.mark.parametrize("name", SHIPPED)
def test_title_of_eighty_characters_leaves_the_rest_of_the_cover_alone(
    table: FontTable, name: str
) -> None:
    long = replace(IMPRINT, title="示例市国民经济和社会发展" * 7)
    placed = sorted(texts(cover(name, table, "篇" * 80, imprint=long)), key=lambda each: each.top)
    ends = [each.top + each.lines.height for each in placed]
    lower = [each for each in placed if each.top > 0]
    assert all(
        before.top + before.lines.height <= after.top + 0.01 for before, after in pairwise(lower)
    )
    assert max(ends) < frame_of(style_named(name)).depth + 25 * MM


LONG_TITLE, LONG_OFFICE = "示例市国民经济和社会发展年鉴" * 14, "示例市地方志编纂委员会办公室" * 11
NOTICE = "内部资料，注意保存，" * 16
NARROW = Margins(top=12, bottom=12, inner=12, outer=12)
PAPERS = [(210.0, 297.0), (148.0, 210.0), (105.0, 148.0)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "changed",
    [{}, {"title": LONG_TITLE}, {"office": LONG_OFFICE}, {"notice": NOTICE}],
    ids=["usual", "title", "office", "notice"],
)
def test_nothing_on_a_cover_lies_on_another(
    table: FontTable, paper: tuple[float, ...], changed: dict[str, str]
) -> None:
    flow, setting = begun("review", table, paper=paper, margins=NARROW)
    set_cover(flow, setting, replace(IMPRINT, **changed))
    boxes = [ink_of(each) for each in texts(flow.pages[-1])]
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
    assert max(bottom for _, _, bottom, _ in boxes) <= flow.frame.height - flow.frame.top


def ink_of(text: Text) -> tuple[float, float, float, float]:
    """Left, top, bottom and right of the type of a text, without the white between its lines."""
    look, count = text.lines.look, text.lines.count
    wide = max(map(text.lines.width_of, range(count)))
    spare = {"center": 0.5, "right": 1.0}.get(look.align, 0.0) * (text.lines.width - wide)
    white = (look.leading - look.size) / 2
    bottom = text.top + count * look.leading
    return text.x + spare, text.top + white, bottom - white, text.x + spare + wide


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across = min(one[3], other[3]) - max(one[0], other[0])
    return across > 1 and min(one[2], other[2]) - max(one[1], other[1]) > 0.5


def test_frame_of_the_sample_sign_is_closed(table: FontTable) -> None:
    page = cover("final", table)
    rules = next(item for item in page.items if isinstance(item, Rules) and item.color)
    level = {s for s in rules.strokes if s[1] == s[3]}
    upright = {s for s in rules.strokes if s[0] == s[2]}
    half = rules.weight / 2
    assert (len(level), len(upright)) == (2, 2)
    assert {x for s in level for x in (s[0], s[2])} == {
        side for s in upright for side in (s[0] - half, s[0] + half) if outer(side, upright)
    }
    assert {s[1] for s in level} == {y for s in upright for y in (s[1], s[3])}


def outer(side: float, upright: set[tuple[float, float, float, float]]) -> bool:
    return not min(s[0] for s in upright) < side < max(s[0] for s in upright)


# 编辑说明


@pytest.mark.parametrize("name", SHIPPED)
def test_lines_of_the_notes_are_not_too_long_to_read(table: FontTable, name: str) -> None:
    text = "本卷记述上年一月至十二月的情况，为说明来龙去脉，部分条目略作上溯；" * 5
    made = replace(book(notes=(text, text[:40])), imprint=IMPRINT)
    (flow,) = front_matter(begin(made, style_named(name), table))
    notes = [each for each in texts(flow.pages[1]) if "本卷" in each.lines.text_of(0)]
    assert len(notes) == 2
    for each in notes:
        assert each.lines.width / each.lines.look.size <= 42
        assert each.lines.width == pytest.approx(flow.frame.measure)


def test_notes_do_not_end_in_two_characters_if_another_size_helps(table: FontTable) -> None:
    for count in range(60, 110):
        made = replace(book(notes=("国" * count,)), imprint=IMPRINT)
        (flow,) = front_matter(begin(made, style_named("final"), table))
        lines = next(each.lines for each in texts(flow.pages[1]) if "国" in each.lines.text_of(0))
        assert len(lines.text_of(lines.count - 1)) > 2, count


# Opinion form


@pytest.mark.parametrize("name", WITH_FORM)
def test_form_is_one_leaf(table: FontTable, name: str) -> None:
    pages = form(name, table).pages
    assert [page.plain for page in pages] == [True, True]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("size", [10.5, 16, 18, 30])
@pytest.mark.parametrize(
    "changed",
    [{}, {"title": LONG_TITLE}, {"office": LONG_OFFICE}, {"scope": ("篇" * 90,)}],
    ids=["usual", "title", "office", "scope"],
)
def test_nothing_on_the_form_lies_on_another(
    table: FontTable, paper: tuple[float, ...], size: float, changed: dict[str, Any]
) -> None:
    flow, setting = begun("review", table, paper=paper, margins=NARROW)
    body = replace(setting.style.roles["body"], size=size, leading=1.75 * size)
    style = replace(setting.style, roles={**setting.style.roles, "body": body})
    set_opinion_form(flow, replace(setting, style=style), replace(IMPRINT, **changed))
    assert len(flow.pages) == 2
    for number, page in enumerate(flow.pages, 1):
        boxes = [ink_of(each) for each in texts(page)]
        assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
        assert [
            (box, line) for box in boxes for line in strokes(page) if runs_through(line, box)
        ] == []
        edge, top = left_edge(flow.frame, number), flow.frame.top
        assert min(box[1] for box in boxes) + top > 0
        assert max(box[2] for box in boxes) + top < flow.frame.height
        assert max(box[3] for box in boxes) + edge < flow.frame.width


def runs_through(line: tuple[float, ...], box: tuple[float, ...]) -> bool:
    """Whether a rule cuts the type of a text."""
    x0, y0, x1, y1 = line
    left, top, bottom, right = box
    if y0 == y1:
        return top + 1 < y0 < bottom - 1 and min(x1, right) > max(x0, left)
    return left + 1 < x0 < right - 1 and min(y1, bottom) > max(y0, top)


def test_form_begins_on_a_right_hand_page(table: FontTable) -> None:
    flow, setting = begun("review", table)
    turn(flow)
    set_opinion_form(flow, setting, IMPRINT)
    assert [words(page)[:1] for page in flow.pages[1:3]] == [[], ["评议意见表"]]


@pytest.mark.parametrize("name", WITH_FORM)
@pytest.mark.parametrize("paper", [(210.0, 297.0), (210.0, 285.0), (148.0, 210.0)])
def test_form_lies_in_the_middle_of_the_paper(
    table: FontTable, name: str, paper: tuple[float, float]
) -> None:
    flow = form(name, table, paper=paper)
    for number, page in enumerate(flow.pages, 1):
        edge = left_edge(flow.frame, number)
        across = [x + edge for a, _, b, _ in strokes(page) for x in (a, b)]
        assert min(across) > 10 * MM
        assert min(across) == pytest.approx(flow.frame.width - max(across), abs=0.01)


@pytest.mark.parametrize("name", WITH_FORM)
def test_rows_of_the_form_are_high_enough_to_write_in(table: FontTable, name: str) -> None:
    for page in form(name, table).pages:
        depths = sorted({round(y, 2) for _, y, _, end in strokes(page) if y == end})
        heights = [below - above for above, below in pairwise(depths)]
        assert len([height for height in heights if height >= HANDWRITING - 0.01]) >= 10


def test_form_asks_for_what_an_opinion_is_registered_with(table: FontTable) -> None:
    front, back = form("review", table).pages
    columns = ["序号", "页码", "行号", "类别", "原　文", "修改意见", "理　由"]
    for page in (front, back):
        said = words(page)
        at = said.index("序号")
        assert said[at : at + 7] == columns


def test_rows_are_numbered_on_from_front_to_back(table: FontTable) -> None:
    numbers = [
        int(said)
        for page in form("review", table).pages
        for said in words(page)
        if said.isdecimal()
    ]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("name", "title"),
    [("review", "评议意见表"), ("booklet", "评议意见表"), ("consult", "征求意见表")],
)
def test_form_is_called_after_its_draft(table: FontTable, name: str, title: str) -> None:
    assert words(form(name, table).pages[0])[0] == title


def test_title_of_the_form_is_a_heading(table: FontTable) -> None:
    flow = form("review", table)
    heads = {at for at, element in enumerate(flow.tags.elements) if element.role == "H1"}
    said = [
        text.lines.text_of(0) for page in flow.pages for text in texts(page) if text.tag in heads
    ]
    assert said == ["评议意见表"]


def test_form_says_how_lines_without_numbers_are_counted(table: FontTable) -> None:
    said = "".join(words(form("review", table, line_numbers=0).pages[0]))
    assert "自版心首行数起" in said


def test_the_form_is_signed_on_a_line_between_name_and_date(table: FontTable) -> None:
    back = form("review", table).pages[-1]
    label, date = (placed(back, sign) for sign in ("填表人签名：", "年　　　月　　　日"))
    edges = [x for a, _, b, _ in strokes(back) for x in (a, b)]
    x0, y0, x1, _ = max((s for s in strokes(back) if s[1] == s[3]), key=lambda s: s[1])
    size = label.lines.look.size
    assert label.x == pytest.approx(min(edges), abs=1)
    assert x0 == pytest.approx(label.x + label.lines.width_of(0), abs=size / 2)
    end = date.x + date.lines.width
    assert end == pytest.approx(max(edges), abs=1)
    assert x0 + 10 * size < x1 < end - date.lines.width_of(0)
    assert label.top < y0 < label.top + label.lines.leading


def placed(page: Page, said: str) -> Text:
    return next(each for each in texts(page) if each.lines.text_of(0) == said)


def test_form_of_a_booklet_knows_what_is_read(table: FontTable) -> None:
    def said(*scope: str) -> list[str]:
        flow, setting = begun("booklet", table)
        set_opinion_form(flow, setting, replace(IMPRINT, scope=scope))
        return words(flow.pages[0])

    long = "国际科技创新中心建设与产业协作"
    assert "科技创新" in said("科技创新")
    assert long in said(long)
    assert not {"特载", "科技创新"} & set(said("特载", "科技创新"))


# Divider


def divider(table: FontTable, part: Part = CHAPTER, **known: Any) -> tuple[Flow, Page]:
    flow, setting = begun("final", table)
    return flow, set_divider(flow, setting, part, **known)


def test_divider_shows_number_title_and_sections(table: FontTable) -> None:
    _, page = divider(table, number=3, sections=("概况", "创新平台"))
    assert (words(page), page.plain) == (["3", "科技创新", "概况", "创新平台"], True)


def test_title_on_the_divider_is_made_smaller_rather_than_torn_inside_a_word(
    table: FontTable,
) -> None:
    title = "贯彻新发展理念　推动示例市国民经济和社会发展第十四个五年规划圆满收官"
    said = words(divider(table, replace(CHAPTER, title=title))[1])
    assert said == ["贯彻新发展理念", "推动示例市国民经济和社会发展", "第十四个五年规划圆满收官"]


def test_divider_needs_no_more_than_a_title(table: FontTable) -> None:
    assert words(divider(table)[1]) == ["科技创新"]


def test_sections_without_room_are_left_to_the_contents(table: FontTable) -> None:
    sections = tuple(f"分目{n}" for n in range(60))
    assert words(divider(table, sections=sections)[1]) == ["科技创新"]


def test_title_of_eighty_characters_stays_on_the_divider(table: FontTable) -> None:
    flow, page = divider(table, replace(CHAPTER, title="基础设施互联互通与合作" * 8), number=12)
    ends = [each.top + each.lines.height for each in texts(page)]
    assert 0 < min(each.top for each in texts(page)) < max(ends) < flow.frame.depth


# Colophon


@pytest.mark.parametrize("name", SHIPPED)
def test_last_page_tells_style_and_state_of_the_text(table: FontTable, name: str) -> None:
    flow, setting = begun(name, table)
    set_colophon(flow, setting, IMPRINT)
    said = words(flow.pages[-1])
    assert {style_named(name).title, "3f2a9c1d77"} <= set(said)


def test_colophon_stands_at_the_foot_of_its_page(table: FontTable) -> None:
    for scope in ((), ("特载", "科技创新")):
        flow, setting = begun("final", table)
        set_colophon(flow, setting, replace(IMPRINT, scope=scope))
        foot = max(y for _, y, _, _ in strokes(flow.pages[-1]))
        assert foot == pytest.approx(flow.frame.depth, abs=1)


def test_last_page_of_a_booklet_names_what_it_holds(table: FontTable) -> None:
    flow, setting = begun("booklet", table)
    set_colophon(flow, setting, replace(IMPRINT, scope=("特载", "科技创新")))
    assert "特载、科技创新" in words(flow.pages[-1])
