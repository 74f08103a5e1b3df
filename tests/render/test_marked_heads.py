"""Headings of a 花脸稿 that stand for two parts in both of its texts, or only in one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pdfplumber
import pytest

from editorial.model.book import Book, Part
from editorial.model.redline import BlockChange, Hands, Redline, heading_change
from editorial.model.redlining import redlined
from editorial.model.settling import accepted, printed, rejected
from editorial.render.chapters import folded
from editorial.render.pdf.book import book_pdf
from editorial.render.titles import spaced
from tests.model.editing import EDITOR, OTHER
from tests.render.books import book, faces, style_of
from tests.render.docx_settled import told
from tests.render.test_gazetteer import gazetteer
from tests.render.test_matter import words
from tests.render.test_tracked import written

CONSULT = style_of("consult")
WHOLE = gazetteer()


def changed(**parts: Mapping[str, object]) -> Book:
    """The gazetteer with parts made otherwise, by id: `_` for `/`."""
    made = {name.strip("_").replace("_", "/"): fields for name, fields in parts.items()}
    return book(*(replace(part, **made.get(part.id, {})) for part in WHOLE.parts))  # type: ignore[arg-type]  # of any field


def marked(old: Book, new: Book) -> Book:
    found = redlined(old, new, Hands(last=EDITOR))
    assert said(accepted(found)) == said(printed(new))
    assert said(rejected(found)) == said(printed(old))
    return found


def said(whole: Book) -> list[Part]:
    return [replace(part, places=()) for part in whole.parts]


def heads(whole: Book) -> list[tuple[str, str]]:
    """Headings in print with what became of each by itself."""
    one = folded(whole)
    known = (one.redline or Redline(since="")).parts
    changes = [heading_change(known.get(part.id, BlockChange())) for part in one.parts]
    return [
        (part.title, change.kind if change else "")
        for part, change in zip(one.parts, changes, strict=True)
    ]


SAME = heads(WHOLE)
ALONE = ("第二章 人物", "")


def test_a_title_that_is_printed_nowhere_is_not_printed_where_it_changed() -> None:
    one = marked(WHOLE, changed(_1_xu={"title": "卷首的话"}))
    assert heads(one) == SAME
    assert folded(one).redline == Redline(since="")


def test_what_changed_in_the_heading_above_is_told_there() -> None:
    found = folded(marked(WHOLE, changed(_1_g1={"title": "第一章 种植"})))
    (name, change), *more = found.redline.parts.items() if found.redline else []
    assert (name, more) == ("1/zx", [])
    assert [each.run.text for each in change.texts["title"] if each.change] == ["业"]


@pytest.mark.parametrize("there", [True, False])
def test_what_is_put_under_a_heading_or_taken_from_it_leaves_it(there: bool) -> None:
    without = book(*(part for part in WHOLE.parts if part.id not in ("1/xu", "1/zx")))
    one = marked(WHOLE, without) if there else marked(without, WHOLE)
    assert heads(one) == SAME
    kind = "delete" if there else "insert"
    blocks = folded(one).redline.blocks  # type: ignore[union-attr]  # it is a 花脸稿
    assert {each.change.kind for each in blocks.values() if each.change} == {kind}


def test_a_text_rewritten_under_another_id_stays_under_the_heading() -> None:
    other = {"id": "1/qianyan", "title": "前言", "blocks": (words("全新写成，一字不同。"),)}
    assert heads(marked(WHOLE, changed(_1_xu=other))) == SAME
    alone = {"id": "1/09", "blocks": (words("另起炉灶重写。"),)}
    assert heads(marked(WHOLE, changed(_1_02=alone))) == SAME


def test_both_headings_of_a_new_chapter_are_one() -> None:
    without = book(*WHOLE.parts[:5])
    assert heads(marked(without, WHOLE))[-1] == ("第二章 人物", "insert")
    assert heads(marked(WHOLE, without))[-1] == ("第二章 人物", "delete")


def test_only_the_heading_a_text_came_under_is_marked() -> None:
    old = book(*(part for part in WHOLE.parts if part.id != "1/g2"))
    old = replace(old, parts=(*old.parts[:-1], replace(old.parts[-1], level=3)))
    found = folded(marked(old, WHOLE))
    assert found.redline is not None
    assert found.redline.parts["1/02"].change is None  # its text stays as it is


def test_a_heading_only_one_text_prints_comes_or_goes_alone() -> None:
    shown = changed(_1_xu={"untitled": False})
    for old, new, kind in ((WHOLE, shown, "insert"), (shown, WHOLE, "delete")):
        assert heads(marked(old, new))[:2] == [("第一编 农业", ""), ("编下小序", kind)]


def test_a_neighbour_that_came_or_went_tells_two_of_one_title_apart() -> None:
    more = Part(id="1/03", level=3, title="第三节 附记", blocks=(words("附记一段示例。"),))
    two = book(*WHOLE.parts, more)
    title = "第二章　人物"
    assert heads(marked(WHOLE, two))[-3:] == [ALONE, (title, "insert"), ("第三节 附记", "insert")]
    assert heads(marked(two, WHOLE))[-3:] == [ALONE, (title, "delete"), ("第三节 附记", "delete")]


def test_whoever_folded_it_is_named() -> None:
    hands = Hands(last=EDITOR, headings={"1/xu": OTHER})
    found = redlined(changed(_1_xu={"untitled": False}), WHOLE, hands)
    change = heading_change(folded(found).redline.parts["1/xu"])  # type: ignore[union-attr]  # it is a 花脸稿
    assert change is not None
    assert change.author == OTHER.author


# In print


def lines(data: bytes) -> str:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return "".join(page.extract_text() or "" for page in pdf.pages).replace("　", "")


def test_pages_print_no_title_the_book_does_not_print() -> None:
    one = marked(WHOLE, changed(_1_xu={"title": "卷首的话", "blocks": (words("编前新话。"),)}))
    text = lines(book_pdf(one, CONSULT, faces()).data)
    assert "卷首" not in text
    assert "小序" not in text
    assert "编前" in text


def test_the_contents_do_not_list_a_heading_taken_out(tmp_path: Path) -> None:
    one = marked(changed(_1_xu={"untitled": False}), WHOLE)
    text = lines(book_pdf(one, CONSULT, faces()).data)
    assert text.count("编下小序") == 1
    with ZipFile(written(one, tmp_path / "花脸稿.docx", CONSULT)) as file:
        listed = file.read("word/document.xml").decode()
    assert not re.search(r"<w:t[ >][^<]*编下小序", listed)
    assert re.search(r"<w:delText[ >][^<]*编下小序", listed)


SHOWN = changed(_1_xu={"untitled": False})
RETITLED = changed(_1_xu={"title": "卷首的话"}, _1_g2={"title": "第二章　英烈"})


@pytest.mark.external("pandoc")
@pytest.mark.parametrize(
    ("old", "new"), [(WHOLE, SHOWN), (SHOWN, WHOLE), (WHOLE, RETITLED), (RETITLED, WHOLE)]
)
def test_word_settles_them_to_either_text(old: Book, new: Book, tmp_path: Path) -> None:
    one = written(marked(spaced(old), spaced(new)), tmp_path / "marked.docx")
    assert told(one, "--track-changes=accept") == told(written(new, tmp_path / "new.docx"))
    assert told(one, "--track-changes=reject") == told(written(old, tmp_path / "old.docx"))
