"""Words typed into a reader's Word copy without tracking: found against the edition sent out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image

from editorial.desk.draft import make_draft
from editorial.desk.keep import keep
from editorial.desk.office import Desk
from editorial.desk.opinion_import import Imported
from editorial.desk.rounds import open_round
from editorial.model.asked_change import asked_change
from tests.desk.opinion_papers import (
    AT,
    GAIKUANG,
    JICHANG,
    PINGTAI,
    READERS,
    opinions,
    prose,
    take,
)

Typing = Callable[[Document], None]
NAME = "专家甲 评议稿.docx"


@pytest.fixture
def copy(desk: Desk, tmp_path: Path) -> Callable[[Typing], Imported]:
    """What is taken from the Word copy of the first reader after he typed into it."""
    open_round(desk, "评议会", at=AT, readers=READERS)
    made = make_draft(desk, at=AT, formats=("docx",))
    sent = next(path for path in made.files if path.suffix == ".docx")

    def typed(typing: Typing) -> Imported:
        document = docx.Document(str(sent))
        typing(document)
        path = tmp_path / NAME
        document.save(str(path))
        return take(desk, path)[0]

    return typed


def paragraph(document: Document, words: str) -> Paragraph:
    return next(each for each in document.paragraphs if words in each.text)


MARK = ".//w:bookmarkStart[starts-with(@w:name, '_ed_')]"


def change(document: Document, old: str, new: str) -> None:
    run = next(run for each in document.paragraphs for run in each.runs if old in run.text)
    run.text = run.text.replace(old, new)


def said(one: Imported) -> list[tuple[str, str, str]]:
    return [(o.opinion.section, o.opinion.original, o.opinion.text) for o in one.taken]


def test_an_untouched_copy_is_told(copy: Callable[[Typing], Imported]) -> None:
    one = copy(lambda document: None)
    assert (one.taken, one.remarks) == ((), (f"{NAME}与第1稿一字不差",))


def test_words_before_the_text_are_told(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        change(document, "本书为示例", "本书是示例")
        change(document, "1200万", "1210万")

    one = copy(typing)
    front = "的封面或编辑说明里写了“本书是示例，内容全部虚构。”，没有当作意见，请看原件"
    assert (len(one.taken), one.remarks[1:]) == (1, (NAME + front,))


def test_words_on_the_form_are_told(copy: Callable[[Typing], Imported]) -> None:
    one = copy(lambda document: change(document, "填表人签名", "填表人签名（附后）"))
    assert one.taken == ()
    (told,) = one.remarks
    assert told.startswith(
        f"{NAME}的正文、脚注和图与第1稿一字不差；封面或意见表里写了“填表人签名（附后）"
    )


def test_a_numbered_copy_is_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_round(desk, "评议会", at=AT, readers=READERS)
    people = "readers:\n- {name: 专家甲, unit: 示例大学}\n- {name: 专家乙, unit: 示例大学}\n"
    (tmp_path / "readers.yaml").write_text(people, "utf-8")
    monkeypatch.chdir(tmp_path)
    made = make_draft(desk, at=AT, formats=("docx",), readers="readers.yaml")
    for _, path in made.copies:
        (one,) = take(desk, path)
        assert one.taken == ()
        assert one.remarks == (f"{path.name}的正文、脚注和图与第1稿一字不差",)


def test_words_changed_put_in_and_taken_out(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        change(document, "1200万", "1210万")
        change(document, "研发机构120个", "研发机构（含分支）120个")

    one = copy(typing)
    assert said(one) == [
        (GAIKUANG, "示例区有研发机构", "“示例区有研发机构”后增加“（含分支）”"),
        (JICHANG, "客吞吐量1200万人", "“客吞吐量1200万人”改为“客吞吐量1210万人”"),
    ]
    assert [each.opinion.by for each in one.taken] == [READERS[0]] * 2
    assert any("2处没有开修订" in each for each in one.remarks)


def test_the_same_copy_again_gives_nothing_twice(
    desk: Desk, copy: Callable[[Typing], Imported]
) -> None:
    copy(lambda document: change(document, "1200万", "1210万"))
    again = copy(lambda document: change(document, "1200万", "1210万"))
    assert (len(opinions(desk)), again.again) == (1, 1)


def test_a_paragraph_taken_out(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        gone = paragraph(document, "1200万")
        gone._p.getparent().remove(gone._p)

    one = copy(typing)
    assert [each.opinion.section for each in one.taken] == [JICHANG]
    assert one.taken[0].opinion.text.startswith("删去“")


def test_a_paragraph_parted_in_two(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        first = paragraph(document, "1200万")
        whole = first.text
        second = first.insert_paragraph_before(whole[:10])
        first.text = whole[10:]
        assert second.text + first.text == whole

    one = copy(typing)
    assert [(o.opinion.section, o.opinion.text[-5:]) for o in one.taken] == [
        (JICHANG, "后另起一段")
    ]


def test_a_number_in_a_table(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        table = next(t for t in document.tables if any("2018年" in c.text for c in t.rows[0].cells))
        last = table.rows[-1].cells[-1].paragraphs[0].runs[0]
        last.text = f"{last.text}9"

    (taken,) = copy(typing).taken
    assert taken.opinion.anchor is not None
    assert taken.opinion.text == f"“{taken.opinion.original}”改为“{taken.opinion.original}9”"


def test_the_same_change_in_two_places_is_two(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        for words in ("1200万", "120个"):
            run = next(r for r in paragraph(document, words).runs if "2018年" in r.text)
            run.text = run.text.replace("2018年", "2019年", 1)

    assert [text for _, _, text in said(copy(typing))] == ["“2018年”改为“2019年”"] * 2


def add_below(line: Paragraph, words: str) -> None:
    """A new paragraph after that one, without its bookmark."""
    below = OxmlElement("w:p")
    line._p.addnext(below)
    Paragraph(below, line._parent).add_run(words)


def test_a_line_that_ends_in_a_decimal(copy: Callable[[Typing], Imported]) -> None:
    one = copy(lambda document: change(document, "1200万人次。", "均重3.5"))
    assert [text for _, _, text in said(one)] == ["“1200万人次。”改为“均重3.5”"]


def test_a_paragraph_that_ends_in_a_decimal(copy: Callable[[Typing], Imported]) -> None:
    one = copy(lambda document: add_below(paragraph(document, "120个"), "合计96.5"))
    assert [(at, text) for at, _, text in said(one)] == [
        (GAIKUANG, "“上年增加12个。”后另起一段增加“合计96.5”")
    ]


def test_a_paragraph_after_the_last_block(copy: Callable[[Typing], Imported]) -> None:
    one = copy(lambda document: add_below(paragraph(document, "1200万"), "全年新增3家。"))
    assert [(at, text) for at, _, text in said(one)] == [
        (JICHANG, "“1200万人次。”后另起一段增加“全年新增3家。”")
    ]


def statistics(document: Document) -> Table:
    return next(t for t in document.tables if any("2018年" in c.text for c in t.rows[0].cells))


def test_a_row_put_in(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        table = statistics(document)
        last = table.rows[-1]._tr
        last.addnext(deepcopy(last))
        for cell, words in zip(table.rows[-1].cells, ("院士站", "1", "2"), strict=True):
            cell.paragraphs[0].runs[0].text = words

    assert [(at, text) for at, _, text in said(copy(typing))] == [
        (PINGTAI, "表1-1“实验室”一行后增加一行：院士站|1|2")
    ]


def test_a_row_taken_out(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        last = statistics(document).rows[-1]._tr
        last.getparent().remove(last)

    ((at, _, text),) = said(copy(typing))
    assert (at, text) == (PINGTAI, "删去表1-1“实验室”一行：实验室|10|15")
    assert asked_change(text) is None  # its first cell alone is not to be taken out


def test_a_paragraph_below_a_table(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        below = OxmlElement("w:p")
        statistics(document)._tbl.addnext(below)
        Paragraph(below, document._body).add_run("注：初步统计。")

    assert [text for _, _, text in said(copy(typing))] == ["表1-1后另起一段增加“注：初步统计。”"]


def test_a_cell_taken_out_has_its_place(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        for row in statistics(document).rows:
            row._tr.remove(row.cells[1]._tc)

    one = copy(typing)
    assert [(at, text) for at, _, text in said(one)] == [
        (PINGTAI, "表1-1“平台”一行里少了“2017年”一格"),
        (PINGTAI, "表1-1“实验室”一行里少了“10”一格"),
    ]
    assert all(each.opinion.anchor and not each.note for each in one.taken)
    assert not any(asked_change(each.opinion.text) for each in one.taken)


def test_cells_joined_are_not_carried_out(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        row = statistics(document).rows[-1]
        row.cells[1].paragraphs[0].runs[0].text = "1015"
        row._tr.remove(row.cells[2]._tc)

    ((at, _, text),) = said(copy(typing))
    assert (at, text) == (PINGTAI, "表1-1“实验室”一行里“10|15”这里是“1015”")
    assert asked_change(text) is None


def test_the_unit_of_a_table(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        unit = paragraph(document, "单位：个").runs[0]
        unit.text = unit.text.replace("个", "家")

    assert [(at, text) for at, _, text in said(copy(typing))] == [
        (PINGTAI, "“单位：个”改为“单位：家”")
    ]


def heading(document: Document, words: str) -> Paragraph:
    return next(p for p in document.paragraphs if p.text == words and p._p.xpath(MARK))


def test_the_heading_of_a_section(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        (run,) = heading(document, "创新平台").runs
        run.text = "科技创新平台"

    (taken,) = copy(typing).taken
    assert (taken.opinion.section, taken.note) == (PINGTAI, "")
    assert taken.opinion.text == "分目标题“创新平台”改为“科技创新平台”"


def test_another_heading_altogether(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        (run,) = heading(document, "机场").runs
        run.text = "民用航空"

    assert [text for _, _, text in said(copy(typing))] == ["分目标题“机场”改为“民用航空”"]


def test_a_heading_taken_out(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        gone = heading(document, "创新平台")._p
        gone.getparent().remove(gone)

    assert [(at, text) for at, _, text in said(copy(typing))] == [
        (PINGTAI, "分目标题“创新平台”被删去")
    ]


def test_the_heading_of_a_chapter(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        heading(document, "基础设施").runs[-1].text = "基础设施建设"

    ((at, _, text),) = said(copy(typing))
    assert (at, text) == ("02-jichu/01-gaikuang", "篇目标题“基础设施”改为“基础设施建设”")


def test_a_paragraph_moved_and_changed(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        change(document, "120个", "130个")
        paragraph(document, "1200万")._p.addnext(paragraph(document, "130个")._p)

    moved, changed = said(copy(typing))
    assert moved[0] == changed[0] == GAIKUANG
    assert moved[2].startswith("“【概况】　2018年")
    assert moved[2].endswith("”一段移到“客吞吐量1200万人次。”之后")
    assert changed[2] == "“研发机构120个”改为“研发机构130个”"


BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>{}'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
BOX_LINE = "<w:p>{}</w:p>"
RUN = "<w:r><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    "inside", [RUN.format("请改为1210万"), f'<w:ins w:id="9">{RUN.format("请改为1210万")}</w:ins>']
)
def test_words_in_a_box(copy: Callable[[Typing], Imported], inside: str) -> None:
    def typing(document: Document) -> None:
        box = BOX.format(BOX_LINE.format(inside) + BOX_LINE.format(RUN.format("谢谢")))
        paragraph(document, "1200万")._p.append(parse_xml(box))

    assert said(copy(typing)) == [(JICHANG, "1200万人次。", "文本框里写着“请改为1210万　谢谢”")]


def test_a_page_number_in_a_box_is_no_opinion(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        box = BOX.format(BOX_LINE.format(RUN.format("12")))
        paragraph(document, "1200万")._p.append(parse_xml(box))

    assert copy(typing).taken == ()


def test_a_picture_put_in_is_told(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        dot = io.BytesIO()
        Image.new("RGB", (4, 4)).save(dot, "png")
        paragraph(document, "1200万").add_run().add_picture(dot)

    one = copy(typing)
    assert (one.taken, one.remarks) == ((), (f"{NAME}添了1张图，没有当作意见，请看原件",))


def test_words_in_a_header_are_told(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        for section in document.sections:
            section.header.is_linked_to_previous = False
            section.header.paragraphs[0].add_run("页码要统一")

    one = copy(typing)
    assert one.taken == ()
    assert f"{NAME}页眉里写了“页码要统一”，没有当作意见，请看原件" in one.remarks
    assert len(set(one.remarks)) == len(one.remarks)


DEL = '<w:del w:id="901" w:author="专家甲"><w:r><w:delText>本地</w:delText></w:r></w:del>'
INS = '<w:ins w:id="902" w:author="专家甲"><w:r><w:t>常驻</w:t></w:r></w:ins>'
TRACKED = f"仅计</w:t></w:r>{DEL}{INS}<w:r><w:t>机构"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (TRACKED + "。", (GAIKUANG, "本地", "“本地”改为“常驻”")),
        ("仅计驻地机构。", (GAIKUANG, "仅计本地机", "“仅计本地机”改为“仅计驻地机”")),
        ("", (GAIKUANG, "　仅计本地机构。", "删去脚注“仅计本地机构。”")),
    ],
)
def test_a_change_in_a_footnote(
    desk: Desk, tmp_path: Path, new: str, told: tuple[str, str, str]
) -> None:
    text = prose(desk, GAIKUANG)
    text.write_text(f"{text.read_text('utf-8').rstrip()}[^1]\n\n[^1]: 仅计本地机构。\n", "utf-8")
    keep(desk, "加注")
    open_round(desk, "评议会", at=AT, readers=READERS)
    (sent,) = make_draft(desk, at=AT, formats=("docx",)).files
    path = tmp_path / NAME
    with zipfile.ZipFile(sent) as whole, zipfile.ZipFile(path, "w") as copy:
        for name in whole.namelist():
            words = whole.read(name)
            if name == "word/footnotes.xml":
                words = words.replace("仅计本地机构。".encode(), new.encode())
            copy.writestr(name, words)
    assert said(take(desk, path)[0]) == [told]
