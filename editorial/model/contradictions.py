"""矛盾: where what units say, what letters say and what the register says do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from editorial.model.chasing import Callback, CheckIn, DayLog, Result
from editorial.model.due import Contacted, contacts_by_unit
from editorial.model.labels import Answer, LetterState, TaskState
from editorial.model.letters import Letter, letter_state, sections_of
from editorial.model.matters import Matter, chases_tasks, matters, state_on
from editorial.model.response import answered_on, sent_on
from editorial.model.volume import Section, Task, Volume, task_due
from editorial.model.workflow import ARRIVED
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Two accounts of one thing. `place` is the title of a section or a 发文字号."""

    unit: str
    place: str
    words: str


def mismatches(
    volume: Volume, letters: Sequence[Letter], logs: Sequence[DayLog], day: date
) -> tuple[Mismatch, ...]:
    """All of them at the end of that day: tasks in the order of the book, then letters."""
    known = contacts_by_unit(logs, day)
    answered = _answered(letters, day)
    return (
        *(
            Mismatch(unit=task.unit, place=section.title, words=words)
            for section in volume.sections
            for task in section.tasks
            for words in _of_task(section, task, answered, known.get(task.unit, ()), day)
        ),
        *_of_calls(volume, letters, known, day),
        *_of_letters(volume, letters, day),
    )


def _of_task(
    section: Section,
    task: Task,
    answered: Mapping[tuple[str, str], Sequence[str]],
    known: Sequence[Contacted],
    day: date,
) -> Iterator[str]:
    state, due = state_on(task, day), task_due(task)
    if state in ARRIVED:
        return
    told = [each for each in known if isinstance(each, CheckIn) and each.task == section.id]
    if told and told[-1].state in ARRIVED:
        yield f"单位{_short(told[-1].date)}称{told[-1].state.label}，登记为{state.label}"
    elif told and (expected := told[-1].expected_date) is not None and expected < day:
        yield f"单位称{_short(expected)}可报送，至今未到"
    if state is TaskState.NOT_ISSUED and due is not None and due < day:
        yield f"任务还没有下达，期限{_short(due)}已过"
    for number in answered.get((task.unit, section.id), ()):
        yield f"{number}已回函，稿件登记为{state.label}"


def _answered(letters: Sequence[Letter], day: date) -> dict[tuple[str, str], list[str]]:
    """(unit, section) → numbers of the letters about it that were answered by that day."""
    found: dict[tuple[str, str], list[str]] = {}
    for letter in letters:
        came = answered_on(letter)
        for section in sections_of(letter) if came is not None and came <= day else ():
            found.setdefault((letter.unit, section), []).append(letter.number)
    return found


def _of_calls(
    volume: Volume,
    letters: Sequence[Letter],
    contacted: Mapping[str, Sequence[Contacted]],
    day: date,
) -> Iterator[Mismatch]:
    """What a unit said on the phone last: it had sent everything, or it needed longer."""
    owed = matters(volume, letters, day)
    for unit in volume.units:
        known = [each for each in contacted.get(unit.id, ()) if isinstance(each, Callback)]
        last = known[-1] if known else None
        if last is None or last.result not in (Result.CLAIMED, Result.EXTENSION):
            continue
        titles = [each.title for each in owed if each.unit == unit.id and _is_open(each, last)]
        if titles:
            yield Mismatch(unit=unit.id, place="、".join(titles), words=_said(last))


def _is_open(matter: Matter, last: Callback) -> bool:
    """Whether what was said is at odds with the register: nothing came, no later day granted."""
    granted = last.until is not None and matter.due >= last.until
    return last.result is Result.CLAIMED or not granted


def _said(last: Callback) -> str:
    if last.result is Result.CLAIMED:
        return f"单位{_short(last.date)}{last.channel.label}称已报送，登记没有"
    until = f"至{_short(last.until)}" if last.until else ""
    return f"单位{_short(last.date)}{last.channel.label}申请延期{until}，未批复"


def _of_letters(volume: Volume, letters: Sequence[Letter], day: date) -> Iterator[Mismatch]:
    states = {(t.unit, s.id): state_on(t, day) for s in volume.sections for t in s.tasks}
    for letter in letters:
        went, sent = sent_on(letter), letter_state(letter) is LetterState.SENT
        if went is None or went > day or not sent:
            continue
        asked = [states.get((letter.unit, each)) for each in sections_of(letter)]
        tasks = chases_tasks(letter, frozenset(states)) and not letter.about
        if tasks and all(state is None or state in ARRIVED for state in asked):
            yield Mismatch(unit=letter.unit, place=letter.number, words="稿件已到，函还没有办结")
        reply = letter.reply
        if reply and reply.answer is Answer.EXTENSION and not letter.extended:
            until = f"至{_short(reply.until)}" if reply.until else ""
            yield Mismatch(unit=letter.unit, place=letter.number, words=f"申请延期{until}，未批复")


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
