"""Blanks in Word: every one says whose answer it holds, and still does after LibreOffice."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from editorial.render.docx.book import book_docx
from editorial.render.docx.controls import bookmark_of, control
from editorial.render.docx.letter import letter_docx
from tests.render.books import section, style_of
from tests.render.docx_faults import docx_faults
from tests.render.test_book_docx import FONTS, W, tree
from tests.render.test_letter_docx import SHEET

VAL = f"{W}val"
FIELDS = ("page", "line", "category", "original", "text", "reason")


def form(style: str = "review") -> bytes:
    return book_docx(section(), style_of(style), FONTS).data


def letter(*rows: tuple[str, ...]) -> bytes:
    annex = replace(SHEET.annexes[0], rows=rows)
    return letter_docx(replace(SHEET, annexes=(annex,)), FONTS).data


def tags(document: etree._Element) -> list[str]:
    return [str(each.get(VAL)) for each in document.iter(f"{W}tag")]


def text(document: etree._Element) -> str:
    return "".join(each.text or "" for each in document.iter(f"{W}t"))


def bookmarks(document: etree._Element) -> list[str]:
    names = (str(each.get(f"{W}name")) for each in document.iter(f"{W}bookmarkStart"))
    return [name for name in names if name.startswith(("_reply", "_opinion"))]


def test_every_blank_of_an_opinion_is_tagged() -> None:
    found = tags(tree(form()))
    assert [tag for tag in found if tag.startswith("opinion:2:")] == [
        f"opinion:2:{field}" for field in FIELDS
    ]


def test_blanks_above_the_opinions_are_tagged_too() -> None:
    found = [tag for tag in tags(tree(form())) if tag.startswith("opinion:0:")]
    names = ("person", "unit", "post", "phone", "read", "date", "overall", "verdict")
    assert found == [f"opinion:0:{name}" for name in names]


def test_opinions_have_room_on_both_sides_of_a_leaf() -> None:
    assert f"opinion:25:{FIELDS[0]}" in tags(tree(form()))


@pytest.mark.parametrize(
    ("label", "name"), [("评议稿", "评议意见表"), ("征求意见稿", "征求意见表")]
)
def test_form_is_called_after_its_draft(label: str, name: str) -> None:
    value = section()
    value = replace(value, imprint=replace(value.imprint, label=label))
    assert name in text(tree(book_docx(value, style_of("review"), FONTS).data))


def test_heads_of_the_opinions_repeat() -> None:
    last = list(tree(form()).iter(f"{W}tbl"))[-1]
    repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in last.iter(f"{W}tr")]
    assert repeated == [True, *[False] * 25]


@pytest.mark.parametrize("style", ["review", "consult", "booklet"])
def test_form_is_sound(style: str) -> None:
    assert docx_faults(form(style)) == []


def test_style_without_a_form_has_no_blanks() -> None:
    assert tags(tree(form("final"))) == []


def test_blank_holds_nothing_a_reader_sees() -> None:
    waiting = [
        each
        for each in tree(form()).iter(f"{W}sdt")
        if each.find(f".//{W}showingPlcHdr") is not None
    ]
    assert {text(each).strip() for each in waiting} == {""}


# Letters


def test_reply_cells_are_tagged_by_the_number_of_the_item() -> None:
    assert tags(tree(letter(("1", "核实", ""), ("2", "补充", "")))) == ["reply:1", "reply:2"]


def test_reply_says_what_it_is() -> None:
    alias = tree(letter(("1", "核实", ""))).find(f".//{W}alias")
    assert alias is not None
    assert alias.get(VAL) == "第1项单位回复"


def test_list_with_nothing_to_fill_in_has_no_blanks() -> None:
    assert tags(tree(letter(("1", "核实", "已办"), ("2", "补充", "")))) == []


def test_letter_with_replies_is_sound() -> None:
    assert docx_faults(letter(("1", "核实<投资>", ""))) == []


def test_bookmark_is_a_hidden_name_like_the_tag() -> None:
    assert bookmark_of("opinion:12:reason") == "_opinion_12_reason"


# There and back


def returned(data: bytes, folder: Path) -> etree._Element:
    """What LibreOffice saves after opening a file."""
    (folder / "in").mkdir()
    (folder / "in/a.docx").write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "docx", "--outdir"]
    subprocess.run([*command, folder, folder / "in/a.docx"], check=True, capture_output=True)
    with zipfile.ZipFile(io.BytesIO((folder / "a.docx").read_bytes())) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


@pytest.mark.external("soffice")
def test_blanks_of_a_letter_come_back_from_libreoffice(tmp_path: Path) -> None:
    document = returned(letter(("1", "核实", ""), ("2", "补充", "")), tmp_path)
    assert bookmarks(document) == ["_reply_1", "_reply_2"]


@pytest.mark.external("soffice")
def test_answer_comes_back_once(tmp_path: Path) -> None:
    """LibreOffice 7 writes what stands in a control round a paragraph three times."""
    run = "<w:r><w:t>已核实</w:t></w:r>"
    answered = control(1, "reply:1", "第1项单位回复", run).encode()
    data = letter(("1", "核实", ""))
    whole = re.compile(rb"<w:bookmarkStart[^>]*_reply_1.*?<w:bookmarkEnd[^>]*>")
    document = returned(filled(data, whole, answered), tmp_path)
    assert text(document).count("已核实") == 1


def filled(data: bytes, place: re.Pattern[bytes], content: bytes) -> bytes:
    """A file with something else in the place of some of its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, place.sub(lambda _: content, old.read(name)))
    return out.getvalue()
