"""The Word letter has the parts of GB/T 9704-2012 clause 10.1 in their places."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.document import Document
from docx.shared import Length
from lxml import etree

from editorial.desk.annexes import TICKS
from editorial.model.labels import Answer, LetterKind
from editorial.model.origin import Origin
from editorial.model.sheet import Annex, AnswerForm, Sheet
from editorial.model.style import FontConfig, FontRole, LetterStyle
from editorial.model.wording import wording_faults
from editorial.read.reply_form import read_returned
from editorial.render.docx.letter import form_docx, letter_docx
from editorial.render.docx.wordml import MAIN, ORDERS

W = f"{{{MAIN}}}"
STYLES = Path(__file__).parents[2] / "styles" / "letters"
WORDS = {"song": "宋体", "song_bold": "宋体", "hei": "黑体", "kai": "楷体", "fang": "仿宋"}
DAY = date(2020, 3, 10)
FONTS = FontConfig(
    roles={
        role: FontRole(label=word, word=word, faces=())
        for role, word in (WORDS | {"xbs": "方正小标宋简体"}).items()
    }
)
ANNEX = Annex(
    title="修改补充事项清单",
    columns=("序号", "内容", "单位回复"),
    rows=(("1", "核实投资额", ""), ("2", "补充开工时间", "")),
)
LYING = replace(ANNEX, wide=True, blank=2)
FORM = AnswerForm(
    title="回执",
    to="示例市地方志办公室",
    matter="《关于示例的函》收悉。",
    ticks=TICKS,
    blanks=(("person", "填表人"), ("phone", "联系电话")),
)
SHEET = Sheet(
    letterhead="示例市地方志办公室",
    number="示志函〔2020〕12号",
    title="关于商请修改补充《示例城市群年鉴2019》有关内容的函",
    addressee="示例市科学技术局",
    body=((0, "有关事项函告如下："), (1, "一、内容"), (2, "（一）数据"), (0, "请予支持为盼。")),
    issuer="示例市地方志办公室",
    date="2020年3月5日",
    remark="联系人：林示例，电话：000-0000000",
    annexes=(ANNEX,),
    keywords=("年鉴", "修改补充"),
)


def built(sheet: Sheet = SHEET) -> bytes:
    return letter_docx(sheet, FONTS).data


def opened(**changes: Any) -> Document:
    return docx.Document(io.BytesIO(built(replace(SHEET, **changes))))


def styled(**changes: Any) -> list[tuple[str, str]]:
    paragraphs = opened(**changes).paragraphs
    return [(each.style.name, each.text) for each in paragraphs if each.style]


def lines_of(style: str, **changes: Any) -> list[str]:
    return [text for name, text in styled(**changes) if name == style]


def root(name: str = "word/document.xml", **changes: Any) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(built(replace(SHEET, **changes)))) as archive:
        return etree.fromstring(archive.read(name))


def millimetres(*lengths: Length | None) -> list[float]:
    return [round(length.mm, 1) for length in lengths if length is not None]


def test_parts_stand_in_the_order_of_the_standard() -> None:
    assert styled()[:11] == [
        ("发文字号", "示志函〔2020〕12号"),
        ("函件标题", "关于商请修改补充\n《示例城市群年鉴2019》有关内容的函"),
        ("主送机关", "示例市科学技术局："),
        ("Normal", "有关事项函告如下："),
        ("一级标题", "一、内容"),
        ("二级标题", "（一）数据"),
        ("Normal", "请予支持为盼。"),
        ("附件说明", "附件：修改补充事项清单"),
        ("署名", "示例市地方志办公室"),
        ("成文日期", "2020年3月5日"),
        ("附注", "（联系人：林示例，电话：000-0000000）"),
    ]


def test_type_area_is_156_by_225() -> None:
    page = opened().sections[0]
    assert millimetres(
        page.top_margin, page.left_margin, page.right_margin, page.bottom_margin
    ) == [37.0, 28.0, 25.9, 35.0]


def test_28_characters_and_22_lines_fit() -> None:
    normal = root("word/styles.xml").find(f"{W}style[@{W}styleId='Normal']")
    page = opened().sections[0]
    assert normal is not None
    size, tracking = (
        int(str(normal.find(f"{W}rPr/{W}{name}").get(f"{W}val"))) for name in ("sz", "spacing")
    )
    line = int(str(normal.find(f"{W}pPr/{W}spacing").get(f"{W}line")))
    width = page.page_width.twips - page.left_margin.twips - page.right_margin.twips
    height = page.page_height.twips - page.top_margin.twips - page.bottom_margin.twips
    assert (width // (size * 10 + tracking), height // line) == (28, 22)


def test_letterhead_stands_in_the_header_in_red() -> None:
    mark = opened().sections[0].first_page_header.paragraphs[0]
    assert (mark.text, mark.style.name) == ("示例市地方志办公室", "发文机关标志")
    assert str(mark.style.font.color.rgb) == "FF0000"


def test_marks_stand_at_the_left_the_first_beside_the_number() -> None:
    assert styled(marks=("秘密★1年", "特急"))[:2] == [
        ("发文字号", "秘密★1年\t示志函〔2020〕12号"),
        ("密级和紧急程度", "特急"),
    ]


def test_names_of_a_joint_letter_stand_side_by_side_under_the_letterhead_of_the_host() -> None:
    partners = ("示例市档案馆", "示例市统计局")
    assert lines_of("署名", partners=partners) == [
        "\t示例市地方志办公室\t示例市档案馆",
        "示例市统计局",
    ]
    page = opened(partners=partners).sections[0]
    assert page.first_page_header.paragraphs[0].text == "示例市地方志办公室"


def test_a_wide_annex_lies_in_a_section_of_its_own() -> None:
    sections = opened(annexes=(LYING, FORM)).sections
    assert [str(each.orientation) for each in sections] == [
        "PORTRAIT (0)",
        "LANDSCAPE (1)",
        "PORTRAIT (0)",
    ]
    assert [each.different_first_page_header_footer for each in sections] == [True, False, False]
    lying = sections[1]
    assert millimetres(lying.top_margin, lying.left_margin, lying.right_margin) == [
        28.0,
        35.0,
        37.0,
    ]


def test_the_form_has_a_box_for_every_answer_and_blanks_for_the_rest() -> None:
    tags = [each.get(f"{W}val") for each in root(annexes=(FORM,)).iter(f"{W}tag")]
    assert tags == [
        "answer:on_time",
        "answer:extension",
        "answer:until",
        "answer:not_ours",
        "answer:pass_to",
        "answer:person",
        "answer:phone",
    ]


def test_a_box_ticked_in_the_form_is_read_back() -> None:
    data = built(replace(SHEET, annexes=(FORM,)))
    ticked = filled(data, "☐", "☑", nth=3)
    paper = read_returned(ticked, DAY)
    assert paper is not None
    assert paper.form.answer is Answer.NOT_OURS


def test_a_form_that_lies_apart_is_read_back_and_knows_its_letter() -> None:
    origin = Origin(workspace="a" * 40, volume="shili-2019", letter="0003")
    sheet = replace(SHEET, annexes=(replace(FORM, apart=True),), origin=origin)
    paper = read_returned(filled(form_docx(sheet, FONTS, 0).data, "☐", "☑", nth=1), DAY)
    assert paper is not None
    assert (paper.form.answer, paper.origin) == (Answer.ON_TIME, origin)


def filled(data: bytes, sign: str, by: str, nth: int) -> bytes:
    """The file with the nth such sign of its text changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                *before, last = content.decode().split(sign, nth)
                content = (sign.join(before) + by + last).encode()
            new.writestr(name, content)
    return out.getvalue()


def test_a_hyphen_in_a_mail_address_does_not_part_it() -> None:
    words = root(body=((0, "请发送至nian-jian@example.org。"),)).find(f".//{W}noBreakHyphen")
    assert words is not None


@pytest.mark.parametrize(
    ("style", "weights"), [("首页上双线", ["23", "8"]), ("首页下双线", ["8", "23"])]
)
def test_double_rules_have_the_heavy_line_outside(style: str, weights: list[str]) -> None:
    rule = opened().styles[style].element
    assert [edge.get(f"{W}sz") for edge in rule.find(f"{W}pPr/{W}pBdr")] == weights


def test_lower_rule_ends_20_mm_over_the_edge() -> None:
    frame = root("word/footer3.xml").find(f".//{W}framePr")
    assert frame is not None
    place = {name: int(str(frame.get(f"{W}{name}"))) for name in ("w", "x", "y")}
    height = 28 + (23 + 8) / 8 * 20
    assert [round(twips / 56.693, 1) for twips in place.values()] == [170.0, 20.0, 275.1]
    assert round((place["y"] + height) / 56.693, 1) == 277.0


def test_first_page_has_no_number_and_others_have() -> None:
    page = opened().sections[0]
    feet = (page.first_page_footer, page.footer, page.even_page_footer)
    assert [foot.paragraphs[-1].text for foot in feet] == ["", "— 2 —", "— 2 —"]


@pytest.mark.parametrize("addressee", ["示例局", "示例局：", "示例局:"])
def test_addressee_ends_with_one_colon(addressee: str) -> None:
    assert lines_of("主送机关", addressee=addressee) == ["示例局："]


def test_two_annexes_are_numbered() -> None:
    annexes = (ANNEX, replace(ANNEX, title="意见反馈表"))
    assert lines_of("附件说明", annexes=annexes) == ["附件：1.修改补充事项清单", "2.意见反馈表"]
    assert lines_of("附件标识", annexes=annexes) == ["附件1", "附件2"]


def test_letter_without_annex_says_nothing_of_one() -> None:
    assert [text for _, text in styled(annexes=()) if "附件" in text] == []


def test_annex_table_has_the_columns_and_rows_of_the_sheet() -> None:
    (table,) = opened().tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        list(ANNEX.columns),
        *map(list, ANNEX.rows),
    ]


def test_annex_head_repeats_on_each_page() -> None:
    rows = root().iter(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]


def test_free_column_leaves_room_to_write() -> None:
    widths = [int(str(column.get(f"{W}w"))) for column in root().iter(f"{W}gridCol")]
    assert widths[2] > 4 * widths[0]


def test_annex_begins_a_page() -> None:
    mark = opened().styles["附件标识"].element
    assert mark.find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_heading_that_runs_on_is_set_in_two_faces() -> None:
    runs = opened(body=((1, "一、内容。后文。"),)).paragraphs[3].runs
    assert [(run.text, run.style.name) for run in runs if run.style] == [
        ("一、内容。", "一级标题字"),
        ("后文。", "Default Paragraph Font"),
    ]


def test_copies_stand_at_the_foot_of_the_last_page() -> None:
    foot = next(each for each in root(cc=("甲局", "乙局")).iter(f"{W}framePr"))
    assert (foot.get(f"{W}yAlign"), lines_of("抄送", cc=("甲局", "乙局"))) == (
        "bottom",
        ["抄送：甲局，乙局。"],
    )


def test_letter_not_yet_signed_holds_number_and_date_open() -> None:
    texts = [text for _, text in styled(number="", date="")]
    assert {"（签发时编号）", "（签发时填写日期）"} <= set(texts)


def test_properties_say_what_the_letter_is() -> None:
    properties = opened().core_properties
    assert (properties.title, properties.author, properties.keywords) == (
        SHEET.title,
        SHEET.issuer,
        "年鉴；修改补充",
    )
    assert properties.created.date().isoformat() == "2020-03-05"


def test_same_sheet_gives_same_bytes() -> None:
    assert built() == built()


def test_control_characters_are_left_out() -> None:
    assert lines_of("Normal", body=((0, "前\x00\x0b\ud800后"),))[0] == "前后"


def test_properties_stand_in_schema_order() -> None:
    wrong = [
        element.tag
        for part in ("document", "styles", "header1", "footer1", "footer3", "footer4")
        for element in root(f"word/{part}.xml", cc=("甲局",), annexes=(LYING, FORM)).iter()
        if not in_order(element)
    ]
    assert wrong == []


def in_order(element: etree._Element) -> bool:
    order = ORDERS.get(str(element.tag).removeprefix(W), "").split()
    places = [order.index(str(child.tag).removeprefix(W)) for child in element] if order else []
    return places == sorted(places)


# Wordings

KINDS = [kind.value for kind in LetterKind]


def style_of(kind: str) -> LetterStyle:
    raw = yaml.safe_load((STYLES / f"{kind}.yaml").read_text(encoding="utf-8"))
    stored = {each.name for each in fields(LetterStyle) if each.metadata.get("stored", True)}
    assert set(raw) <= stored
    wording = (STYLES / f"{kind}.md").read_text(encoding="utf-8")
    return LetterStyle(**raw | {"required": tuple(raw["required"]), "wording": wording})


@pytest.mark.parametrize("kind", KINDS)
def test_wording_lacks_nothing_a_letter_needs(kind: str) -> None:
    assert list(wording_faults(style_of(kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_wording_names_a_date_and_ends_with_its_closing(kind: str) -> None:
    style = style_of(kind)
    assert ("{期限}" in style.wording, style.wording.splitlines()[-1]) == (True, "{结语}")


@pytest.mark.parametrize("kind", KINDS)
def test_title_is_one_matter_and_a_letter(kind: str) -> None:
    assert re.fullmatch("关于[^{]*《{书名}》[^{]*的函", style_of(kind).title)


@pytest.mark.parametrize("kind", KINDS)
def test_tone_is_among_equals(kind: str) -> None:
    assert re.findall("责令|务必|必须|否则|此致|尽快", style_of(kind).wording) == []


@pytest.mark.external("pandoc")
def test_pandoc_reads_every_line(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(built())
    command = ["pandoc", "-t", "plain", "--wrap=none", str(path)]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    wanted = [text for _, text in SHEET.body] + [text for row in ANNEX.rows for text in row]
    assert [text for text in wanted if text not in read] == []
