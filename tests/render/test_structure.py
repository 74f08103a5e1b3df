"""Tagged structure: the tree that was meant, tied to the marks on the pages both ways."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import count
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Name

from editorial.render.pdf import structure
from editorial.render.pdf.caches import forget
from editorial.render.pdf.canvas import document_of, open_canvas
from editorial.render.pdf.file import bulk, collect, deflated, write
from editorial.render.pdf.navigation import Leaf, link_annotation, resources, set_pages
from editorial.render.pdf.structure import Element, Section, Tie, add_structure

Shape = tuple[str, ...] | Any


def opened(
    elements: Sequence[Element],
    marks: Sequence[Sequence[int]],
    links: Sequence[tuple[int, int]] = (),
) -> pikepdf.Pdf:
    """The file read back. `links` are (page, element); the first is called 0, and so on."""
    number_of = count()
    ties = tuple(Tie(next(number_of), page, element) for page, element in links)
    return pikepdf.open(BytesIO(bound(len(marks), [section(0, elements, marks, ties)])))


def section(
    first: int,
    elements: Sequence[Element],
    marks: Sequence[Sequence[int]],
    ties: tuple[Tie, ...] = (),
) -> Section:
    """`ties` name their annotations by their places among all."""
    return Section(first, tuple(elements), tuple(map(tuple, marks)), ties)


def bound(leaves: int, sections: Sequence[Section]) -> bytes:
    """A file of so many pages."""
    document = document_of(open_canvas((210, 297)))
    raw = bulk(document)
    first = raw.reserve(leaves)
    shared, nothing = raw.add(resources(document)), raw.add(deflated(b""))
    leaf = Leaf(size=(300, 400), contents=(nothing,), resources=shared)
    set_pages(document, [leaf] * leaves, first)
    ties = range(sum(len(each.ties) for each in sections))
    number = raw.add_all(
        [link_annotation((0, 0, 9, 9), dest="[null]", contents=f"{n}") for n in ties]
    )
    numbered = [
        each._replace(
            ties=tuple(tie._replace(annotation=number + tie.annotation) for tie in each.ties)
        )
        for each in sections
    ]
    add_structure(document, numbered, range(first, first + leaves))
    return write(collect(document))


def kids(element: Any) -> list[Any]:
    return list(element.K) if isinstance(element.K, Array) else [element.K]


def shape(pdf: pikepdf.Pdf, element: Any) -> Shape:
    """Role and kids; a mark as page.number."""
    return (str(element.S)[1:], *(leaf(pdf, element, kid) for kid in kids(element)))


def leaf(pdf: pikepdf.Pdf, element: Any, kid: Any) -> Shape:
    if isinstance(kid, int):
        return f"{page(pdf, element.Pg)}.{kid}"
    if kid.get("/Type") == Name.MCR:
        return f"{page(pdf, kid.Pg)}.{kid.MCID}"
    if kid.get("/Type") == Name.OBJR:
        return f"{page(pdf, kid.Pg)}: link {kid.Obj.Contents}"
    return shape(pdf, kid)


def page(pdf: pikepdf.Pdf, held: Any) -> int:
    return [one.objgen for one in pdf.pages].index(held.objgen)


def book(pdf: pikepdf.Pdf) -> Shape:
    return shape(pdf, pdf.Root.StructTreeRoot.K)


def entries(node: Any) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for kid in node.get("/Kids", []):
        low, high = map(int, kid.Limits)
        held = entries(kid)
        assert (min(held), max(held)) == (low, high)
        found |= held
    nums = list(node.get("/Nums", []))
    return found | dict(zip(map(int, nums[::2]), nums[1::2], strict=True))


def test_elements_stand_under_their_parents() -> None:
    elements = [Element("Sect"), Element("H1", 0), Element("P", 0)]
    assert book(opened(elements, [[1, 2]])) == (
        "Document",
        ("Sect", ("H1", "0.0"), ("P", "0.1")),
    )


def test_blank_cells_keep_their_places_in_the_table() -> None:
    roles = (("Table", -1), ("Caption", 0), ("TR", 0), ("TD", 2), ("TD", 2), ("TR", 0), ("TD", 5))
    elements = [Element(role, parent) for role, parent in roles]
    assert book(opened(elements, [[1, 4]])) == (
        "Document",
        ("Table", ("Caption", "0.0"), ("TR", ("TD",), ("TD", "0.1")), ("TR", ("TD",))),
    )


def test_kids_come_in_the_order_they_appear() -> None:
    elements = [Element("P"), Element("Note", 0), Element("P"), Element("H1")]
    assert book(opened(elements, [[3, 0, 1, 0, 2]])) == (
        "Document",
        ("H1", "0.0"),
        ("P", "0.1", ("Note", "0.2"), "0.3"),
        ("P", "0.4"),
    )


def test_paragraph_over_two_pages_is_one_element() -> None:
    assert book(opened([Element("P"), Element("P")], [[0], [0, 1], [1]])) == (
        "Document",
        ("P", "0.0", "1.0"),
        ("P", "1.1", "2.0"),
    )


def test_element_with_nothing_in_it_is_left_out_with_those_above() -> None:
    elements = [Element("Sect"), Element("Table", 0), Element("TR", 1), Element("P")]
    assert book(opened(elements, [[3]])) == ("Document", ("P", "0.0"))


def test_book_without_marks_is_an_empty_document() -> None:
    assert book(opened([Element("P")], [[]])) == ("Document",)


def test_link_holds_its_text_and_its_annotations() -> None:
    elements = [Element("P"), Element("Link", 0)]
    assert book(opened(elements, [[0, 1], [1]], [(0, 1), (1, 1)])) == (
        "Document",
        ("P", "0.0", ("Link", "0.1", "1.0", "0: link 0", "1: link 1")),
    )


def test_link_without_text_of_its_own_stands_where_it_is_told() -> None:
    elements = [Element("TOCI"), Element("Link", 0)]
    assert book(opened(elements, [[]], [(0, 1)])) == (
        "Document",
        ("TOCI", ("Link", "0: link 0")),
    )


def test_parent_tree_leads_back_from_every_mark() -> None:
    marks = [[0, 1, 0], [], [1]]
    pdf = opened([Element("P"), Element("H1")], marks)
    tree = entries(pdf.Root.StructTreeRoot.ParentTree)
    assert [[str(tag.S) for tag in tree[number]] for number in range(3)] == [
        ["/P", "/H1", "/P"],
        [],
        ["/H1"],
    ]


def test_parent_tree_of_many_pages_and_links_has_every_key() -> None:
    elements = [Element("P"), *(Element("Link", 0) for _ in range(300))]
    links = [(link % 400, 1 + link) for link in range(300)]
    pdf = opened(elements, [[0]] * 400, links)
    tree = entries(pdf.Root.StructTreeRoot.ParentTree)
    assert list(tree) == list(range(700))
    assert pdf.Root.StructTreeRoot.ParentTreeNextKey == 700
    assert {str(tree[key].S) for key in range(400, 700)} == {"/Link"}


def test_element_keeps_its_attributes_and_alternate_text() -> None:
    attributes = "<</O/Table/Scope/Row/ColSpan 3>>"
    pdf = opened([Element("TH", alt="表头", attributes=attributes)], [[0]])
    tag = kids(pdf.Root.StructTreeRoot.K)[0]
    assert str(tag.Alt) == "表头"
    assert (tag.A.Scope, tag.A.ColSpan) == (Name.Row, 3)


def test_notes_have_names_of_their_own() -> None:
    pdf = opened([Element("Note"), Element("P"), Element("Note")], [[2, 1, 0]])
    names = [bytes(tag.ID) for tag in kids(pdf.Root.StructTreeRoot.K) if Name.Note == tag.S]
    listed = list(pdf.Root.StructTreeRoot.IDTree.Names)
    assert len(set(names)) == 2
    assert [bytes(name) for name in listed[::2]] == sorted(names)


def test_document_says_that_it_is_tagged() -> None:
    with opened([Element("P")], [[0]]) as pdf:
        assert pdf.Root.MarkInfo.Marked is True


def test_section_made_again_is_as_if_made_first() -> None:
    plain = section(0, [Element("P"), Element("Note", 0)], [[0, 1], [0]])
    other = section(2, [Element("H1"), Element("P")], [[0, 1]], (Tie(0, 0, 1),))
    longer = section(0, [Element("P"), Element("Note", 0), Element("P")], [[0, 1], [0, 2]])
    moved = other._replace(first=3)
    untied = other._replace(ties=())
    books = [(3, plain, other), (3, longer, other), (4, longer, moved), (3, plain, untied)]
    again = [bound(leaves, sections) for leaves, *sections in [*books, *books[::-1]]]
    for (leaves, *sections), made in zip([*books, *books[::-1]], again, strict=True):
        forget()
        assert bound(leaves, sections) == made


def test_section_that_stays_is_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Section] = []
    grown = structure._grown
    monkeypatch.setattr(
        structure,
        "_grown",
        lambda section, ground: written.append(section) or grown(section, ground),
    )
    forget()
    first, last = (section(page, [Element("P")], [[0]]) for page in range(2))
    bound(2, [first, last])
    changed = last._replace(elements=(Element("H1"),))
    bound(2, [first, changed])
    assert written == [first, last, changed]
