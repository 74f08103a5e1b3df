"""The parts of a book before they meet a page: what is to be set in order, texts composed."""

from __future__ import annotations

import re
from collections import ChainMap, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cache, partial
from typing import TypeAlias, cast

from editorial.model.book import Part
from editorial.model.document import (
    Block,
    Break,
    Comment,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
    fused,
    title_marks,
)
from editorial.model.finding import Finding
from editorial.model.redline import BlockChange, Stretch, within
from editorial.render.faults import faults_of
from editorial.render.pdf.figures import Images, plan_figure
from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import FootNote, Head, Passage
from editorial.render.pdf.frame import Frame, margin_width
from editorial.render.pdf.grid import Cells
from editorial.render.pdf.inline import (
    Setting,
    Wording,
    changed,
    notes_of,
    passage,
    pieces_of,
    struck,
)
from editorial.render.pdf.notes import NOTE_GAP
from editorial.render.pdf.paragraph import Lines, Piece, compose
from editorial.render.pdf.tables import PlannedTable, cells_of, plan_table, set_table
from editorial.values import dataclass

ASIDE_LEAST = 40.0
PENDING = "未复函件："
DEEPEST = 6
BETWEEN_NAMES = re.compile("(?<=[；;、，,　])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An entry or paragraph, and the signature that closes it; `title` is the length of the
    run-in title in characters."""

    text: Passage
    signed: Passage | None = None
    anchor: str = ""
    title: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A heading; that of a part opens it, inside `depth` parts that stay open."""

    head: Head
    depth: int = -1


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank line."""


@dataclass(frozen=True, slots=True)
class End:
    """Of a 分目, where its tables and figures should have their places."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A table on pages of its own, which come after the one being filled."""

    table: PlannedTable


Step: TypeAlias = Words | Title | Movable | Lying | Gap | End


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A 篇目 ready to be poured. `sections` are the titles of its 分目, for the divider."""

    setting: Setting
    part: Part
    number: int
    sections: tuple[str, ...]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]


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
_PLANNED: OrderedDict[str, _Draft] = OrderedDict()


def part_anchor(name: str) -> str:
    return name or "#"


def block_anchor(name: str, place: int) -> str:
    """Of the block at `place` of the part `name`."""
    return f"{name}#{place}"


def anchors_of(parts: Sequence[Part]) -> dict[str, str]:
    """Where links to an id lead: the first part, table or figure that bears it."""
    found: dict[str, str] = {}
    for part in parts:
        found.setdefault(part.id, part_anchor(part.id))
        for name, anchor in _block_anchors(part):
            found.setdefault(name, anchor)
    return found


def _block_anchors(part: Part) -> Iterator[tuple[str, str]]:
    return (
        (block.id, block_anchor(part.id, place))
        for place, block in enumerate(part.blocks)
        if isinstance(block, Table | Figure) and block.id
    )


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
    drafts: list[_Draft] = []
    images: Images = {}
    opened: list[int] = []
    for index in range(first, stop):
        part = parts[index]
        while opened and opened[-1] >= part.level:
            opened.pop()
        following = parts[index + 1] if index + 1 < stop else None
        key = f"{keys[index - first]} {len(opened)} {following and following.level}" if keys else ""
        opened.append(part.level)
        if key in _PLANNED:
            drafts.append(_PLANNED[key])
            continue
        own = _setting(setting, part, frame.columns.width)
        title = _title(own, frame, part, following, len(opened) - 1)
        drafts.append(_Draft(setting=own, part=part, key=key, steps=[title]))
        drafts[-1].findings += faults_of(part, following, setting.style)
        drafts[-1].findings += _plan_blocks(drafts[-1], frame, numbers, images)
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


def _finish(draft: _Draft, frame: Frame, numbers: Mapping[tuple[str, int], str]) -> None:
    """Tables, stray notes and the end of a part; it is remembered if it has a key."""
    draft.findings += _plan_tables(draft, frame, numbers)
    draft.steps += _unreferred(draft, frame.columns.width)
    draft.steps.append(End())
    draft.tables.clear()
    draft.finished = True
    if draft.key:
        _PLANNED[draft.key] = draft
        while len(_PLANNED) > MOST_PLANNED:
            _PLANNED.popitem(last=False)


def _setting(setting: Setting, part: Part, width: float) -> Setting:
    """What this part is set with; its own tables and figures come before equal ids elsewhere."""
    own = dict(_block_anchors(part))
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
            notes[block.label] = _foot_note(plain, block, place, key, width)
    return replace(plain, notes=notes, called=set())


def _changes(setting: Setting, part: Part) -> dict[int, BlockChange]:
    if setting.redline is None:
        return {}
    blocks = setting.redline.blocks
    places = [place for place in range(len(part.blocks)) if (part.id, place) in blocks]
    return {place: blocks[part.id, place] for place in places}


def _foot_note(setting: Setting, note: Note, place: int, key: str, width: float) -> FootNote:
    number = (Piece(text="①", note=key), Piece(text="　"))
    pieces = [*number, *pieces_of(setting, changed(setting, place, "runs", note.runs))]
    look = setting.style.roles["note"]
    return FootNote(key=key, lines=compose(setting.case, pieces, look, width))


def _title(setting: Setting, frame: Frame, part: Part, following: Part | None, depth: int) -> Title:
    """The heading of a part; that of a 篇目 crosses all columns."""
    grouped = following is not None and following.level > part.level > 1
    role = "chapter" if part.level == 1 else "group" if grouped else "section"
    look = setting.style.roles[role]
    width = frame.measure if part.level == 1 else frame.columns.width
    title: Wording = struck((Run(text=part.title),), setting.whole)
    if setting.redline and (change := setting.redline.parts.get(part.id)):
        title = within(setting.whole, change.texts["title"]) if "title" in change.texts else title
    head = Head(
        passage=passage(setting, title, look, width),
        before=look.before,
        after=look.after,
        role=f"H{part.level}",
        anchor=part_anchor(part.id),
        title=part.title if part.level > 1 else "",
        aside=_pending(setting, part, frame),
    )
    return Title(head=head, depth=depth)


def _pending(setting: Setting, part: Part, frame: Frame) -> tuple[Lines, ...]:
    """Numbers of the letters out on this section, each from a line of its own."""
    style = setting.style
    if not part.pending or not style.show_marks:
        return ()
    width = max(margin_width(frame), ASIDE_LEAST)
    small = replace(style.roles["note"], align="left", indent=0, color=style.mark_color)
    return tuple(
        compose(setting.case, [Piece(text=text, role=style.emphasis)], small, width)
        for text in (PENDING, *part.pending)
    )


def _plan_blocks(
    draft: _Draft, frame: Frame, numbers: Mapping[tuple[str, int], str], images: Images
) -> Iterator[Finding]:
    setting, part, steps = draft.setting, draft.part, draft.steps
    width = frame.columns.width
    signed = False
    above: list[int] = []
    for place, block in enumerate(part.blocks):
        anchor = block_anchor(part.id, place)
        match block:
            case Paragraph() | Entry():
                signature = _signature(part.blocks, place)
                signed = signature is not None
                close = _signed(setting, *signature, width) if signature else None
                text = _text(setting, block, place, width)
                name, title = (anchor, len(block.title)) if isinstance(block, Entry) else ("", 0)
                steps.append(Words(text=text, signed=close, anchor=name, title=title))
            case Heading():
                while above and above[-1] >= block.level:
                    above.pop()
                above.append(block.level)  # tags skip no level (ISO 14289-1, 7.4.2)
                steps.append(_heading(setting, part, block, place, width, anchor, len(above)))
            case Table():
                draft.tables.append((len(steps), place, block, cells_of(setting, block, place)))
                steps.append(Gap())
            case Figure():
                number = numbers.get((part.id, place), "")
                item, found = plan_figure(
                    setting, frame, part, block, images, number=number, anchor=anchor, at=place
                )
                steps.append(item)
                yield from found
            case Signature() if signed:
                signed = False
            case Signature():
                steps.append(Words(text=_signed(setting, place, block, width)))
            case Break():
                steps.append(Gap())
            case Note() | Comment():
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
    )


def _heading(
    setting: Setting,
    part: Part,
    block: Heading,
    place: int,
    width: float,
    anchor: str,
    depth: int,
) -> Title:
    look = setting.style.roles["heading"]
    size = max(look.size - (block.level - 1) * 0.5, setting.style.roles["body"].size)
    head = Head(
        passage=passage(
            setting, changed(setting, place, "runs", block.runs), replace(look, size=size), width
        ),
        before=look.before,
        after=look.after,
        role=f"H{min(part.level + depth, DEEPEST)}",
        anchor=anchor,
    )
    return Title(head=head)


def _text(setting: Setting, block: Entry | Paragraph, place: int, width: float) -> Passage:
    roles = setting.style.roles
    runs = changed(setting, place, "runs", block.runs)
    if isinstance(block, Paragraph):
        return passage(setting, runs, roles["body"], width)
    entry = roles["entry"]
    lead = pieces_of(setting, _bracketed(setting, block, place), entry.font)
    marks = title_marks(each.run if isinstance(each, Stretch) else each for each in runs)
    lead += pieces_of(setting, runs[:marks])
    gap = [Piece(text="　")] if runs[marks:] else []
    look = roles["body"]
    if look.indent != entry.indent:
        look = replace(look, indent=entry.indent)
    pieces = [*lead, *gap, *pieces_of(setting, runs[marks:])]
    lines = compose(setting.case, pieces, look, width)
    return Passage(lines=lines, notes=notes_of(setting, runs))


def _bracketed(setting: Setting, entry: Entry, place: int) -> Wording:
    """【条目标题】; changed letter by letter, the brackets stay."""
    change = setting.changes.get(place)
    if change and "title" in change.texts:
        opening, closing = (Stretch(run=Run(text=bracket)) for bracket in "【】")
        return within(change.change, (opening, *change.texts["title"], closing))
    runs: Runs = (Run(text=f"【{entry.title}】"),)
    if entry.title_runs:
        runs = fused((Run(text="【"), *entry.title_runs, Run(text="】")))
    return changed(setting, place, "title", runs)


def _signature(blocks: Sequence[Block], place: int) -> tuple[int, Signature] | None:
    """The signature that closes the text at `place`, and where it stands. Under a picture it
    would read as who took it: what lies between goes after."""
    for index in range(place + 1, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Note | Comment | Figure | Table):
            return (index, block) if isinstance(block, Signature) else None
    return None


def _signed(setting: Setting, place: int, block: Signature, width: float) -> Passage:
    """（单位　某某；单位　某某）, broken between names."""
    look = setting.style.roles["signature"]
    pieces = [
        piece._replace(text=name, whole=True)
        for piece in pieces_of(setting, _signature_words(setting, place, block))
        for name in BETWEEN_NAMES.split(piece.text)
    ]
    return Passage(lines=compose(setting.case, pieces, look, width))


def _signature_words(setting: Setting, place: int, block: Signature) -> Wording:
    change = setting.changes.get(place)
    if change and "text" in change.texts:
        opening, closing = (Stretch(run=Run(text=bracket)) for bracket in "（）")
        return within(change.change, (opening, *change.texts["text"], closing))
    return changed(setting, place, "text", (Run(text=f"（{block.text}）"),))


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
