"""Tagged structure (ISO 32000-1, 14.7–14.8) of a whole book, a section at a time.

Who sets the pages numbers the marks on each (MCID from 0) and says which element each
belongs to; elements know only what they stand under. A section that is what it was, with
its pages and objects numbered as they were, is taken from the last file made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from reportlab.pdfbase.pdfdoc import PDFDocument

from editorial.render.pdf.caches import LruCache
from editorial.render.pdf.file import Bulk, Pack, bulk, packed, references, set_catalog, text_string

PER_LEAF = 256
FIGURE, LINK, NOTE = "Figure", "Link", "Note"
CELLS = ("TR", "TH", "TD")
# Sections of one book.
MOST_HELD = 256


Box: TypeAlias = tuple[float, float, float, float]


class Element(NamedTuple):
    """One structure element. `role` is a standard type: Sect, H1, P, Table, TR, TH, TD …

    `parent` is the index of another element of its section, -1 for the document itself.
    `attributes` is its /A entry as PDF text, such as `<</O/Table/ColSpan 2/Scope/Column>>`;
    `alt` is said in its place. A tuple because a volume has forty thousand of them, and a
    frozen dataclass takes twice as long to make.
    """

    role: str
    parent: int = -1
    alt: str = ""
    attributes: str = ""


class Tie(NamedTuple):
    """A link annotation's object number, the page of the section it is on, and the element it
    belongs to, -1 for none. If that is no Link, one is made below it (ISO 14289-1, 7.18.5)."""

    annotation: int
    page: int
    element: int


class Section(NamedTuple):
    """The elements of pages that follow one another, page `first` (from 0) of the book and on.

    `marks[p][mcid]` is the index of the element of a mark on page p of these; `boxes` are
    where figures stand on their pages, by element: left, bottom, right, top in points. A
    tuple, so that two are quickly seen to be the same.
    """

    first: int
    elements: tuple[Element, ...]
    marks: tuple[tuple[int, ...], ...]
    ties: tuple[Tie, ...] = ()
    boxes: tuple[tuple[int, Box], ...] = ()


class Ground(NamedTuple):
    """The object numbers a section is written with: of the root of the tree, of the first page
    of the book, of its own first object."""

    root: int
    pages: int
    first: int


class Grown(NamedTuple):
    """A section written: `top` refers to its elements right under the document, `marked` to
    what its pages hold, `tied` to the elements of its ties; `notes` are named entries of
    the tree of identities."""

    pack: Pack
    top: list[str]
    marked: list[str]
    tied: list[str]
    notes: list[str]


# By place in the book.
_GROWN = LruCache[int, tuple[Section, Ground, Grown]](MOST_HELD)


def add_structure(document: PDFDocument, sections: Sequence[Section], pages: range) -> None:
    """Give the document its structure tree. Elements with nothing in them are left out, but
    for the blank cells of a table.

    Sections are in order; `pages` are the object numbers of all pages of the book. Page p
    says /StructParents p if it has marks; the i-th tie's annotation says /StructParent
    len(pages) + i.
    """
    raw = bulk(document)
    root = raw.reserve(2)
    grown = [_section(raw, place, each, root, pages.start) for place, each in enumerate(sections)]
    top = [name for each in grown for name in each.top]
    raw.put(root + 1, f"<</Type/StructElem/S/Document/P {root} 0 R/K[{' '.join(top)}]>>".encode())
    marked = [
        (section.first + page, name)
        for section, each in zip(sections, grown, strict=True)
        for page, name in enumerate(each.marked)
    ]
    tied = list(enumerate([name for each in grown for name in each.tied], len(pages)))
    parents = _number_tree(raw, [*marked, *tied])
    notes = "".join([name for each in grown for name in each.notes])
    identities = f"/IDTree<</Names[{notes}]>>" if notes else ""
    raw.put(
        root,
        f"<</Type/StructTreeRoot/K {root + 1} 0 R/ParentTree {parents} 0 R"
        f"/ParentTreeNextKey {len(pages) + len(tied)}{identities}>>".encode(),
    )
    set_catalog(document, "StructTreeRoot", f"{root} 0 R")
    set_catalog(document, "MarkInfo", "<</Marked true>>")


def _section(raw: Bulk, place: int, section: Section, root: int, pages: int) -> Grown:
    ground = Ground(root, pages, raw.reserve(0))
    held = _GROWN.get(place)
    if held and held[:2] == (section, ground):
        grown = held[2]
    else:
        grown = _grown(section, ground)
        _GROWN.put(place, (section, ground, grown))
    raw.add_pack(grown.pack)
    return grown


def _grown(section: Section, ground: Ground) -> Grown:
    elements, on, tied = list(section.elements), ground.pages + section.first, []
    for element, box in section.boxes:  # ISO 32000-1, 14.8.5.4.3
        placed = "<</O/Layout/BBox[{:.2f} {:.2f} {:.2f} {:.2f}]>>".format(*box)
        elements[element] = elements[element]._replace(attributes=placed)
    for _, _, element in section.ties:
        if element < 0 or elements[element].role != LINK:
            elements.append(Element(LINK, element))
            element = len(elements) - 1
        tied.append(element)
    tree = Tree(elements, [f"{on + page} 0 R" for page in range(len(section.marks))], ground.first)
    for page, on_page in enumerate(section.marks):
        tree.mark(page, on_page)
    for (annotation, page, _), element in zip(section.ties, tied, strict=True):
        tree.link(annotation, page, element)
    tree.complete(elements)
    names, first = tree.names, ground.first
    bodies = _bodies(tree, elements, f"{ground.root + 1} 0 R", first)
    after = first + len(bodies)
    bodies += [f"[{' '.join([names[held] for held in marks])}]".encode() for marks in section.marks]
    numbered = enumerate(tree.used, first)
    return Grown(
        pack=packed(first, bodies),
        top=tree.top,
        marked=[f"{after + page} 0 R" for page in range(len(section.marks))],
        tied=[names[element] for element in tied],
        notes=[_entry(number) for number, each in numbered if elements[each].role == NOTE],
    )


class Tree:
    """The elements that hold anything, numbered from `first` on: their kids in order of first
    appearance. `pages` are references."""

    def __init__(self, elements: Sequence[Element], pages: Sequence[str], first: int) -> None:
        self.parents = [element.parent for element in elements]
        self.pages = pages
        self.kids: list[list[str]] = [[] for _ in elements]
        self.home = [-1] * len(elements)
        self.names = [""] * len(elements)
        self.used: list[int] = []
        self.top: list[str] = []
        self.first = first

    def attach(self, element: int) -> None:
        """Give it a number and a place among its siblings, and so for all above it."""
        while not self.names[element]:
            name = self.names[element] = f"{self.first + len(self.used)} 0 R"
            self.used.append(element)
            element = self.parents[element]
            if element < 0:
                self.top.append(name)
                return
            self.kids[element].append(name)

    def mark(self, page: int, elements: Sequence[int]) -> None:
        """The marked contents of one page; those away from an element's first page say so."""
        kids, home, names = self.kids, self.home, self.names
        for number, element in enumerate(elements):
            if not names[element]:
                self.attach(element)
            if home[element] == page:
                kids[element].append(str(number))
            elif home[element] < 0:
                home[element] = page
                kids[element].append(str(number))
            else:
                kids[element].append(f"<</Type/MCR/Pg {self.pages[page]}/MCID {number}>>")

    def link(self, annotation: int, page: int, element: int) -> None:
        self.attach(element)
        self.kids[element].append(f"<</Type/OBJR/Obj {annotation} 0 R/Pg {self.pages[page]}>>")

    def complete(self, elements: Sequence[Element]) -> None:
        """Tables have all their rows and cells, in order, the empty ones too."""
        held: defaultdict[int, list[str]] = defaultdict(list)
        for index, (role, parent, *_) in enumerate(elements):
            if role in CELLS and parent >= 0 and self.names[parent]:
                self.attach(index)
                held[parent].append(self.names[index])
        for parent, names in held.items():
            inside = set(names)
            others = [name for name in self.kids[parent] if name not in inside]
            self.kids[parent] = [*others, *names]


def _bodies(tree: Tree, elements: Sequence[Element], document: str, first: int) -> list[bytes]:
    """The elements used, in order of their numbers."""
    kids, home, pages = tree.kids, tree.home, tree.pages
    above = [*tree.names, document]  # -1 is the document
    bodies = []
    for number, index in enumerate(tree.used, first):
        role, parent, alt, attributes = elements[index]
        on = f"/Pg {pages[home[index]]}" if home[index] >= 0 else ""
        more = f"/A{attributes}" if attributes else ""
        if alt:
            more += f"/Alt{text_string(alt)}"
        if role == NOTE:
            more += f"/ID{_identity(number)}"
        body = f"<</S/{role}/P {above[parent]}{on}{more}/K[{' '.join(kids[index])}]>>"
        bodies.append(body.encode())
    return bodies


def _identity(number: int) -> str:
    """Notes must have one (ISO 14289-1, 7.9); as long as all others, that they sort."""
    return f"(note{number:08d})"


def _entry(number: int) -> str:
    return f"{_identity(number)}{number} 0 R"


def _number_tree(raw: Bulk, entries: Sequence[tuple[int, str]]) -> int:
    """The number tree (ISO 32000-1, 7.9.7) of keys, which rise, and values; its number."""
    leaves = []
    for start in range(0, len(entries), PER_LEAF):
        held = entries[start : start + PER_LEAF]
        pairs = " ".join([f"{key} {value}" for key, value in held])
        leaves.append(f"<</Limits[{held[0][0]} {held[-1][0]}]/Nums[{pairs}]>>".encode())
    first = raw.add_all(leaves)
    return raw.add(f"<</Kids[{references(range(first, first + len(leaves)))}]>>".encode())
