"""回函 on a letter: what a return, a call or a chat message makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from editorial.desk.office import Desk
from editorial.model.incoming import Incoming
from editorial.model.labels import PROMISES, Channel, DeliveryState, LetterState
from editorial.model.letters import Delivery, Letter, Reply, letter_state
from editorial.model.people import Editor, find_editor
from editorial.model.response import ANSWERED, chain_of, sent_on
from editorial.model.returns import Return
from editorial.model.volume import Step
from editorial.store.workspace import identity


def reply_of(paper: Return, letter: Letter, at: datetime) -> Reply:
    """What came in, as the answer to that letter: of the day it was taken in when its own clock,
    being wrong, has it come before the letter went."""
    went, came = sent_on(letter), paper.at.date()
    return Reply(
        date=at.date() if went is not None and came < went else came,
        channel=paper.channel.label,
        answer=paper.answer,
        until=paper.until,
        pass_to=paper.pass_to,
        returned=paper.id,
    )


def with_reply(letter: Letter, reply: Reply, *, at: datetime, by: str, note: str = "") -> Letter:
    """The letter with one more reply; those before it stay as `earlier`, their papers with the
    last. A mere promise leaves the letter waiting."""
    old = letter.reply
    earlier = (*letter.earlier, replace(old, papers=())) if old else letter.earlier
    told = replace(letter, reply=_after(old, reply), earlier=earlier)
    if reply.answer in PROMISES:
        return told
    words = note or (f"来件{reply.returned}" if reply.returned else reply.note)
    step = Step(at=at, by=by, to=LetterState.REPLIED.value, note=words)
    return replace(told, history=(*letter.history, step))


def also_answered(
    letter: Letter, letters: Sequence[Letter], *, at: datetime, by: str
) -> tuple[Letter, ...]:
    """The other letters of the same request still waiting, once this one is answered: what
    answers a reminder answers the letter it reminds of."""
    if letter_state(letter) not in ANSWERED:
        return ()
    step = Step(at=at, by=by, to=LetterState.REPLIED.value, note=f"复函见{letter.id}")
    waiting = (x for x in chain_of(letter, letters) if letter_state(x) is LetterState.SENT)
    return tuple(replace(each, history=(*each.history, step)) for each in waiting)


def without_reply(letter: Letter, returned: str, *, at: datetime, by: str) -> Letter:
    """The letter as if that return had never been its answer, but for the history; one that
    nothing else has answered is 发出 again, one 办结 stays so."""
    told = (*letter.earlier, *([letter.reply] if letter.reply else []))
    kept = tuple(each for each in told if each.returned != returned)
    if len(kept) == len(told):
        return letter
    last = kept[-1] if kept else None
    if last is not None and letter.reply is not None:
        last = replace(last, papers=letter.reply.papers)
    changed = replace(letter, reply=last, earlier=kept[:-1])
    answered = any(each.answer not in PROMISES for each in kept)
    if answered or letter_state(letter) is not LetterState.REPLIED:
        return changed
    return _waiting_again(changed, f"来件{returned}已撤去", at=at, by=by)


def also_waiting(
    letter: Letter, letters: Sequence[Letter], *, at: datetime, by: str
) -> tuple[Letter, ...]:
    """The letters of the same request that had no answer but the one taken from this letter."""
    if letter_state(letter) is not LetterState.SENT:
        return ()
    others = (x for x in chain_of(letter, letters) if letter_state(x) is LetterState.REPLIED)
    alone = (x for x in others if x.history[-1].note == f"复函见{letter.id}")
    return tuple(_waiting_again(x, f"{letter.id}的复函已撤去", at=at, by=by) for x in alone)


def _waiting_again(letter: Letter, note: str, *, at: datetime, by: str) -> Letter:
    step = Step(at=at, by=by, to=LetterState.SENT.value, note=note)
    return replace(letter, history=(*letter.history, step))


def closed(letter: Letter, *, at: datetime, by: str, note: str = "") -> Letter:
    """办结, after a reply whatever it said."""
    ends = () if letter_state(letter) is LetterState.REPLIED else (LetterState.REPLIED,)
    steps = (Step(at=at, by=by, to=state.value, note=note) for state in (*ends, LetterState.CLOSED))
    return replace(letter, history=(*letter.history, *steps))


def _after(old: Reply | None, new: Reply) -> Reply:
    """Files are listed once, with the reply in force; a number once told holds."""
    if old is None:
        return new
    return replace(new, doc_no=new.doc_no or old.doc_no, papers=(*old.papers, *new.papers))


def bounced(letter: Letter, mail: Incoming, at: datetime) -> Letter | None:
    """The sending that came back marked as failed; None when it is marked already."""
    first = mail.bounced[0] if mail.bounced else None
    words = " ".join(part for part in (first.status, first.words) if part) if first else ""
    error = f"退信：{words or '没有说明原因'}"[:200]
    gone = [index for index, each in enumerate(letter.deliveries) if _same(each, mail)]
    if not gone:
        to = first.recipient if first else ""
        failed = Delivery(
            at=at,
            channel=Channel.MAIL,
            state=DeliveryState.REFUSED,
            to=to,
            message_id=mail.about,
            error=error,
        )
        return replace(letter, deliveries=(*letter.deliveries, failed))
    place = gone[-1]
    if letter.deliveries[place].error:
        return None
    marked = replace(letter.deliveries[place], state=DeliveryState.REFUSED, error=error)
    rest = letter.deliveries
    return replace(letter, deliveries=(*rest[:place], marked, *rest[place + 1 :]))


def _same(delivery: Delivery, mail: Incoming) -> bool:
    if mail.about and delivery.message_id:
        return delivery.message_id == mail.about
    people = {each.recipient for each in mail.bounced}
    return delivery.channel is Channel.MAIL and any(
        each and each in delivery.to.casefold() for each in people
    )


def person(desk: Desk, staff: tuple[Editor, ...]) -> Editor | str:
    """Who acts, as `office.actor` finds it, without reading the whole book."""
    if desk.by:
        return find_editor(staff, desk.by)
    name, mail = identity(desk.workspace)
    for editor in staff:
        if (mail and mail == editor.mail) or name in (editor.id, editor.name):
            return editor
    return name
