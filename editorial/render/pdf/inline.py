"""Runs of text as pieces for the composer: note marks, links, and marks of open points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from editorial.model.document import Run, Runs
from editorial.model.style import DraftStyle, TextRole
from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.pages import FootNote, Passage
from editorial.render.pdf.paragraph import Lines, Piece, compose

EMPHASIS = "hei"
MARK_COLOR = "C00000"


class NoteMark(Piece):
    """The raised number that calls a note."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What text of one part is set with: faces, looks, its notes, and where links lead.

    `called` collects the labels of notes some mark refers to.
    """

    case: TypeCase
    style: DraftStyle
    notes: Mapping[str, FootNote] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)


def passage(
    setting: Setting,
    runs: Runs,
    text_look: TextRole,
    width: float,
    lead: Sequence[Piece] = (),
) -> Passage:
    """`runs` composed after the pieces of `lead`, ready to be numbered page by page."""
    targets = tuple(
        run.target for run in runs if run.kind == "note" and run.target in setting.notes
    )
    if not targets:
        pieces = [*lead, *pieces_of(setting, runs)]
        return Passage(lines=compose(setting.case, pieces, text_look, width))
    setting.called.update(targets)
    notes = tuple(setting.notes[target] for target in targets)

    def with_labels(labels: tuple[str, ...]) -> Passage:
        pieces = [*lead, *pieces_of(setting, runs, iter(labels))]
        lines = compose(setting.case, pieces, text_look, width)
        calls = tuple(zip(_mark_lines(lines, pieces), notes, strict=True))
        return Passage(lines=lines, calls=calls, labels=labels, renumber=with_labels)

    return with_labels(("①",) * len(targets))


def _mark_lines(lines: Lines, pieces: Sequence[Piece]) -> Iterator[int]:
    """The line each note mark stands on."""
    for number, piece in enumerate(pieces):
        if isinstance(piece, NoteMark):
            yield max(0, lines.line_of(number))


def plain_passage(setting: Setting, text: str, text_look: TextRole, width: float) -> Passage:
    """Text without runs of its own: titles, signatures, captions."""
    return passage(setting, (Run(text=text),), text_look, width)


def pieces_of(setting: Setting, runs: Runs, labels: Iterator[str] | None = None) -> list[Piece]:
    """Pieces of all runs; `labels` are the numbers for the note marks in their order."""
    labels = labels or iter(())
    return [piece for run in runs for piece in _pieces(setting, run, labels)]


def _pieces(setting: Setting, run: Run, labels: Iterator[str]) -> list[Piece]:
    match run.kind:
        case "note" if run.target in setting.notes:
            return [NoteMark(text=next(labels, "①"), shift="sup")]
        case "note":
            return [Piece(text=run.target, shift="sup")]
        case "superscript":
            return [Piece(text=run.text, shift="sup")]
        case "subscript":
            return [Piece(text=run.text, shift="sub")]
        case "link":
            return [Piece(text=run.text, link=_link(setting, run.target))]
        case "emphasis":
            return highlighted(setting.style, run.text, EMPHASIS)
        case _:
            return highlighted(setting.style, run.text)


def _link(setting: Setting, target: str) -> str:
    if target.startswith(("https://", "http://")):
        return target
    name = setting.anchors.get(target.removeprefix("#"), "")
    return f"#{name}" if name else ""


def highlighted(style: DraftStyle, text: str, role: str = "") -> list[Piece]:
    """【待补】, 【存疑：…】 stand out in drafts that show marks."""
    pattern = _marks(style.mark_words) if style.show_marks else None
    if pattern is None or "【" not in text:
        return [Piece(text=text, role=role)]
    parts = pattern.split(text)
    return [
        Piece(text=part, role=EMPHASIS, color=MARK_COLOR)
        if odd % 2
        else Piece(text=part, role=role)
        for odd, part in enumerate(parts)
        if part
    ]


@cache
def _marks(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not any(words):
        return None
    any_word = "|".join(re.escape(word) for word in words if word)
    return re.compile(f"(【[^【】]*(?:{any_word})[^【】]*】)")
