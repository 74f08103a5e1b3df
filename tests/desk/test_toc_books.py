"""读校目录 on what real yearbooks do: numbers left out, translations, tables, titles in parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from editorial.desk.toc_check import toc_check
from editorial.errors import EditorialError
from tests.desk.test_toc_layouts import (
    LEFT,
    PAGES,
    RIGHT,
    ROWS,
    SECOND,
    STEP,
    TITLES,
    TOP,
    Line,
    body,
    chapter,
    column,
    listed,
    messages,
    printed,
)

Pages = list[list[Line]]


def numbered(path: Path, contents: Pages, pages: Pages, without: tuple[int, ...] = ()) -> Path:
    """The pages with their numbers at the head, but for those `without`."""
    heads = [
        [] if number in without else [Line(RIGHT, 40, str(number), 9, apart=True)]
        for number in range(1, len(pages) + 1)
    ]
    unnumbered = [[*head, *page] for head, page in zip(heads, pages, strict=True)]
    return printed(path, contents, unnumbered, folio=False)


def test_a_first_page_without_a_number_is_counted_back(tmp_path: Path) -> None:
    path = numbered(tmp_path / "书.pdf", [list(listed(ROWS))], PAGES, without=(1,))
    assert messages(path) == []


def test_a_last_page_without_a_number_is_counted_on(tmp_path: Path) -> None:
    path = numbered(tmp_path / "书.pdf", [list(listed(ROWS))], PAGES, without=(6,))
    assert messages(path) == []


ENGLISH = [(f"{word} of the Sample City", str(n)) for n, word in enumerate("ABCDEF", 1)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ENGLISH, []),
        (
            [*ENGLISH[:5], (ENGLISH[5][0], "9")],
            ["CONTENTS“F of the Sample City”作第9页，那一页没有列入目录的标题"],
        ),
    ],
)
def test_a_translation_is_compared_by_its_pages(
    tmp_path: Path, rows: list[tuple[str, str]], told: list[str]
) -> None:
    english = [Line(270, 60, "CONTENTS", 18), *listed(rows)]
    path = printed(tmp_path / "书.pdf", [list(listed(ROWS)), english], PAGES)
    assert messages(path) == told


def test_numbers_between_points(tmp_path: Path) -> None:
    rows = [(title, f"·{number}·") for title, number in ROWS]
    assert messages(printed(tmp_path / "书.pdf", [list(listed(rows))], PAGES)) == []


def test_an_entry_of_three_lines_and_over_the_page_is_one(tmp_path: Path) -> None:
    title = "示例地区协同推进重大基础设施建设与公共服务共建共享"
    rows = [(each, str(number)) for number, each in enumerate((title, "示例事务", "示例人物"), 1)]
    first = column([*body(1, 38), f"【{title[:9]}", title[9:18]])
    second = column([f"{title[18:]}】{body(2)[0]}", *body(2, 9), "【示例事务】本年新建道路"])
    third = column(["【示例人物】本年新建道路", *body(3)])
    path = printed(tmp_path / "书.pdf", [list(listed(rows))], [first, second, third])
    assert messages(path) == []


def test_a_number_beside_the_first_line_of_a_long_title(tmp_path: Path) -> None:
    """As the cells of a table are set: the rest stands below, up to the next title."""
    long = ["示例地区协同推进重大基础设施与公", "共服务共建共享若干具体措施的实施"]
    rows = [ROWS[0], (long[0], "2"), (long[1], ""), *ROWS[2:]]
    second = column([*long, *body(2)], sizes={0: 16, 1: 16})
    pages = [PAGES[0], second, *PAGES[2:]]
    path = printed(tmp_path / "书.pdf", [list(listed(rows, edge=280))], pages)
    assert messages(path) == []
    rows[1] = (long[0], "3")
    path = printed(tmp_path / "错.pdf", [list(listed(rows, edge=280))], pages)
    assert messages(path) == [f"目录“{''.join(long)}”作第3页，标题在第2页"]


def test_a_title_that_goes_on_in_the_next_column(tmp_path: Path) -> None:
    first, second = "示例地区协同推进重大基础设施建", "设情况"
    left = [*ROWS[:2], (first, "")]
    right = [(second, "3"), *ROWS[3:]]
    contents = [*listed(left, edge=280), *listed(right, SECOND)]
    third = chapter(3, first + second)
    path = printed(tmp_path / "书.pdf", [contents], [*PAGES[:2], third, *PAGES[3:]])
    assert messages(path) == []


def test_a_title_broken_after_a_dash_or_within_a_number_goes_on(tmp_path: Path) -> None:
    turned = [("示例规划（2021—", ""), ("2035年）", "2"), ("【第 5", ""), ("届示例会】", "3")]
    rows = [ROWS[0], *turned, *ROWS[3:]]
    pages = [chapter(2, "示例规划（2021—2035年）"), column(["【第5届示例会】召开", *body(3)])]
    path = printed(tmp_path / "书.pdf", [list(listed(rows))], [PAGES[0], *pages, *PAGES[3:]])
    assert messages(path) == []


def test_a_full_line_leaves_its_number_no_space(tmp_path: Path) -> None:
    title = "示例公路与港口交通"
    rows = list(listed([ROWS[0], (title, "2"), *ROWS[2:]], edge=LEFT + 10.5 * 9 + 5.25))
    rows[2:4] = [rows[2]._replace(text=f"{title}2")]
    path = printed(tmp_path / "书.pdf", [rows], [PAGES[0], chapter(2, title), *PAGES[2:]])
    assert messages(path) == []


def test_the_index_behind_contents_at_the_end_is_none_of_them(tmp_path: Path) -> None:
    index = [Line(270, 60, "索　引", 18), *listed([(f"词{each}", "3") for each in "甲乙丙丁戊己"])]
    contents = [Line(270, 60, "目　录", 18), *listed(ROWS)]
    path = printed(tmp_path / "书.pdf", [], [*PAGES, contents, index])
    assert messages(path) == []
    path = printed(tmp_path / "缺.pdf", [], [*PAGES, [contents[0], *listed(ROWS[:5])], index])
    assert messages(path) == ["第6页的标题“示例财政”目录没有列"]


def test_an_index_listed_in_the_contents_ends_them_not(tmp_path: Path) -> None:
    """On a last page of few lines it stands high up."""
    rows = [*ROWS[4:5], ("主题索引", "6")]
    last = [*PAGES[:5], chapter(6, "主题索引")]
    path = printed(tmp_path / "书.pdf", [list(listed(ROWS[:4])), list(listed(rows))], last)
    assert messages(path) == []


def test_contents_without_a_book_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EditorialError, match="只有目录，没有正文"):
        messages(printed(tmp_path / "书.pdf", [list(listed(ROWS))], []))


def test_the_last_lines_of_two_pages_of_contents_may_read_alike(tmp_path: Path) -> None:
    """概况 is listed under every part; at the foot of two pages it is no running line."""
    titles = [f"示例事务之{each}号" for each in "甲乙丙丁"]
    rows = [(titles[0], "1"), (titles[1], "1"), ("概况", "2"), (titles[2], "3"), (titles[3], "3")]
    foot = [[Line(LEFT, 800, "概况"), Line(RIGHT, 800, n, apart=True)] for n in ("2", "4")]
    contents = [[*listed([*rows[:2]]), *foot[0]], [*listed(rows[3:]), *foot[1]]]
    two = [chapter(1, titles[0]), chapter(2, "概况"), chapter(3, titles[2]), chapter(4, "概况")]
    for page, title in ((two[0], titles[1]), (two[2], titles[3])):
        page.append(Line(LEFT, TOP + STEP * 36, title, 16))
    assert messages(printed(tmp_path / "书.pdf", contents, two)) == []


def test_a_running_head_may_leave_out_the_number_of_its_title(tmp_path: Path) -> None:
    titles = [f"第{n}章　概　{w}" for n, w in zip("一二三四五六", "况述貌情说要", strict=True)]
    rows = [(title, str(2 * n - 1)) for n, title in enumerate(titles, 1)]
    pages = []
    for number, title in enumerate(titles, 1):
        whole = Line(RIGHT, 40, f"{title}　{2 * number - 1}", 9, apart=True)
        bare = Line(RIGHT, 40, f"概　{title[-1]}", 9, apart=True)
        pages += [[whole, *chapter(number, title)], [bare, *column(body(10 + number))]]
    assert messages(printed(tmp_path / "书.pdf", [list(listed(rows))], pages)) == []
    pages[3][0] = Line(RIGHT, 40, titles[4], 9, apart=True)
    found = messages(printed(tmp_path / "错.pdf", [list(listed(rows))], pages))
    assert found == [f"书眉作“{titles[4]}”，第4页属“第二章 概 述”"]


def test_a_large_page_number_is_a_page_number(tmp_path: Path) -> None:
    pages = [[Line(RIGHT, 40, str(n), 14, apart=True), *page] for n, page in enumerate(PAGES, 1)]
    path = printed(tmp_path / "书.pdf", [list(listed(ROWS))], pages, folio=False)
    assert messages(path) == []
    assert toc_check(path).numbered
    wrong = [*ROWS[:5], (TITLES[5], "5")]
    path = printed(tmp_path / "错.pdf", [list(listed(wrong))], pages, folio=False)
    assert messages(path) == ["目录“示例财政”作第5页，标题在第6页"]


def test_a_heading_broken_on_purpose_is_told_once(tmp_path: Path) -> None:
    second = column(["示例地区协同", "推进情况", *body(2)], sizes={0: 16, 1: 16})
    rows = [ROWS[0], *ROWS[2:]]
    path = printed(tmp_path / "书.pdf", [list(listed(rows))], [PAGES[0], second, *PAGES[2:]])
    assert messages(path) == ["第2页的标题“示例地区协同推进情况”目录没有列"]


def test_a_heading_no_larger_than_the_text_is_told_as_it_reads(tmp_path: Path) -> None:
    rows = [*ROWS[:2], ("示例教管工作情况", "3"), *ROWS[3:]]
    third = column(["示例教育工作情况", *body(3)])
    path = printed(tmp_path / "书.pdf", [list(listed(rows))], [*PAGES[:2], third, *PAGES[3:]])
    assert messages(path) == ["目录“示例教管工作情况”（第3页），书中标题作“示例教育工作情况”"]


PARTS, KINDS = "甲乙丙丁戊", "农林牧渔副"


def levelled(path: Path, wrong: str) -> Path:
    """Five parts of two sections each; `wrong` is listed as far out as the parts."""
    lines, pages = [], []
    for number, part in enumerate(PARTS, 1):
        titles = [f"示例{part}编", *(f"{part}类{kind}业" for kind in KINDS[:2])]
        pages.append(column([*titles, *body(number)], sizes={0: 18, 1: 14, 2: 14}))
        for title in titles:
            inner = title not in (titles[0], wrong)
            y = TOP + STEP * len(lines)
            lines.append(
                [Line(LEFT + 20 * inner, y, title), Line(RIGHT, y, str(number), apart=True)]
            )
    return printed(path, [[each for line in lines for each in line]], pages)


def test_a_title_listed_at_another_level_than_its_heading_is_told(tmp_path: Path) -> None:
    assert messages(levelled(tmp_path / "好.pdf", "")) == []
    assert messages(levelled(tmp_path / "错.pdf", "乙类林业")) == [
        "目录“乙类林业”（第2页）与“示例甲编”排成一级，书中标题与“甲类农业”同级"
    ]


def test_titles_are_told_as_they_are_set(tmp_path: Path) -> None:
    rows = [("（一）示例ＡＢ（甲）………9", ""), *ROWS[1:]]
    first = chapter(1, "（一）示例ＡＢ（甲）")
    contents = list(listed(rows, edge=LEFT + 14 * 10.5))
    path = printed(tmp_path / "书.pdf", [contents], [first, *PAGES[1:]])
    assert messages(path) == ["目录“（一）示例ＡＢ（甲）”作第9页，标题在第1页"]


def test_a_caption_longer_than_listed_is_found_below_a_running_head(tmp_path: Path) -> None:
    """图目录 runs above the first page of that list too."""
    plates = [Line(RIGHT, 40, "图目录", 9, apart=True), Line(270, 60, "图目录", 18)]
    plates += listed([("图1-1 示例布局", "1"), ("图1-2 示例变化", "2"), ("图1-3 示例分布", "3")])
    pages = [
        [*page, Line(LEFT, 780, f"图1-{n} 示例{words}（示意图）")]
        for n, (page, words) in enumerate(zip(PAGES, ("布局", "变化", "分布"), strict=False), 1)
    ]
    path = printed(tmp_path / "书.pdf", [list(listed(ROWS)), plates], [*pages, *PAGES[3:]])
    assert messages(path) == []


def test_a_line_given_twice_is_told_though_the_text_repeats_its_title(tmp_path: Path) -> None:
    second = [*PAGES[1], Line(LEFT, 780, TITLES[1])]
    rows = [*ROWS[:2], ROWS[1], *ROWS[2:]]
    path = printed(tmp_path / "书.pdf", [list(listed(rows))], [PAGES[0], second, *PAGES[2:]])
    assert messages(path) == ["目录“示例交通”（第2页）列了两次"]


def test_a_dot_of_the_leader_told_out_of_turn_makes_no_column(tmp_path: Path) -> None:
    """As PDFium reads leaders that reach under a wide bracket: （2） and one more dot."""
    rows = list(listed([(title, "") for title in TITLES]))
    texts = [f"{title}....（{number}） ." for title, number in ROWS[:2]]
    texts += [f"{title}............（{number}）" for title, number in ROWS[2:]]
    rows = [line._replace(text=text) for line, text in zip(rows, texts, strict=True)]
    assert messages(printed(tmp_path / "书.pdf", [rows], PAGES)) == []


def test_the_first_line_of_a_long_heading_no_larger_than_the_text_is_compared(
    tmp_path: Path,
) -> None:
    """The contents turn the title where the text does, so that its second line is right."""
    first, second = "示例地区协同推进重大基础设施建设与公", "共服务的实施"
    rows = [ROWS[0], (first.replace("推", "准"), ""), (second, "2"), *ROWS[2:]]
    pages = [PAGES[0], column([first, second, *body(2)]), *PAGES[2:]]
    path = printed(tmp_path / "书.pdf", [list(listed(rows, edge=280))], pages)
    title = f"{first}{second}"
    assert messages(path) == [f"目录“{title.replace('推', '准')}”（第2页），书中标题作“{title}”"]
