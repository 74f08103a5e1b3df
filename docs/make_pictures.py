"""All pictures of the documents, made by the program itself on the sample.

Run as `python docs/make_pictures.py`. Screens become SVG, pages PNG; no picture is drawn
or touched up by hand.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape, unescape
from importlib.util import find_spec
from io import BytesIO
from itertools import groupby
from pathlib import Path
from shutil import which
from subprocess import run

import pypdfium2
import uharfbuzz as hb
from PIL import Image
from rich.cells import cell_len
from textual.pilot import Pilot

from editorial.desk.changes import make_changes
from editorial.desk.chase import Call, close_day, day_of, ground_of, log_call
from editorial.desk.digest import make_digest
from editorial.desk.draft import make_draft
from editorial.desk.drafting import new_letter
from editorial.desk.fonts import font_table
from editorial.desk.init import init
from editorial.desk.keep import keep
from editorial.desk.look import keep_look
from editorial.desk.meetings import make_minutes, set_meeting, take_scores, take_vote
from editorial.desk.move import move
from editorial.desk.office import Desk, open_desk
from editorial.desk.office_papers import PapersMade
from editorial.desk.opinion_decide import Decision, decide_opinions
from editorial.desk.opinions import add_opinion
from editorial.desk.press_papers import make_press_sheet
from editorial.desk.print_queue import queue_folder
from editorial.desk.proposals import propose_contact
from editorial.desk.returns import receive_paths
from editorial.desk.review_papers import make_forms, make_replies, make_table
from editorial.desk.rounds import open_round
from editorial.desk.send_plan import Wish
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letter
from editorial.desk.tour import FILE
from editorial.desk.units import change_contact
from editorial.model.chasing import Result
from editorial.model.labels import Channel, LetterKind
from editorial.model.letters import LetterItem
from editorial.model.meeting import Expert, FollowUp, Meeting, Statement
from editorial.model.people import Contact
from editorial.store.looks import load_fonts
from editorial.store.personal import write_own
from editorial.tui.app import EditorialApp
from editorial.tui.theme import LIGHT

PICTURES = Path(__file__).with_name("pictures")
AT = datetime.fromisoformat("2020-03-16T09:30:00+08:00")
DAY = datetime.fromisoformat("2020-03-21T18:00:00+08:00")
DPI = 80
COLORS = 48
PERSON = {
    "GIT_AUTHOR_NAME": "林清",
    "GIT_AUTHOR_EMAIL": "linqing@example.org",
    "GIT_COMMITTER_NAME": "林清",
    "GIT_COMMITTER_EMAIL": "linqing@example.org",
}
SECTION = "03-keji-chuangxin/02-pingtai"
READERS = "readers:\n- {name: 陈甲（示例）, unit: 示例市地方志办公室, number: 7}\n"
WIDE = 22.5  # so that a Chinese character fills its two cells, as terminals show it
MONO = "Menlo, Consolas, 'DejaVu Sans Mono', Chinese, monospace"


def main() -> None:
    os.environ |= PERSON
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder  # what is typed here is nobody's to keep
        write_own(FILE, ["", "林清"])
        desk = open_desk(init(Path(folder) / "nianjian")[0])
        keep_look(desk, LIGHT.name)
        pages(desk)
        final(desk)
        copy(desk, Path(folder))
        letter(desk)
        slip(Path(folder))
        digest(Path(folder))
        redline(Path(folder))
        round_papers(Path(folder))
        contacts(desk)
        calls(desk)
        came_in(desk, Path(folder))
        asyncio.run(screens(desk))
        asyncio.run(in_browser(desk, Path(folder)))


async def in_browser(desk: Desk, folder: Path) -> None:
    """The board in Chromium, with a dialog open: `editorial serve` as the tests drive it."""
    if which("chromium") is None:
        return
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.tui.chromium import browser
    from tests.tui.served import serving

    with serving(desk.root, "--for", "林清") as server:
        async with browser(folder / "chromium", width=1180, height=560) as tab:
            await tab.open(server.addresses["林清"])
            await tab.click_on("城市概览")
            await tab.click_on("推进")
            await tab.shown("强行推进")
            await asyncio.sleep(1)  # painted, as well as received
            image = Image.open(BytesIO(await tab.picture())).convert("RGB")
    small = image.quantize(4 * COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(PICTURES / "serve.png", optimize=True)


def pages(desk: Desk) -> None:
    """Cover, contents, a page of text with line numbers, and the form of the 评议稿."""
    made = make_draft(desk, at=AT, formats=("pdf",))
    book = pypdfium2.PdfDocument(made.files[0])
    _page(book, _find(book, "评议稿"), "draft-cover")
    _page(book, _find(book, "目录"), "draft-contents")
    _page(book, _find(book, "表3-2", "重点实验室", "①"), "draft-page")
    _page(book, _find(book, "评议意见表", "填表人"), "draft-form")
    made = make_draft(desk, (SECTION.split("/")[0],), at=AT, formats=("docx",))
    in_office(desk, made.files[0], ("表3-2", "重点实验室", "①"), "draft-word")


def final(desk: Desk) -> None:
    """A divider, the two-column page behind it, and the index of the 付印稿."""
    made = make_draft(desk, at=AT, style="final", formats=("pdf",))
    book = pypdfium2.PdfDocument(made.files[0])
    first = _find(book, "国际科技创新中心建设", "科技创新概况", "表3-1")
    _page(book, first - 1, "draft-divider")
    _page(book, first, "draft-final")
    _page(book, _find(book, "主题索引", "数字、字母"), "draft-index")


def copy(desk: Desk, folder: Path) -> None:
    """The cover and a page of a numbered copy."""
    names = folder / "readers.yaml"
    names.write_text(READERS, "utf-8")
    chapter = SECTION.split("/")[0]
    made = make_draft(desk, (chapter,), at=AT, formats=("pdf",), readers=str(names))
    book = pypdfium2.PdfDocument(made.copies[0][1])
    _page(book, 0, "draft-copy")
    _page(book, _find(book, "表3-2", "重点实验室", "①"), "draft-copy-page")


def _find(book: pypdfium2.PdfDocument, *words: str) -> int:
    """The first page on which all the words stand, blanks between their letters or not."""
    for number in range(len(book)):
        text = "".join(book[number].get_textpage().get_text_range().split())
        if all(word in text for word in words):
            return number
    raise SystemExit(f"没有一页同时有：{'、'.join(words)}")


def _page(book: pypdfium2.PdfDocument, number: int, name: str, part: float = 1.0) -> None:
    """A page, or its upper `part`."""
    image = book[number].render(scale=DPI / 72).to_pil().convert("RGB")
    image = image.crop((0, 0, image.width, round(image.height * part)))
    framed = Image.new("RGB", (image.width + 2, image.height + 2), "#b0b0b0")
    framed.paste(image, (1, 1))
    small = framed.quantize(COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(PICTURES / f"{name}.png", optimize=True)


def letter(desk: Desk) -> None:
    request = "请核实平台数量，并补充2018年末数据"
    items = (LetterItem(section=SECTION, place="第21页", request=request),)
    made, _ = new_letter(
        desk,
        kind=LetterKind.REVISE,
        unit="sz-kcj",
        items=items,
        due=(AT + timedelta(days=14)).date(),
        at=AT,
        reason="评议中专家提出意见。",
    )
    approve_letter(open_desk(desk.root, by="周文"), made.id, at=AT)
    paper = desk.root / "volumes" / desk.volume_id / "letters" / made.id / "公函.pdf"
    _page(pypdfium2.PdfDocument(paper), 0, "letter")


def contacts(desk: Desk) -> None:
    """One unit has told a new number of its contact, and then of another contact."""
    told = Contact(name="", phone="0755-0000-0902", confirmed=AT.date())
    change_contact(desk, "sz-kcj", told, AT.date())
    after = Contact(name="示例丙", phone="0755-0000-0903", mail="bing@example.invalid")
    propose_contact(desk, "sz-kcj", after, at=DAY, returned="0003")


def calls(desk: Desk) -> None:
    """Three of the units of a day were called."""
    day = DAY.date()
    for unit, call in (
        ("省大湾区办", Call()),
        ("广东省商务厅", Call(channel=Channel.CHAT)),
        ("广州市人社局", Call(answered=False)),
    ):
        log_call(desk, unit, call, day=day, today=day)


MAILS = (
    ("延期.eml", "Subject: Re: [gba-2019/0003]", "我局申请延期至3月25日报送。"),
    ("休假.eml", "Subject: 自动答复：休假\nAuto-Submitted: auto-replied", "休假中"),
)


def came_in(desk: Desk, folder: Path) -> None:
    """A wish for a later day, an automatic answer, and a scan that says nothing of itself."""
    paths = [folder / "扫描件.pdf"]
    paths[0].write_text("示例扫描", "utf-8")
    for number, (name, head, text) in enumerate(MAILS):
        mail = f"From: sz-kcj@example.invalid\n{head}\nMessage-ID: <{number}@example.invalid>\n"
        paths.append(folder / name)
        paths[-1].write_text(f"{mail}\n{text}\n", "utf-8")
    for path in paths:
        list(receive_paths(desk, (path,), at=DAY))


def slip(folder: Path) -> None:
    """What goes with a letter on paper, in a workspace of its own: the register stays as it is."""
    desk = open_desk(init(folder / "zhizhi")[0])
    send_letter(desk, "4", at=AT, wish=Wish(channel=Channel.PAPER))
    (paper,) = queue_folder(desk).glob("*送文单.pdf")
    _page(pypdfium2.PdfDocument(paper), 0, "slip", part=0.6)


def digest(folder: Path) -> None:
    """A day on which every unit due was called, in a workspace of its own."""
    desk = open_desk(init(folder / "cuibao")[0])
    day = DAY.date()
    for unit in ("深圳科创局", "广州市人社局", "广东省商务厅", "江门市史志机构"):
        log_call(desk, unit, Call(), day=day, today=day)
    late = Call(result=Result.EXTENSION, until=day + timedelta(days=5))
    log_call(desk, "省大湾区办", late, day=day, today=day)
    for hole in day_of(ground_of(desk), day).holes:
        log_call(desk, hole.unit.id, Call(result=Result.NOT_REACHED), day=day, today=day)
    close_day(desk, day, at=DAY)
    made = make_digest(desk, day, today=day, formats=("pdf",))
    _page(pypdfium2.PdfDocument(made.files[0]), 0, "digest")


REVIEWS = (
    ("review1", "比上年末增长12.7%", "比上年末增长12.9%"),
    ("review1", "按功能分，", ""),
    ("review2", "| 重点实验室 | 400 | 420 |", "| 重点实验室 | 400 | 435 |"),
    ("review2", "| 众创空间 | 720 | 760 | 60 | 14 | 834 |\n", ""),
    ("review3", "海洋和信息4个领域", "海洋、信息等4个领域"),
    ("review3", "按主要功能计一次", "按主要功能只计一次"),
)


def redline(folder: Path) -> None:
    """What the three reviews made of a section, in PDF and as LibreOffice shows it."""
    desk = open_desk(init(folder / "huagao")[0])
    make_draft(desk, (SECTION,), at=AT, formats=("pdf",))
    path = desk.root / f"volumes/{desk.volume_id}/chapters/{SECTION}.md"
    for hour, (stage, old, new) in enumerate(REVIEWS, 1):
        at = AT + timedelta(hours=hour)
        os.environ |= {f"GIT_{role}_DATE": at.isoformat() for role in ("AUTHOR", "COMMITTER")}
        if stage != REVIEWS[hour - 2][0]:
            move(open_desk(desk.root), (SECTION,), stage, at=at, force=True, note="示例")
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), "utf-8")
        keep(open_desk(desk.root), "改稿")
    pdf, word = make_draft(open_desk(desk.root), (SECTION,), at=at, since="第1稿").files
    book = pypdfium2.PdfDocument(pdf)
    _page(book, _find(book, "表3-2", "重点实验室"), "redline")
    in_office(desk, word, ("表3-2", "重点实验室"), "redline-word")


EXPERTS = tuple(f"专家{each}" for each in "甲乙丙丁戊己庚辛壬")
SCORES = "姓名,政治,体例,资料,记述,文字,版式\n" + "".join(
    f"{name},{19 - place % 3},{18 - place % 2},17,{18 - place % 4},9,{9 - place % 2}.5\n"
    for place, name in enumerate(EXPERTS)
)
EDITS = (
    ("林清", "增长12.7%", "增长12.9%", "落实意见"),
    ("林清", "按功能分，", "按功能划分，", "顺文字"),
    ("陈渔", "测试2300组", "测试2380组", "改数"),
    ("陈渔", "海洋和信息4个领域", "海洋、信息等4个领域", "改稿"),
)


def round_papers(folder: Path) -> None:
    """What a round puts on paper, in a workspace of its own."""
    desk = open_desk(init(folder / "pingyi")[0])
    day = AT.date()

    def page(made: PapersMade, name: str, number: int = 0) -> None:
        _page(pypdfium2.PdfDocument(made.files[0]), number, name)

    page(make_table(desk, "02", today=day, formats=("pdf",)).papers, "opinion-table")
    blank = make_forms(desk, "02", today=day, readers=("专家乙",), nodes=(SECTION,), blank=True)
    page(blank, "review-form")
    page(make_replies(desk, "02", today=day, readers=("专家乙",)), "opinion-reply")
    _meet(desk)
    minutes = make_minutes(desk, "02", today=day, formats=("pdf",))
    page(minutes, "minutes")
    page(minutes, "scores", 3)
    page(make_press_sheet(desk, today=day, formats=("pdf",))[0], "press-sheet")
    _edit(desk)
    page(make_changes(desk, "终审会", at=AT, formats=("pdf",))[1], "change-list")


def _meet(desk: Desk) -> None:
    """Nine experts, a tenth by letter; a vote and the scores."""
    people = [Expert(name=each, unit="示例大学", title="教授") for each in EXPERTS]
    absent = Expert(name="专家癸", present=False, written="建议补充平台成果转化的年度数据")
    told = Meeting(
        title="评议会",
        at=AT,
        place="示例市方志馆",
        chair="周文",
        experts=(*people, absent),
        attendants=("林清", "陈渔"),
        statements=(
            Statement(by="专家甲", points=("科技创新篇资料扎实", "单个企业的比较应列出两个数")),
            Statement(by="专家乙", points=("计量单位宜统一为中文名称",)),
        ),
        evaluation="评议稿体例规范，资料比较翔实，可作进一步修改。",
        summary="请编辑部逐条研究，按期改定。",
        follow_ups=(FollowUp(task="逐条研究意见", by="林清", due=AT.date() + timedelta(days=23)),),
        number="示志纪〔2020〕3号",
        drop_extremes=True,
    )
    set_meeting(desk, "02", told)
    ballots = [(each, "弃权" if each == "专家戊" else "同意") for each in EXPERTS]
    take_vote(desk, "02", named=ballots, conclusion="原则通过")
    take_scores(desk, "02", SCORES.encode(), "评分.csv")


def _edit(desk: Desk) -> None:
    """A round, an opinion on it carried out, and changes beside it."""
    open_round(desk, "终审会", at=AT, nodes=(SECTION,))
    quoted = "比上年末增长12.7%"
    made, _ = add_opinion(desk, "03", SECTION, "与公报不一致", at=AT, by="专家甲", original=quoted)
    decided = Decision(id=made.id, to="采纳", result="比上年末增长12.9%")
    decide_opinions(desk, (decided,), at=AT)
    path = desk.root / f"volumes/{desk.volume_id}/chapters/{SECTION}.md"
    for hour, (name, old, new, why) in enumerate(EDITS, 1):
        at = AT + timedelta(hours=hour)
        os.environ |= {f"GIT_{role}_DATE": at.isoformat() for role in ("AUTHOR", "COMMITTER")}
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), "utf-8")
        keep(open_desk(desk.root, by=name), why)


def in_office(desk: Desk, path: Path, words: tuple[str, ...], name: str, part: float = 1.0) -> None:
    """A page of a Word file, where there is a LibreOffice to show it."""
    office = which("soffice")
    if office is None:
        sys.stderr.write(f"没有 LibreOffice，{name} 没有重做\n")
        return
    folder = path.parent
    (folder / "fonts.conf").write_text(_named_faces(desk), "utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", f"{folder}/office"]
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    run([*command, str(path)], env=environment, check=True, capture_output=True)
    book = pypdfium2.PdfDocument(folder / "office" / f"{path.stem}.pdf")
    _page(book, _find(book, *words), name)


def _named_faces(desk: Desk) -> str:
    """A fontconfig file: under the names Word knows, the faces the PDF is set in."""
    fonts = load_fonts(desk.workspace.files)
    table = font_table(desk, fonts)
    words = {names.word: role for role, names in reversed(fonts.roles.items())}
    words |= {"Times New Roman": "song", "Arial": "hei"}
    lines = []
    for word, role in words.items():
        path = table.faces(role)[0].path
        scan = ["fc-scan", "--format", "%{family[0]}\n", str(path)]
        family = run(scan, check=True, capture_output=True, text=True).stdout.splitlines()[0]
        lines.append(
            f"<dir>{path.parent}</dir>"
            f'<match target="pattern"><test name="family"><string>{word}</string></test>'
            f'<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit>'
            "</match>"
        )
    return f"<fontconfig><dir>/usr/share/fonts</dir>{''.join(lines)}</fontconfig>"


UNDO = ("down", "down", "enter", *["down"] * 4, "f2", "enter", "f3", "tab", "tab", "+", "7", "f10")
SCREENS: tuple[tuple[str, tuple[int, int], tuple[str, ...]], ...] = (
    ("board-80x24", (80, 24), ()),
    ("board-120x40", (120, 40), ()),
    ("tour-80x24", (80, 24), ("shift+f1",)),
    ("go-80x24", (80, 24), ("ctrl+g", "k", "j", "c", "x")),
    ("cities-100x24", (100, 24), ("v", "right", "right", "down", "down")),
    ("chapter-80x24", (80, 24), ("down", "down", "enter")),
    ("section-120x30", (120, 30), ("down", "down", "enter", "down", "enter")),
    ("letters-80x24", (80, 24), ("f4",)),
    ("rounds-80x24", (80, 24), ("ctrl+g", "5")),
    ("opinions-120x30", (120, 30), ("ctrl+g", "5", "enter")),
    ("opinion-120x30", (120, 30), ("ctrl+g", "5", "enter", "down", "enter")),
    ("proofs-120x30", (120, 30), ("ctrl+g", "6")),
    ("proof-80x24", (80, 24), ("ctrl+g", "6", "down", "enter", "f2")),
    ("today-80x24", (80, 24), ("f10", "d", *DAY.date().isoformat(), "enter")),
    ("returns-80x24", (80, 24), ("f10", "i")),
    ("units-120x30", (120, 30), ("f11", *["down"] * 28)),
    ("unit-80x24", (80, 24), ("f11", *["down"] * 28, "enter")),
    ("move-80x24", (80, 24), ("down", "down", "enter", "down", "ctrl+a", "f2")),
    ("assign-80x24", (80, 24), ("down", "down", "enter", "f3", "tab", "s", "z")),
    ("writing-80x24", (80, 24), ("down", "down", "enter", "down", "enter", "e")),
    ("undo-80x24", (80, 24), (*UNDO, "f8")),
)


async def screens(desk: Desk) -> None:
    for name, size, keys in SCREENS:
        app = EditorialApp(desk)
        async with app.run_test(size=size) as pilot:
            await _settled(pilot)
            for key in keys:
                await pilot.press(key)
                await _settled(pilot)
            svg = app.export_screenshot(title="editorial")
        (PICTURES / f"{name}.svg").write_text(in_cells(svg), "utf-8")


async def _settled(pilot: Pilot[None]) -> None:
    """Screens read in a thread; a fifth of a second is plenty for the sample."""
    for _ in range(8):
        await pilot.pause(0.05)


TEXT = re.compile(
    r'<text class="(?P<class>[^"]+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" '
    r'textLength="(?P<length>[\d.]+)" (?P<clip>clip-path="[^"]+")>(?P<text>[^<]*)</text>'
)
FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.S)


def in_cells(svg: str) -> str:
    """The screenshot with every character where the terminal puts it, and its Chinese font.

    Rich gives a text as much room as it has characters, which squeezes Chinese to half; here
    a text is cut into stretches of narrow and of wide characters, each put where its cells are.
    Web fonts go: a document must not call home when it is looked at.
    """
    svg = TEXT.sub(_stretches, svg).replace("font-variant-east-asian: full-width;", "")
    svg = FONT_FACE.sub("", svg).replace("Fira Code, monospace", MONO)
    return svg.replace("<style>", f"<style>\n{_chinese(svg)}", 1)


def _chinese(svg: str) -> str:
    """The wide characters of the picture as a font inside it, for machines that have none."""
    wide = {ord(char) for char in unescape(svg) if cell_len(char) == 2}
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(wide)
    wanted.layout_feature_tag_set.clear()
    font = hb.subset(hb.Face(_face().read_bytes()), wanted).blob.data
    data = base64.b64encode(font).decode()
    return (
        f'@font-face {{ font-family: Chinese; src: url("data:font/otf;base64,{data}"); '
        "font-display: block; }\n"
    )


def _face() -> Path:
    """Noto Sans SC (OFL) of the font package the program itself uses."""
    package = find_spec("pylopdf_fonts_zh_cn")
    assert package is not None
    assert package.submodule_search_locations is not None
    return Path(package.submodule_search_locations[0]) / "NotoSansSC-Regular.otf"


def _stretches(match: re.Match[str]) -> str:
    text = unescape(match["text"])
    cell = float(match["length"]) / len(text)
    left = float(match["x"])
    return "".join(
        f'<text class="{match["class"]}" {_place(stretch, left + at * cell, cell)} '
        f'y="{match["y"]}" {match["clip"]}>{escape(stretch).replace(" ", "&#160;")}</text>'
        for at, stretch in _cut(text)
    )


def _place(stretch: str, left: float, cell: float) -> str:
    """Wide characters each at its own x; narrow ones at one x and as long as their cells."""
    if cell_len(stretch) > len(stretch):
        every = " ".join(f"{left + 2 * number * cell:.1f}" for number in range(len(stretch)))
        return f'x="{every}" font-size="{WIDE}"'
    return f'x="{left:.1f}" textLength="{len(stretch) * cell:.1f}"'


def _cut(text: str) -> Iterator[tuple[int, str]]:
    """(first cell, stretch) of wide or of narrow characters, blank ones left out."""
    at = 0
    for _, group in groupby(text, lambda char: cell_len(char) == 2):
        stretch = "".join(group)
        if stretch.strip():
            yield at, stretch
        at += cell_len(stretch)


if __name__ == "__main__":
    main()
