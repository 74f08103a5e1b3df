"""The text of a section as one reads it, not as it is written down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

from editorial.model.document import Document, Span
from editorial.model.open_points import open_points
from editorial.read.markup import read_markup
from editorial.tui.quoting import quoted
from editorial.tui.reading import readable
from tests.tui.seen import Play

NODE = "02-jichu/02-jichang"
AIRPORT = ("down", "enter", "down", "enter")
TABLE = """:::table{#b title="平台表" unit="个"}
| 平台类型 | 2018年 | < |
| ^ | 九市 | 香港 |
---
| 重点实验室 | 420 | 20 |
| 众创空间 | 1,760 | 5 |
:::"""
TEXT = f"""【机场】　旅客*一千万*人次^[1]^，面积3km^2^，缺额【待补】（[见表1-1](#b)）。[^b][^a]
后续一段。
%% 核一下来源
{TABLE}
（市交通局　某某）

[^a]: 第二个注。
[^b]: 第一个注。
"""


def shown(text: str, width: int = 80) -> list[str]:
    return [line.rstrip() for line in drawn(text, width).plain.split("\n")]


def drawn(text: str, width: int = 80) -> Text:
    blocks = readable(text, read_markup(text, NODE)[0], open_points(("待补", "存疑")))
    return Text("\n").join(block.set_out(width) for block in blocks)


def test_marks_of_the_source_are_not_seen() -> None:
    assert re.findall(r":::|\||\(#|\[\^|%%|\*|\^|title=", "\n".join(shown(TEXT))) == []


def test_raised_and_lowered_signs_of_titles_are_seen() -> None:
    text = (
        "【CO~2~减排】　全年。\n"
        ':::table{title="PM~2.5~表" unit="g·m^-3^"}\n| 甲 |\n---\n| 1 |\n:::\n'
        ':::figure{src="a.png" title="CO~2~图"}\n'
    )
    seen = "\n".join(shown(text))
    assert ["【CO₂减排】" in seen, "PM₂.₅表" in seen, "单位：g·m⁻³" in seen, "CO₂图" in seen] == [
        True
    ] * 4


def test_titles_with_such_signs_can_be_quoted() -> None:
    text = "【CO~2~减排】　全年。"
    document = quoted(read_markup(text, NODE)[0], text, [Span(1, 7)])
    told = (block.set_out(200).plain for block in readable(text, document, None))
    assert "【〖CO₂减〗排】" in "".join(told)


def test_verse_and_a_closing_stand_in() -> None:
    seen = shown("> 白云千载，\n> 　江水东流。\n正文。\n示例局\n2025年6月")
    first, second, text, name, day = (line[5:] for line in seen)
    blanks = [len(line) - len(line.lstrip("　")) for line in (first, second, text, name, day)]
    assert blanks == [8, 9, 2, 12, 12]


def test_notes_are_numbered_as_they_are_met() -> None:
    lines = shown(TEXT)
    assert [line.strip() for line in lines if "个注" in line] == [
        "13 [2] 第二个注。",
        "14 [1] 第一个注。",
    ]
    assert "）。[1][2]" in lines[0] + lines[1]


def test_a_table_is_laid_out_with_its_figures_to_the_right() -> None:
    assert shown(TABLE) == [
        "   1 〔表〕平台表　单位：个　2行",
        "     平台类型      2018年",
        "                  九市  香港",
        "     -----------------------",
        "     重点实验室    420    20",
        "     众创空间    1,760     5",
    ]


def test_a_table_that_is_too_wide_is_told_row_by_row() -> None:
    told = "".join(line[5:] for line in shown(TABLE, 22))
    assert told == (
        "〔表〕平台表单位：个　2行"
        "重点实验室　2018年·九市 420；2018年·香港 20"
        "众创空间　2018年·九市 1,760；2018年·香港 5"
    )


@pytest.mark.parametrize("width", range(12, 130, 7))
def test_no_line_is_wider_than_there_is_room(width: int) -> None:
    assert max(cell_len(line) for line in shown(TEXT, width)) <= width


def test_what_is_open_stands_out_without_colour() -> None:
    line = drawn(TEXT)
    spans = [
        line.plain[span.start : span.end] for span in line.spans if "reverse" in str(span.style)
    ]
    assert spans == ["【待补】"]


def test_the_margin_has_the_lines_of_the_source() -> None:
    numbers = [line[:4].strip() for line in shown(TEXT) if line[:4].strip()]
    assert numbers == ["1", "2", "3", "4", "11", "13", "14"]


@pytest.fixture
def text(workspace: Path) -> Path:
    return workspace / f"volumes/xiao-2019/chapters/{NODE}.md"


def test_the_screen_shows_it_so(play: Play, text: Path) -> None:
    text.write_text(TEXT, encoding="utf-8")
    seen = play(*AIRPORT, size=(80, 40)).text
    assert (":::" in seen, "〔表〕平台表" in seen, "　待补1" in seen) == (False, True, True)


def test_what_is_edited_is_the_source(play: Play, text: Path) -> None:
    text.write_text(TEXT, encoding="utf-8")
    assert ':::table{#b title="平台表"' in play(*AIRPORT, "e", size=(80, 40)).text


QUOTES = {
    "from the title on": ("【机场】　旅客*一千万*", "【〖机场】　旅客一千万〗人次"),
    "across raised figures": ("人次^[1]^，面积3km^2^，缺", "〖人次[¹]，面积3km²，缺〗额"),
    "a whole line": ("后续一段。", "〖后续一段。〗"),
    "what is not printed": ("核一下", "〖核一下〗来源"),
    "a table's title": ("平台表", "〔表〕〖平台表〗"),
    "a cell": ("1,760", "〖1,760〗"),
    "a note": ("第一个", "〖第一个〗注。"),
    "a signature": ("某某", "〖某某〗"),
    "two paragraphs": (
        "待补】（[见表1-1](#b)）。[^b][^a]\n后续",
        "〖待补】（见表1-1）。[1][2]　　后续〗",
    ),
}


def read_off(document: Document) -> str:
    """All of it on one line, however it is broken."""
    lines = (block.set_out(200).plain[5:] for block in readable(TEXT, document, None))
    return "".join(line.rstrip() for line in lines)


@pytest.mark.parametrize(("source", "seen"), QUOTES.values(), ids=QUOTES)
def test_what_is_quoted_stands_between_brackets(source: str, seen: str) -> None:
    start, document = TEXT.index(source), read_markup(TEXT, NODE)[0]
    told = read_off(quoted(document, TEXT, [Span(start, start + len(source))]))
    bare = re.sub("[-〖〗 ]", "", told)
    assert (seen in told, bare) == (True, re.sub("[- ]", "", read_off(document)))
