"""催报: the list of a day, the log of every contact, and the day closed without holes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from editorial.desk.ledger import save_record, taking_a_number
from editorial.desk.office import Act, Desk, actor, loaded, loaded_beside, name_of
from editorial.errors import Blocker, EditorialError, Refused
from editorial.model.chasing import (
    Callback,
    Chasing,
    CheckIn,
    Closing,
    DayLog,
    Move,
    Result,
)
from editorial.model.dates import chinese_day
from editorial.model.due import Chase, Paused, due, paused
from editorial.model.labels import Channel, TaskState
from editorial.model.letters import Letter
from editorial.model.nodes import find_node
from editorial.model.people import Unit, contact_on, find_unit
from editorial.model.private import tells_reach
from editorial.model.volume import Volume, task_due, task_state
from editorial.store.chasing import load_chasing, load_day_logs, log_path
from editorial.store.registers import load_letters
from editorial.store.save import Message
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everything a day's list is made from."""

    volume: Volume
    letters: tuple[Letter, ...]
    logs: tuple[DayLog, ...]
    rules: Chasing


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseDay:
    """The list of a day with what was done of it. `unissued`: the unit of each task that is late
    and was never given out, so that it is in no list."""

    day: date
    chases: tuple[Chase, ...]
    paused: tuple[Paused, ...]
    log: DayLog
    unissued: tuple[str, ...] = ()

    @property
    def holes(self) -> tuple[Chase, ...]:
        """Units due with whom there was no contact that day."""
        return tuple(chase for chase in self.chases if not chase.covered)

    @property
    def covered(self) -> int:
        return len(self.chases) - len(self.holes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A contact as told. Empty: the valid contact, the step of the day, the plain result."""

    answered: bool = True
    result: Result | None = None
    channel: Channel = Channel.PHONE
    person: str = ""
    leader: bool = False
    until: date | None = None
    next_call: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How a task stands by the unit's own account."""

    node: str
    state: TaskState
    expected: date | None = None
    channel: Channel = Channel.PHONE
    note: str = ""


def ground_of(desk: Desk, *, sparing: bool = False) -> Ground:
    """`sparing`: to look at, without the sections that cannot be read."""
    files = desk.workspace.files
    book = loaded_beside(desk, ()) if sparing else loaded(desk)
    return Ground(
        volume=book.volume,
        letters=load_letters(files, desk.volume_id),
        logs=load_day_logs(files, desk.volume_id),
        rules=load_chasing(files),
    )


def chase_day(desk: Desk, day: date) -> ChaseDay:
    """The list of that day."""
    return day_of(ground_of(desk), day)


def day_of(ground: Ground, day: date) -> ChaseDay:
    return ChaseDay(
        day=day,
        unissued=_unissued(ground.volume, day),
        chases=due(ground.volume, ground.letters, ground.logs, ground.rules, day),
        paused=paused(ground.volume, ground.letters, day),
        log=log_of(ground.logs, day),
    )


def _unissued(volume: Volume, day: date) -> tuple[str, ...]:
    """The unit of each task that is past its day and has not been given out: nobody is chased
    for what he was not asked for."""
    tasks = (task for section in volume.sections for task in section.tasks)
    idle = ((task, task_due(task)) for task in tasks if task_state(task) is TaskState.NOT_ISSUED)
    return tuple(task.unit for task, until in idle if until is not None and until < day)


def log_of(logs: Sequence[DayLog], day: date) -> DayLog:
    return next((log for log in logs if log.day == day), DayLog(day=day))


@taking_a_number
def log_call(desk: Desk, unit: str, call: Call, *, day: date, today: date) -> Act:
    """回访登记: one try to reach a unit, whether it answered or not."""
    ground = ground_of(desk)
    known = find_unit(ground.volume.units, unit)
    _refuse_odd(ground.volume, call.note, call.person)
    for name, later in (("约定的日期", call.next_call), ("申请延到的日期", call.until)):
        if later is not None and later < day:
            raise EditorialError(f"{name}{chinese_day(later)}在联系之前", hint="请看日期是否写错")
    chase = next((each for each in day_of(ground, day).chases if each.unit.id == known.id), None)
    by = name_of(actor(desk, ground.volume))
    entry = _callback(known, chase, call, day, by)
    who = known.short or known.name
    reached = "" if entry.answered else "，未联系上"
    message = Message(
        subject=f"催报：{entry.channel.label}联系{who}{reached}（{entry.result.label}）",
        act="chase log",
        by=by,
        body=call.note,
    )
    return _add(desk, ground, day, today, message, lambda log: _with_call(log, entry))


def _callback(unit: Unit, chase: Chase | None, call: Call, day: date, by: str) -> Callback:
    move = chase.move if chase else Move.CALL
    step = Move.ESCALATE if call.leader else Move.REMIND if move is Move.REMIND else Move.CALL
    plain = Result.REMINDED if step is Move.REMIND else Result.URGED
    contact = contact_on(unit, day)
    return Callback(
        date=day,
        unit=unit.id,
        person=call.person or (contact.name if contact else ""),
        caller=by,
        channel=call.channel,
        answered=call.answered,
        result=call.result or (plain if call.answered else Result.NOT_REACHED),
        step=step,
        until=call.until,
        next_call=call.next_call,
        note=call.note,
    )


def _with_call(log: DayLog, entry: Callback) -> DayLog:
    return replace(log, callbacks=(*log.callbacks, entry))


@taking_a_number
def check_in(desk: Desk, unit: str, told: Told, *, day: date, today: date) -> Act:
    """填报: a task as the unit says it stands. The register stays as it is; where the two do
    not agree, the daily page says so."""
    ground = ground_of(desk)
    known = find_unit(ground.volume.units, unit)
    node = find_node(ground.volume, told.node)
    given = {section.id for section in node.sections for t in section.tasks if t.unit == known.id}
    if node.kind != "section" or node.id not in given:
        name = known.short or known.name
        raise EditorialError(
            f"{name}没有“{node.title}”的供稿任务", hint=f"它的任务见 unit show {known.id}"
        )
    _refuse_odd(ground.volume, told.note, "")
    by = name_of(actor(desk, ground.volume))
    entry = CheckIn(
        date=day,
        unit=known.id,
        task=node.id,
        state=told.state,
        expected_date=told.expected,
        note=told.note,
        by=by,
        channel=told.channel,
    )
    message = Message(
        subject=f"催报：{known.short or known.name}填报{node.id}{told.state.label}",
        act="chase checkin",
        by=by,
        body=told.note,
    )
    return _add(
        desk,
        ground,
        day,
        today,
        message,
        lambda log: replace(log, checkins=(*log.checkins, entry)),
        (node.id,),
    )


def _add(
    desk: Desk,
    ground: Ground,
    day: date,
    today: date,
    message: Message,
    change: Callable[[DayLog], DayLog],
    nodes: tuple[str, ...] = (),
) -> Act:
    log = log_of(ground.logs, day)
    if day > today:
        raise EditorialError(f"{chinese_day(day)}还没有到", hint="--day 写今天或以前的日期")
    if log.closed is not None:
        hint = "请记在今天；当天日结有误的，可用 editorial undo 撤销日结"
        raise EditorialError(f"{chinese_day(day)}已经日结，不能再记", hint=hint)
    path = log_path(desk.volume_id, day)
    return save_record(desk, change(log), path, message, nodes=nodes)


def _refuse_odd(volume: Volume, note: str, person: str) -> None:
    """Numbers and addresses stay in units.yaml, so that no page made from the log holds one."""
    if tells_reach(f"{note} {person}", volume.units):
        hint = "新的号码用 editorial unit contact 登记，记录里写“换了电话”即可"
        raise EditorialError("催报记录里不写电话和邮箱", hint=hint)


@taking_a_number
def close_day(desk: Desk, day: date, *, at: datetime) -> Act:
    """日结: the day takes its number. Refused with every unit due that nobody has contacted; one
    that is to be left in peace is paused, with the reason, and is no longer due."""
    ground = ground_of(desk)
    found = day_of(ground, day)
    by = name_of(actor(desk, ground.volume))
    _may_close(found, at.date())
    if found.holes:
        raise Refused(
            f"{chinese_day(day)}还有{len(found.holes)}个单位没有联系，不能日结",
            tuple(_hole(chase) for chase in found.holes),
            hint="逐个联系并登记（chase log、chase checkin），没有人接的也算；"
            "当天不该联系的，用 unit pause 单位 --until 日期 --reason 原因 暂停催办",
        )
    closing = Closing(
        at=at,
        by=by,
        number=next_issue(ground.logs),
        due=len(found.chases),
        covered=found.covered,
    )
    share = f"应联系{closing.due}个单位，已联系{closing.covered}个"
    subject = f"催报：{chinese_day(day)}日结，第{closing.number}期（{share}）"
    message = Message(subject=subject, act="chase close", by=by)
    return save_record(
        desk, replace(found.log, closed=closing), log_path(desk.volume_id, day), message
    )


def _may_close(found: ChaseDay, today: date) -> None:
    if found.day > today:
        raise EditorialError(f"{chinese_day(found.day)}还没有到，不能日结")
    if found.log.closed is not None:
        number = found.log.closed.number
        raise EditorialError(f"{chinese_day(found.day)}已经日结（第{number}期）")


def _hole(chase: Chase) -> Blocker:
    late = max(claim.late for claim in chase.claims)
    when = f"逾期{late}天" if late > 0 else "今天到期" if late == 0 else f"还有{-late}天到期"
    message = f"{chase.unit.short or chase.unit.name}：应{chase.move.label}，{when}"
    return Blocker(node=chase.unit.id, guard="coverage", message=message)


def next_issue(logs: Sequence[DayLog]) -> int:
    """Pages are numbered by closed days, in the order in which they were closed."""
    return max((log.closed.number for log in logs if log.closed), default=0) + 1
