"""Runs of text as pieces for the composer: note marks, links, and marks of open points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal, TypeAlias

from editorial.model.document import Run, Runs, fused
from editorial.model.open_points import as_printed, open_points
from editorial.model.redline import BlockChange, Change, Redline, Stretch, within
from editorial.model.style import DraftStyle, TextRole
from editorial.render.pdf.anchors import block_anchor
from editorial.render.pdf.flow import FootNote, Passage
from editorial.render.pdf.paragraph import Copy, Lines, Piece, compose
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass

Wording: TypeAlias = tuple[Run | Stretch, ...]
GAP: Runs = (Run(text="　"),)  # between 表3-1 and its title
INKS = {"red": "C00000", "blue": "1F4E9E", "green": "1E7B34", "violet": "7030A0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What text of one part is set with: faces, looks, its notes, and where links lead.

    `part` is its id; `anchors` and `numbers` (表3-1, by part and place) are those of the whole
    book. `called` collects the labels of notes some mark refers to. `changes` are those of the
    part's blocks in a 花脸稿, `whole` that of the part itself.
    """

    case: TypeCase
    style: DraftStyle
    notes: Mapping[str, FootNote] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[tuple[str, int], str] = field(default_factory=dict)
    part: str = ""
    called: set[str] = field(default_factory=set)
    changes: Mapping[int, BlockChange] = field(default_factory=dict)
    whole: Change | None = None
    redline: Redline | None = None

    def anchor(self, place: int) -> str:
        """What links call the block at `place` of the part."""
        return block_anchor(self.part, place)

    def number(self, place: int) -> str:
        """Of the table or figure at `place`: 表3-1; empty for one without."""
        return self.numbers.get((self.part, place), "")


def passage(
    setting: Setting,
    runs: Wording,
    text_look: TextRole,
    width: float,
    lead: Sequence[Piece] = (),
) -> Passage:
    """`runs` composed after the pieces of `lead`."""
    pieces = [*lead, *pieces_of(setting, runs)]
    return Passage(
        lines=compose(setting.case, pieces, text_look, width), notes=notes_of(setting, runs)
    )


def notes_of(setting: Setting, runs: Wording) -> dict[str, FootNote]:
    """The notes `runs` call for, by key; they are marked as called."""
    if not setting.notes:
        return {}
    plain = [each.run if isinstance(each, Stretch) else each for each in runs]
    called = [run.target for run in plain if run.kind == "note" and run.target in setting.notes]
    setting.called.update(called)
    return {setting.notes[target].key: setting.notes[target] for target in called}


def copy_of(setting: Setting, runs: Wording, role: str, *, tabular: bool = False) -> Copy:
    """`runs` in the face of `role`, to be measured before it is set, without the blanks typed
    before them; `tabular` with figures of one width."""
    return Copy(setting.case, pieces_of(setting, runs), role, flush=True, tabular=tabular)


def plain_passage(setting: Setting, text: str, text_look: TextRole, width: float) -> Passage:
    """Text without runs of its own: titles, signatures, captions."""
    return passage(setting, (Run(text=text),), text_look, width)


def plain_lines(setting: Setting, text: str, text_look: TextRole, width: float) -> Lines:
    """As `plain_passage`, where no notes can be called for."""
    return plain_passage(setting, text, text_look, width).lines


def pieces_of(setting: Setting, runs: Wording, role: str = "") -> list[Piece]:
    """Pieces in the face of `role`, where a run does not ask for another."""
    return [piece for run in runs for piece in _inked(setting, run, role)]


def _inked(setting: Setting, run: Run | Stretch, role: str) -> list[Piece]:
    """Words put in are underlined in the ink of their review, words taken out struck through."""
    if isinstance(run, Run):
        return _pieces(setting, run, role)
    pieces, change = _pieces(setting, run.run, role), run.change
    if change is None:
        return pieces
    stroke: Literal["under", "through"] = "under" if change.kind == "insert" else "through"
    return [piece._replace(color=INKS[change.ink], stroke=stroke) for piece in pieces]


def changed(setting: Setting, place: int, name: str, runs: Runs) -> Wording:
    """The text `name` of the block at `place`, with what was put into it and taken out."""
    change = setting.changes.get(place)
    if change is None:
        return struck(runs, setting.whole)
    row = name.partition(",")[0]
    whole = change.change or (change.rows.get(int(row)) if row.isdecimal() else None)
    if name in change.texts:
        return within(whole, change.texts[name])
    return struck(runs, whole)


def captioned(setting: Setting, place: int, number: str, title: Runs) -> Wording:
    """表3-1　某某表, each half with its changes."""
    named = (("number", (Run(text=number),) if number else ()), ("title", title))
    halves = [(name, words) for name, words in named if words]
    change = setting.changes.get(place)
    if setting.whole or change:
        parts = [changed(setting, place, name, words) for name, words in halves]
        gap = struck(GAP, setting.whole or (change.change if change else None))
        return (*parts[0], *gap, *parts[1]) if len(parts) > 1 else tuple(*parts)
    return fused(run for at, (_, words) in enumerate(halves) for run in (*GAP[:at], *words))


def struck(runs: Runs, change: Change | None) -> Wording:
    """Runs all of one change."""
    return tuple(Stretch(run=run, change=change) for run in runs) if change else runs


def _pieces(setting: Setting, run: Run, role: str) -> list[Piece]:
    match run.kind:
        case "note" if run.target in setting.notes:
            return [Piece(text="①", shift="sup", note=setting.notes[run.target].key)]
        case "note":
            return [Piece(text=run.target, shift="sup")]
        case "superscript":
            return [Piece(text=run.text, role=role, shift="sup")]
        case "subscript":
            return [Piece(text=run.text, role=role, shift="sub")]
        case "link":
            link = _link(setting, run.target)
            return [each._replace(link=link) for each in highlighted(setting.style, run.text, role)]
        case "emphasis":
            return highlighted(setting.style, run.text, setting.style.emphasis)
        case _:
            return highlighted(setting.style, run.text, role)


def _link(setting: Setting, target: str) -> str:
    if target.startswith(("https://", "http://", "mailto:")):
        return target
    name = setting.anchors.get(target.removeprefix("#"), "")
    return f"#{name}" if name else ""


def highlighted(style: DraftStyle, text: str, role: str = "") -> list[Piece]:
    """【待补】, 【存疑：…】 stand out in drafts that show marks; others print a blank for what
    is lacking, and nothing for a doubt."""
    pattern = open_points(style.mark_words) if "【" in text else None
    if pattern is None or not style.show_marks:
        return [Piece(as_printed(style, text), role)]
    parts = pattern.split(text)
    return [
        Piece(part, style.emphasis, color=style.mark_color) if odd % 2 else Piece(part, role)
        for odd, part in enumerate(parts)
        if part
    ]
