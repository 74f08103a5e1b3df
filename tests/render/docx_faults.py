"""What is wrong with a .docx, as far as a machine without Word can tell.

The package (ECMA-376 part 2): every part typed, every relationship resolved, no name twice.
The parts: their grammar (`docx_schema`). Between them: ids that must be alone, pairs that must
be whole, references that must meet, tables that must be rectangles.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from tests.render.docx_schema import name_of, schema_faults

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
REVISIONS = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel",
             "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange")  # fmt: skip
RANGES = ("bookmark", "commentRange", "moveFromRange", "moveToRange", "perm")
STYLED = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
POINTING = re.compile(r"^\s*(?:PAGEREF|REF|NOTEREF)\s+(\S+)")
Parts = dict[str, etree._Element]


def docx_faults(data: bytes) -> list[str]:
    """Every fault, one line each; none for a file Word opens without a word."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        files = {name: archive.read(name) for name in names}
    found = [f"{name}: twice in the package" for name, n in Counter(names).items() if n > 1]
    parts: Parts = {}
    for name, content in files.items():
        if name.endswith((".xml", ".rels")):
            try:
                parts[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as odd:
                found.append(f"{name}: {odd}")
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        return [*found, "no [Content_Types].xml or word/document.xml to go by"]
    found += _untyped(files, parts["[Content_Types].xml"])
    found += _unrelated(files, parts)
    story = {n: each for n, each in parts.items() if re.fullmatch(r"word/[^/]+\.xml", n)}
    for name, root in story.items():
        checks = (schema_faults, _ids, _pairs, _fields, _grids)
        found += [f"{name}: {fault}" for check in checks for fault in check(root)]
    return [*found, *_references(story)]


# The package


def _untyped(files: Iterable[str], types: etree._Element) -> Iterator[str]:
    suffixes = {each.get("Extension") for each in types if name_of(each).endswith("Default")}
    named = [each.get("PartName", "") for each in types if name_of(each).endswith("Override")]
    for name in files:
        if f"/{name}" not in named and name.rpartition(".")[2] not in suffixes:
            yield f"{name}: has no content type"
        main = name.startswith("word/") and name.endswith(".xml")
        if main and f"/{name}" not in named:
            yield f"{name}: has no content type of its own"
    for name in named:
        if name.removeprefix("/") not in files:
            yield f"{name}: typed but not there"


def _unrelated(files: Iterable[str], parts: Parts) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.partition("_rels/")
        owner = folder + file.removesuffix(".rels")
        ids = [each.get("Id", "") for each in root]
        yield from (f"{name}: {one} twice" for one, n in Counter(ids).items() if n > 1)
        reached.add(name)
        for each in root:
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:]
            if each.get("TargetMode") != "External":
                reached.add(target)
                if target not in files:
                    yield f"{name}: {target} is not there"
        yield from _unmet(parts.get(owner), set(ids), name)
    for name, root in parts.items():
        beside = posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name))
        if f"{beside}.rels" not in parts and not name.endswith(".rels"):
            yield from _unmet(root, set(), name)
    yield from (f"{name}: nothing leads there" for name in files if name not in reached)


def _unmet(root: etree._Element | None, ids: set[str], name: str) -> Iterator[str]:
    if root is not None:
        used = set(root.xpath("//@r:id|//@r:embed|//@r:link", namespaces={"r": R[1:-1]}))
        yield from (f"{name}: no relationship {one}" for one in sorted(used - ids))


# Inside one part


def _ids(root: etree._Element) -> Iterator[str]:
    """Ids that only one element of a kind may have."""
    kinds = {
        "bookmark": root.iter(f"{W}bookmarkStart"),
        "comment": root.iter(f"{W}comment"),
        "footnote": (e for e in root.iter(f"{W}footnote") if name_of(e.getparent()) == "footnotes"),
        "footnote mark": root.iter(f"{W}footnoteReference"),
        "comment mark": root.iter(f"{W}commentReference"),
        "revision": root.iter(*(W + name for name in REVISIONS)),
        "content control": root.iterfind(f".//{W}sdtPr/{W}id"),
    }
    for kind, elements in kinds.items():
        keys = [each.get(f"{W}id", each.get(f"{W}val")) for each in elements]
        yield from (f"{kind} {key} twice" for key, n in Counter(keys).items() if n > 1)
    drawings = [each.get("id") for each in root.iter("{*}docPr")]
    yield from (f"drawing {key} twice" for key, n in Counter(drawings).items() if n > 1)
    marks = [each.get(f"{W}name", "").lower() for each in root.iter(f"{W}bookmarkStart")]
    yield from (f"bookmark “{key}” twice" for key, n in Counter(marks).items() if n > 1)
    styles = [each.get(f"{W}styleId") for each in root.iter(f"{W}style")]
    yield from (f"style {key} twice" for key, n in Counter(styles).items() if n > 1)
    names = [each.get(f"{W}val") for each in root.iterfind(f"{W}style/{W}name")]
    yield from (f"style name {key} twice" for key, n in Counter(names).items() if n > 1)


def _pairs(root: etree._Element) -> Iterator[str]:
    for kind in RANGES:
        opened: set[str | None] = set()
        closed: set[str | None] = set()
        for each in root.iter(f"{W}{kind}Start", f"{W}{kind}End"):
            key, start = each.get(f"{W}id"), name_of(each).endswith("Start")
            if not start and key not in opened:
                yield f"{kind} {key} ends before it starts"
            if not start and key in closed:
                yield f"{kind} {key} ends twice"
            (opened if start else closed).add(key)
        yield from (f"{kind} {key} never ends" for key in opened - closed)
    moves = [
        {each.get(f"{W}name") for each in root.iter(f"{W}{kind}RangeStart")}
        for kind in ("moveFrom", "moveTo")
    ]
    yield from (f"move {name} has one end only" for name in moves[0] ^ moves[1])


def _fields(root: etree._Element) -> Iterator[str]:
    """begin, separate, end: nested and whole within each story."""
    stories = root.findall(f"{W}footnote") or root.findall(f"{W}comment") or [root]
    for story in stories:
        stack: list[str] = []
        for mark in story.iter(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            if kind == "begin":
                stack.append("begin")
            elif not stack or (kind == "separate" and stack[-1] == "separate"):
                yield f"a field's {kind} comes out of place"
            elif kind == "separate":
                stack[-1] = "separate"
            else:
                stack.pop()
        yield from ("a field never ends" for _ in stack)


def _grids(root: etree._Element) -> Iterator[str]:
    """Every row as wide as the grid; a cell merged downward begins somewhere above."""
    for number, table in enumerate(root.iter(f"{W}tbl"), 1):
        width = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        above: dict[int, int] = {}
        for row in _own(table, "tr"):
            at, spans = _skipped(row, "gridBefore"), {}
            for cell in _own(row, "tc"):
                across, merge = _spanned(cell)
                if merge != "no":
                    spans[at] = across
                if merge == "continue" and above.get(at) != across:
                    yield f"table {number}: a cell goes on from nothing above"
                at += across
            above = spans
            if at + _skipped(row, "gridAfter") != width:
                yield f"table {number}: a row of {at} columns in a grid of {width}"


def _own(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, through content controls and marks of revision."""
    for child in element:
        if child.tag == W + name:
            yield child
        elif name_of(child) in ("sdt", "sdtContent", "ins", "del"):
            yield from _own(child, name)


def _skipped(row: etree._Element, name: str) -> int:
    skipped = row.find(f"{W}trPr/{W}{name}")
    return 0 if skipped is None else int(skipped.get(f"{W}val", "0"))


def _spanned(cell: etree._Element) -> tuple[int, str]:
    across, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
    columns = 1 if across is None else int(across.get(f"{W}val", "1"))
    return columns, "no" if merge is None else merge.get(f"{W}val", "continue")


# Between the parts


def _references(story: Parts) -> Iterator[str]:
    document = story["word/document.xml"]
    for part, mark, kind in (
        ("word/footnotes.xml", "footnoteReference", "footnote"),
        ("word/comments.xml", "commentReference", "comment"),
    ):
        asked = [each.get(f"{W}id") for each in document.iter(W + mark)]
        root = story.get(part)
        there = [] if root is None else root.findall(W + kind)
        ids = [each.get(f"{W}id") for each in there if each.get(f"{W}type") is None]
        yield from (f"{kind} {key} is not there" for key in asked if key not in ids)
        yield from (f"{kind} {key} has no mark" for key in ids if key not in asked)
    for each in document.iter(f"{W}commentRangeStart"):
        if document.find(f".//{W}commentReference[@{W}id='{each.get(f'{W}id')}']") is None:
            yield f"comment range {each.get(f'{W}id')} has no mark"
    yield from _styles(story)
    yield from _targets(story)


def _styles(story: Parts) -> Iterator[str]:
    known: set[tuple[str | None, str | None]] = set()
    for each in story["word/styles.xml"].iter(f"{W}style") if "word/styles.xml" in story else ():
        known.add((each.get(f"{W}type"), each.get(f"{W}styleId")))
    used = {
        (kind, each.get(f"{W}val"))
        for root in story.values()
        for name, kind in STYLED.items()
        for each in root.iter(W + name)
    }
    yield from (f"no {kind} style {name}" for kind, name in sorted(used - known, key=str))
    for kind, name in sorted(known, key=str):
        for link in story["word/styles.xml"].iterfind(f"{W}style[@{W}styleId='{name}']/*"):
            based = name_of(link) in ("basedOn", "next") and (kind, link.get(f"{W}val"))
            if based and based not in known:
                yield f"style {name}: {name_of(link)} {based[1]} is not there"


def _targets(story: Parts) -> Iterator[str]:
    """Links and fields of this file that point at no bookmark."""
    marks = {b.get(f"{W}name") for root in story.values() for b in root.iter(f"{W}bookmarkStart")}
    for root in story.values():
        wanted = [each.get(f"{W}anchor") for each in root.iter(f"{W}hyperlink")]
        codes = ("".join(each.itertext()) for each in root.iter(f"{W}instrText"))
        wanted += [found[1] for code in codes if (found := POINTING.match(code))]
        for name in dict.fromkeys(wanted):
            if name is not None and name not in marks:
                yield f"no bookmark {name}"
