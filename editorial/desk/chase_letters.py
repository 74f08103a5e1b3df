"""催办函: drafted for every unit that has come to that step; the last one, to the unit again or
to the body over it, has the account of all that was tried as an annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from editorial.desk.account import account_of
from editorial.desk.chase import Ground, day_of, ground_of
from editorial.desk.drafting import Request, draft_each
from editorial.desk.office import Act, Desk
from editorial.errors import EditorialError
from editorial.model.chasing import Callback, Move
from editorial.model.dates import chinese_day
from editorial.model.due import FORMAL, Chase, Claim, contacts
from editorial.model.labels import LetterKind
from editorial.model.letters import Happening, Letter, LetterItem, to_post
from editorial.model.matters import Matter
from editorial.model.people import find_unit
from editorial.model.response import sent_on
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One letter to be drafted: a letter chased, or tasks of a unit, at one step."""

    move: Move
    unit: str
    matters: tuple[Matter, ...]
    follows: str = ""


def plans(chases: Sequence[Chase], unit: str = "") -> Iterator[Plan]:
    """One letter, one matter: each letter chased has its own; the tasks of a unit share one."""
    for chase in chases:
        ready = [claim for claim in chase.claims if claim.move in FORMAL and claim.letter is None]
        if unit and chase.unit.id != unit:
            continue
        for claim in ready:
            if claim.matter.source == "letter":
                yield _plan(chase, claim.move, (claim,))
        for move in FORMAL:
            tasks = tuple(c for c in ready if c.matter.source == "task" and c.move is move)
            if tasks:
                yield _plan(chase, move, tasks)


def _plan(chase: Chase, move: Move, claims: tuple[Claim, ...]) -> Plan:
    """It follows the last letter of the matter that went out; a draft cannot be cited."""
    owed = tuple(claim.matter for claim in claims)
    chain = [each.id for matter in owed for each in matter.reminders if sent_on(each)]
    first = [owed[0].id] if owed[0].source == "letter" else []
    return Plan(
        move=move,
        unit=chase.unit.id,
        matters=owed,
        follows=(chain or first or [""])[-1],
    )


def draft_chasers(
    desk: Desk,
    day: date,
    *,
    at: datetime,
    unit: str = "",
    to: str = "",
    due: date | None = None,
) -> tuple[tuple[Letter, ...], Act]:
    """Draft all 催办函 the day asks for, as one batch. `to` is the body the last letters go to,
    else the unit itself. EditorialError when nobody has come to that step.
    """
    ground = ground_of(desk)
    only = find_unit(ground.volume.units, unit).id if unit else ""
    wanted = tuple(plans(day_of(ground, day).chases, only))
    if not wanted:
        hint = "各单位催到哪一步，见 editorial chase list"
        raise EditorialError(f"{chinese_day(day)}没有要拟的催办函", hint=hint)
    until = due or max(day, at.date()) + timedelta(days=ground.rules.answer_within)
    requests = [_request(desk, ground, each, day, until, to) for each in wanted]
    made, act = draft_each(desk, requests, at=at)
    told = (*act.remarks, *_not_posted(ground, wanted), *_overtaken(wanted))
    return made, replace(act, remarks=told)


def _not_posted(ground: Ground, wanted: Sequence[Plan]) -> tuple[str, ...]:
    """Letters chased of which nobody has said that he posted them."""
    chased = {plan.follows for plan in wanted}
    waiting = [each.number for each in ground.letters if each.id in chased and to_post(each)]
    if not waiting:
        return ()
    return (f"所催的{'、'.join(waiting)}还在发件箱里，没有记寄出；确已寄出再催",)


def _overtaken(wanted: Sequence[Plan]) -> tuple[str, ...]:
    """Earlier reminders that never went out: the ladder has gone past them."""
    matters = (matter for plan in wanted for matter in plan.matters)
    left = {each.id: None for matter in matters for each in matter.reminders if not sent_on(each)}
    if not left:
        return ()
    return (f"上一步的催办函{'、'.join(left)}还没有发出，不再需要的请作废（letter void）",)


def _request(
    desk: Desk, ground: Ground, plan: Plan, day: date, until: date, to: str
) -> tuple[Request, str, tuple[LetterItem, ...]]:
    last = plan.move is Move.ESCALATE
    past = to if last else ""
    request = Request(
        kind=LetterKind.ESCALATE if past else LetterKind.CHASE,
        due=until,
        about=plan.unit if past else "",
        follows=plan.follows,
        reason=_reason(ground, plan, day),
        account=history(desk, ground, plan, day) if last else (),
    )
    return request, past or plan.unit, _items(plan)


def _items(plan: Plan) -> tuple[LetterItem, ...]:
    """Those of the letter chased come with it; tasks are named one by one."""
    return tuple(
        LetterItem(section=section, request=words, basis=f"供稿任务，{chinese_day(matter.due)}到期")
        for matter in plan.matters
        if matter.source == "task"
        for section, words in matter.missing
    )


def _reason(ground: Ground, plan: Plan, day: date) -> str:
    """What a letter that follows none cannot cite: since when; and how often it was tried."""
    calls = sum(each.answered for each in _calls(ground, plan, day))
    told = f"其间我办已联系{calls}次" if calls and plan.move is Move.LETTER else ""
    dues = min(matter.due for matter in plan.matters)
    since = f"有关供稿任务于{chinese_day(dues)}到期" if not plan.follows else ""
    return "，".join(part for part in (since, told) if part)


def history(desk: Desk, ground: Ground, plan: Plan, day: date) -> tuple[Happening, ...]:
    """联系经过: tasks set, letters sent, calls made, answers come, by day."""
    calls = [_happening(each) for each in _calls(ground, plan, day)]
    set_ = [
        Happening(on=matter.since, way="下达", words=f"下达“{matter.title}”供稿任务")
        for matter in plan.matters
        if matter.source == "task" and matter.since
    ]
    last = next((each for each in ground.letters if each.id == plan.follows), None)
    if last is None:
        return tuple(sorted([*set_, *calls], key=lambda each: each.on))
    return account_of(desk, last, (*set_, *calls))


def _calls(ground: Ground, plan: Plan, day: date) -> list[Callback]:
    """Calls since the first of the matters was asked for."""
    since = min((matter.since or matter.due for matter in plan.matters), default=day)
    known = contacts(ground.logs, plan.unit, day)
    return [each for each in known if isinstance(each, Callback) and each.date >= since]


def _happening(call: Callback) -> Happening:
    """The result only: what was noted of a talk is for the office."""
    until = f"至{chinese_day(call.until)}" if call.until else ""
    who = "由我办领导联系，" if call.step is Move.ESCALATE else ""
    return Happening(on=call.date, way=call.channel.label, words=f"{who}{call.result.label}{until}")
