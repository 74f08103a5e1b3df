"""What a unit still owes on a day: letters it has not answered, tasks it has not supplied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from editorial.model.labels import Answer, LetterKind, LetterState, TaskState
from editorial.model.letters import Letter, letter_state, sections_of, to_post
from editorial.model.response import Exchange, exchanges, sent_on
from editorial.model.volume import Section, Step, Task, Volume, task_due
from editorial.model.workflow import ARRIVED
from editorial.values import dataclass

CHASERS = frozenset({LetterKind.CHASE, LetterKind.ESCALATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing owed: a letter (`id` is its id) or a supply task (`id` is the section's).

    `since` is the day it was asked for; `missing` what is waited for, (section, what); `state`
    in words; `reminders` are the letters that chase it, void ones left out.
    """

    source: str
    id: str
    unit: str
    title: str
    due: date
    since: date | None
    state: str
    missing: tuple[tuple[str, str], ...] = ()
    reminders: tuple[Letter, ...] = ()
    notes: tuple[str, ...] = ()


def state_on(task: Task, day: date) -> TaskState:
    """How the task stood at the end of that day."""
    steps = [step for step in task.history if step.at.date() <= day]
    return TaskState(steps[-1].to) if steps else TaskState.NOT_ISSUED


def first_step(history: Iterable[Step], to: str) -> date | None:
    return next((step.at.date() for step in history if step.to == to), None)


def matters(volume: Volume, letters: Sequence[Letter], day: date) -> tuple[Matter, ...]:
    """All that is owed at the end of that day and has a day due, letters first."""
    live = tuple(letter for letter in letters if letter_state(letter) is not LetterState.VOID)
    given = frozenset((task.unit, s.id) for s in volume.sections for task in s.tasks)
    asked = (
        each for each in exchanges(live, day) if each.open and not chases_tasks(each.letter, given)
    )
    return (*(_of_letter(each, live) for each in asked), *_tasks(volume, live, day))


def overdue_letters(volume: Volume, letters: Sequence[Letter], day: date) -> tuple[Letter, ...]:
    """Requests past their day and not answered, each once however often it was chased."""
    owed = (each for each in matters(volume, letters, day) if each.source == "letter")
    late = {each.id for each in owed if each.due < day}
    return tuple(letter for letter in letters if letter.id in late)


def chases_tasks(letter: Letter, given: frozenset[tuple[str, str]]) -> bool:
    """Whether a letter asks for nothing of its own: it chases tasks, (unit, section), or goes
    past the unit that is late."""
    if letter.kind is LetterKind.ESCALATE:
        return True
    sections = ((letter.unit, section) for section in sections_of(letter))
    return letter.kind is LetterKind.CHASE and any(each in given for each in sections)


def _of_letter(exchange: Exchange, letters: Sequence[Letter]) -> Matter:
    letter = exchange.letter
    followers = tuple(followers_of(letter, letters))
    granted = [each.extended for each in (letter, *followers) if each.extended]
    return Matter(
        source="letter",
        id=letter.id,
        unit=letter.unit,
        title=f"{letter.kind.label}（{letter.number}）",
        due=max((letter.due, *granted)),
        since=exchange.sent,
        state=letter_state(letter).label,
        missing=tuple((item.section, item.request) for item in letter.items),
        reminders=tuple(each for each in followers if each.kind in CHASERS),
        notes=tuple(note for each in (letter, *followers) for note in _noted(each)),
    )


def followers_of(letter: Letter, letters: Sequence[Letter]) -> Iterator[Letter]:
    """The letters that chase it, and those that chase these, in their order."""
    chain = {letter.id}
    for each in letters:
        if each.follows in chain and each.id not in chain:
            chain.add(each.id)
            yield each


def _noted(letter: Letter) -> Iterator[str]:
    if to_post(letter):
        yield f"{letter.number}还在发件箱里，没有记寄出"
    yield from promised(letter)


def promised(letter: Letter) -> Iterator[str]:
    """What its unit has answered without answering: a later day asked for, a promise."""
    reply = letter.reply
    if reply is None or letter_state(letter) is not LetterState.SENT:
        return
    if reply.answer is Answer.EXTENSION and letter.extended is None:
        until = f"至{reply.until}" if reply.until else ""
        yield f"{reply.date}来函申请延期{until}，尚未批复"
    elif reply.answer is Answer.ON_TIME:
        yield f"{reply.date}答复按期报送"
    elif reply.answer is Answer.SOME_NOT_OURS:
        yield f"{reply.date}答复部分事项非其职责，其余未复"


def _tasks(volume: Volume, letters: Sequence[Letter], day: date) -> Iterator[Matter]:
    titles = {s.id: c.title for c in volume.chapters for s in c.sections}
    for section in volume.sections:
        for task in section.tasks:
            state, due = state_on(task, day), task_due(task)
            if due is None or state in ARRIVED or state is TaskState.NOT_ISSUED:
                continue
            yield Matter(
                source="task",
                id=section.id,
                unit=task.unit,
                title=f"{titles[section.id]}·{section.title}",
                due=due,
                since=first_step(task.history, TaskState.ISSUED.value),
                state=state.label,
                missing=((section.id, f"请报送“{section.title}”稿件"),),
                reminders=_chasing(section, task, letters),
            )


def _chasing(section: Section, task: Task, letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """The letters that chase a task: of themselves, not for another letter's sake."""
    heads = tuple(
        letter
        for letter in letters
        if letter.kind in CHASERS
        and not letter.follows
        and (letter.about or letter.unit) == task.unit
        and section.id in sections_of(letter)
    )
    return (*heads, *(each for head in heads for each in followers_of(head, letters)))


def went_before(letter: Letter, day: date) -> bool:
    """Whether it had gone out before that day began."""
    went = sent_on(letter)
    return went is not None and went < day
