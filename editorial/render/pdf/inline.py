"""Runs of text as pieces for the composer: note marks, links, and marks of open points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from editorial.model.document import Run, Runs
from editorial.model.open_points import as_printed, open_points
from editorial.model.style import DraftStyle, TextRole
from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.pages import FootNote, Passage
from editorial.render.pdf.paragraph import Copy, Piece, compose


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
    """`runs` composed after the pieces of `lead`."""
    pieces = [*lead, *pieces_of(setting, runs)]
    return Passage(
        lines=compose(setting.case, pieces, text_look, width), notes=notes_of(setting, runs)
    )


def notes_of(setting: Setting, runs: Runs) -> dict[str, FootNote]:
    """The notes `runs` call for, by key; they are marked as called."""
    called = [run.target for run in runs if run.kind == "note" and run.target in setting.notes]
    setting.called.update(called)
    return {setting.notes[target].key: setting.notes[target] for target in called}


def copy_of(setting: Setting, runs: Runs, role: str, *, tabular: bool = False) -> Copy:
    """`runs` in the face of `role`, to be measured before it is set; `tabular` with figures
    of one width."""
    return Copy(setting.case, pieces_of(setting, runs), role, tabular=tabular)


def plain_passage(setting: Setting, text: str, text_look: TextRole, width: float) -> Passage:
    """Text without runs of its own: titles, signatures, captions."""
    return passage(setting, (Run(text=text),), text_look, width)


def pieces_of(setting: Setting, runs: Runs) -> list[Piece]:
    return [piece for run in runs for piece in _pieces(setting, run)]


def _pieces(setting: Setting, run: Run) -> list[Piece]:
    match run.kind:
        case "note" if run.target in setting.notes:
            return [Piece(text="①", shift="sup", note=setting.notes[run.target].key)]
        case "note":
            return [Piece(text=run.target, shift="sup")]
        case "superscript":
            return [Piece(text=run.text, shift="sup")]
        case "subscript":
            return [Piece(text=run.text, shift="sub")]
        case "link":
            link = _link(setting, run.target)
            return [each._replace(link=link) for each in highlighted(setting.style, run.text)]
        case "emphasis":
            return highlighted(setting.style, run.text, setting.style.emphasis)
        case _:
            return highlighted(setting.style, run.text)


def _link(setting: Setting, target: str) -> str:
    if target.startswith(("https://", "http://")):
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
