"""认件: which letter a paper answers, weighed from clues that are each named.

Clues that name a letter outright must agree; those that only point to a unit decide when the
unit waits for one letter alone. What is not sure is left to people, with the candidates named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from editorial.model.labels import LetterState
from editorial.model.letters import Letter, letter_state
from editorial.model.people import Contact, Unit, all_names
from editorial.values import dataclass

MARK, TOKEN, THREAD, NUMBER = "文件标记", "主题编号", "往来邮件", "发文字号"
SENDER, CONTENT, BY_HAND = "发件人", "内容", "人工"
WAITING = (LetterState.SENT, LetterState.REPLIED)
NOT_OUT = "来件指的是{}，该函{}；无须答复的搁置，有用的认给别的函"
MOST = 8  # candidates worth naming; a whole draft names every unit there is
# Anybody may have an address there: the host says nothing of the unit.
PUBLIC = frozenset(
    {"qq.com", "vip.qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "188.com"}
    | {"vip.163.com", "sina.com", "sina.cn", "sohu.com", "139.com", "189.cn", "wo.cn"}
    | {"aliyun.com", "gmail.com", "outlook.com", "hotmail.com", "live.cn", "tom.com", "21cn.com"}
)
_TOKEN = re.compile(r"[\[【［〔(（]\s*([^\s\[\]【】/]+)/(\d{2,})\s*[\]】］〕)）]")
_REPLACED = str.maketrans("[]【】［］()（）", "〔〕〔〕〔〕〔〕〔〕")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A letter with what a reply may refer to. `unit` is None when units.yaml lost it."""

    volume: str
    letter: Letter
    unit: Unit | None
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a paper says of itself. `marks` are the letters its files were made for; `text`
    everything that can be read of it, `names` of its files included."""

    marks: tuple[str, ...] = ()
    subject: str = ""
    replies_to: tuple[str, ...] = ()
    sender: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    substantial: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    name: str
    letters: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """`letter` is empty when the clues do not suffice or contradict each other."""

    letter: str = ""
    by: str = ""
    candidates: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def token_of(sent: Sent) -> str:
    """gba-2019/0008, as it stands in brackets at the end of a subject."""
    return f"{sent.volume}/{sent.letter.id}"


def weigh(ground: tuple[Sent, ...], told: Told, day: date, unsent: tuple[Sent, ...] = ()) -> Match:
    """`unsent` are the letters that never went out or were withdrawn: a paper that names one
    outright answers no other."""
    outright, hints = _outright(ground, unsent, told), _hints(ground, told, day)
    known = {token_of(each): each for each in ground}
    if not outright:
        return _remarked(known, _supposed(known, hints, told), told, day)
    held = {token_of(each): each for each in unsent}
    match = _agreed(known | held, outright, hints)
    return _remarked(known, _without(known | held, held, match), told, day)


def _outright(ground: tuple[Sent, ...], unsent: tuple[Sent, ...], told: Told) -> tuple[Clue, ...]:
    """Clues that name letters, the most telling first."""
    every = (*ground, *unsent)
    found = (
        Clue(name=MARK, letters=frozenset(told.marks) & frozenset(map(token_of, every))),
        Clue(name=TOKEN, letters=_tokens(every, (told.subject, *told.names))),
        Clue(name=THREAD, letters=_thread(every, told.replies_to)),
        Clue(name=NUMBER, letters=_quoted(ground, told) or _quoted(unsent, told)),
    )
    return tuple(each for each in found if each.letters)


def _hints(ground: tuple[Sent, ...], told: Told, day: date) -> tuple[Clue, ...]:
    """Clues that point to a unit."""
    found = (
        Clue(name=SENDER, letters=_waiting(ground, units_of(ground, told.sender, day))),
        Clue(name=CONTENT, letters=_named(ground, _all_words(told))),
    )
    return tuple(each for each in found if each.letters)


def _quoted(ground: tuple[Sent, ...], told: Told) -> frozenset[str]:
    return _numbers(ground, _all_words(told)) or _tokens(ground, (told.text,))


def _all_words(told: Told) -> str:
    return plain(f"{told.subject}\n{told.text}\n" + "\n".join(told.names))


def _without(every: dict[str, Sent], held: dict[str, Sent], match: Match) -> Match:
    """Nothing is claimed for a letter that is not out."""
    if match.letter in held:
        first = _root(every, match.letter)
        return replace(not_out(held[match.letter]), candidates=() if first in held else (first,))
    named = tuple(held[each] for each in match.candidates if each in held)
    told = (*match.told, *(words for each in named for words in not_out(each).told))
    return replace(match, candidates=tuple(x for x in match.candidates if x not in held), told=told)


def not_out(sent: Sent) -> Match:
    """What names a letter that has not gone out, or was withdrawn: it waits for people."""
    state, letter = letter_state(sent.letter), sent.letter
    now = "已作废" if state is LetterState.VOID else f"现为“{state.label}”，还没有发出"
    return Match(told=(NOT_OUT.format(letter.number or f"函件{letter.id}", now),))


def _agreed(known: dict[str, Sent], outright: tuple[Clue, ...], hints: tuple[Clue, ...]) -> Match:
    """All that name a letter outright name the same one, or one and its reminder."""
    left = outright[0].letters
    named = next((each.letters for each in outright if each.name == TOKEN), left)
    if len({_root(known, each) for each in named}) > 1:
        return _several(named)
    for clue in outright[1:]:
        same = {_root(known, each) for each in clue.letters}
        narrowed = frozenset(each for each in left if _root(known, each) in same)
        if not narrowed:
            return _contradiction(outright)
        left = narrowed
    if len(left) > 1:
        left = _narrowed(left, hints)
    first = {_root(known, each) for each in left}
    if len(first) == 1:  # a letter and its reminder, answered together
        return Match(letter=next(iter(first & left), min(left)), by=outright[0].name)
    return _several(left)


def _several(letters: frozenset[str]) -> Match:
    """An answer to more than one letter; which files belong to which is for people to say."""
    told = "同时提到几封函：认给其中一封，其余的用 letter reply 登记"
    return Match(candidates=tuple(sorted(letters)), told=(told,))


def _contradiction(outright: tuple[Clue, ...]) -> Match:
    said = "，".join(f"{each.name}指{'、'.join(sorted(each.letters))}" for each in outright)
    every = frozenset[str]().union(*(each.letters for each in outright))
    return Match(candidates=tuple(sorted(every)), told=(f"线索矛盾：{said}",))


def _root(known: dict[str, Sent], token: str) -> str:
    """The first letter of those that remind of one another."""
    for _ in range(len(known)):
        sent = known.get(token)
        if sent is None or not sent.letter.follows:
            break
        token = f"{sent.volume}/{sent.letter.follows}"
    return token


def _narrowed(left: frozenset[str], clues: Iterable[Clue]) -> frozenset[str]:
    for clue in clues:
        left = (left & clue.letters) or left
    return left


def _supposed(known: dict[str, Sent], found: tuple[Clue, ...], told: Told) -> Match:
    """By who wrote, else by what is said; a chance remark is not enough to decide."""
    if not found:
        return Match()
    left = _narrowed(found[0].letters, found[1:])
    first = {_root(known, each) for each in left}
    if len(first) == 1 and told.substantial:
        only = f"只凭{found[0].name}认定，请核对"
        return Match(letter=next(iter(first & left), min(left)), by=found[0].name, told=(only,))
    return Match(candidates=tuple(sorted(left)) if len(left) <= MOST else ())


def _remarked(known: dict[str, Sent], match: Match, told: Told, day: date) -> Match:
    """With what an editor should know of the sender; a contact of another unit who quotes
    nothing but a number is not believed."""
    sent = known.get(match.letter)
    if sent is None or not told.sender or sent.unit is None:
        return match
    others = units_of(tuple(known.values()), told.sender, day)
    if sent.unit.id in others:
        return match
    if others and match.by in (NUMBER, CONTENT):
        doubt = f"{match.by}指{match.letter}，发件人却是{'、'.join(sorted(others))}的联络员"
        return Match(candidates=(match.letter,), told=(f"线索矛盾：{doubt}",))
    stranger = f"发件人 {told.sender} 不是该单位登记的联络员"
    return Match(letter=match.letter, by=match.by, told=(*match.told, stranger))


# Where each clue is found


def _tokens(ground: tuple[Sent, ...], texts: Iterable[str]) -> frozenset[str]:
    known = {(each.volume, int(each.letter.id)): token_of(each) for each in _numbered(ground)}
    named = ((v, int(n)) for text in texts for v, n in _TOKEN.findall(text))
    return frozenset(known[each] for each in named if each in known)


def _numbered(ground: tuple[Sent, ...]) -> Iterable[Sent]:
    return (each for each in ground if each.letter.id.isdecimal())


def _thread(ground: tuple[Sent, ...], replies_to: tuple[str, ...]) -> frozenset[str]:
    """The nearest mail that is known decides; farther ones may be of another matter."""
    for message_id in replies_to:
        found = frozenset(token_of(each) for each in ground if message_id in each.ids)
        if found:
            return found
    return frozenset()


def _numbers(ground: tuple[Sent, ...], text: str) -> frozenset[str]:
    return frozenset(
        token_of(each)
        for each in ground
        if each.letter.number and plain(each.letter.number) in text
    )


def plain(text: str) -> str:
    """For comparing: full-width digits, all brackets alike, no blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(_REPLACED))


def units_of(ground: tuple[Sent, ...], sender: str, day: date) -> frozenset[str]:
    """Units whose contact of that day, or of another day, or whose host the address is."""
    units = {each.unit.id: each.unit for each in ground if each.unit is not None}
    if not sender:
        return frozenset()
    now = frozenset(u.id for u in units.values() if _contact(u, sender, day))
    ever = now or frozenset(u.id for u in units.values() if _contact(u, sender, None))
    return ever or _by_host(units.values(), sender.rpartition("@")[2])


def _contact(unit: Unit, sender: str, day: date | None) -> bool:
    return any(each.mail.casefold() == sender and _valid(each, day) for each in unit.contacts)


def _valid(contact: Contact, day: date | None) -> bool:
    since, until = contact.since, contact.until
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


def _by_host(units: Iterable[Unit], host: str) -> frozenset[str]:
    """The one unit with contacts at that host; a host of several tells nothing."""
    if not host or host in PUBLIC:
        return frozenset()
    found = {u.id for u in units for c in u.contacts if c.mail.casefold().endswith("@" + host)}
    return frozenset(found if len(found) == 1 else ())


def _waiting(ground: tuple[Sent, ...], units: frozenset[str]) -> frozenset[str]:
    """Letters those units have not answered; if there is none, those they have."""
    for state in WAITING:
        found = frozenset(
            token_of(each)
            for each in ground
            if each.letter.unit in units and letter_state(each.letter) is state
        )
        if found:
            return found
    return frozenset()


def _named(ground: tuple[Sent, ...], text: str) -> frozenset[str]:
    """Letters to units that the text calls by name."""
    units = frozenset(
        each.unit.id
        for each in ground
        if each.unit is not None
        and any(len(n) > 2 and plain(n) in text for n in all_names(each.unit))
    )
    return _waiting(ground, units)
