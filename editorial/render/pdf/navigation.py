"""The pages of a file and the ways to them: page tree, destinations, links, bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import quote

from reportlab.pdfbase.pdfdoc import PDFDocument

from editorial.model.document import printable
from editorial.render.pdf.file import bulk, references, set_catalog, text_string
from editorial.values import dataclass

PER_NODE = 64
UNFOLDED = 1  # depths of bookmarks seen at first
# What an address may hold as it is; everything else is written %XX.
KEPT = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page: object numbers of what it shows. `size`: width and height in points.

    `structure` is its key in the parent tree, -1 when nothing on it is tagged.
    """

    size: tuple[float, float]
    contents: tuple[int, ...]
    resources: int
    annotations: tuple[int, ...] = ()
    structure: int = -1


def set_pages(document: PDFDocument, leaves: Sequence[Leaf], first: int) -> None:
    """Make `leaves` the pages, numbered from `first` on: the caller reserved the numbers
    so that links could name pages to come. Pages reportlab was given are left out."""
    raw = bulk(document)
    branches = range(0, len(leaves), PER_NODE)
    root = raw.reserve(1 + len(branches))
    for branch, start in enumerate(branches, root + 1):
        held = leaves[start : start + PER_NODE]
        numbers = range(first + start, first + start + len(held))
        raw.put(branch, _node(numbers, len(held), f"/Parent {root} 0 R"))
        for number, leaf in zip(numbers, held, strict=True):
            raw.put(number, _page(leaf, branch))
    raw.put(root, _node(range(root + 1, root + 1 + len(branches)), len(leaves)))
    set_catalog(document, "Pages", f"{root} 0 R")


def set_labels(document: PDFDocument, front: int) -> None:
    """The numbers the pages show, where the first `front` have small Roman ones (ISO 32000-1,
    12.4.2)."""
    if front:
        set_catalog(document, "PageLabels", f"<</Nums[0<</S/r>>{front}<</S/D>>]>>")


def _node(kids: Iterable[int], count: int, parent: str = "") -> bytes:
    return f"<</Type/Pages{parent}/Count {count}/Kids[{references(kids)}]>>".encode()


def _page(leaf: Leaf, parent: int) -> bytes:
    box = "[0 0 {:.2f} {:.2f}]".format(*leaf.size)
    links = f"/Annots[{references(leaf.annotations)}]/Tabs/S" if leaf.annotations else ""
    tagged = f"/StructParents {leaf.structure}" if leaf.structure >= 0 else ""
    return (
        f"<</Type/Page/Parent {parent} 0 R/MediaBox{box}/TrimBox{box}"
        f"/Contents[{references(leaf.contents)}]/Resources {leaf.resources} 0 R"
        f"{links}{tagged}>>"
    ).encode()


def resources(document: PDFDocument, pictures: Mapping[str, int] | None = None) -> bytes:
    """All fonts of the document and pictures by name, for one page or for all."""
    numbers = cast(Any, document).idToObjectNumberAndVersion
    shown = "".join([f"/{name} {number} 0 R" for name, number in (pictures or {}).items()])
    pictured = f"/XObject<<{shown}>>" if shown else ""
    return f"<</Font {numbers['BasicFonts'][0]} 0 R{pictured}>>".encode()


def destination(page: int, top: float) -> str:
    """The place `top` points above the foot of the page whose object number is `page`."""
    return f"[{page} 0 R/XYZ null {top:.1f} null]"


def link_annotation(
    rect: tuple[float, float, float, float],
    *,
    dest: str = "",
    uri: str = "",
    contents: str = "",
    struct_parent: int = -1,
) -> bytes:
    """A link without border that prints (ISO 19005-2, 6.3.2), to a `destination` or an address.

    `rect`: left, bottom, right, top in points. `contents` is read aloud for it
    (ISO 14289-1, 7.18.5); `struct_parent` is its key in the parent tree.
    """
    left, bottom, right, top = rect
    told = f"/Contents{text_string(contents)}" if contents else ""
    tied = f"/StructParent {struct_parent}" if struct_parent >= 0 else ""
    goal = f"/Dest{dest}" if dest else f"/A<</S/URI/URI{text_string(quote(uri, KEPT))}>>"
    return (
        f"<</Type/Annot/Subtype/Link/Rect[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]"
        f"/Border[0 0 0]/F 4{told}{tied}{goal}>>"
    ).encode()


def set_outline(document: PDFDocument, entries: Sequence[tuple[int, str, str]]) -> None:
    """Bookmarks as (depth from 0, title, destination); a skipped depth is closed up. The
    outermost are seen when the file is opened."""
    if not entries:
        return
    raw = bulk(document)
    root = raw.reserve(len(entries) + 1)
    levels, parents = _nested([depth for depth, _, _ in entries])
    kids: list[list[int]] = [[] for _ in levels]
    seen = [0] * len(levels)
    for child in range(1, len(levels)):
        kids[parents[child]].append(child)
    for child in range(len(levels) - 1, 0, -1):
        seen[parents[child]] += 1 + (seen[child] if levels[child] < UNFOLDED else 0)
    raw.put(root, f"<</Type/Outlines{_family(root, kids[0])}/Count {seen[0]}>>".encode())
    for members in kids:
        for before, child, after in zip([0, *members], members, [*members[1:], 0], strict=False):
            _, title, dest = entries[child - 1]
            words = printable(title)
            count = seen[child] if levels[child] < UNFOLDED else -seen[child]
            body = (
                f"<</Title{text_string(words)}/Parent {root + parents[child]} 0 R/Dest{dest}"
                f"{f'/Prev {root + before} 0 R' if before else ''}"
                f"{f'/Next {root + after} 0 R' if after else ''}"
                f"{_family(root, kids[child])}{f'/Count {count}' if count else ''}>>"
            )
            raw.put(root + child, body.encode())
    set_catalog(document, "Outlines", f"{root} 0 R")
    set_catalog(document, "PageMode", "/UseOutlines")


def _nested(depths: Sequence[int]) -> tuple[list[int], list[int]]:
    """Level and parent of the root, 0, and of each entry, counted from 1."""
    levels, parents, above = [0], [0], [0]
    for child, depth in enumerate(depths, 1):
        del above[depth + 1 :]
        parents.append(above[-1])
        levels.append(len(above))
        above.append(child)
    return levels, parents


def _family(root: int, kids: Sequence[int]) -> str:
    return f"/First {root + kids[0]} 0 R/Last {root + kids[-1]} 0 R" if kids else ""
