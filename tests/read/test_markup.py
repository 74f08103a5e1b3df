"""Section text survives reading and writing, whatever it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editorial.model.document import (
    Break,
    Cell,
    Comment,
    Document,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Table,
    fused,
    joined,
    plain,
    printed_text,
    titled,
    with_unit,
)
from editorial.model.marks import BLANKS
from editorial.read.markup import read_markup
from editorial.render.markup import render_markup

LETTERS = st.sampled_from('广州2018年亿元ab·、，。（）【】“”*^~[]\\|<>#%:-："{}! ／\u3000')
ANY = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff")
TEXT = st.text(LETTERS | ANY, min_size=1, max_size=8)
WORD = st.text(LETTERS | ANY, min_size=1, max_size=5)
LABEL = st.text(st.sampled_from("12甲a"), min_size=1, max_size=3)
MARKED = st.one_of(
    st.builds(Run, text=TEXT),
    st.builds(Run, kind=st.sampled_from(["emphasis", "superscript", "subscript"]), text=WORD),
    st.builds(Run, kind=st.just("note"), target=LABEL),
    st.builds(Run, kind=st.just("link"), text=WORD, target=WORD.map("#{}".format)),
)
RUNS = st.lists(MARKED, max_size=5).map(tuple).map(joined)
SOME_RUNS = RUNS.filter(bool)
IN_TITLES = RUNS.map(lambda runs: fused(run for run in runs if run.kind != "note"))
CELL = st.builds(Cell, runs=RUNS)
ID = st.from_regex(r"[a-z]{1,5}-[0-9]", fullmatch=True)
LINE = st.text(st.sampled_from('甲乙"\\}|1'), max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width, height = draw(st.integers(1, 4)), draw(st.integers(0, 4))
    grid: list[list[Cell | None]] = [[draw(CELL) for _ in range(width)] for _ in range(height)]
    if height:
        row, column = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        down, across = draw(st.integers(1, height - row)), draw(st.integers(1, width - column))
        for r in range(row, row + down):
            for c in range(column, column + across):
                grid[r][c] = None
        grid[row][column] = Cell(runs=draw(RUNS), down=down, across=across)
    table = Table(
        id=draw(ID),
        rows=tuple(map(tuple, grid)),
        header_rows=draw(st.integers(0, height)),
    )
    return with_unit(titled(table, draw(IN_TITLES)), draw(IN_TITLES))


ENTRY = st.builds(
    titled,
    st.builds(Entry, title=st.just(""), runs=RUNS),
    IN_TITLES.filter(lambda runs: bool(plain(runs).strip(BLANKS))),
)
BLOCK = st.one_of(
    st.builds(Heading, level=st.integers(1, 4), runs=SOME_RUNS),
    ENTRY,
    st.builds(Paragraph, runs=SOME_RUNS),
    st.builds(Note, label=LABEL, runs=RUNS),
    st.builds(Comment, text=st.text(st.sampled_from("待查(*["), max_size=4)),
    st.just(Break()),
    st.builds(
        titled,
        st.builds(
            Figure,
            id=ID,
            src=LINE,
            credit=LINE,
            width=st.sampled_from([0, 25, 30.5]),
            beside=st.booleans(),
            aside=st.booleans(),
            unnumbered=st.booleans(),
        ),
        IN_TITLES,
    ),
    tables(),
)
SIGNED = st.tuples(
    st.builds(Signature, text=st.text(st.sampled_from("市科技局\u3000示例"), min_size=1)),
    ENTRY,
)
DOCUMENTS = st.lists(st.one_of(BLOCK.map(lambda b: (b,)), SIGNED), max_size=6).map(
    lambda groups: Document(blocks=tuple(block for group in groups for block in group))
)


@settings(max_examples=400, deadline=None)
@given(DOCUMENTS)
def test_a_written_document_is_read_back_as_it_was(document: Document) -> None:
    assert read_markup(render_markup(document))[0] == document


@settings(max_examples=400, deadline=None)
@example("\\\r")
@example("\\ \r\n广州")
@given(st.text(max_size=60) | st.lists(LETTERS | st.just("\n"), max_size=60).map("".join))
def test_any_text_can_be_read_and_settles_after_one_writing(text: str) -> None:
    once = render_markup(read_markup(text)[0])
    assert render_markup(read_markup(once)[0]) == once


@settings(max_examples=300, deadline=None)
@given(st.lists(LETTERS | st.sampled_from(["\n", ":::table{#a}\n", "| ", "【", "[^1]: "])))
def test_no_han_character_of_odd_text_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    kept = render_markup(read_markup(text)[0])
    assert [c for c in kept if c in "广州年亿元"] == [c for c in text if c in "广州年亿元"]


def test_an_entry_carries_its_first_paragraph() -> None:
    document, findings = read_markup(
        "【大桥通车】　2018年10月，*大桥*通车[^1]。\n\n后续段落。\n[^1]: 示例。\n"
    )
    assert document.blocks == (
        Entry(
            title="大桥通车",
            runs=(
                Run(text="2018年10月，"),
                Run(kind="emphasis", text="大桥"),
                Run(text="通车"),
                Run(kind="note", target="1"),
                Run(text="。"),
            ),
        ),
        Paragraph(runs=(Run(text="后续段落。"),)),
        Note(label="1", runs=(Run(text="示例。"),)),
    )
    assert findings == ()


def test_a_note_on_a_title_is_called_before_the_text() -> None:
    document, findings = read_markup("【大桥[^1]通车[^2]】　正文。\n[^1]: 示例。\n[^2]: 示例。\n")
    marks = tuple(Run(kind="note", target=label) for label in "12")
    entry = Entry(title="大桥通车", runs=(*marks, Run(text="正文。")))
    assert (document.blocks[0], findings) == (entry, ())
    assert render_markup(Document(blocks=(entry,))) == "【大桥通车】　[^1][^2]正文。\n"


@pytest.mark.parametrize("title", ["[^1]", "甲\\[^1]乙"])
def test_what_is_no_note_on_a_title_stays_in_it(title: str) -> None:
    document = read_markup(f"【{title}】　正文。")[0]
    assert document.blocks == (Entry(title=title.replace("\\", ""), runs=(Run(text="正文。"),)),)
    assert read_markup(render_markup(document))[0] == document


def test_wide_blanks_before_the_words_of_a_cell_set_them_in() -> None:
    lines = (":::table{}", "| 合计 | 1 |", "| 　甲　 |　<|", "|　　\\<| \\ 乙 |", ":::")
    table = read_markup("\n".join(lines))[0].blocks[0]
    assert isinstance(table, Table)
    told = [[cell and plain(cell.runs) for cell in row] for row in table.rows]
    assert told == [["合计", "1"], ["　甲", None], ["　　<", " 乙"]]
    assert "| 　　\\< | \\ 乙 |" in render_markup(Document(blocks=(table,)))


def test_a_table_joins_cells_left_and_up() -> None:
    source = (
        ':::table{#biao-3-1 title="表" unit="亿元"}\n'
        "| 城市 | 产值 | < |\n| ^ | 上年 | 本年 |\n---\n| 广州 | 1 | 2 |\n:::\n"
    )
    (table,) = read_markup(source)[0].blocks
    assert isinstance(table, Table)
    assert table.header_rows == 2
    assert table.rows[0] == (
        Cell(runs=(Run(text="城市"),), down=2),
        Cell(runs=(Run(text="产值"),), across=2),
        None,
    )
    assert render_markup(read_markup(source)[0]) == source


def test_a_pending_mark_at_the_start_of_a_line_is_no_entry() -> None:
    (block,) = read_markup("【待补】本段数据。")[0].blocks
    assert isinstance(block, Paragraph)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("【没有收尾", "M01"),
        (":::video{#a}", "M02"),
        (':::figure{#a width="宽"}', "M03"),
        (":::table{#a}\n| 1 |", "M04"),
        (":::table{#a}\n| 1 | 2 |\n| 3 |\n:::", "M05"),
        ("[^1]: 甲\n[^1]: 乙\n正文[^1]", "M06"),
        ("[^1]: 甲", "M07"),
        ("正文[^9]", "M08"),
        ("# 甲\n### 乙", "M14"),
        ("正文[^1]\n[^1]:", "M15"),
        ("正文[^1]\n[^1]: 甲[^2]\n[^2]: 乙", "M16"),
        (':::figure{#a src="a.png" credit="示例图"}', "M17"),
        ("甲\n<<<<<<< HEAD\n乙\n=======\n丙\n>>>>>>> 1234567\n", "M18"),
        ("指标\t2024年\t2025年", "M19"),
        ("- 甲\n- 乙", "M20"),
        ("甲<br>乙", "M21"),
        ("![图](a.png)", "M22"),
        ("甲\\\n乙", "M23"),
    ],
)
def test_odd_text_is_reported_with_its_line(text: str, code: str) -> None:
    findings = read_markup(text, "03/01")[1]
    assert code in {finding.code for finding in findings}
    assert all(finding.line and finding.where == "03/01" for finding in findings)


def test_attributes_nobody_knows_are_told_in_one_order() -> None:
    names = ("size", "alt", "class", "border", "height")
    written = " ".join(f'{name}="1"' for name in names)
    findings = read_markup(f":::figure{{#a {written}}}")[1]
    told = [each.message for each in findings if each.code == "M03"]
    assert told == [f"不认识的属性“{name}”，未予理会" for name in sorted(names)]


def test_a_block_knows_where_it_was_read() -> None:
    text = "  【甲】　乙。\n丙\n"
    spans = [block.span for block in read_markup(text)[0].blocks]
    assert [text[span.start : span.end] for span in spans] == ["【甲】　乙。", "丙"]


@pytest.mark.parametrize("line", ["注：示例。", "3 | 4 |"])
def test_a_line_of_a_table_without_bars_is_a_row_and_told(line: str) -> None:
    document, findings = read_markup(f":::table{{#a}}\n| 1 | 2 |\n{line}\n| 5 | 6 |\n:::\n\n后文。")
    table, after = document.blocks
    assert isinstance(table, Table)
    assert [row[0].runs[0].text for row in table.rows if row[0]] == [
        "1",
        line[:1] if "|" in line else line,
        "5",
    ]
    assert isinstance(after, Paragraph)
    assert [(f.code, f.line, f.hint) for f in findings] == [
        ("M05", 3, "写作 | …… |，注和资料来源也这样写")
    ]


@pytest.mark.parametrize("line", ["【条目】　文。", "# 标题", ":::figure{#b}", "[^1]: 注", "%% 查"])
def test_a_table_without_its_end_takes_nothing_that_follows(line: str) -> None:
    document, findings = read_markup(f":::table{{#a}}\n| 1 |\n甲\n{line}\n:::")
    assert [type(block) for block in document.blocks[:2]] == [Table, Paragraph]
    assert "M04" in {finding.code for finding in findings}


def test_a_fence_that_closes_nothing_is_told_and_not_printed() -> None:
    document, (finding,) = read_markup("甲\n:::\n乙")
    assert printed_text(document) == "甲\n乙"
    assert (finding.code, finding.line, finding.hint) == ("M02", 2, "删去这一行")


SUB = Run(kind="subscript", text="2")


def test_titles_and_units_hold_what_headings_do() -> None:
    entry, table, figure = read_markup(
        "【CO~2~减排】　甲。\n"
        ':::table{title="CO~2~表" unit="g·m^-3^"}\n| 1 |\n:::\n'
        ':::figure{src="a.png" title="*CO*~2~"}'
    )[0].blocks
    assert isinstance(entry, Entry)
    assert isinstance(table, Table)
    assert isinstance(figure, Figure)
    assert (entry.title, table.title, table.unit, figure.title) == (
        "CO2减排",
        "CO2表",
        "g·m-3",
        "CO2",
    )
    assert entry.title_runs == (Run(text="CO"), SUB, Run(text="减排"))
    assert table.title_runs == (Run(text="CO"), SUB, Run(text="表"))
    assert table.unit_runs == (Run(text="g·m"), Run(kind="superscript", text="-3"))
    assert figure.title_runs == (Run(kind="emphasis", text="CO"), SUB)


@pytest.mark.parametrize("title", ["甲", "CO2减排", "1~2月", "100%*", "a^b"])
def test_a_title_without_closed_marks_is_plain(title: str) -> None:
    document = read_markup(f"【{title}】")[0]
    assert document.blocks == (Entry(title=title),)


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (':::table{title="甲[^k]"}\n| 1 |\n:::', "表题里的注码“k”不起作用，已照原样印出"),
        (
            ':::table{title="甲" unit="个[^k]"}\n| 1 |\n:::',
            "计量单位里的注码“k”不起作用，已照原样印出",
        ),
        (':::figure{title="甲[^k]"}', "图题里的注码“k”不起作用，已照原样印出"),
        ("【[^k]】　甲", "条目标题里的注码“k”不起作用，已照原样印出"),
    ],
)
def test_the_mark_of_a_note_where_none_can_be_is_told(where: str, line: str) -> None:
    document, findings = read_markup(f"{where}\n[^k]: 注")
    assert [(each.code, each.line, each.message) for each in findings] == [("M16", 1, line)]
    assert "[^k]" in printed_text(document)


@pytest.mark.parametrize("mark", ["【】", "【　】", "【\\　】", "#", "# ", "###　"])
def test_an_empty_title_is_told_and_not_printed(mark: str) -> None:
    document, (finding,) = read_markup(f"甲\n{mark}\n乙")
    assert printed_text(document) == "甲\n乙"
    assert (finding.code, finding.line) == ("M13", 2)


def test_words_behind_an_empty_title_are_a_paragraph() -> None:
    document, (finding,) = read_markup("【】　文字。")
    assert document.blocks == (Paragraph(runs=(Run(text="文字。"),)),)
    assert (finding.code, finding.line) == ("M13", 1)


@pytest.mark.parametrize("text", ["\\#", "\\##　", "\\【】"])
def test_what_is_held_is_no_empty_title(text: str) -> None:
    document, findings = read_markup(text)
    assert (printed_text(document), findings) == (text[1:].strip(BLANKS), ())
    assert read_markup(render_markup(document))[0] == document


@pytest.mark.parametrize(
    ("levels", "lines"),
    [("1212", []), ("122311", []), ("24", [1, 2]), ("13", [2]), ("1214", [4]), ("1222", [])],
)
def test_a_heading_that_skips_a_level_is_told(levels: str, lines: list[int]) -> None:
    text = "\n".join(f"{'#' * int(level)} 标题" for level in levels)
    assert [(each.code, each.line) for each in read_markup(text)[1]] == [
        ("M14", line) for line in lines
    ]


def test_a_note_within_a_note_is_told_at_the_outer_one() -> None:
    text = "正文[^a]。\n[^a]: 外层[^b]。\n[^b]: 里层。"
    assert [(each.code, each.line, each.hint) for each in read_markup(text)[1]] == [
        ("M16", 2, "把脚注“b”的文字并到脚注“a”里")
    ]


def test_a_note_that_cites_itself_loses_the_mark() -> None:
    found = [(each.code, each.hint) for each in read_markup("正文[^1]。\n[^1]: 见[^1]。")[1]]
    assert found == [("M16", "删去脚注里的这个注码")]


TWO = ':::table{title="表"}\n| 甲 | 乙 |\n---\n| 1 | 2 |\n'


@pytest.mark.parametrize(
    "rows",
    [
        "| 注：示例。 |",
        "| 注：1.示例。 |\n| 2.示例。 |\n| 资料来源：示例。 |",
        "| 注：*示例* |",
        "| 注：1．示例。 |\n| 2．2025年为示例。 |\n| 3.2021—2025年为示例。 |",
        "| *为示例数。 |\n| ＊＊示例。 |\n| # 为主要项。 |",
    ],
)
def test_notes_on_a_table_need_no_other_cell(rows: str) -> None:
    assert read_markup(f"{TWO}{rows}\n:::")[1] == ()


def test_a_table_without_rules_is_said_so_and_written_so() -> None:
    text = ':::table{plain="yes"}\n| 主任 | 示例人 |\n| 副主任 | 示例甲 |\n:::\n'
    document, findings = read_markup(text)
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert (table.plain, table.header_rows, findings) == (True, 0, ())
    assert read_markup(render_markup(document))[0] == document
    odd = read_markup(text.replace("yes", "没有"))[1]
    assert [each.code for each in odd] == ["M03"]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("| 3 |", 5),
        ("| 注：示例。 |\n| 3 | 4 |", 5),
        ("| 2.示例。 |", 5),
        ("| 注：示例。 |\n| 3 |", 6),
        ("| 注：1.示例。 |\n| 2.5 |", 6),
        ("| 注：1．示例。 |\n| 2．5亿元 |", 6),
        ("| #工业 |", 5),
    ],
)
def test_other_rows_with_one_cell_are_told(rows: str, line: int) -> None:
    findings = read_markup(f"{TWO}{rows}\n:::")[1]
    assert line in [each.line for each in findings if each.code == "M05"]


@pytest.mark.parametrize(
    "line",
    [
        "宽3~5米高6~8米。",
        "温度-5~10℃（平均3~4℃）。",
        "1~3月和4~6月，周一~周五和周六~周日。",
        "气温-5℃~10℃和3℃~8℃，广州~深圳~珠海。",
        "规格1200*600*300毫米",
        "长3米*宽2米*高1米，长10*宽5*高3米",
        "5*5=25，6*6=36。",
        "面积按a*b*c计算。",
        "10^8千瓦时和10^6吨",
        "粤府办[2018](12)号文，见附件[1](二)和[2](三)。",
    ],
)
def test_signs_between_figures_are_no_marks(line: str) -> None:
    """They are facts: 宽3~5米高6~8米 must not become 宽35米高68米."""
    document, findings = read_markup(line)
    assert document.blocks == (Paragraph(runs=(Run(text=line),)),)
    assert not findings


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("10^8^千瓦时", "superscript", "8"),
        ("g·m^-3^", "superscript", "-3"),
        ("示例^注^", "superscript", "注"),
        ("CO~2~排放", "subscript", "2"),
        ("PM~2.5~浓度", "subscript", "2.5"),
        ("T~平均~为", "subscript", "平均"),
        ("本市*重点*工作", "emphasis", "重点"),
        ("2018年*重点*工作", "emphasis", "重点"),
        ("增长10*左右*", "emphasis", "左右"),
        ("本市**重点**工作", "emphasis", "重点"),
        ("规格3**600**件", "emphasis", "600"),
        ("第3~~5米~~", "subscript", "5米"),
        ("2^^3和4^^", "superscript", "3和4"),
    ],
)
def test_marks_are_read_where_they_can_be_nothing_else(line: str, kind: str, text: str) -> None:
    document, _ = read_markup(line)
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert [(run.kind, run.text) for run in paragraph.runs if run.kind != "text"] == [(kind, text)]


@pytest.mark.parametrize(
    "line",
    [
        "（此件公开发布）",
        "（以上排名不分先后）",
        "（注：示例口径）",
        "（见表3-1）",
        "（本表未含示例区）",
    ],
)
def test_a_remark_in_brackets_is_no_signature(line: str) -> None:
    document, _ = read_markup(f"【附件】正文（示例）。\n\n{line}\n")
    assert isinstance(document.blocks[-1], Paragraph)
    again, _ = read_markup(render_markup(document))
    assert again.blocks[-1] == document.blocks[-1]


def test_a_figure_says_how_wide_it_is_and_where_it_stands() -> None:
    document, findings = read_markup(
        ':::figure{src="a" title="甲" width="30.5毫米"}\n'
        "%% 编者注\n"
        ':::figure{src="b" title="乙" beside="yes" number="no"}'
    )
    first, _, second = document.blocks
    assert first == Figure(src="a", title="甲", width=30.5)
    assert second == Figure(src="b", title="乙", beside=True, unnumbered=True)
    assert not findings


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ('width="30cm"', "属性 width 不认识“30cm”，未予理会", '写毫米数，15以上，如 width="30"'),
        ('width="0"', "属性 width 不认识“0”，未予理会", '写毫米数，15以上，如 width="30"'),
        ('width="3"', "属性 width 不认识“3”，未予理会", '写毫米数，15以上，如 width="30"'),
        ('number="1"', "属性 number 不认识“1”，未予理会", '写作 number="no"'),
        (
            'beside="yes"',
            "属性 beside 未予理会：前面紧挨着的不是图",
            '并排的图接着写，beside="yes" 写在第二幅起的各幅里',
        ),
        ('side="left"', "属性 side 不认识“left”，未予理会", '写作 side="right"'),
        (
            'side="right"',
            "属性 side 未予理会：后面紧挨着的不是正文",
            "写在要排在它旁边的那一段前面",
        ),
    ],
)
def test_odd_values_are_told_and_left_out(written: str, message: str, hint: str) -> None:
    text = f'正文。\n:::figure{{src="a" title="甲" {written}}}'
    document, (found,) = read_markup(text, "03/01")
    assert (found.code, found.message, found.hint, found.line) == ("M03", message, hint, 2)
    figure = document.blocks[1]
    assert isinstance(figure, Figure)
    assert replace(figure, beside=False, aside=False) == Figure(src="a", title="甲")


def test_a_portrait_stands_before_its_text() -> None:
    document, findings = read_markup(':::figure{src="a" title="甲" side="right"}\n【甲】　示例。')
    assert document.blocks[0] == Figure(src="a", title="甲", aside=True)
    assert not findings
