"""Files from finished objects: what was put in comes out, the same bytes each time."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Name
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream, PDFZCompress

from editorial.render.pdf.canvas import document_of, open_canvas
from editorial.render.pdf.file import (
    Bulk,
    Stream,
    bulk,
    collect,
    deflated,
    set_catalog,
    text_string,
    write,
)
from editorial.render.pdf.navigation import (
    Leaf,
    destination,
    link_annotation,
    resources,
    set_outline,
    set_pages,
)
from tests.render.small_pdf import METADATA, gathered, small_document

Outline = list[tuple[str, "Outline"]]


@pytest.fixture
def document() -> PDFDocument:
    return document_of(open_canvas((210, 297)))


@pytest.fixture
def raw(document: PDFDocument) -> Bulk:
    return bulk(document)


def blank(document: PDFDocument, count: int) -> range:
    """So many empty pages, each of its own height; their object numbers."""
    raw = bulk(document)
    first = raw.reserve(count)
    shared, nothing = raw.add(resources(document)), raw.add(deflated(b""))
    leaves = [
        Leaf(size=(300, 400 + page), contents=(nothing,), resources=shared) for page in range(count)
    ]
    set_pages(document, leaves, first)
    return range(first, first + count)


def opened(document: PDFDocument) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(write(collect(document))))


def held_in(pdf: pikepdf.Pdf, number: int) -> tuple[bytes, bytes]:
    part = pdf.get_object(number, 0)
    data = part.read_raw_bytes() if isinstance(part, pikepdf.Stream) else b""
    return part.unparse(resolved=True) if hasattr(part, "unparse") else b"null", data


def outline_of(items: list[pikepdf.OutlineItem]) -> Outline:
    return [(item.title, outline_of(list(item.children))) for item in items]


def test_equal_documents_give_equal_bytes() -> None:
    assert write(gathered(small_document())) == write(gathered(small_document()))


@pytest.mark.external("qpdf")
def test_qpdf_has_nothing_to_say(tmp_path: Path) -> None:
    path = tmp_path / "small.pdf"
    path.write_bytes(write(gathered(small_document())))
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")


def test_object_keeps_its_number(document: PDFDocument, raw: Bulk) -> None:
    blank(document, 1)
    numbers = [raw.add(f"({n})".encode()) for n in range(500)]
    with opened(document) as pdf:
        assert [str(pdf.get_object(number, 0)) for number in numbers] == [
            str(n) for n in range(500)
        ]


def test_numbers_of_reportlab_and_of_bulk_do_not_meet(document: PDFDocument, raw: Bulk) -> None:
    first = raw.reserve(3)
    other = document.Reference(PDFStream(content=b"between"))
    assert (raw.reserve() - first, document.idToObjectNumberAndVersion[other.name]) == (
        4,
        (first + 3, 0),
    )


def test_number_never_used_reads_as_null(document: PDFDocument, raw: Bulk) -> None:
    blank(document, 1)
    number = raw.reserve()
    with opened(document) as pdf:
        assert pdf.get_object(number, 0) is None


@pytest.mark.parametrize("content", [b"", b"\nstream\nendstream\n", bytes(range(256)) * 40])
@pytest.mark.parametrize("filters", [[], [PDFZCompress]])
def test_reportlabs_stream_comes_out_whole(
    document: PDFDocument, content: bytes, filters: list[object]
) -> None:
    blank(document, 1)
    stream = PDFStream(content=content, filters=filters)
    stream.dictionary["Kept"] = 7
    document.Reference(stream, "示例")
    number, _ = document.idToObjectNumberAndVersion["示例"]
    with opened(document) as pdf:
        held = pdf.get_object(number, 0)
        assert (held.read_bytes(), held.Kept, "/Length" in held) == (content, 7, True)


def test_stream_of_ours_comes_out_whole(document: PDFDocument, raw: Bulk) -> None:
    blank(document, 1)
    number = raw.add(deflated(b"q Q" * 99, "/Kept 7"))
    with opened(document) as pdf:
        assert (pdf.get_object(number, 0).read_bytes(), pdf.get_object(number, 0).Kept) == (
            b"q Q" * 99,
            7,
        )


def test_catalog_takes_entries_reportlab_does_not_know(document: PDFDocument) -> None:
    blank(document, 1)
    set_catalog(document, "Extensions", "<</ABCD<</ExtensionLevel 1>>>>")
    with opened(document) as pdf:
        assert pdf.Root.Extensions.ABCD.ExtensionLevel == 1


def test_copy_differs_only_in_what_was_changed() -> None:
    small = small_document()
    held = gathered(small)
    changed = write(held, {small.mark: Stream("", b"/Artifact BMC q Q EMC")})
    with pikepdf.open(BytesIO(write(held))) as plain, pikepdf.open(BytesIO(changed)) as copy:
        differing = [
            number
            for number in range(1, int(plain.trailer.Size) - 1)
            if held_in(plain, number) != held_in(copy, number)
        ]
        assert copy.get_object(small.mark, 0).read_bytes() == b"/Artifact BMC q Q EMC"
        assert plain.get_object(small.mark, 0).read_bytes() == b""
    assert differing == [small.mark]


def test_copies_share_all_compressed_bytes() -> None:
    small = small_document()
    held = gathered(small)
    copies = [write(held, {small.mark: Stream("", text)}) for text in (b"q Q", b"q q Q Q")]
    assert copies[0][: held.length] == copies[1][: held.length]


def test_change_of_a_settled_object_is_refused() -> None:
    small = small_document()
    with pytest.raises(ValueError, match="not volatile"):
        write(gathered(small), {small.pages[0]: b"null"})


def test_identity_tells_the_book_and_the_copy_apart() -> None:
    small = small_document()
    held = gathered(small)
    other = gathered(small_document(replace(METADATA, keywords="另有关键词")))
    third = collect(small_document(replace(METADATA, title="另一本")).document)
    files = [write(held), write(held, {small.mark: Stream("", b"q Q")}), write(other), write(third)]
    names = [[bytes(part) for part in pikepdf.open(BytesIO(f)).trailer.ID] for f in files]
    same = [names[0][0] == first for first, _ in names]
    assert (same, len({second for _, second in names})) == ([True, True, True, False], 4)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_read_back(text: str) -> None:
    assert str(pikepdf.Object.parse(text_string(text).encode())) == text


@pytest.mark.parametrize("count", [1, 64, 65, 300])
def test_pages_stand_in_order_however_many(document: PDFDocument, count: int) -> None:
    numbers = blank(document, count)
    with opened(document) as pdf:
        assert [page.objgen[0] for page in pdf.pages] == list(numbers)
        assert [int(page.MediaBox[3]) for page in pdf.pages] == [400 + n for n in range(count)]


def test_page_says_what_it_holds(document: PDFDocument, raw: Bulk) -> None:
    first, shown = raw.reserve(), raw.add(deflated(b"q Q"))
    link = raw.add(link_annotation((0, 0, 9, 9), dest=destination(first, 50)))
    leaf = Leaf(
        size=(300, 400),
        contents=(shown, shown),
        resources=raw.add(resources(document, {"Im1": shown})),
        annotations=(link,),
        structure=0,
    )
    set_pages(document, [leaf], first)
    with opened(document) as pdf:
        page = pdf.pages[0].obj
        assert (len(page.Contents), page.Annots[0].objgen[0], page.Tabs) == (2, link, Name.S)
        assert (page.StructParents, list(page.Resources.XObject)) == (0, ["/Im1"])


def test_link_leads_to_its_place(document: PDFDocument, raw: Bulk) -> None:
    pages = blank(document, 3)
    number = raw.add(link_annotation((1, 2, 3, 4), dest=destination(pages[2], 321.25)))
    with opened(document) as pdf:
        goal = pdf.get_object(number, 0).Dest
        assert (goal[0].objgen[0], *goal[1:3]) == (pages[2], Name.XYZ, None)
        assert str(goal[3]) == "321.2"


def test_address_is_written_in_ascii() -> None:
    link = link_annotation(
        (0, 0, 1, 1), uri="https://example.org/年鉴(2019)?a=1&b=%20", contents="x"
    )
    action = pikepdf.Object.parse(link).A
    assert str(action.URI) == "https://example.org/%E5%B9%B4%E9%89%B4(2019)?a=1&b=%20"


def test_link_prints_and_says_where_it_leads() -> None:
    held = pikepdf.Object.parse(
        link_annotation((0, 0, 1, 1), dest="[null]", contents="第3页", struct_parent=8)
    )
    assert (held.F, str(held.Contents), held.StructParent) == (4, "第3页", 8)


def test_bookmarks_hold_nothing_that_does_not_print(document: PDFDocument) -> None:
    goal = destination(blank(document, 1)[0], 100)
    set_outline(document, [(0, "背\0景\x1b", goal)])
    with opened(document) as pdf, pdf.open_outline() as outline:
        assert outline_of(outline.root) == [("背景", [])]


def test_outline_is_nested_as_given(document: PDFDocument) -> None:
    goal = destination(blank(document, 1)[0], 100)
    entries = [(0, "一"), (1, "甲"), (2, "（1）"), (2, "（2）"), (1, "乙"), (0, "二"), (2, "丙")]
    set_outline(document, [(depth, title, goal) for depth, title in entries])
    with opened(document) as pdf, pdf.open_outline() as outline:
        assert outline_of(outline.root) == [
            ("一", [("甲", [("（1）", []), ("（2）", [])]), ("乙", [])]),
            ("二", [("丙", [])]),
        ]


def test_outline_shows_the_outermost_depth(document: PDFDocument) -> None:
    """A count is that of lines seen, negative when folded (ISO 32000-1, table 153)."""
    goal = destination(blank(document, 1)[0], 100)
    entries = [(0, "一", goal), (1, "甲", goal), (2, "子", goal), (1, "乙", goal), (0, "二", goal)]
    set_outline(document, entries)
    with opened(document) as pdf:
        assert (pdf.Root.Outlines.Count, pdf.Root.Outlines.First.Count) == (2, -2)


def test_no_entries_make_no_outline(document: PDFDocument) -> None:
    blank(document, 1)
    set_outline(document, [])
    with opened(document) as pdf:
        assert "/Outlines" not in pdf.Root
