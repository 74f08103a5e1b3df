"""Runs of text inside a paragraph: emphasis, raised signs, links, footnotes, open points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from editorial.model.document import Run, Runs
from editorial.model.open_points import as_printed, open_points
from editorial.model.redline import Change, Stretches
from editorial.render.docx.cuts import uncut
from editorial.render.docx.galley import Scope, target
from editorial.render.docx.sides import (
    NEW,
    OLD,
    PlacedNote,
    Sides,
    all_as,
    as_kind,
    field_stretches,
    label_words,
    on_side,
)
from editorial.render.docx.tracked import wrapped
from editorial.render.docx.wordml import escape, field, paragraph, rpr, run, val

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


def set_field(scope: Scope, name: str, runs: Runs) -> str:
    """Runs of a block, in a 花脸稿 with the changes of the field `name`."""
    if scope.change is None:
        return set_runs(scope, runs)
    return set_stretches(scope, field_stretches(scope.change, name, runs))


def set_runs(scope: Scope, runs: Runs, **looks: str) -> str:
    return "".join(set_run(scope, piece, None, **looks) for piece in merged(runs))


def merged(runs: Runs) -> Runs:
    """Neighbours that look the same made one, so that nothing cuts a word in Word."""
    if len(runs) < 2:
        return runs
    return tuple(_merged(runs))


def _merged(runs: Runs) -> Iterator[Run]:
    for (kind, target_), group in groupby(runs, key=lambda piece: (piece.kind, piece.target)):
        if kind == "note":
            yield from group
        else:
            yield Run(kind=kind, text="".join(piece.text for piece in group), target=target_)


def set_stretches(scope: Scope, stretches: Stretches, **looks: str) -> str:
    """Text with its changes: w:ins and w:del round runs, within links, never round them."""
    pattern = open_points(scope.galley.style.mark_words)
    out = []
    for change, group in groupby(uncut(stretches, pattern), key=lambda each: each.change):
        runs = merged(tuple(each.run for each in group))
        for linked, pieces in groupby(runs, key=lambda piece: piece.kind == "link"):
            words = "".join(set_run(scope, piece, change, **looks) for piece in pieces)
            out.append(words if linked else wrapped(scope.galley.revisions, change, words))
    return "".join(out)


def set_run(scope: Scope, piece: Run, change: Change | None, **looks: str) -> str:
    """One piece. The caller wraps it in its change, unless it is a link."""
    if piece.kind == "note":
        return _note(scope, piece.target, change)
    if piece.kind == "link":
        return _link(scope, piece, change)
    return text(scope, piece.text, **looks | LOOKS.get(piece.kind, {}))


def text(scope: Scope, words: str, **looks: str) -> str:
    """Text with its open points made to stand out, or hidden from readers outside."""
    marks, words = scope.galley.marks, as_printed(scope.galley.style, words)
    if marks is None or not marks.search(words):
        return run(words, **looks)
    pieces = marks.split(words)  # odd places hold what was found
    return "".join(
        run(piece, **looks, **(STRIKING if place % 2 else {})) for place, piece in enumerate(pieces)
    )


def _link(scope: Scope, piece: Run, change: Change | None) -> str:
    revisions = scope.galley.revisions
    mark = target(scope, piece.target[1:]) if piece.target.startswith("#") else None
    if mark is not None:
        name, words = escape(mark.name), wrapped(revisions, change, text(scope, piece.text))
        if revisions is None and mark.said and mark.said in piece.text:
            before, _, after = piece.text.partition(mark.said)
            again = field(f"REF {mark.name} \\h", mark.said)  # changes with the caption on F9
            words = text(scope, before) + again + text(scope, after)
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{words}</w:hyperlink>'
    if not ADDRESS.fullmatch(piece.target):
        return wrapped(revisions, change, text(scope, piece.text))
    address = quote(piece.target, safe=KEPT)
    relation = scope.relations.add("hyperlink", address, external=True)
    words = wrapped(revisions, change, text(scope, piece.text, rStyle=val("Hyperlink")))
    return f'<w:hyperlink r:id="{relation}" w:history="1">{words}</w:hyperlink>'


def _note(scope: Scope, label: str, change: Change | None) -> str:
    """A real footnote; a mark without its note, or inside one, stays visible."""
    if scope.in_note:
        return _bare(scope, label, change)
    if scope.sides:
        return _sided_note(scope, scope.sides, label, change)
    note = scope.notes.get(label)
    return _footnote(scope, all_as(None, note.runs), None) if note else _bare(scope, label, change)


def _sided_note(scope: Scope, sides: Sides, label: str, change: Change | None) -> str:
    """The mark may be as it was and yet call another note in the old text than in the new."""
    if change:
        return _one_sided(scope, label, sides.notes[change.kind].get(label), change)
    old, new = (sides.notes[side].get(label) for side in (OLD, NEW))
    if old == new:
        return _footnote(scope, _stretches(new), None) if new else _bare(scope, label, None)
    changes = [each.change.change for each in (old, new) if each and each.change.change]
    out, in_ = (as_kind(side, changes) for side in (OLD, NEW))
    if old and new:
        before, after = on_side(_stretches(old), OLD), on_side(_stretches(new), NEW)
        return _footnote(scope, all_as(out, before) + all_as(in_, after), None)
    return "".join(
        wrapped(scope.galley.revisions, why, _one_sided(scope, label, placed, why))
        for placed, why in ((old, out), (new, in_))
        if why
    )


def _one_sided(scope: Scope, label: str, placed: PlacedNote | None, change: Change) -> str:
    if placed is None:
        return _bare(scope, label, change)
    change = replace(change, move="")  # moves are of paragraphs, and a footnote is not in them
    return _footnote(scope, all_as(change, on_side(_stretches(placed), change.kind)), change)


def _stretches(placed: PlacedNote) -> Stretches:
    return field_stretches(placed.change, "runs", placed.note.runs)


def _bare(scope: Scope, label: str, change: Change | None) -> str:
    """The label itself, raised; in a 花脸稿 a note can have had another one."""
    raised = val("superscript")
    if scope.sides is None:
        return run(label, vertAlign=raised)
    labels = label_words(scope.sides, label, change)
    if change:
        return "".join(run(each.run.text, vertAlign=raised) for each in labels)
    return set_stretches(scope, labels, vertAlign=raised)


def _footnote(scope: Scope, words: Stretches, change: Change | None) -> str:
    """The footnote laid by, and the run that calls it."""
    notes, revisions = scope.galley.notes, scope.galley.revisions
    inside = replace(scope, relations=notes.relations, in_note=True)
    mark = f"<w:r>{rpr(rStyle=val('NoteNumber'))}<w:footnoteRef/></w:r>"
    first = wrapped(revisions, change, mark + run("　"))
    number = notes.add(paragraph(first + set_stretches(inside, words), "FootnoteText"))
    return f'<w:r>{rpr(**NOTE_MARK)}<w:footnoteReference w:id="{number}"/></w:r>'
