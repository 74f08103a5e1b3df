"""修订: changes as Word tracks them, each to be accepted or rejected (ECMA-376-1 17.13.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from editorial.model.book import Book
from editorial.model.document import Break, Entry, Heading, Paragraph, Signature
from editorial.model.redline import Change, Redline
from editorial.render.docx.sections import closed, thin
from editorial.render.docx.wordml import escape, paragraph
from editorial.values import dataclass

TAGS = {("insert", False): "ins", ("delete", False): "del"} | {
    ("insert", True): "moveTo",
    ("delete", True): "moveFrom",
}
GOING = re.compile("w:author=")
BETWEEN = "</w:p><w:p>"
KIND = "(?P<kind>ins|del|moveFrom|moveTo)"
STAMP = '(?P<stamp>w:author="[^"]*" w:date="(?P<at>[^"]*)")'
THROUGH = "<w:bookmark[^>]*/>|<w:comment[^>]*/>"
LOOK = "(?:<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?"
HEAD = re.compile(f'{LOOK}(?:{THROUGH}|<w:hyperlink [^>]*>)*<w:{KIND} w:id="[0-9]+" {STAMP}>')
TAIL = re.compile(f"</w:{KIND}>(?:{THROUGH}|</w:hyperlink>)*$")
MARK = re.compile(f'<w:pPr>(?:(?!</w:pPr>).)*<w:rPr><w:{KIND} w:id="[0-9]+" {STAMP}/></w:rPr>')
LONG_TAIL = 1000  # closing tags and bookmarks, at most
APART = timedelta(minutes=2)
CLOCK = "%Y-%m-%dT%H:%M:%SZ"
UNKNOWN = "（未署名）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """The changes of a book being set; `moves` names those whose two ends are both there,
    `ids` number what Word wants numbered through the whole file."""

    redline: Redline
    moves: Mapping[str, str]
    ids: Iterator[int]

    def stamp(self, change: Change) -> str:
        """Attributes saying which change, whose and when."""
        author = escape(change.author) or UNKNOWN
        return f'{self.next_id()} w:author="{author}" w:date="{moment(change.at)}"'

    def next_id(self) -> str:
        return f'w:id="{next(self.ids)}"'

    def tag(self, change: Change) -> str:
        return TAGS[change.kind, change.move in self.moves]


def moment(at: datetime) -> str:
    """The clock where the change was made, with a Z: Word reads and shows w:date so.

    [MS-OI29500] 2.1.358: Word takes the digits as local time, whatever the zone says.
    """
    return at.strftime(CLOCK)


def revisions_of(book: Book, ids: Iterator[int]) -> Revisions | None:
    if book.redline is None:
        return None
    return Revisions(redline=book.redline, moves=_moves(book), ids=ids)


def _moves(book: Book) -> dict[str, str]:
    """Moves of paragraphs with both ends in the book: Word knows none of tables and figures."""
    ends = list(_ends(book))
    both = [move for kind, move in ends if kind == "delete" and ("insert", move) in ends]
    once = [move for move in dict.fromkeys(both) if ends.count(("delete", move)) == 1]
    return {move: f"move{place}" for place, move in enumerate(once, 1)}


def _ends(book: Book) -> Iterator[tuple[str, str]]:
    changes = book.redline.blocks if book.redline else {}
    for part in book.parts:
        heading = book.redline.parts.get(part.id) if book.redline else None
        if heading and heading.change and heading.change.move:
            yield heading.change.kind, heading.change.move
        for index, block in enumerate(part.blocks):
            known = changes.get((part.id, index))
            change = known.change if known else None
            if change and change.move and isinstance(block, MOVED):
                yield change.kind, change.move


MOVED = Paragraph | Entry | Heading | Signature | Break


def wrapped(revisions: Revisions | None, change: Change | None, runs: str) -> str:
    """Runs put in, taken out or moved. No hyperlink may stand among them, only within."""
    if revisions is None or change is None or not runs:
        return runs
    tag = revisions.tag(change)
    if tag == "del":
        runs = _deleted(runs)
    return f"<w:{tag} {revisions.stamp(change)}>{runs}</w:{tag}>"


def _deleted(runs: str) -> str:
    """Text and fields under the names they have in a deletion; escaped text holds no `<`."""
    for name, deleted in (("t", "delText"), ("instrText", "delInstrText")):
        runs = runs.replace(f"<w:{name} ", f"<w:{deleted} ").replace(
            f"</w:{name}>", f"</w:{deleted}>"
        )
    return runs


def mark(revisions: Revisions | None, change: Change | None) -> dict[str, str]:
    """What `paragraph` is given to put in or take out the mark that ends the paragraph."""
    content = sign(revisions, change)
    return {"rPr": f"<w:rPr>{content}</w:rPr>"} if content else {}


def sign(revisions: Revisions | None, change: Change | None) -> str:
    """An empty element: what it stands in was put in or taken out. Nothing without a change."""
    if revisions is None or change is None:
        return ""
    return f"<w:{revisions.tag(change)} {revisions.stamp(change)}/>"


def parted(body: str) -> str:
    """Changes that must not run together, two minutes apart.

    LibreOffice makes one change of words at the end of a paragraph and words at the beginning
    of the next, of one author and time, and with them takes away the mark between the two.
    """
    paragraphs = body.split(BETWEEN)
    for place in range(1, len(paragraphs)):
        last, (following, end, rest) = paragraphs[place - 1], paragraphs[place].partition("</w:p>")
        whole = MARK.match(following)
        first = whole or HEAD.match(following)
        if first and _ends_with(last, first["kind"], first["stamp"]):
            stamp, at = first["stamp"], first["at"]
            later = (datetime.fromisoformat(at) + APART).strftime(CLOCK)
            count = -1 if whole else 1
            following = following.replace(stamp, stamp.replace(at, later), count)
            paragraphs[place] = f"{following}{end}{rest}"
    return BETWEEN.join(paragraphs)


def _ends_with(last: str, kind: str, stamp: str) -> bool:
    """Whether the paragraph stays, and its last words are such a change."""
    tail = TAIL.search(last[-LONG_TAIL:])
    start = last.rfind("<w:p>")
    look = last[start + len("<w:p>") if start >= 0 else 0 :]
    if tail is None or tail["kind"] != kind or MARK.match(look):
        return False
    return stamp in last[last.rfind(f"<w:{kind} ") :].partition(">")[0]


def closed_apart(
    revisions: Revisions | None, why: Change | None, blocks: list[str], section: str
) -> list[str]:
    """Blocks of a section with its sectPr; in a thin paragraph of its own where the last one may
    go while the break must stay, or the break with it (`why`)."""
    if revisions is None or not blocks or not GOING.search(blocks[-1]):
        return closed(blocks, section)
    return [*blocks, thin(mark(revisions, why).get("rPr", "") + section)]


def whole_paragraph(
    revisions: Revisions | None,
    change: Change | None,
    content: str,
    style: str = "",
    **children: str,
) -> str:
    """A paragraph that comes or goes with its mark, so that no empty line stays behind.

    `content` is tracked already.
    """
    if revisions is None or change is None:
        return paragraph(content, style, **children)
    name = revisions.moves.get(change.move)
    if not name:
        return paragraph(content, style, **children, **mark(revisions, change))
    tag, number = f"{revisions.tag(change)}Range", revisions.next_id()
    stamp = revisions.stamp(change).partition(" ")[2]
    start = f'<w:{tag}Start {number} w:name="{name}" {stamp}/>'
    moved = paragraph(start + content, style, **children, **mark(revisions, change))
    return f"{moved}<w:{tag}End {number}/>"
