"""Runs of text inside a paragraph: emphasis, raised signs, links, footnotes, open points."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from editorial.model.document import Run, Runs
from editorial.model.open_points import as_printed
from editorial.render.docx.galley import Scope, target
from editorial.render.docx.wordml import escape, paragraph, rpr, run, val

# Word calls a file broken over an address it cannot read, so only plain hosts become links.
ADDRESS = re.compile(
    r"(?:https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#].*)?|mailto:[^\s@]+@[A-Za-z0-9.-]+)"
)
KEPT = "%/:=&?~#+!$,;'@()*"
LOOKS = {
    "emphasis": {"rStyle": val("Emphasis")},
    "superscript": {"vertAlign": val("superscript")},
    "subscript": {"vertAlign": val("subscript")},
}
STRIKING = {"highlight": val("yellow"), "color": val("C00000")}
NOTE_MARK = {"rStyle": val("FootnoteReference")}


def set_runs(scope: Scope, runs: Runs) -> str:
    return "".join(set_run(scope, piece) for piece in runs)


def set_run(scope: Scope, piece: Run) -> str:
    if piece.kind == "note":
        return _note(scope, piece.target)
    if piece.kind == "link":
        return _link(scope, piece)
    return text(scope, piece.text, **LOOKS.get(piece.kind, {}))


def text(scope: Scope, words: str, **looks: str) -> str:
    """Text with its open points made to stand out, or hidden from readers outside."""
    marks, words = scope.galley.marks, as_printed(scope.galley.style, words)
    if marks is None or not marks.search(words):
        return run(words, **looks)
    pieces = marks.split(words)  # odd places hold what was found
    return "".join(
        run(piece, **looks, **(STRIKING if place % 2 else {})) for place, piece in enumerate(pieces)
    )


def _link(scope: Scope, piece: Run) -> str:
    if piece.target.startswith("#"):
        mark = target(scope, piece.target[1:])
        words = text(scope, piece.text)
        if mark is None:
            return words
        name = escape(mark.name)
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{words}</w:hyperlink>'
    if not ADDRESS.fullmatch(piece.target):
        return text(scope, piece.text)
    address = quote(piece.target, safe=KEPT)
    relation = scope.relations.add("hyperlink", address, external=True)
    words = text(scope, piece.text, rStyle=val("Hyperlink"))
    return f'<w:hyperlink r:id="{relation}" w:history="1">{words}</w:hyperlink>'


def _note(scope: Scope, label: str) -> str:
    """A real footnote; a mark without its note, or inside one, stays visible."""
    note = scope.notes.get(label)
    if note is None or scope.in_note:
        return run(label, vertAlign=val("superscript"))
    notes = scope.galley.notes
    inside = replace(scope, relations=notes.relations, in_note=True)
    mark = f"<w:r>{rpr(rStyle=val('NoteNumber'))}<w:footnoteRef/></w:r>"
    content = paragraph(mark + run("　") + set_runs(inside, note.runs), "FootnoteText")
    number = notes.add(content)
    return f'<w:r>{rpr(**NOTE_MARK)}<w:footnoteReference w:id="{number}"/></w:r>'
