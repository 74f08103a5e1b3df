"""Words in cells: heads broken between words, names whole, codes and signs as they are meant."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from editorial.model.document import Cell, Run
from editorial.model.style import role_of
from editorial.render.pdf.cell_words import head_lines, names_kept, words_in
from editorial.render.pdf.cells import cells_of, measured
from editorial.render.pdf.inline import copy_of
from editorial.render.pdf.panel import Panel, SetBox, set_cells
from editorial.render.widths import Fit
from tests.render.tablepress import Press, grid


@pytest.fixture
def press() -> Press:
    return Press()


def lines_of(box: SetBox) -> list[str]:
    return [box.lines.text_of(at) for at in range(box.lines.count)] if box.lines else []


# Heads


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("社会消费品零售总额", 4, "社会/消费品/零售总额"),
        ("社会消费品零售总额", 5, "社会消费品/零售总额"),
        ("#社会消费品零售总额", 5, "#社会/消费品/零售总额"),
        ("固定资产投资", 4, "固定资产/投资"),
        ("固定资产投资", 3, "固定/资产/投资"),
        ("人均可支配收入", 4, "人均/可支配/收入"),
        ("主营业务收入", 4, "主营业务/收入"),
        ("亏损企业亏损额", 4, "亏损企业/亏损额"),
        ("一般公共预算收入", 4, "一般公共/预算收入"),
        ("自然增长率", 3, "自然/增长率"),
        ("单位数", 2, "单位/数"),
        ("示例", 1, "示/例"),
    ],
)
def test_heads_are_broken_between_words(text: str, most: int, lines: str) -> None:
    assert "/".join(head_lines(text, most)) == lines


def test_what_a_word_is_counted_by_stays_with_it() -> None:
    found = [
        text[start:stop] for text in ("利用率", "产品数量") for start, stop in words_in(text, 4)
    ]
    assert found == ["利用率", "产品", "数量"]


@pytest.mark.parametrize("columns", range(6, 16))
def test_no_head_ends_a_line_within_a_word(press: Press, columns: int) -> None:
    heads = ["固定资产投资（万元）", "#社会消费品零售总额", "主营业务收入"]
    table = grid(
        ["地区", *(heads[at % 3] for at in range(columns))],
        *(["示例县", *["123 456"] * columns] for _ in range(4)),
    )
    (panel,) = press.plan(table).panels
    for box in panel.rows[0]:
        joined = "/".join(lines_of(box))
        assert not {"资/产", "消/费", "费/品", "固/定", "业/务", "零/售"} & {
            joined[at - 1 : at + 2] for at in range(1, len(joined))
        }


# Texts


def only(press: Press, text: str, columns: int = 6) -> SetBox:
    """A cell of a narrow column, as it is set."""
    row = [text, *["示例市第一人民医院办公室"] * columns]
    return press.plan(grid(["名单", *["单位"] * columns], row, row)).panels[0].rows[1][0]


def test_texts_in_narrow_columns_are_not_spread(press: Press) -> None:
    box = only(press, "示例科技股份有限公司第二车间维修班组", columns=3)
    assert box.lines
    assert 5 < box.lines.width / box.lines.look.size < 13
    assert box.lines.look.align == "left"


@pytest.mark.parametrize(("ems", "align"), [(14, "left"), (19, "left"), (21, "justify")])
def test_only_texts_in_wide_columns_are_spread(press: Press, ems: int, align: str) -> None:
    box = wide(press, "全长86.42千米，设计速度100千米/小时，双向四车道，路基宽26米", ems)
    assert box.lines
    assert box.lines.look.align == align


@pytest.mark.parametrize("columns", [4, 5, 6])
def test_names_in_a_cell_are_not_broken(press: Press, columns: int) -> None:
    names = ["张示例", "王示", "李例示", "欧阳示例", "Ivan Li", "Иван Ли", "赵示例"]
    lines = lines_of(only(press, "、".join(names), columns))
    assert len(lines) > 1
    assert "".join(lines) == "、".join(names)
    assert {name for line in lines for name in line.split("、") if name} == set(names)


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        (
            "示例大学、示例集团有限公司、示例市第一医院",
            12,
            "示例大学、/示例集团有限公司、/示例市第一医院",
        ),
        ("张示例、王示、李例示、赵示例", 8, "张示例、王示、/李例示、赵示例"),
    ],
)
def test_lists_are_broken_between_names(press: Press, text: str, ems: int, lines: str) -> None:
    look = replace(press.setting.style.roles["table_cell"], align="left")
    copy = names_kept(copy_of(press.setting, (Run(text=text),), look.font), ems)
    found = copy.lines(look, ems * look.size)
    assert "/".join(found.text_of(at) for at in range(found.count)) == lines


@pytest.mark.parametrize("text", ["电力、热力生产和供应业", "示例，张示例、王示", "张示例"])
def test_what_is_no_list_is_not_kept_whole(press: Press, text: str) -> None:
    copy = copy_of(press.setting, (Run(text=text),), "song")
    assert names_kept(copy, 9) is copy


def wide(press: Press, text: str, ems: float) -> SetBox:
    """A cell of a column so many ems wide, as it is set."""
    cells = cells_of(press.setting, grid(["名单"], [text], ["短"]))
    size = press.setting.style.roles["table_cell"].size
    found = Fit(size=size, pad=3, edges=(0, ems * size + 6))
    return set_cells(press.setting, measured(cells), found)[0][1][0]


@pytest.mark.parametrize("ems", range(9, 40, 3))
@pytest.mark.parametrize("mark", ["、", "　"])
def test_no_name_is_broken_however_wide_the_cell(press: Press, mark: str, ems: int) -> None:
    names = ["赵示", "赵示例", "孙例示", "欧阳示例", "钱示", "李例示", "司徒示"] * 4
    lines = lines_of(wide(press, mark.join(names), ems))
    assert len(lines) > 1
    assert [name for line in lines for name in line.split(mark) if name] == names


@pytest.mark.parametrize("ems", [14, 26, 38])
def test_names_in_cells_stand_under_one_another(press: Press, ems: int) -> None:
    """A list in a table is set like one in the text, and shorter ones of its column with it."""
    lists = ["　".join(["赵示", "李例示", "孙例"] * 5), "钱　例　孙示例"]
    cells = cells_of(press.setting, grid(["名单"], *([each] for each in lists)))
    size = press.setting.style.roles["table_cell"].size
    found = Fit(size=size, pad=3, edges=(0, ems * size + 6))
    rows, _ = set_cells(press.setting, measured(cells), found)
    pitches = set()
    for (box,) in rows[1:]:
        assert box.lines
        assert box.lines.look.align == "left"
        pitches |= {strip.piece.cell for strip in box.lines.copy.typed.strips}
    assert len(pitches) == 1
    assert 4000 <= pitches.pop() < 9000


def test_few_names_in_a_narrow_cell_are_not_broken(press: Press) -> None:
    for ems in (5, 6, 7, 8, 9, 10):
        assert all(
            name in "/".join(lines_of(wide(press, "赵示例　钱示　孙示例　李例示", ems)))
            for name in ("赵示例", "钱示", "孙示例", "李例示")
        )


# Widths


def test_columns_are_as_wide_as_makes_rows_lowest(press: Press) -> None:
    """The fullest column is the widest of those of texts; figures and their units take room."""
    made = ["全长86.42千米，设计速度100千米/小时，双向四车道，路基宽26米"]
    made += ["新建管网126.8千米，改造污水处理厂4座，日处理能力由12万吨提高到20万吨"]
    names, units = ["示例江流域水环境综合治理试点项目"] * 3, ["示例电子（集团）有限公司"] * 3
    head = ["序号", "项目名称", "建设单位", "建设规模及主要内容", "总投资", "完成投资", "形象进度"]
    rows = [
        [str(at), name, unit, text, "51.42", "13.54", "完成路基工程的65%"]
        for at, (name, unit, text) in enumerate(zip(names * 4, units * 4, made * 6, strict=True))
    ]
    (panel,) = press.plan(grid(head, *rows)).panels
    widths = [right - left for left, right in pairwise(panel.edges)]
    assert widths[3] == max(widths)
    assert max(box.deep for row in panel.rows for box in row) <= 4


# Kinds of cells


def column(press: Press, *texts: str) -> tuple[Panel, list[SetBox]]:
    rows: list[list[str | Cell | None]] = [["甲", "1", text] for text in texts]
    (panel,) = press.plan(grid(["地区", "数", "值"], *rows)).panels
    return panel, [row[2] for row in panel.rows[1:]]


def test_marks_between_no_names_are_text(press: Press) -> None:
    copy = copy_of(press.setting, (Run(text="、" * 60),), "song")
    assert names_kept(copy, 6) is copy


def test_codes_that_begin_with_nought_stand_in_the_middle(press: Press) -> None:
    panel, boxes = column(press, "020", "0763", "021")
    size, (left, right) = panel.look.size, panel.edges[2:]
    for box in boxes:
        assert box.lines
        assert box.x + box.lines.copy.length(size) / 2 == pytest.approx((left + right) / 2, abs=0.1)


@pytest.mark.parametrize("typed", ["-1.5", "－1.5"])
def test_a_wide_sign_before_a_figure_is_a_minus(press: Press, typed: str) -> None:
    _, boxes = column(press, typed, "2.5", "－", "3.5", "10.5")
    assert [box.lines.copy.text for box in boxes if box.lines][:3] == ["−1.5", "2.5", "－"]


@pytest.mark.parametrize("names", [["东山区", "西河区"], ["东山", "示例经济技术开发区"]])
def test_stubs_before_figures_begin_at_the_left(press: Press, names: list[str]) -> None:
    (panel,) = press.plan(grid(["地区", "数"], *([name, "1"] for name in names))).panels
    assert [row[0].x for row in panel.rows[1:]] == [pytest.approx(4)] * 2


def test_years_before_figures_stand_in_the_middle(press: Press) -> None:
    (panel,) = press.plan(grid(["年份", "数"], ["2017年", "1"], ["2018年", "1"])).panels
    assert panel.rows[1][0].x > 10


# Narrow tables


def test_a_table_of_few_short_columns_is_drawn_together(press: Press) -> None:
    rows = [[f"{year}", f"{year}.5"] for year in range(2010, 2019)]
    table = grid(
        ["年份", "人口"], *rows, title="示例市历年年末户籍人口和常住人口情况表", unit="万人"
    )
    (panel,) = press.plan(table).panels
    heading, measure = panel.heading, press.frame.measure
    assert panel.edges[-1] == pytest.approx(0.4 * measure)
    assert (heading.measure, heading.width) == (measure, panel.edges[-1])
    assert heading.title.lines.count == 1
    assert heading.unit.lines.width == panel.edges[-1]


@pytest.mark.parametrize("rows", [[["甲" * 12, "乙" * 12]], [["甲", "1", "2", "3"]]])
def test_other_tables_fill_their_place(press: Press, rows: list[list[str | Cell | None]]) -> None:
    (panel,) = press.plan(grid(["项目"] * len(rows[0]), *rows)).panels
    assert panel.edges[-1] == pytest.approx(press.frame.measure)


def test_posts_stand_beside_their_names(press: Press) -> None:
    rows = [["主　任", "周示例（示例市副市长）"], ["副主任", "郑示例、吴示例、王示例、冯示例"]]
    (panel,) = press.plan(grid(*rows, plain=True)).panels
    size = role_of(press.setting.style, "plain_cell").size
    assert panel.edges[1] == pytest.approx(4 * size)
    even = grid(["周示例", "郑示例", "吴示例"], ["冯示例", "陈示例", "褚示例"], plain=True)
    (panel,) = press.plan(even).panels
    widths = [b - a for a, b in pairwise(panel.edges)]
    assert widths == [pytest.approx(widths[0])] * 3


def test_no_mark_between_names_is_lost_behind_emphasis_or_a_note(press: Press) -> None:
    plain = (
        (Run(text="赵示例、"), Run(text="钱示例", kind="emphasis"), Run(text="、孙示例、李示例")),
        (Run(text="钱示例"), Run(text="注", kind="superscript"), Run(text="、孙示例、李例示")),
    )
    for said in plain:
        copy = copy_of(press.setting, said, press.setting.style.roles["table_cell"].font)
        assert names_kept(copy, 9).text == copy.text
