"""出稿: editions, registered; the same text and style give the same bytes."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from editorial.desk.assemble import assemble
from editorial.desk.draft import DraftMade, make_draft, said_once
from editorial.desk.fonts import font_table
from editorial.desk.keep import keep
from editorial.desk.move import move
from editorial.desk.office import Desk, loaded, open_desk
from editorial.desk.placing import missing_glyphs
from editorial.desk.verify import verify
from editorial.errors import EditorialError
from editorial.model.book import Imprint, MissingGlyph, Printed
from editorial.model.document import Span
from editorial.model.finding import Finding
from editorial.store.looks import load_draft_style, load_fonts
from editorial.store.registers import load_drafts

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
TEXT = "volumes/xiao-2019/chapters/02-jichu/02-jichang.md"


def make(desk: Desk, *nodes: str, **wish: Any) -> DraftMade:
    return make_draft(desk, nodes, **{"at": AT, "formats": ("docx",), **wish})


def write(desk: Desk, path: str, old: str, new: str) -> None:
    text = (desk.root / path).read_text("utf-8")
    assert old in text
    (desk.root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_draft_is_written_and_registered_with_the_hash_of_its_papers(
    desk: Desk, git: Git
) -> None:
    made = make(desk, formats=("pdf", "docx"))
    assert made.act is not None
    assert git("show", "--format=", "--name-only") == "volumes/xiao-2019/drafts/01/draft.yaml"
    (draft,) = load_drafts(desk.workspace.files, "xiao-2019")
    assert (draft.edition, draft.style, draft.commit) == (1, "review", git("rev-parse", "HEAD^"))
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in made.files]
    assert [paper.sha256 for paper in draft.papers] == hashes
    assert git("status", "--porcelain") == ""


def test_the_same_text_gives_the_same_edition_and_bytes(desk: Desk) -> None:
    first = make(desk, formats=("pdf", "docx"))
    before = [path.read_bytes() for path in first.files]
    again = make(desk, formats=("pdf", "docx"), at=AT + timedelta(days=3))
    assert (again.draft.edition, again.act) == (1, None)
    assert [path.read_bytes() for path in again.files] == before


def test_draft_in_other_faces_keeps_the_hashes_of_what_was_handed_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listed = tmp_path / "readers.yaml"
    listed.write_text("schema: 1\nreaders:\n- {name: 林清}\n", "utf-8")
    wish: dict[str, Any] = {"formats": ("pdf",), "readers": str(listed)}
    first = make(desk, **wish).draft
    song = font_table(desk, load_fonts(desk.workspace.files)).faces("song")[0].path
    other = TTFont(song)
    for each in other["name"].names:
        each.string = "Other"
    other["CFF "].cff.fontNames[0] = "Other"
    (tmp_path / "faces").mkdir()
    other.save(tmp_path / "faces" / song.name)
    monkeypatch.setenv("EDITORIAL_FONT_DIR", str(tmp_path / "faces"))
    second = make(desk, **wish)
    assert second.draft.id == first.id
    assert "文件有别" in second.again
    (kept,) = load_drafts(desk.workspace.files, "xiao-2019")
    assert kept.papers[0] == first.papers[0]
    assert kept.copies[0] == first.copies[0]
    assert [len(kept.papers), len(kept.copies)] == [2, 2]
    monkeypatch.delenv("EDITORIAL_FONT_DIR")
    third = make(desk, **wish)
    assert (third.act, third.again) == (None, "（此前已出，内容相同）")


def test_a_file_in_the_place_of_the_caches_stops_no_draft(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "without"
    shutil.copytree(desk.root, other)
    shutil.rmtree(other / ".git/editorial", ignore_errors=True)
    (other / ".git/editorial").write_text("甲", "utf-8")
    made = make(open_desk(other), formats=("pdf",))
    assert made.files[0].read_bytes() == make(desk, formats=("pdf",)).files[0].read_bytes()
    assert made.act is not None
    (told,) = made.act.remarks
    assert "已改名为 .git/editorial-1.old" in told


def test_changed_text_gives_the_next_edition(desk: Desk) -> None:
    make(desk)
    write(desk, TEXT, "1200万", "1300万")
    keep(desk, "改数")
    assert make(desk).draft.edition == 2


def test_text_not_kept_is_said_on_the_draft_and_known_again(desk: Desk) -> None:
    write(desk, TEXT, "1200万", "1300万")
    first = make(desk)
    files = [path.read_bytes() for path in first.files]
    assert (first.draft.dirty, first.draft.edition) == (True, 1)
    again = make(desk)
    assert (again.act, again.again) == (None, "（此前已出，内容相同）")
    assert [path.read_bytes() for path in again.files] == files
    write(desk, TEXT, "1300万", "1400万")
    assert make(desk).draft.edition == 2
    write(desk, TEXT, "1400万", "1300万")
    assert make(desk).draft.edition == 1


def test_text_not_kept_is_another_than_the_text_kept(desk: Desk) -> None:
    write(desk, TEXT, "1200万", "1300万")
    make(desk)
    keep(desk, "改数")
    assert (make(desk).draft.edition, make(desk).draft.dirty) == (2, False)


def test_a_draft_registered_without_its_changes_is_never_taken_for_the_same(desk: Desk) -> None:
    write(desk, TEXT, "1200万", "1300万")
    make(desk)
    (record,) = (desk.root / "volumes/xiao-2019/drafts").glob("*/draft.yaml")
    lines = record.read_text("utf-8").splitlines(keepends=True)
    record.write_text("".join(x for x in lines if not x.startswith("changes:")), "utf-8")
    assert make(desk).draft.edition == 2


def test_only_a_pdf_leaves_out_what_word_can_show(desk: Desk) -> None:
    write(desk, TEXT, "1200万", "1200\u202e万葛\U000e0100")
    told = {kinds: codes_of(make(desk, formats=kinds)) for kinds in (("docx",), ("pdf", "docx"))}
    assert told == {("docx",): [], ("pdf", "docx"): ["L11", "L12"]}


def codes_of(made: DraftMade) -> list[str]:
    return [each.code for each in made.findings if each.code in ("L11", "L12")]


def test_drafts_of_parts_are_editions_too(desk: Desk) -> None:
    made = make(desk, "02-jichu", "01-keji/02-pingtai")
    assert made.draft.nodes == ("02-jichu", "01-keji/02-pingtai")
    assert "/" not in made.files[0].name


def test_a_title_with_odd_characters_stays_in_its_folder(desk: Desk, tmp_path: Path) -> None:
    write(desk, "volumes/xiao-2019/volume.yaml", "title: 小年鉴", "title: ../../../逃/走:年鉴")
    (path,) = make(desk, out=tmp_path / "out").files
    assert path.parent == tmp_path / "out"
    assert [each.name for each in (tmp_path / "out").iterdir()] == [path.name]


def test_styles_of_one_label_write_files_of_their_own(desk: Desk) -> None:
    styles = desk.root / "styles/drafts"
    (styles / "city.yaml").write_bytes((styles / "review.yaml").read_bytes())
    (styles / "broken.yaml").write_text("label: [\n", encoding="utf-8")
    names = [make(desk, style=style).files[0].name for style in ("review", "city", "final")]
    assert names == [
        "小年鉴2019评议稿（review）第1稿.docx",
        "小年鉴2019评议稿（city）第1稿.docx",
        "小年鉴2019付印稿第1稿.docx",
    ]


def test_a_long_title_fits_its_disk(desk: Desk) -> None:
    write(desk, "volumes/xiao-2019/volume.yaml", "title: 小年鉴", f"title: {'年鉴' * 80}")
    first = make(desk).files[0]
    write(desk, TEXT, "1200万", "1300万")
    keep(desk, "改数")
    second = make(desk).files[0]
    assert first.exists()
    assert ("第1稿" in first.name, "第2稿" in second.name) == (True, True)


@pytest.mark.parametrize(
    "src",
    [
        "../../../../secret.png",
        "/etc/passwd",
        "figures/none.png",
        "..",
        "",
        "x" * 300,
        "https://example.org/" + "y" * 300,
        "a\0b",
    ],
)
def test_a_picture_outside_the_volume_or_missing_is_a_finding(desk: Desk, src: str) -> None:
    (desk.root / "secret.png").write_bytes(b"x")
    (desk.root / TEXT).write_text(f':::figure{{#tu-1 src="{src}" title="图"}}\n', encoding="utf-8")
    volume = loaded(desk).volume
    style = load_draft_style(desk.workspace.files, "review")
    imprint = Imprint(title="书", label="稿", edition=1, date=AT.date(), office="办", commit="")
    book, findings = assemble(desk, volume, style, imprint, ())
    assert [f.message for f in findings if f.code == "M09"] == [f"没有图片文件：{src}"]
    assert all(not part.images for part in book.parts)


@pytest.mark.parametrize("src", ["figures/港口.PNG", "figures\\港口.png", "Figures/港口.png"])
def test_a_picture_written_otherwise_only_in_case_or_slashes_is_told(desk: Desk, src: str) -> None:
    folder = (desk.root / TEXT).parent / "figures"
    folder.mkdir()
    (folder / "港口.Png").write_bytes(b"x")
    (desk.root / TEXT).write_text(f':::figure{{#tu-1 src="{src}" title="图"}}\n', encoding="utf-8")
    style = load_draft_style(desk.workspace.files, "review")
    imprint = Imprint(title="书", label="稿", edition=1, date=AT.date(), office="办", commit="")
    _, findings = assemble(desk, loaded(desk).volume, style, imprint, ())
    assert [f.hint for f in findings if f.code == "M09"] == [
        "有一张 figures/港口.Png，大小写或斜杠与这里写的不同，是否就是它"
    ]


@pytest.mark.parametrize(
    ("src", "hint"),
    [
        ("figures/港口.png", "把图片放进该篇目的 figures 目录"),
        ("https://example.org/tu.jpg", "网上的图片先存到该篇目的 figures 目录，再写文件名"),
    ],
)
def test_a_folder_or_an_address_is_not_taken_for_a_picture(desk: Desk, src: str, hint: str) -> None:
    folder = (desk.root / TEXT).parent / "figures"
    (folder / "港口.png").mkdir(parents=True)
    (folder / "tu.jpg").write_bytes(b"x")
    (desk.root / TEXT).write_text(f':::figure{{#tu-1 src="{src}" title="图"}}\n', encoding="utf-8")
    style = load_draft_style(desk.workspace.files, "review")
    imprint = Imprint(title="书", label="稿", edition=1, date=AT.date(), office="办", commit="")
    _, findings = assemble(desk, loaded(desk).volume, style, imprint, ())
    assert [f.hint for f in findings if f.code == "M09"] == [hint]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"formats": ("odt",)}, "没有“odt”格式"),
        ({"formats": ("",)}, "没有写要什么格式"),
        ({"formats": ()}, "没有写要什么格式"),
        ({"style": "../letters/revise"}, "没有叫“../letters/revise”的稿样样式"),
        ({"style": "a/b"}, "没有叫"),
        ({"style": "\x07"}, "没有叫"),
    ],
)
def test_what_cannot_be_drafted_writes_nothing(
    desk: Desk, git: Git, wish: dict[str, object], words: str
) -> None:
    with pytest.raises(EditorialError, match=words):
        make(desk, **wish)
    assert not (desk.root / "volumes/xiao-2019/out").exists()
    assert git("status", "--porcelain") == ""


def test_a_section_in_another_encoding_writes_nothing(desk: Desk, git: Git) -> None:
    (desk.root / TEXT).write_bytes("机场".encode("gb18030"))
    with pytest.raises(EditorialError, match="未作任何改动"):
        make(desk)
    assert not (desk.root / "volumes/xiao-2019/out").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("size: 10.5", "size: 0"),
        ("size: 10.5", "size: -3"),
        ("size: 10.5", "size: nan"),
        ("leading: 20", "leading: 0"),
        ("toc_levels: 2", "toc_levels: 0"),
        ("toc_levels: 2", "toc_levels: 9"),
        ("paper: [210, 297]", "paper: [210]"),
        ("paper: [210, 297]", "paper: [0, 0]"),
        ("paper: [210, 297]", "paper: [20, 20]"),
        ("inner: 26", "inner: 400"),
        ("  body: ", "  bodi: "),
        ("font: song", "font: 没有"),
        ("align: center", "align: middle"),
        ("notice: 内部资料", "color: 红\nnotice: 内部资料"),
    ],
)
def test_a_style_that_cannot_be_set_is_refused_in_words(desk: Desk, old: str, new: str) -> None:
    write(desk, "styles/drafts/review.yaml", old, new)
    with pytest.raises(EditorialError):
        make(desk)


@pytest.mark.parametrize(
    "damage", [b"", b"not a font", b"OTTO" + b"\0" * 40, b"ttcf" + b"\xff" * 40]
)
def test_a_damaged_font_file_is_passed_over_or_told_but_never_a_bug(
    desk: Desk, tmp_path: Path, damage: bytes
) -> None:
    (desk.root / "fonts").mkdir()
    (desk.root / "fonts/bad.otf").write_bytes(damage)
    path = desk.root / "styles/fonts.yaml"
    text = path.read_text("utf-8").replace("folders: []", "folders: [fonts]")
    head, _, tail = text.partition("    faces:\n")
    path.write_text(f"{head}    faces:\n    - {{file: bad.otf}}\n{tail}", encoding="utf-8")
    with suppress(EditorialError):
        assert make(desk, formats=("pdf",)).pages


def test_moving_on_after_a_draft_does_not_disturb_it(desk: Desk) -> None:
    make(desk)
    move(desk, ("机场",), "初审", at=AT)
    assert make(desk).draft.edition == 2


def test_a_missing_glyph_is_a_finding_with_its_place(desk: Desk) -> None:
    (desk.root / TEXT).write_text("第一段。\n示例\U000323af字。\n", encoding="utf-8")
    found = [each for each in make(desk, formats=("pdf",)).findings if each.code == "L09"]
    section = TEXT.partition("chapters/")[2].removesuffix(".md")
    assert [(f.where, f.line, f.message) for f in found] == [
        (section, 2, "字体缺字“\U000323af”（U+323AF）：印作〓")
    ]


def test_missing_sounds_are_one_finding_a_section(desk: Desk) -> None:
    (desk.root / TEXT).write_text("第一段。\n示[ŋɔ ˥]例，ŋ̍\n", encoding="utf-8")
    lost = [MissingGlyph(role="song", char=char) for char in "ŋɔ˥\u030d"]
    lent = [MissingGlyph(role="song", char="ɐ", drawn="Charis")]
    style = load_draft_style(desk.workspace.files, "review")
    imprint = Imprint(title="", label="", edition=1, date=AT.date(), office="", commit="")
    book = assemble(desk, loaded(desk).volume, style, imprint, ())[0]
    section = TEXT.partition("chapters/")[2].removesuffix(".md")
    (told,) = missing_glyphs(desk, book, lost)
    assert (told.where, told.line) == (section, 2)
    assert told.message == "4个国际音标字母字体里没有：“ŋ”“ɔ”“˥”“◌\u030d”，印作〓"
    assert "Charis SIL" in told.hint
    (told,) = missing_glyphs(desk, book, lent)
    assert told.message.endswith("“ɐ”，取自Charis")


def test_a_list_of_names_spoilt_by_one_item_is_a_finding(desk: Desk) -> None:
    names = "　".join(["赵示", "钱示例", "孙例"] * 5)
    (desk.root / TEXT).write_text(f"第一段。\n{names}　李达、\n", encoding="utf-8")
    found = [each for each in make(desk, formats=("pdf",)).findings if each.code == "L13"]
    assert [(each.line, "“李达、”" in each.message) for each in found] == [(2, True)]


@pytest.mark.parametrize(
    ("path", "old"),
    [
        ("volumes/xiao-2019/chapters/02-jichu/02-jichang.yaml", "title: "),
        ("volumes/xiao-2019/chapters/02-jichu/chapter.yaml", "title: "),
        ("volumes/xiao-2019/volume.yaml", "title: "),
    ],
)
def test_a_glyph_missing_in_a_title_is_a_finding_with_its_file(
    desk: Desk, path: str, old: str
) -> None:
    write(desk, path, old, f"{old}\U000323af")
    line = (desk.root / path).read_text("utf-8").partition("\U000323af")[0].count("\n") + 1
    found = [each for each in make(desk, formats=("pdf",)).findings if each.code == "L09"]
    assert [(f.where, f.line, f.message) for f in found] == [
        (path, line, "字体缺字“\U000323af”（U+323AF）：印作〓")
    ]


def test_chapters_whose_numbers_do_not_rise_are_told(desk: Desk) -> None:
    for chapter in ("01-keji", "02-jichu"):
        path = f"volumes/xiao-2019/chapters/{chapter}/chapter.yaml"
        write(desk, path, "title: ", "title: 第二编　")
    found = [each for each in make(desk, formats=("pdf",)).findings if each.code == "L14"]
    assert [each.where for each in found] == ["02-jichu"]


def test_links_that_lead_nowhere_and_names_given_twice_are_told(desk: Desk) -> None:
    table = ':::table{#biao-9 title="示例表"}\n| 甲 |\n---\n| 1 |\n:::\n'
    figure = ':::figure{#biao-9 src="figures/xiao.png" title="示例图"}\n'
    links = "见[甲](#nope)，[表](#biao-9)，[分目](#01-keji/02-pingtai)。\n"
    inside = ':::table{title="又一表"}\n| 见[乙](#nope-2) |\n:::\n'
    (desk.root / TEXT).write_text(links + table + figure + inside, encoding="utf-8")
    wanted = [
        ("M10", 1, "“甲”指的表或图（#nope）不在书中"),
        ("M10", 8, "“乙”指的表或图（#nope-2）不在书中"),
        ("M11", 7, "表、图的名字“#biao-9”与本分目的另一处重复"),
    ]
    drafts = (make(desk), make(desk, "02-jichu"))
    for findings in (*(made.findings for made in drafts), verify(desk).findings):
        told = [(f.code, f.line, f.message) for f in findings if f.code in ("M10", "M11")]
        assert sorted(told) == wanted


OTHER = "volumes/xiao-2019/chapters/01-keji/02-pingtai.md"


def test_a_link_that_prints_another_number_is_told(desk: Desk) -> None:
    tables = "".join(f':::table{{#b{n} title="表"}}\n| 甲 |\n---\n| 1 |\n:::\n' for n in "12")
    figure = ':::figure{#f src="figures/xiao.png" title="图"}\n'
    right = "[见表2-2](#b2)[表 2－2](#b2)[表２—2](#b2)[下表](#b2)[表中2018年](#b2)[图2-1](#f)"
    right += "[图表2-9](#b2)[附表1-2](#b2)[上年表2-3](#b2)[表2018-2019年](#b2)\n"
    wrong = "[见表9-9](#b1)\n[表 2－2](#b1)\n[见图2-2](#f)\n[表2-1](#f)\n"
    cell = ':::table{title="又"}\n| [表2-2](#b1) |\n---\n| 1 |\n:::\n'
    (desk.root / TEXT).write_text(right + wrong + tables + figure + cell, encoding="utf-8")
    (desk.root / OTHER).write_text("[见表2-7](#b2)和[见表2-1](#b1)。\n", encoding="utf-8")
    wanted = [
        ("01-keji/02-pingtai", 1, "“见表2-7”指的（#b2）是表2-2，不是表2-7", "改为“见表2-2”"),
        ("02-jichu/02-jichang", 2, "“见表9-9”指的（#b1）是表2-1，不是表9-9", "改为“见表2-1”"),
        ("02-jichu/02-jichang", 3, "“表 2－2”指的（#b1）是表2-1，不是表 2－2", "改为“表2-1”"),
        ("02-jichu/02-jichang", 4, "“见图2-2”指的（#f）是图2-1，不是图2-2", "改为“见图2-1”"),
        ("02-jichu/02-jichang", 5, "“表2-1”指的（#f）是图2-1，不是表2-1", "改为“图2-1”"),
        ("02-jichu/02-jichang", 17, "“表2-2”指的（#b1）是表2-1，不是表2-2", "改为“表2-1”"),
    ]
    for findings in (verify(desk).findings, make(desk).findings):
        told = [(f.where, f.line, f.message, f.hint) for f in findings if f.code == "M12"]
        assert sorted(told) == wanted
    for nodes, lines in (("01-keji", wanted[:1]), ("02-jichu", wanted[1:])):
        told = [
            (f.where, f.line, f.message, f.hint)
            for f in make(desk, nodes).findings
            if f.code == "M12"
        ]
        assert sorted(told) == lines


def test_a_name_used_in_another_section_is_told_with_that_section(desk: Desk) -> None:
    for path in (TEXT, OTHER):
        text = ':::table{#biao-9 title="示例表"}\n| 甲 |\n:::\n'
        (desk.root / path).write_text(text, encoding="utf-8")
    (told,) = (each for each in make(desk).findings if each.code == "M11")
    assert (told.where, "与01-keji/02-pingtai重复" in told.message) == ("02-jichu/02-jichang", True)


def test_findings_of_the_printer_name_their_line(desk: Desk) -> None:
    (desk.root / TEXT).write_text(f"第一段。\n编号{'9' * 40}。\n", encoding="utf-8")
    assert [(f.code, f.line) for f in make(desk).findings if f.code == "L04"] == [("L04", 2)]


def test_an_empty_chapter_is_printed_and_told_of(desk: Desk) -> None:
    chapter = desk.root / TEXT.rpartition("/")[0] / "chapter.yaml"
    lines = chapter.read_text("utf-8").splitlines()
    chapter.write_text(f"{lines[0]}\nsections: []\n", encoding="utf-8")
    assert "L01" in [each.code for each in make(desk).findings]


def test_a_chapter_without_sections_is_printed_when_asked_for(desk: Desk) -> None:
    folder = desk.root / "volumes/xiao-2019/chapters/90-kong"
    folder.mkdir()
    (folder / "chapter.yaml").write_text("title: 空篇目\n", encoding="utf-8")
    assert [(f.code, f.where) for f in make(desk, "90-kong").findings] == [("L01", "90-kong")]


def test_a_volume_without_chapters_is_printed_and_told_of(desk: Desk) -> None:
    shutil.rmtree(desk.root / "volumes/xiao-2019/chapters")
    made = make(desk, formats=("pdf", "docx"))
    assert [path.suffix for path in made.files if path.stat().st_size] == [".pdf", ".docx"]
    assert [(f.code, f.where) for f in made.findings] == [("L10", "xiao-2019")]


@pytest.mark.parametrize(
    ("named", "nodes"),
    [
        (("02-jichu", "02-jichu"), ("02-jichu",)),
        (("机场", "02-jichu/02-jichang"), ("02-jichu/02-jichang",)),
        (("02-jichu/02-jichang", "02-jichu"), ("02-jichu",)),
        (("xiao-2019", "02-jichu"), ()),
    ],
)
def test_nodes_named_twice_are_one(
    desk: Desk, named: tuple[str, ...], nodes: tuple[str, ...]
) -> None:
    assert make(desk, *named).draft.nodes == nodes


def test_every_number_too_long_for_a_line_is_told(desk: Desk) -> None:
    (desk.root / TEXT).write_text(f"编号{'9' * 40}，又{'8' * 200}。\n", encoding="utf-8")
    told = [f.message for f in make(desk).findings if f.code == "L04"]
    assert [message[:8] for message in told] == ["一串40位的数字", "一串200位的数"]


@pytest.mark.parametrize("out", ["file", "file/under"])
def test_a_place_nothing_can_be_written_to_is_told(desk: Desk, tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(EditorialError, match="没有写入任何内容") as told:
        make(desk, out=tmp_path / out)
    assert re.search("[a-z]", told.value.message + told.value.hint) is None
    assert "换一个目录" in told.value.hint


def test_what_is_odd_about_a_picture_is_said_once_for_all_files(desk: Desk) -> None:
    figures = desk.root / "volumes/xiao-2019/chapters/02-jichu/figures"
    figures.mkdir(exist_ok=True)
    Image.new("RGB", (30, 20), "teal").save(figures / "xiao.png")
    path = desk.root / TEXT
    figure = '\n\n:::figure{#tu-9 src="figures/xiao.png" title="示例走廊"}\n'
    path.write_text(path.read_text("utf-8") + figure, encoding="utf-8")
    found = make(desk, formats=("pdf", "docx")).findings
    assert [each.code for each in found if "xiao.png" in each.message] == ["L07"]


def test_a_table_set_in_two_ways_is_told_of_each_file() -> None:
    at, other = Span(3, 9), Span(12, 20)
    odd = {
        kind: Printed(
            data=b"",
            findings=(
                Finding(code=code, message="表1-1：太宽", where="甲/乙", span=at),
                Finding(code="B02", message="表1-2：太宽", where="甲/乙", span=other),
            ),
        )
        for kind, code in (("pdf", "B02"), ("docx", "B03"))
    }
    assert [(each.code, each.message) for each in said_once(odd)] == [
        ("B02", "表1-1：太宽（PDF）"),
        ("B02", "表1-2：太宽"),
        ("B03", "表1-1：太宽（DOCX）"),
    ]
    alone = {"docx": odd["docx"]}
    assert [each.message for each in said_once(alone)] == ["表1-1：太宽", "表1-2：太宽"]


@pytest.mark.parametrize("blocked", ["out", "registration"])
def test_a_build_that_fails_leaves_nothing_behind(desk: Desk, tmp_path: Path, blocked: str) -> None:
    out = tmp_path / "out"
    (path,) = make(desk, out=out).files
    write(desk, TEXT, "1200万", "1300万")
    keep(desk, "改数")
    before = {each.name: each.read_bytes() for each in out.iterdir()}
    if blocked == "out":
        (out / path.name.replace("第1稿", "第2稿")).mkdir()
    else:
        (desk.workspace.git_dir / "editorial/lock").unlink()
        (desk.workspace.git_dir / "editorial/lock").mkdir()
    with pytest.raises(EditorialError, match="没有写入任何内容"):
        make(desk, formats=("pdf", "docx"), out=out)
    assert {each.name: each.read_bytes() for each in out.iterdir() if each.is_file()} == before
    assert len(load_drafts(desk.workspace.files, "xiao-2019")) == 1


def test_drafts_made_at_once_are_all_registered(desk: Desk) -> None:
    styles = ("review", "consult", "booklet")
    with ThreadPoolExecutor(3) as pool:
        desks = [open_desk(desk.root, volume=desk.volume_id) for _ in styles]
        all_made = list(pool.map(lambda at, style: make(at, style=style), desks, styles))
    drafts = load_drafts(desk.workspace.files, "xiao-2019")
    assert [each.id for each in drafts] == ["01", "02", "03"]
    assert {each.style for each in drafts} == set(styles)
    for made in all_made:
        assert made.act is not None
        assert made.files[0].is_file()


def test_one_draft_made_twice_at_once_is_one_edition(desk: Desk) -> None:
    with ThreadPoolExecutor(2) as pool:
        desks = [open_desk(desk.root, volume=desk.volume_id) for _ in range(2)]
        first, second = pool.map(make, desks)
    assert first.draft.edition == second.draft.edition == 1
    assert [first.act, second.act].count(None) == 1
