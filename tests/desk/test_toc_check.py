"""读校目录: a proof whose contents are right passes, and every kind of fault is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from editorial.desk.draft import make_draft
from editorial.desk.office import Desk
from editorial.desk.toc_check import TocChecked, toc_check
from editorial.errors import BadData

FACE = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP = 80.0, 500.0, 100.0
BODY = "示例市本年新建示例道路十二条，比上年增加三条，示例单位供稿。"
SIZES = {0: 22.0, 1: 14.0, 2: 10.5}


@dataclass(frozen=True, kw_only=True)
class Title:
    """A heading on printed page `page`; `listed` and `number` are what the contents say.

    A line break in `text` or `listed` is a turned line.
    """

    level: int
    text: str
    page: int
    listed: str | None = None
    number: str | None = None
    head: str | None = None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A book as a typesetter might send it: cover, contents, then pages 1 to `last`."""

    titles: tuple[Title, ...]
    last: int = 9
    leader: str = "…………"
    folio: Callable[[int], str] | None = field(default=lambda number: f"· {number} ·")
    per_page: int = 40
    columns: int = 1
    order: tuple[int, ...] | None = None
    spaced: bool = False
    front: tuple[str, ...] = ()
    stamped: bool = False
    trimmed: bool = False
    divided: bool = False


GOOD = Proof(
    titles=(
        Title(level=0, text="特载", page=1),
        Title(level=1, text="重要文件", page=1),
        Title(level=1, text="专文", page=2),
        Title(level=0, text="科技创新", page=4),
        Title(level=1, text="概况", page=4),
        Title(level=1, text="创新平台", page=5),
        Title(level=0, text="基础设施", page=7),
        Title(level=1, text="概况", page=7),
        Title(level=1, text="机场", page=8),
    )
)


def spoilt(index: int, proof: Proof = GOOD, **change: Any) -> Proof:
    titles = list(proof.titles)
    titles[index] = replace(titles[index], **change)
    return replace(proof, titles=tuple(titles))


def put(canvas: Canvas, x: float, y: float, size: float, text: str, *, right: bool = False) -> None:
    canvas.setFont(FACE, size)
    (canvas.drawRightString if right else canvas.drawString)(x, HEIGHT - y, text)


def print_proof(path: Path, proof: Proof) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    if proof.trimmed:
        canvas.setTrimBox((20, 20, WIDTH - 20, HEIGHT - 20))
    put(canvas, 200, 300, 36, "示例年鉴2019")
    canvas.showPage()
    for number, text in enumerate(proof.front, 1):
        put(canvas, 250, TOP, 20, text)
        for line in range(10):
            put(canvas, LEFT, TOP + 30 + 18 * line, 10.5, f"{text}第{line}行示例示例示例示例")
        put(canvas, 290, 800, 9, ("i", "ii", "iii")[number - 1])
        canvas.showPage()
    _contents(canvas, proof)
    for number in range(1, proof.last + 1):
        _page(canvas, proof, number)
    canvas.save()
    return path


def _contents(canvas: Canvas, proof: Proof) -> None:
    rows = [title for title in proof.titles if title.listed != ""]
    rows = [rows[index] for index in proof.order] if proof.order else rows
    pages = [rows[i : i + proof.per_page] for i in range(0, len(rows), proof.per_page)]
    for first, page in enumerate(pages):
        if not first:
            put(canvas, 270, TOP, 20, "目　　录")
        width = (RIGHT - LEFT) / proof.columns
        deep = -(-len(page) // proof.columns)
        for index, title in enumerate(page):
            left = LEFT + width * (index // deep)
            y = TOP + 40 + 18 * (index % deep)
            indent = 20.0 * title.level
            size = 12.0 if title.level == 0 else 10.5
            text = title.text.replace("\n", "") if title.listed is None else title.listed
            first_line, _, text = text.rpartition("\n")
            put(canvas, left + indent, y - 9, size, first_line)
            number = str(title.page) if title.number is None else title.number
            put(canvas, left + indent, y, size, text + proof.leader * bool(number))
            put(canvas, left + width - 12, y, size, number, right=True)
        canvas.showPage()


def _page(canvas: Canvas, proof: Proof, number: int) -> None:
    here = [title for title in proof.titles if title.page == number]
    _marks(canvas, proof)
    divided = [t for t in proof.titles if proof.divided and t.level == 0 and t.page == number + 1]
    if divided:  # the title alone, the page before its text
        put(canvas, 200, 400, 40, divided[0].text)
        canvas.showPage()
        return
    y = TOP
    for title in here:
        y += 2 * SIZES[title.level]
        text = f"【{title.text}】　{BODY[:9]}" if title.level == 2 else title.text
        if proof.spaced and title.level < 2:  # letter by letter, as some programs set heads
            for index, char in enumerate(text):
                put(canvas, 150 + index * 2 * SIZES[title.level], y, SIZES[title.level], char)
        else:
            for index, line in enumerate(text.split("\n")):
                y += 1.4 * SIZES[title.level] * bool(index)
                put(canvas, LEFT if title.level == 2 else 200, y, SIZES[title.level], line)
        for _ in range(3):
            y += 18
            put(canvas, LEFT, y, 10.5, BODY)
    for _ in range(15):
        y += 18
        put(canvas, LEFT, y, 10.5, f"{BODY[:-1]}第{number}段{y:.0f}。")
    _running(canvas, proof, number)
    canvas.showPage()


def _marks(canvas: Canvas, proof: Proof) -> None:
    """A watermark across the page; the typesetter's own line beyond the trimmed edge."""
    if proof.stamped:
        canvas.saveState()
        canvas.translate(150, 200)
        canvas.rotate(45)
        canvas.setFont(FACE, 60)
        canvas.drawString(0, 0, "01号　陈甲（示例）")
        canvas.restoreState()
    if proof.trimmed:
        put(canvas, 30, 10, 14, "示例排版公司　样.indd　2020-03-05　第 3 印张")


def _running(canvas: Canvas, proof: Proof, number: int) -> None:
    before = [t for t in proof.titles if t.page <= number and t.level == 0]
    if before and not any(t.page == number and t.level == 0 for t in proof.titles):
        head = before[-1].head or before[-1].text
        put(canvas, RIGHT, 60, 9, head if number % 2 else "示例年鉴2019", right=True)
    if proof.folio:
        put(canvas, 280, 800, 9, proof.folio(number))


@pytest.fixture
def check(tmp_path: Path) -> Callable[[Proof], TocChecked]:
    return lambda proof: toc_check(print_proof(tmp_path / "样.pdf", proof))


def told(checked: TocChecked) -> list[tuple[int, str, str]]:
    return [(each.line, each.code, each.message) for each in checked.findings]


LAYOUTS = {
    "dots": {},
    "no leaders": {"leader": ""},
    "middle dots": {"leader": "·······"},
    "full stops": {"leader": "．．．．"},
    "two columns": {"columns": 2, "leader": ""},
    "several pages of contents": {"per_page": 4},
    "folio with words": {"folio": lambda number: f"第 {number} 页　共 9 页"},
    "folio between dashes": {"folio": lambda number: f"—{number}—"},
    "folio beside the title": {"folio": lambda number: f"示例年鉴　{number}"},
    "heads set letter by letter": {"spaced": True},
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_right_proof_passes(check: Callable[[Proof], TocChecked], layout: dict[str, Any]) -> None:
    checked = check(replace(GOOD, **layout))
    assert (told(checked), len(checked.contents[0].rows), checked.numbered) == ([], 9, True)


def test_pages_without_numbers_are_counted_from_the_headings(
    check: Callable[[Proof], TocChecked],
) -> None:
    checked = check(replace(spoilt(8, number="9"), folio=None))
    assert (checked.numbered, [message for _, _, message in told(checked)]) == (
        False,
        ["目录“机场”作第9页，标题在第8页"],
    )


def test_plates_without_a_number_are_counted_through(
    check: Callable[[Proof], TocChecked],
) -> None:
    hidden = replace(GOOD, folio=lambda number: "" if number in (4, 7) else f"{number}")
    assert told(check(hidden)) == []


FAULTS = {
    "wrong page": (spoilt(5, number="6"), "目录“创新平台”作第6页，标题在第5页"),
    "wrong page of a name borne twice": (
        spoilt(7, number="8"),
        "目录“概况”作第8页，标题在第7页",
    ),
    "no such page": (spoilt(8, number="88"), "目录“机场”作第88页，标题在第8页"),
    "other wording": (
        spoilt(5, listed="创新平台建设"),
        "目录“创新平台建设”（第5页），书中标题作“创新平台”",
    ),
    "wrong character": (
        spoilt(3, listed="科枝创新"),
        "目录“科枝创新”（第4页），书中标题作“科技创新”",
    ),
    "left out": (spoilt(5, listed=""), "第5页的标题“创新平台”目录没有列"),
    "running head": (
        spoilt(3, head="特载"),
        "书眉作“特载”，第5页属“科技创新”",
    ),
    "running head misspelt": (spoilt(3, head="科枝创新"), "书眉作“科枝创新”，第5页属“科技创新”"),
}


@pytest.mark.parametrize(("proof", "message"), FAULTS.values(), ids=FAULTS)
def test_every_fault_is_told_and_nothing_else(
    check: Callable[[Proof], TocChecked], proof: Proof, message: str
) -> None:
    assert [each for _, _, each in told(check(proof))] == [message]


def test_a_line_without_heading_is_told(check: Callable[[Proof], TocChecked]) -> None:
    title = Title(level=1, text="子虚乌有", page=99, number="6")
    proof = replace(GOOD, titles=(*GOOD.titles[:6], title, *GOOD.titles[6:]))
    assert told(check(proof)) == [(2, "E15", "目录“子虚乌有”（第6页）在书中没有标题")]


def test_a_line_given_twice_is_told(check: Callable[[Proof], TocChecked]) -> None:
    order = (0, 1, 2, 2, 3, 4, 5, 6, 7, 8)
    assert told(check(replace(GOOD, order=order))) == [(2, "E15", "目录“专文”（第2页）列了两次")]


def test_lines_in_another_order_than_the_book_are_told(
    check: Callable[[Proof], TocChecked],
) -> None:
    order = (0, 1, 2, 3, 5, 4, 6, 7, 8)
    (fault,) = told(check(replace(GOOD, order=order)))
    assert fault[2].endswith("与书中次序不同")


def test_entries_are_compared_where_the_contents_list_them(
    check: Callable[[Proof], TocChecked],
) -> None:
    entries = (Title(level=2, text="跑道扩建", page=8), Title(level=2, text="航线增加", page=8))
    proof = replace(GOOD, titles=(*GOOD.titles, *entries))
    assert told(check(proof)) == []
    (fault,) = told(check(spoilt(10, proof, number="9")))
    assert fault[2] == "目录“航线增加”作第9页，标题在第8页"


TWO = "示例市与邻近各市共同推进\n示例事项合作的若干做法"
SHAPES = {
    "a heading over two lines": replace(
        GOOD, titles=(*GOOD.titles, Title(level=1, text=TWO, page=9))
    ),
    "a line of the contents over two lines": replace(
        GOOD,
        titles=(*GOOD.titles, Title(level=1, text=TWO.replace("\n", ""), page=9, listed=TWO)),
    ),
    "chapters listed without a number": replace(
        GOOD,
        titles=tuple(replace(t, number="" if t.level == 0 else None) for t in GOOD.titles),
    ),
    "front pages numbered i, ii": replace(
        GOOD,
        front=("凡例", "编辑说明"),
        titles=(
            Title(level=0, text="凡例", page=0, number="i"),
            Title(level=0, text="编辑说明", page=0, number="ii"),
            *GOOD.titles,
        ),
    ),
    "numbers in brackets": replace(
        GOOD, titles=tuple(replace(t, number=f"（{t.page}）") for t in GOOD.titles)
    ),
    "a watermark": replace(GOOD, stamped=True),
    "crop marks": replace(GOOD, trimmed=True),
    "dividers": replace(GOOD, divided=True),
    "dividers listed": replace(
        GOOD,
        divided=True,
        titles=tuple(
            replace(t, number=str(max(t.page - 1, 1)) if t.level == 0 else None)
            for t in GOOD.titles
        ),
    ),
    "a title that ends in a number": spoilt(8, text="机场（2）"),
}


CAPTION = ("表7-3　2018年示例城市", "群各市接待过", "夜游客情况表（示例）")


def print_captioned(path: Path, caption: tuple[str, ...], gap: float = 0) -> Path:
    """表目录 of three tables, each on a page of its own; the second with this caption.

    With a `gap` the labels of the list stand in a column of their own.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    titles = ("表7-2　医疗机构情况表", "".join(CAPTION), "表8-1　空气质量情况表")
    put(canvas, 270, TOP, 20, "表目录")
    for number, title in enumerate(titles, 1):
        label, _, words = title.partition("　") if gap else ("", "", title)
        put(canvas, LEFT, TOP + 40 + 18 * number, 10.5, label)
        put(canvas, LEFT + gap, TOP + 40 + 18 * number, 10.5, words + "…………")
        put(canvas, RIGHT, TOP + 40 + 18 * number, 10.5, str(number), right=True)
    canvas.showPage()
    for number, lines in enumerate(((titles[0],), caption, (titles[2],)), 1):
        texts = ("见表7-3。" + BODY, *lines, *[BODY] * 8)
        for index, text in enumerate(texts):
            put(canvas, LEFT, TOP + 18 * index, 9 if text in lines else 10.5, text)
        put(canvas, 280, 800, 9, f"· {number} ·")
        canvas.showPage()
    canvas.save()
    return path


def test_a_caption_over_three_lines_is_found(tmp_path: Path) -> None:
    assert told(toc_check(print_captioned(tmp_path / "样.pdf", CAPTION))) == []


def test_labels_in_a_column_of_their_own_name_no_page(tmp_path: Path) -> None:
    checked = toc_check(print_captioned(tmp_path / "样.pdf", CAPTION, gap=70))
    assert (told(checked), len(checked.contents[0].rows)) == ([], 3)


def test_a_caption_that_ends_otherwise_is_not(tmp_path: Path) -> None:
    checked = toc_check(print_captioned(tmp_path / "样.pdf", (*CAPTION[:2], "车流量情况表")))
    (fault,) = told(checked)
    assert fault[2].endswith("（第2页），书中标题作“表7-3 2018年示例城市群各市接待过车流量情况表”")


@pytest.mark.parametrize("proof", SHAPES.values(), ids=SHAPES)
def test_these_are_no_faults(check: Callable[[Proof], TocChecked], proof: Proof) -> None:
    assert told(check(proof)) == []


@pytest.fixture
def drafted(desk: Desk) -> Path:
    made = make_draft(desk, at=datetime(2020, 3, 5, 9, 30, tzinfo=UTC), formats=("pdf",))
    return made.files[0]


def test_our_own_draft_passes_against_its_volume(desk: Desk, drafted: Path) -> None:
    checked = toc_check(drafted, desk)
    assert (told(checked), len(checked.contents[0].rows)) == ([], 7)


def test_a_title_printed_once_is_no_fault(desk: Desk) -> None:
    folder = desk.root / "volumes/xiao-2019/chapters/00-xu"
    folder.mkdir()
    chapter = "title: 序　言\nmatter: front\nsections: [01-xu]\n"
    (folder / "chapter.yaml").write_text(chapter, encoding="utf-8")
    (folder / "01-xu.yaml").write_text("title: 序言\n", encoding="utf-8")
    (folder / "01-xu.md").write_text("示例的序。\n", encoding="utf-8")
    at = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
    checked = toc_check(make_draft(desk, at=at, formats=("pdf",)).files[0], desk)
    assert (told(checked), len(checked.contents[0].rows)) == ([], 8)


def test_words_without_a_title_are_no_fault_and_stand_first(desk: Desk) -> None:
    folder = desk.root / "volumes/xiao-2019/chapters/00-nongye"
    folder.mkdir()
    groups = "groups:\n- title: 第一章　种植\n  sections: [01-dao, 02-yan]\n"
    chapter = (
        f"title: 第一编　农业\nsections: [00-xu]\n{groups}- title: 第二章　林业\n  sections: []\n"
    )
    (folder / "chapter.yaml").write_text(chapter, encoding="utf-8")
    for name, title in (("00-xu", "小序"), ("01-dao", "导言"), ("02-yan", "第一节　耕地")):
        untitled = "" if name == "02-yan" else "untitled: true\n"
        (folder / f"{name}.yaml").write_text(f"title: {title}\n{untitled}", encoding="utf-8")
        (folder / f"{name}.md").write_text(f"示例{name[:2]}的话。\n", encoding="utf-8")
    at = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
    made = make_draft(desk, at=at, formats=("pdf",))
    assert told(toc_check(made.files[0], desk)) == []
    empty = [(found.code, found.where) for found in made.findings if found.code == "L02"]
    assert ("L02", "00-nongye/g3") in empty
    (folder / "02-yan.yaml").write_text("title: 第一节　耕地\nuntitled: true\n", encoding="utf-8")
    with pytest.raises(BadData) as refused:
        make_draft(desk, at=at, formats=("pdf",))
    assert "只能是篇目或章的第一个分目，请移到最前" in str(refused.value.problems)


def test_titles_changed_since_are_told_by_their_node(desk: Desk, drafted: Path) -> None:
    section = desk.root / "volumes/xiao-2019/chapters/01-keji/02-pingtai.yaml"
    section.write_text(section.read_text("utf-8").replace("创新平台", "创新平台建设"), "utf-8")
    assert [(f.where, f.message) for f in toc_check(drafted, desk).findings] == [
        ("01-keji/02-pingtai", "“创新平台建设”在目录里作“创新平台”")
    ]


def test_a_section_the_contents_lack_is_told(desk: Desk, drafted: Path) -> None:
    folder = desk.root / "volumes/xiao-2019/chapters/02-jichu"
    (folder / "chapter.yaml").write_text(
        "title: 基础设施\nsections: [01-gaikuang, 02-jichang, 03-gangkou]\n", encoding="utf-8"
    )
    (folder / "03-gangkou.yaml").write_text("title: 港口\n", encoding="utf-8")
    (folder / "03-gangkou.md").write_text("【港口】　示例。\n", encoding="utf-8")
    assert [(f.where, f.message) for f in toc_check(drafted, desk).findings] == [
        ("02-jichu/03-gangkou", "“港口”目录没有列")
    ]


def test_a_draft_of_some_nodes_is_compared_with_these(desk: Desk) -> None:
    at = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
    made = make_draft(desk, ("01-keji",), at=at, formats=("pdf",))
    assert told(toc_check(made.files[0], desk)) == []


def test_the_proof_of_another_book_is_told(desk: Desk, tmp_path: Path) -> None:
    titles = tuple(replace(title, text=f"另书{title.text}") for title in GOOD.titles)
    path = print_proof(tmp_path / "样.pdf", replace(GOOD, titles=titles))
    assert [f.message for f in toc_check(path, desk).findings] == ["本书2个篇目，目录里只有0个"]


Editorial = Callable[..., Any]


def test_the_command_answers_with_its_exit_code(editorial: Editorial, tmp_path: Path) -> None:
    good = print_proof(tmp_path / "好.pdf", GOOD)
    bad = print_proof(tmp_path / "坏.pdf", spoilt(5, number="6"))
    said = editorial("toc-check", str(good), "--alone")
    assert (said.code, said.out) == (
        0,
        "共11页；目录9行（PDF 第2面）；标题9个；没有不符\n",
    )
    said = editorial("toc-check", str(bad), "--alone")
    assert (said.code, said.out.splitlines()[0]) == (
        1,
        "× PDF 第2面　E15 目录“创新平台”作第6页，标题在第5页",
    )


def test_the_command_answers_in_json(editorial: Editorial, tmp_path: Path) -> None:
    bad = print_proof(tmp_path / "坏.pdf", spoilt(5, number="6"))
    said = json.loads(editorial("toc-check", str(bad), "--alone", "--json").out)
    assert said["contents"] == [{"name": "目录", "sheets": [2], "lines": 9}]
    assert said["findings"] == [
        {
            "code": "E15",
            "where": "坏.pdf",
            "sheet": 2,
            "message": "目录“创新平台”作第6页，标题在第5页",
        }
    ]


def test_a_proof_without_contents_is_refused(editorial: Editorial, tmp_path: Path) -> None:
    titles = tuple(replace(title, listed="") for title in GOOD.titles)
    path = print_proof(tmp_path / "无.pdf", replace(GOOD, titles=titles))
    said = editorial("toc-check", str(path), "--alone")
    assert (said.code, "没有找到目录" in said.err, "办法：" in said.err) == (2, True, True)


def test_outside_a_workspace_the_proof_is_read_alone(
    editorial: Editorial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from editorial.cli.main import main

    path = print_proof(tmp_path / "好.pdf", GOOD)
    monkeypatch.chdir(tmp_path)
    assert main(["toc-check", str(path)]) == 0


@pytest.mark.parametrize("style", ["review", "consult", "final", "booklet"])
@pytest.mark.parametrize(
    ("title", "entry"), [("𬭎村平台", "平台"), ("平台", "𬭎村平台"), ("A𬭎3村平台", "3𬭎A村")]
)
def test_our_own_draft_with_rare_characters_passes(
    desk: Desk, style: str, title: str, entry: str
) -> None:
    """Characters beyond U+FFFF, beside figures and letters too."""
    folder = desk.root / "volumes/xiao-2019/chapters/01-keji"
    record, text = (folder / f"02-pingtai.{kind}" for kind in ("yaml", "md"))
    record.write_text(record.read_text("utf-8").replace("创新平台", title), "utf-8")
    text.write_text(f"【{entry}】　𬭎村、𬭎镇新建平台。\n{text.read_text('utf-8')}", "utf-8")
    at = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
    made = make_draft(desk, at=at, formats=("pdf",), style=style)
    assert told(toc_check(made.files[0], desk)) == []


def test_a_draft_with_contents_of_two_lines_passes(desk: Desk) -> None:
    at = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
    made = make_draft(desk, ("02-jichu/02-jichang",), at=at, formats=("pdf",))
    checked = toc_check(made.files[0], desk)
    assert (told(checked), len(checked.contents[0].rows)) == ([], 2)


def test_long_titles_and_missing_pictures_of_our_own_are_no_faults(desk: Desk) -> None:
    """Heads of many lines, cut above the pages; captions beginning in Latin; empty frames."""
    chapters = desk.root / "volumes/xiao-2019/chapters"
    for record, title, signs in (
        ("02-jichu/chapter.yaml", "基础设施", "甲甲甲甲甲甲甲"),
        ("02-jichu/02-jichang.yaml", "机场", "甲乙丙丁戊己庚辛壬癸子丑"),
    ):
        text = (chapters / record).read_text("utf-8")
        long = "".join(f"{title}建设第{each}项示例" for each in signs)
        (chapters / record).write_text(text.replace(f"title: {title}", f"title: {long}"), "utf-8")
    figures = (f':::figure{{src="figures/{n}.png" title="图片{n}.png"}}\n' for n in "abcdefghijk")
    lines = "\n".join(
        ["【跑道】　示例。", *figures, *["示例的一段文字，写得长一些，占满一行还多。" * 9] * 20]
    )
    (chapters / "02-jichu/02-jichang.md").write_text(lines, encoding="utf-8")
    at = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
    for style in ("review", "final", "booklet"):
        made = make_draft(desk, at=at, formats=("pdf",), style=style)
        assert told(toc_check(made.files[0], desk)) == []
