"""总览: records of a volume → the board, each axis by itself, chapters rolled up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from editorial.desk.office import Desk
from editorial.errors import Problem
from editorial.model.board import AxisCell, Board, Row
from editorial.model.counting import printed_chars
from editorial.model.labels import Disposition, Labelled, LetterState, ProofState, TaskState
from editorial.model.letters import Letter, letter_state, sections_of
from editorial.model.matters import overdue_letters
from editorial.model.proofs import ProofJob, proof_state
from editorial.model.reviews import UNANSWERED, Opinion, Round, disposition, let_off
from editorial.model.volume import (
    Chapter,
    Section,
    Task,
    Volume,
    book_title,
    stage_of,
    task_due,
    task_state,
)
from editorial.model.workflow import ARRIVED, Workflow, rank, stage_label, stages
from editorial.store.load import load_volume, survey_volume, text_path
from editorial.store.reader import Reader
from editorial.store.registers import load_letters, load_proofs, load_rounds
from editorial.store.workspace import files_at
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Desktop:
    """Everything the board is made from. `late` are the ids of letters past their day.
    `faults` are those of chapters and sections by node, `others` those of other records."""

    volume: Volume
    workflow: Workflow
    letters: tuple[Letter, ...]
    rounds: tuple[Round, ...]
    proofs: tuple[ProofJob, ...]
    late: frozenset[str]
    texts: Reader
    today: date
    faults: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    others: tuple[Problem, ...] = ()


def overview(desk: Desk, today: date, *, at: str = "") -> Board:
    """The board of today's work tree, or of the commit or day `at`."""
    return board_of(desktop_of(desk, today, at=at))


def board_of(desktop: Desktop) -> Board:
    """The board of what has been read; BadData for a text that cannot be."""
    board = _board(desktop, desktop.volume.chapters)
    desktop.texts.finish()
    return board


def overview_sparing(desk: Desk, today: date) -> Board:
    """The board of today's work tree as far as it can be read: a fault in one section, letter,
    opinion or proof is told at its row, or in `faults`, and hides no other. BadData when it lies
    in what all of them share."""
    return _board(*desktop_sparing(desk, today))


def desktop_sparing(desk: Desk, today: date) -> tuple[Desktop, tuple[Chapter, ...]]:
    """What can be read of today's work tree, and all chapters there are."""
    files = desk.workspace.files
    seen, others = survey_volume(files, desk.volume_id), list[Problem]()
    volume, letters = seen.sound.volume, load_letters(files, desk.volume_id, others)
    late = overdue_letters(volume, letters, today)
    desktop = Desktop(
        volume=volume,
        workflow=seen.sound.workflow,
        letters=letters,
        late=frozenset(letter.id for letter in late),
        rounds=load_rounds(files, desk.volume_id, others),
        proofs=load_proofs(files, desk.volume_id, others),
        texts=Reader(files),
        today=today,
        faults=seen.faults,
        others=tuple(others),
    )
    return desktop, seen.whole.chapters


def _board(desktop: Desktop, chapters: Iterable[Chapter]) -> Board:
    volume = desktop.volume
    rows = tuple(_chapter_row(desktop, chapter) for chapter in chapters)
    leaves = tuple(row for chapter in rows for row in chapter.rows)
    whole = _row(desktop, volume.id, book_title(volume), "volume", tuple(volume.sections), leaves)
    whole = replace(whole, rows=rows, faults=tuple(fault for row in rows for fault in row.faults))
    order = tuple((stage.id, stage.label) for stage in stages(desktop.workflow))
    return Board(volume=whole, today=desktop.today, stages=order, faults=desktop.others)


def desktop_of(desk: Desk, today: date, *, at: str = "") -> Desktop:
    """Everything of the volume that is read from its files."""
    files = files_at(desk.workspace, at) if at else desk.workspace.files
    loaded = load_volume(files, desk.volume_id)
    letters = load_letters(files, desk.volume_id)
    late = overdue_letters(loaded.volume, letters, today)
    return Desktop(
        volume=loaded.volume,
        workflow=loaded.workflow,
        letters=letters,
        late=frozenset(letter.id for letter in late),
        rounds=load_rounds(files, desk.volume_id),
        proofs=load_proofs(files, desk.volume_id),
        texts=Reader(files),
        today=today,
    )


def _chapter_row(desktop: Desktop, chapter: Chapter) -> Row:
    leaves = tuple(_section_row(desktop, section) for section in chapter.sections)
    sound = tuple(each for each in chapter.sections if each.id not in desktop.faults)
    row = _row(desktop, chapter.id, chapter.title, "chapter", sound, leaves)
    below = tuple(fault for leaf in leaves for fault in leaf.faults)
    return replace(row, rows=leaves, faults=(*desktop.faults.get(chapter.id, ()), *below))


def _section_row(desktop: Desktop, section: Section) -> Row:
    if faults := desktop.faults.get(section.id):
        return replace(_NOTHING, id=section.id, title=section.title, faults=faults)
    met = len(desktop.texts.problems)
    row = _row(desktop, section.id, section.title, "section", (section,), ())
    return replace(row, faults=tuple(desktop.texts.problems[met:]))


def city_row(desktop: Desktop, node: str, title: str, sections: tuple[Section, ...]) -> Row:
    """What units of one city owe for some sections; its characters are not counted."""
    blank = replace(_NOTHING, id=node)
    return _row(desktop, node, title, "city", sections, (blank,))


_NOTHING = Row(
    id="",
    title="",
    kind="section",
    supply=AxisCell(),
    editing=AxisCell(),
    letters=AxisCell(),
    opinions=AxisCell(),
    production=AxisCell(),
)


def _row(
    desktop: Desktop,
    node: str,
    title: str,
    kind: str,
    sections: tuple[Section, ...],
    leaves: tuple[Row, ...],
) -> Row:
    ids = frozenset(section.id for section in sections)
    letters = [letter for letter in desktop.letters if sections_of(letter) & ids]
    editors = tuple(dict.fromkeys(section.editor for section in sections if section.editor))
    names = {editor.id: editor.name for editor in desktop.volume.staff}
    supply = _supply(sections, desktop.today)
    editing = _editing(desktop, sections)
    corresponding = _letters(letters, desktop.late)
    return Row(
        id=node,
        title=title,
        kind=kind,
        supply=supply,
        editing=editing,
        letters=corresponding,
        opinions=_opinions(desktop.rounds, ids if kind != "volume" else None),
        production=_production(desktop.proofs, sections),
        editor="、".join(names.get(editor, editor) for editor in editors),
        units=tuple(dict.fromkeys(unit for section in sections for unit in section.units)),
        due=min((s.due for s in sections if s.due), default=None),
        overdue=supply.late + editing.late + corresponding.late,
        chars=sum(leaf.chars for leaf in leaves) if leaves else _chars(desktop, sections),
    )


def _supply(sections: Iterable[Section], today: date) -> AxisCell:
    tasks = [task for section in sections for task in section.tasks]
    states = [task_state(task) for task in tasks]
    done = sum(state in ARRIVED for state in states)
    return _cell(TaskState, states, done, sum(_task_late(task, today) for task in tasks))


def _task_late(task: Task, today: date) -> bool:
    due = task_due(task)
    return task_state(task) not in ARRIVED and due is not None and due < today


def _cell(kind: type[Labelled], states: Sequence[Labelled], done: int, late: int = 0) -> AxisCell:
    """The least advanced state holds the node back."""
    if not states:
        return AxisCell()
    order = list(kind)
    least = min(states, key=order.index)
    return AxisCell(id=least.value, label=least.label, done=done, total=len(states), late=late)


def _editing(desktop: Desktop, sections: tuple[Section, ...]) -> AxisCell:
    if not sections:
        return AxisCell()
    workflow = desktop.workflow
    least = min((stage_of(section) for section in sections), key=lambda s: rank(workflow, s))
    last = stages(workflow)[-1].id
    open_ = [section for section in sections if stage_of(section) != last]
    late = sum(section.due is not None and section.due < desktop.today for section in open_)
    label = stage_label(workflow, least) or "未开始"
    done = len(sections) - len(open_)
    return AxisCell(id=least, label=label, done=done, total=len(sections), late=late)


def _letters(letters: list[Letter], late: frozenset[str]) -> AxisCell:
    states = [letter_state(letter) for letter in letters]
    live = [state for state in states if state is not LetterState.VOID]
    waited = sum(letter.id in late for letter in letters)
    return _cell(LetterState, live, live.count(LetterState.CLOSED), waited)


def _opinions(rounds: tuple[Round, ...], ids: frozenset[str] | None) -> AxisCell:
    """What a closed round was let off counts as done. `ids` None: all of the volume, those not
    placed in a section too."""
    opinions: list[Opinion] = [
        o for r in rounds for o in r.opinions if ids is None or o.section in ids
    ]
    if not opinions:
        return AxisCell()
    spared = frozenset().union(*map(let_off, rounds))
    states = [disposition(opinion) for opinion in opinions if opinion.id not in spared]
    open_ = [state for state in states if state in UNANSWERED]
    done = len(opinions) - len(open_)
    if not open_:
        return AxisCell(id="disposed", label="已处理", done=done, total=done)
    return replace(_cell(Disposition, open_, done), total=len(opinions))


def _production(proofs: tuple[ProofJob, ...], sections: tuple[Section, ...]) -> AxisCell:
    """The latest proof of each section; the one furthest behind names the cell."""
    latest = [job for section in sections if (job := _latest(proofs, section.id)) is not None]
    if not latest:
        return AxisCell()
    order = list(ProofState)
    least = min(latest, key=lambda job: (job.id, order.index(proof_state(job))))
    done = sum(proof_state(job) is ProofState.CHECKED for job in latest)
    state = proof_state(least)
    label = f"{least.label}{state.label}"
    return AxisCell(id=f"{least.id}:{state.value}", label=label, done=done, total=len(sections))


def _latest(proofs: tuple[ProofJob, ...], section: str) -> ProofJob | None:
    covering = [
        job
        for job in proofs
        if not job.sections or section in job.sections or section.split("/")[0] in job.sections
    ]
    return covering[-1] if covering else None


def _chars(desktop: Desktop, sections: tuple[Section, ...]) -> int:
    """Printed characters; a text that is not UTF-8 is told when all have been read."""
    paths = (text_path(desktop.volume.id, section.id) for section in sections)
    read = (desktop.texts.text(path) for path in paths)
    return sum(printed_chars(text[0]) for text in read if text)
