"""Tagged structure (ISO 32000-1, 14.7–14.8) of a whole book, written in one pass.

Who sets the pages numbers the marks on each (MCID from 0) and says which element each
belongs to; elements know only what they stand under.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument

from editorial.render.pdf.file import Bulk, bulk, references, set_catalog, text_string

PER_LEAF = 256
NOTE = "Note"
CELLS = ("TR", "TH", "TD")


class Element(NamedTuple):
    """One structure element. `role` is a standard type: Sect, H1, P, Table, TR, TH, TD …

    `parent` is the index of another element, -1 for the document itself. `attributes` is
    its /A entry as PDF text, such as `<</O/Table/ColSpan 2/Scope/Column>>`; `alt` is said
    in its place. A tuple because a volume has forty thousand of them, and a frozen
    dataclass takes twice as long to make.
    """

    role: str
    parent: int = -1
    alt: str = ""
    attributes: str = ""
    title: str = ""


class Tree:
    """The elements that hold anything: their kids in order of first appearance."""

    def __init__(self, elements: Sequence[Element], pages: Sequence[int], root: int) -> None:
        self.parents = [element.parent for element in elements]
        self.pages = [f"{page} 0 R" for page in pages]
        self.kids: list[list[str]] = [[] for _ in elements]
        self.home = [-1] * len(elements)
        self.names = [""] * len(elements)
        self.used: list[int] = []
        self.top: list[str] = []
        self.root = root

    def attach(self, element: int) -> None:
        """Give it a number and a place among its siblings, and so for all above it."""
        while not self.names[element]:
            self.used.append(element)
            name = self.names[element] = f"{self.root + len(self.used)} 0 R"
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


def add_structure(
    document: PDFDocument,
    elements: Sequence[Element],
    marks: Sequence[Sequence[int]],
    pages: Sequence[int],
    links: Sequence[tuple[int, int, int]] = (),
) -> None:
    """Give the document its structure tree. Elements with nothing in them are left out, but
    for the blank cells of a table.

    `marks[p][mcid]` is the index of the element of a mark on page p, whose object number
    is `pages[p]`; that page says /StructParents p. `links` are (annotation's object
    number, index of page, index of element); annotation i says /StructParent
    len(pages) + i.
    """
    raw = bulk(document)
    root = raw.reserve(2)
    tree = Tree(elements, pages, root + 1)
    for page, on_page in enumerate(marks):
        tree.mark(page, on_page)
    for link in links:
        tree.link(*link)
    tree.complete(elements)
    body = f"<</Type/StructElem/S/Document/P {root} 0 R/K[{' '.join(tree.top)}]>>"
    raw.put(root + 1, body.encode())
    raw.add_all(_bodies(tree, elements))
    parents = _number_tree(raw, _parents(raw, tree, marks, links))
    raw.put(
        root,
        f"<</Type/StructTreeRoot/K {root + 1} 0 R/ParentTree {parents} 0 R"
        f"/ParentTreeNextKey {len(marks) + len(links)}{_identities(tree, elements)}>>".encode(),
    )
    set_catalog(document, "StructTreeRoot", f"{root} 0 R")
    set_catalog(document, "MarkInfo", "<</Marked true>>")


def _bodies(tree: Tree, elements: Sequence[Element]) -> list[bytes]:
    names, kids, home, pages = tree.names, tree.kids, tree.home, tree.pages
    above = [*names, f"{tree.root} 0 R"]  # -1 is the document
    bodies = []
    for index in tree.used:
        role, parent, alt, attributes, title = elements[index]
        on = f"/Pg {pages[home[index]]}" if home[index] >= 0 else ""
        more = f"/A{attributes}" if attributes else ""
        if alt or title:
            more += f"/Alt{text_string(alt)}" if alt else ""
            more += f"/T{text_string(title)}" if title else ""
        if role == NOTE:
            more += f"/ID({_identity(index)})"
        body = f"<</S/{role}/P {above[parent]}{on}{more}/K[{' '.join(kids[index])}]>>"
        bodies.append(body.encode())
    return bodies


def _identity(index: int) -> str:
    """Notes must have one (ISO 14289-1, 7.9); as long as all others, that they sort."""
    return f"note{index:08d}"


def _identities(tree: Tree, elements: Sequence[Element]) -> str:
    notes = sorted(index for index in tree.used if elements[index].role == NOTE)
    named = "".join(f"({_identity(index)}){tree.names[index]}" for index in notes)
    return f"/IDTree<</Names[{named}]>>" if named else ""


def _parents(
    raw: Bulk,
    tree: Tree,
    marks: Sequence[Sequence[int]],
    links: Sequence[tuple[int, int, int]],
) -> list[str]:
    """What the parent tree holds, by key: the elements of each page's marks, then of links."""
    names = tree.names
    pages = [f"[{' '.join([names[element] for element in held])}]".encode() for held in marks]
    first = raw.add_all(pages)
    return [
        *(f"{first + page} 0 R" for page in range(len(pages))),
        *(names[element] for _, _, element in links),
    ]


def _number_tree(raw: Bulk, values: Sequence[str]) -> int:
    """The number tree (ISO 32000-1, 7.9.7) of values for the keys 0, 1, 2 …; its number."""
    leaves = []
    for start in range(0, len(values), PER_LEAF):
        held = values[start : start + PER_LEAF]
        pairs = " ".join([f"{key} {value}" for key, value in enumerate(held, start)])
        limits = f"/Limits[{start} {start + len(held) - 1}]"
        leaves.append(f"<<{limits}/Nums[{pairs}]>>".encode())
    first = raw.add_all(leaves)
    return raw.add(f"<</Kids[{references(range(first, first + len(leaves)))}]>>".encode())
