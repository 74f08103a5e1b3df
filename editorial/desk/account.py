"""联系经过: what was tried to get an answer to a letter, and to those it reminds of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from editorial.desk.letters import letters
from editorial.desk.office import Desk
from editorial.model.dates import chinese_day
from editorial.model.labels import DeliveryState, LetterState
from editorial.model.letters import Happening, Letter, Reply
from editorial.model.wording import titled

# What lay in the outbox has gone, or it would not be chased.
GONE = frozenset({DeliveryState.SENT, DeliveryState.LAID_OUT})


def account_of(desk: Desk, letter: Letter, more: Iterable[Happening] = ()) -> tuple[Happening, ...]:
    """Letters sent and answers that came, with `more` (calls, messages), by day."""
    known = {each.id: each for each in letters(desk)}
    chain = [letter]
    while chain[-1].follows in known and len(chain) <= len(known):
        chain.append(known[chain[-1].follows])
    told = [happening for each in chain for happening in _told(each)]
    return tuple(sorted([*told, *more], key=lambda each: each.on))


def _told(letter: Letter) -> Iterator[Happening]:
    name = letter.number or titled(letter.title)
    for each in letter.deliveries:
        if each.state in GONE and not each.error:
            due = chinese_day(letter.due)
            words = f"发出{letter.kind.label}（{name}），请于{due}前函复"
            yield Happening(on=each.at.date(), way=each.channel.label, words=words)
    if not letter.deliveries:
        yield from _sent_of_old(letter, name)
    for reply in (*letter.earlier, *([letter.reply] if letter.reply else [])):
        yield _answered(reply)


def _answered(reply: Reply) -> Happening:
    """What it came to: what was noted of it is for the office."""
    answer = reply.answer.label if reply.answer else "来函"
    until = f"至{chinese_day(reply.until)}" if reply.until else ""
    return Happening(on=reply.date, way=reply.channel, words=f"{answer}{until}")


def _sent_of_old(letter: Letter, name: str) -> Iterator[Happening]:
    """Letters sent before deliveries were kept have only the step."""
    for step in letter.history:
        if step.to == LetterState.SENT.value:
            yield Happening(
                on=step.at.date(), way="发函", words=f"发出{letter.kind.label}（{name}）"
            )
