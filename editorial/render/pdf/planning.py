"""A 篇目 planned: its parts in steps that can be poured, and those of before remembered."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import cache, partial
from typing import cast

from editorial.model.book import Part
from editorial.model.document import (
    Block,
    Break,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Signature,
    Table,
)
from editorial.model.figure_rows import rows_of, stands_aside
from editorial.model.finding import Finding
from editorial.model.redline import BlockChange
from editorial.render.faults import faults_of
from editorial.render.pdf.anchors import anchors_in
from editorial.render.pdf.caches import LruCache
from editorial.render.pdf.cells import Cells, cells_of
from editorial.render.pdf.composing import (
    body_text,
    foot_note,
    heading,
    part_title,
    signature_text,
    signatures_of,
)
from editorial.render.pdf.figure_rows import plan_figures
from editorial.render.pdf.figures import Images
from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import FootNote
from editorial.render.pdf.forms import closing_under, form_steps
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.inline import Setting, changed, passage
from editorial.render.pdf.notes import NOTE_GAP
from editorial.render.pdf.paragraph import Piece
from editorial.render.pdf.portraits import plan_portrait
from editorial.render.pdf.steps import End, Gap, Lying, Planned, Step, Words
from editorial.render.pdf.tables import PlannedTable, plan_table, set_table
from editorial.values import dataclass


@dataclass(slots=True, kw_only=True)
class _PlannedPart:
    """A part being planned. `tables`: where among the steps each goes once its cells can be
    measured together with those of the whole 篇目. `key` names all it depends on."""

    setting: Setting
    part: Part
    key: str
    steps: list[Step]
    findings: list[Finding] = field(default_factory=list)
    finished: bool = False
    tables: list[tuple[int, int, Table, Cells]] = field(default_factory=list)


# Parts planned before, for a program that stays open while its text is edited.
MOST_PLANNED = 160
_PLANNED = LruCache[str, _PlannedPart](MOST_PLANNED)


def plan_chapter(
    setting: Setting,
    frame: Frame,
    parts: Sequence[Part],
    *,
    number: int = 0,
    keys: Sequence[str] = (),
) -> Planned:
    """Compose the parts of a 篇目, the first of them its title; `number` it bears, 0 for none.

    Nothing of any line is read, so that the texts of several chapters can be set at once.
    `keys` of the parts, if given, name what each depends on: one planned before under its
    key is taken as it is, and what is planned now is remembered.
    """
    planned = _planned_parts(setting, frame, parts, keys)
    for each in planned:
        if not each.finished:
            _finish(each, frame)
    return Planned(
        setting=setting,
        part=parts[0],
        number=number,
        sections=tuple(part.title for part in parts[1:] if part.level == 2),
        steps=tuple(step for each in planned for step in each.steps),
        findings=tuple(found for each in planned for found in each.findings),
    )


def _planned_parts(
    setting: Setting, frame: Frame, parts: Sequence[Part], keys: Sequence[str]
) -> list[_PlannedPart]:
    """The parts with the steps of their blocks, their tables not yet set; those known as they
    are."""
    planned: list[_PlannedPart] = []
    images: Images = {}
    opened: list[int] = []
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        while opened and opened[-1] >= part.level:
            opened.pop()
        beside = f"{len(opened)} {following and following.level}"
        key = f"{keys[index]} {beside}" if keys else ""
        opened.append(part.level)
        if key and (known := _PLANNED.get(key)):
            planned.append(known)
            continue
        own = _setting(setting, part, frame.columns.width)
        title = part_title(own, frame, part, following, len(opened) - 1)
        made = _PlannedPart(setting=own, part=part, key=key, steps=[title])
        made.findings += faults_of(part, following, setting.style)
        made.findings += _plan_blocks(made, frame, images)
        planned.append(made)
    return planned


def _finish(planned: _PlannedPart, frame: Frame) -> None:
    """Tables, stray notes and the end of a part; it is remembered if it has a key."""
    planned.findings += _plan_tables(planned, frame)
    planned.steps += _unreferred(planned, frame.columns.width)
    planned.steps.append(End())
    planned.tables.clear()
    planned.finished = True
    if planned.key:
        _PLANNED.put(planned.key, planned)


def _setting(setting: Setting, part: Part, width: float) -> Setting:
    """What this part is set with; its own tables and figures come before equal ids elsewhere."""
    own = dict(anchors_in(part))
    everywhere = cast("dict[str, str]", setting.anchors)
    whole = setting.redline.parts.get(part.id) if setting.redline else None
    plain = replace(
        setting,
        part=part.id,
        anchors=ChainMap(own, everywhere) if own else everywhere,
        changes=_changes(setting, part),
        whole=whole.change if whole else None,
    )
    notes: dict[str, FootNote] = {}
    for place, block in enumerate(part.blocks):
        if isinstance(block, Note) and block.label not in notes:
            notes[block.label] = foot_note(plain, place, block, width)
    return replace(plain, notes=notes, called=set())


def _changes(setting: Setting, part: Part) -> dict[int, BlockChange]:
    if setting.redline is None:
        return {}
    blocks = setting.redline.blocks
    places = [place for place in range(len(part.blocks)) if (part.id, place) in blocks]
    return {place: blocks[part.id, place] for place in places}


def _plan_blocks(planned: _PlannedPart, frame: Frame, images: Images) -> Iterator[Finding]:
    """The blocks of a part as steps, with a place kept for each table; what was odd in them."""
    setting, part, steps = planned.setting, planned.part, planned.steps
    blocks, width = part.blocks, frame.columns.width
    rows, signatures = rows_of(blocks), signatures_of(blocks)
    forms = form_steps(setting, blocks, width)
    signed = {place for place, _ in signatures.values()}
    above: list[int] = []
    for place, block in enumerate(blocks):
        match block:
            case Paragraph(form=form) if form:
                steps.append(forms[place])
            case Paragraph() | Entry():
                steps.append(_words(setting, blocks, place, signatures.get(place), width))
            case Heading(level=level):
                while above and above[-1] >= level:
                    above.pop()
                above.append(level)  # tags skip no level (ISO 14289-1, 7.4.2)
                steps.append(heading(setting, part, place, block, width, len(above)))
            case Table():
                planned.tables.append((len(steps), place, block, cells_of(setting, block, place)))
                steps.append(Gap())
            case Figure() if stands_aside(blocks, place):
                portrait, found = plan_portrait(setting, frame, part, place, block, images)
                steps.append(portrait)
                yield from found
            case Figure() if place in rows:
                for item, found in plan_figures(setting, frame, part, rows[place], images):
                    steps.append(item)
                    yield from found
            case Signature() if place not in signed:
                steps.append(Words(text=signature_text(setting, place, block, width)))
            case Break():
                steps.append(Gap())


def _words(
    setting: Setting,
    blocks: Sequence[Block],
    place: int,
    signature: tuple[int, Signature] | None,
    width: float,
) -> Words:
    """An entry or paragraph with the signature that closes it."""
    block = blocks[place]
    assert isinstance(block, Entry | Paragraph)
    name, title = (setting.anchor(place), len(block.title)) if isinstance(block, Entry) else ("", 0)
    return Words(
        signed=signature_text(setting, *signature, width) if signature else None,
        text=body_text(setting, place, block, width),
        tail=closing_under(setting, blocks, place),
        anchor=name,
        title=title,
    )


def _plan_tables(planned: _PlannedPart, frame: Frame) -> Iterator[Finding]:
    """The tables of a part into the places kept for them."""
    for at, place, table, cells in planned.tables:
        made = plan_table(planned.setting, frame, place, table, cells)
        planned.steps[at] = Lying(made) if made.turned else _movable(made)
        yield from made.findings


def _movable(planned: PlannedTable) -> Movable:
    @cache
    def height() -> float:
        notes = planned.notes
        return planned.height + (notes + NOTE_GAP if notes else 0)

    return Movable(
        kind="table",
        width=planned.width,
        height=height,
        least=height,
        parts=planned.parts,
        set_here=partial(set_table, planned=planned),
        notes=lambda: planned.notes,
    )


def _unreferred(planned: _PlannedPart, width: float) -> Iterator[Words]:
    """Notes no mark refers to, or whose label is taken, after the text of their part."""
    setting, seen = planned.setting, set[str]()
    look = setting.style.roles["note"]
    for place, block in enumerate(planned.part.blocks):
        if not isinstance(block, Note):
            continue
        if block.label not in setting.called or block.label in seen:
            lead = [Piece(text=f"〔{block.label}〕")]
            runs = changed(setting, place, "runs", block.runs)
            yield Words(text=passage(setting, runs, look, width, lead))
        seen.add(block.label)
