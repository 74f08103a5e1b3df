"""The structure tree of a PDF: which element each marked piece of a page belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf

HEADS = frozenset(("H", "H1", "H2", "H3", "H4", "H5", "H6"))
CELLS = frozenset(("TH", "TD"))
NOTES = frozenset(("Note", "FENote"))
# Elements that hold lines of text of their own, whatever is within them or around them.
BLOCKS = CELLS | HEADS | NOTES | {
    "P", "Title", "Caption", "TOCI", "LI", "BlockQuote", "Aside", "Figure", "Formula", "Form",
    "Code", "Index",
}  # fmt: skip
# Paragraphs within these are still what they lie in.
WHOLE = CELLS | HEADS | {"Figure", "TOCI", "Caption", "Aside", "Form", "Index"}


@dataclass(frozen=True, slots=True)
class Block:
    """An element of the structure tree. `table` and `row` are 0 outside tables; equal
    numbers are the same element."""

    role: str
    number: int
    table: int = 0
    row: int = 0


ARTIFACT = Block("Artifact", -1)
Marks = Mapping[tuple[int, int], Block]


@dataclass(frozen=True, slots=True)
class _Within:
    """What is known on the way down the tree."""

    block: Block | None
    page: int
    table: int = 0
    row: int = 0


def read_tags(pdf: pikepdf.Pdf) -> Marks:
    """(page from 1, MCID) → block, empty for a file without structure."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return {}
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    roles = {str(name): str(role)[1:] for name, role in root.get("/RoleMap", {}).items()}
    return dict(_marks(root, pages, roles))


def _marks(
    root: pikepdf.Object, pages: dict[tuple[int, int], int], roles: dict[str, str]
) -> Iterator[tuple[tuple[int, int], Block]]:
    waiting: list[tuple[pikepdf.Object, _Within]] = [(root, _Within(None, 0))]
    count = 0
    while waiting:
        node, within = waiting.pop()
        count += 1
        within = _entered(node, within, count, pages, roles)
        kids = node.get("/K", [])
        for kid in reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids]):
            if not isinstance(kid, pikepdf.Object):
                mcid, page = int(kid), within.page
            elif "/MCID" in kid:
                mcid = int(kid.MCID)
                page = pages[kid.Pg.objgen] if "/Pg" in kid else within.page
            else:
                if "/S" in kid:
                    waiting.append((kid, within))
                continue
            if within.block:
                yield (page, mcid), within.block


def _entered(
    node: pikepdf.Object,
    within: _Within,
    number: int,
    pages: dict[tuple[int, int], int],
    roles: dict[str, str],
) -> _Within:
    name = str(node.get("/S", "/"))
    role = roles.get(name, name[1:])
    page = pages.get(node.Pg.objgen, 0) if "/Pg" in node else within.page
    table = number if role == "Table" else within.table
    row = number if role == "TR" else within.row
    block = within.block
    whole = block and block.role in WHOLE and role != "Caption"
    if role in BLOCKS and not whole:
        role = block.role if block and block.role in NOTES else role
        block = Block(role, number, table, row)
    return _Within(block, page, table, row)
