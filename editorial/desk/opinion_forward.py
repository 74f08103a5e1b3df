"""转单位核实: opinions go out as items of a letter, and its reply comes back to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from editorial.desk.drafting import Request, draft_letters
from editorial.desk.letter_papers import composed, unit_name
from editorial.desk.letters import letter_path, letters
from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.desk.opinions import called, find_opinions
from editorial.desk.points import passed_on, units_meant
from editorial.desk.round_list import rounds
from editorial.errors import EditorialError
from editorial.model.item_answers import texts_of
from editorial.model.labels import Disposition, LetterKind, LetterState, RoundState
from editorial.model.letters import Letter, LetterItem, is_open, letter_state, sections_of
from editorial.model.opinion_answer import UnitAnswer, numbered_answers
from editorial.model.people import find_unit
from editorial.model.reply_form import own_words
from editorial.model.returns import Return, ReturnState, return_state
from editorial.model.reviews import Opinion, Round, disposition, round_state
from editorial.model.volume import Section, Step, Volume
from editorial.store.records import written
from editorial.store.registers import load_returns
from editorial.store.save import Message


def forward_opinions(
    desk: Desk, ids: Sequence[str], *, at: datetime, due: date, unit: str = ""
) -> tuple[tuple[Letter, ...], Act]:
    """Opinions to a unit, or each to the one that supplied its section, for confirmation: into
    a 修改补充函 to it that is still a draft, else into a new one. EditorialError for an
    opinion that is nowhere, is out already, or whose unit cannot be told."""
    volume = loaded(desk).volume
    known = {round_.id: round_ for round_ in rounds(desk)}
    found = find_opinions(desk, ids)
    out = {letter.id for letter in letters(desk) if is_open(letter)}
    wanted: dict[str, list[LetterItem]] = {}
    for opinion in found:
        round_ = known[opinion.id.partition("/")[0]]
        _refuse(opinion, round_, out)
        to = find_unit(volume.units, unit).id if unit else _unit_of(desk, volume, opinion)
        wanted.setdefault(to, []).append(passed_on(opinion, round_.title))
    drafts = {each.unit: each for each in letters(desk) if _takes_more(each)}
    if len(wanted) == 1 and (to := next(iter(wanted))) in drafts:
        letter, act = _extended(desk, volume, drafts[to], wanted[to], found, at)
        return (letter,), act
    request = Request(kind=LetterKind.REVISE, due=due)
    return draft_letters(desk, request, wanted, at=at)


def _refuse(opinion: Opinion, round_: Round, out: set[str]) -> None:
    if round_state(round_) is RoundState.CLOSED:
        raise EditorialError(f"意见{opinion.id}所在的一轮已经结束", hint="请在新的一轮里处理")
    if not opinion.section:
        hint = f"先用 editorial opinion place {opinion.id} 分目"
        raise EditorialError(f"意见{opinion.id}还没有落位，函里写不出问的是哪一处", hint=hint)
    if opinion.letter in out:
        raise EditorialError(
            f"意见{opinion.id}已在函{opinion.letter}里",
            hint=f"见 editorial letter show {opinion.letter}",
        )


def _unit_of(desk: Desk, volume: Volume, opinion: Opinion) -> str:
    section = next((s for s in volume.sections if s.id == opinion.section), None)
    units = units_meant(desk, volume, section, opinion) if isinstance(section, Section) else ()
    if len(units) != 1:
        names = "、".join(each.short or each.name for each in units)
        raise EditorialError(
            f"意见{opinion.id}该问哪个单位说不准" + (f"（{names}）" if names else ""),
            hint="加上 --unit 单位",
        )
    return units[0].id


def _takes_more(letter: Letter) -> bool:
    return letter.kind is LetterKind.REVISE and letter_state(letter) is LetterState.DRAFT


def _extended(
    desk: Desk,
    volume: Volume,
    letter: Letter,
    items: Sequence[LetterItem],
    found: Sequence[Opinion],
    at: datetime,
) -> tuple[Letter, Act]:
    """A draft with more items, and the opinions 转核实, in one commit."""
    by = name_of(actor(desk, volume))
    step = Step(at=at, by=by, to=LetterState.DRAFT.value, note=f"加入意见{len(items)}条")
    told = replace(letter, items=(*letter.items, *items), history=(*letter.history, step))
    composed(desk, volume, told)
    path = letter_path(desk, letter.id)
    assert letter.source is not None
    files: dict[str, bytes | None] = {path: written(desk.workspace.files, path, told)}
    expected = {path: letter.source.blob}
    for opinion in found:
        assert opinion.source is not None
        mark = Step(at=at, by=by, to=Disposition.FORWARDED.value, note=f"函{letter.id}")
        out = replace(opinion, letter=letter.id, history=(*opinion.history, mark))
        own = opinion.source.path
        files[own] = written(desk.workspace.files, own, out)
        expected[own] = opinion.source.blob
    subject = f"意见：{called(found)}转核实，加入函{letter.id}（{unit_name(volume, letter.unit)}）"
    message = Message(subject=subject, act="opinion forward", by=by)
    nodes = tuple(sorted(sections_of(told)))
    return told, record(desk, files, expected=expected, message=message, nodes=nodes)


def answers(desk: Desk, opinions: Iterable[Opinion]) -> dict[str, UnitAnswer]:
    """What became of each forwarded opinion: its letter, and the unit's answer when it came."""
    out = [opinion for opinion in opinions if opinion.letter]
    if not out:
        return {}
    known = {letter.id: letter for letter in letters(desk)}
    wanted = {opinion.letter for opinion in out}
    returned: dict[str, dict[int, tuple[str, ...]]] = {}
    mailed: dict[str, str] = {}
    for paper in load_returns(desk.workspace.files, desk.volume_id):
        if paper.letter not in wanted or return_state(paper) is ReturnState.ASIDE:
            continue
        words = _mail_words(desk, paper)
        mailed[paper.letter] = words or mailed.get(paper.letter, "")
        told = returned.setdefault(paper.letter, {})
        told |= {number: (text,) for number, text in numbered_answers(words).items()}
        told |= texts_of(paper.items)
    found = {}
    for opinion in out:
        letter = known.get(opinion.letter)
        if letter:
            items = returned.get(letter.id, {})
            found[opinion.id] = _answer(letter, opinion, items, mailed.get(letter.id, ""))
    return found


def _mail_words(desk: Desk, paper: Return) -> str:
    """What the unit wrote in the mail itself, where it did not fill in the form."""
    from editorial.desk.intake import MAIL
    from editorial.read.eml import read_mail

    path = f"volumes/{desk.volume_id}/returns/{paper.id}/{MAIL}"
    data = None if paper.items else desk.workspace.files.read(path)
    return own_words(read_mail(data).text).strip() if data else ""


def _answer(
    letter: Letter, opinion: Opinion, items: dict[int, tuple[str, ...]], mail: str
) -> UnitAnswer:
    number = next((n for n, item in enumerate(letter.items, 1) if item.opinion == opinion.id), 0)
    texts = items.get(number, ())
    exact = "\n".join(texts)
    reply = letter.reply
    whole = (reply.note or mail) if reply else ""
    if reply and not exact and not whole and reply.answer:
        whole = reply.answer.label
    return UnitAnswer(
        letter=letter.id,
        unit=letter.unit,
        state=letter_state(letter),
        text=exact or whole,
        exact=bool(exact),
        several=len(texts) > 1,
    )


def came_back(opinion: Opinion, answer: UnitAnswer | None) -> bool:
    """A reply is there and nobody has decided on it yet."""
    waits = disposition(opinion) is Disposition.FORWARDED
    replied = answer is not None and answer.state in (LetterState.REPLIED, LetterState.CLOSED)
    return waits and replied
