"""A 篇目 planned: its parts in steps that can be poured, and those of before remembered."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cache, partial
from typing import cast

from editorial.model.book import Part
from editorial.model.document import (
    Break,
    Comment,
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
from editorial.render.pdf.anchors import anchors_in, block_anchor
from editorial.render.pdf.composing import (
    body_text,
    foot_note,
    heading,
    part_title,
    signature_after,
    signature_text,
)
from editorial.render.pdf.figure_rows import plan_figures
from editorial.render.pdf.figures import Images
from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import FootNote
from editorial.render.pdf.forms import closing_under, form_steps
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.grid import Cells
from editorial.render.pdf.inline import (
    Setting,
    changed,
    passage,
)
from editorial.render.pdf.lately import Lately
from editorial.render.pdf.notes import NOTE_GAP
from editorial.render.pdf.paragraph import Piece
from editorial.render.pdf.portraits import plan_portrait
from editorial.render.pdf.steps import End, Gap, Lying, Planned, Step, Words
from editorial.render.pdf.tables import PlannedTable, cells_of, plan_table, set_table
from editorial.values import dataclass


@dataclass(slots=True, kw_only=True)
class _Draft:
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
_PLANNED = Lately[str, _Draft](MOST_PLANNED)


def chapters_of(parts: Sequence[Part]) -> tuple[tuple[int, int], ...]:
    """Where each 篇目 begins and ends among the parts."""
    firsts = [index for index, part in enumerate(parts) if part.level == 1 or not index]
    return tuple(zip(firsts, [*firsts[1:], len(parts)], strict=False))


# Planning


def plan_chapter(
    setting: Setting,
    frame: Frame,
    parts: Sequence[Part],
    numbers: Mapping[tuple[str, int], str],
    first: int,
    stop: int,
    *,
    number: int = 0,
    keys: Sequence[str] = (),
) -> Planned:
    """Compose the parts [first, stop). `setting.anchors` are those of the whole book.

    Nothing of any line is read, so that the texts of several chapters can be set at once.
    `keys` of the parts, if given, name what each depends on: one planned before under its
    key is taken as it is, and what is planned now is remembered.
    """
    drafts = _drafts(setting, frame, parts, numbers, range(first, stop), keys)
    for draft in drafts:
        if not draft.finished:
            _finish(draft, frame, numbers)
    return Planned(
        setting=setting,
        part=parts[first],
        number=number,
        sections=tuple(part.title for part in parts[first + 1 : stop] if part.level == 2),
        steps=tuple(step for draft in drafts for step in draft.steps),
        findings=tuple(found for draft in drafts for found in draft.findings),
    )


def _drafts(
    setting: Setting,
    frame: Frame,
    parts: Sequence[Part],
    numbers: Mapping[tuple[str, int], str],
    wanted: range,
    keys: Sequence[str],
) -> list[_Draft]:
    """The parts with the steps of their blocks, their tables not yet set; those known as they
    are."""
    drafts: list[_Draft] = []
    images: Images = {}
    opened: list[int] = []
    for index in wanted:
        part = parts[index]
        while opened and opened[-1] >= part.level:
            opened.pop()
        following = parts[index + 1] if index + 1 < wanted.stop else None
        beside = f"{len(opened)} {following and following.level}"
        key = f"{keys[index - wanted.start]} {beside}" if keys else ""
        opened.append(part.level)
        if key and (known := _PLANNED.get(key)):
            drafts.append(known)
            continue
        own = _setting(setting, part, frame.columns.width)
        title = part_title(own, frame, part, following, len(opened) - 1)
        drafts.append(_Draft(setting=own, part=part, key=key, steps=[title]))
        drafts[-1].findings += faults_of(part, following, setting.style)
        drafts[-1].findings += _plan_blocks(drafts[-1], frame, numbers, images)
    return drafts


def _finish(draft: _Draft, frame: Frame, numbers: Mapping[tuple[str, int], str]) -> None:
    """Tables, stray notes and the end of a part; it is remembered if it has a key."""
    draft.findings += _plan_tables(draft, frame, numbers)
    draft.steps += _unreferred(draft, frame.columns.width)
    draft.steps.append(End())
    draft.tables.clear()
    draft.finished = True
    if draft.key:
        _PLANNED.put(draft.key, draft)


def _setting(setting: Setting, part: Part, width: float) -> Setting:
    """What this part is set with; its own tables and figures come before equal ids elsewhere."""
    own = dict(anchors_in(part))
    everywhere = cast("dict[str, str]", setting.anchors)
    whole = setting.redline.parts.get(part.id) if setting.redline else None
    plain = replace(
        setting,
        anchors=ChainMap(own, everywhere) if own else everywhere,
        changes=_changes(setting, part),
        whole=whole.change if whole else None,
    )
    notes: dict[str, FootNote] = {}
    for place, block in enumerate(part.blocks):
        if isinstance(block, Note) and block.label not in notes:
            key = block_anchor(part.id, place)
            notes[block.label] = foot_note(plain, block, place, key, width)
    return replace(plain, notes=notes, called=set())


def _changes(setting: Setting, part: Part) -> dict[int, BlockChange]:
    if setting.redline is None:
        return {}
    blocks = setting.redline.blocks
    places = [place for place in range(len(part.blocks)) if (part.id, place) in blocks]
    return {place: blocks[part.id, place] for place in places}


def _plan_blocks(
    draft: _Draft, frame: Frame, numbers: Mapping[tuple[str, int], str], images: Images
) -> Iterator[Finding]:
    setting, part, steps = draft.setting, draft.part, draft.steps
    width = frame.columns.width
    signed = False
    above: list[int] = []
    rows = rows_of(part.blocks)
    forms = form_steps(setting, part.blocks, width)
    for place, block in enumerate(part.blocks):
        anchor = block_anchor(part.id, place)
        match block:
            case Paragraph(form=form) if form:
                signed = False
                steps.append(forms[place])
            case Paragraph() | Entry():
                signature = signature_after(part.blocks, place)
                signed = signature is not None
                close = signature_text(setting, *signature, width) if signature else None
                text = body_text(setting, block, place, width)
                name, title = (anchor, len(block.title)) if isinstance(block, Entry) else ("", 0)
                tail = closing_under(setting, part.blocks, place)
                steps.append(Words(text=text, tail=tail, signed=close, anchor=name, title=title))
            case Heading():
                while above and above[-1] >= block.level:
                    above.pop()
                above.append(block.level)  # tags skip no level (ISO 14289-1, 7.4.2)
                steps.append(heading(setting, part, block, place, width, anchor, len(above)))
            case Table():
                draft.tables.append((len(steps), place, block, cells_of(setting, block, place)))
                steps.append(Gap())
            case Figure() if stands_aside(part.blocks, place):
                number = numbers.get((part.id, place), "")
                portrait, found = plan_portrait(
                    setting, frame, part, block, images, number=number, anchor=anchor, at=place
                )
                steps.append(portrait)
                yield from found
            case Figure() if place in rows:
                for item, found in plan_figures(setting, frame, part, rows[place], images, numbers):
                    steps.append(item)
                    yield from found
            case Signature() if signed:
                signed = False
            case Signature():
                steps.append(Words(text=signature_text(setting, place, block, width)))
            case Break():
                steps.append(Gap())
            case Note() | Comment() | Figure():
                continue


def _plan_tables(
    draft: _Draft, frame: Frame, numbers: Mapping[tuple[str, int], str]
) -> Iterator[Finding]:
    """The tables of a part into the places kept for them."""
    for at, place, table, cells in draft.tables:
        planned = plan_table(
            draft.setting,
            table,
            frame,
            number=numbers.get((draft.part.id, place), ""),
            anchor=block_anchor(draft.part.id, place),
            part=draft.part.id,
            cells=cells,
            at=place,
        )
        draft.steps[at] = Lying(planned) if planned.turned else _movable(planned)
        yield from planned.findings


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
        parts=planned.least,
        set_here=partial(set_table, planned=planned),
        notes=lambda: planned.notes,
    )


def _unreferred(draft: _Draft, width: float) -> Iterator[Words]:
    """Notes no mark refers to, or whose label is taken, after the text of their part."""
    setting, seen = draft.setting, set[str]()
    look = setting.style.roles["note"]
    for place, block in enumerate(draft.part.blocks):
        if not isinstance(block, Note):
            continue
        if block.label not in setting.called or block.label in seen:
            lead = [Piece(text=f"〔{block.label}〕")]
            runs = changed(setting, place, "runs", block.runs)
            yield Words(text=passage(setting, runs, look, width, lead))
        seen.add(block.label)
