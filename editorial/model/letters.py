"""公函: one letter to one unit, with numbered items and its own life.

拟稿 → 核稿 → 签发 (the number is taken here) → 发出 → 回函 → 办结; 作废 at any time before 发出.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from datetime import date, datetime
from typing import TypeAlias

from editorial.model.labels import Answer, Channel, DeliveryState, LetterKind, LetterState, Secrecy
from editorial.model.volume import Source, Step, from_file
from editorial.values import dataclass

Day: TypeAlias = date


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterItem:
    """One row of the 修改补充事项清单. `section` is a node id; `basis` what is wrong and who says
    so; `scope` the years or the reckoning of data asked for; `form` the form of the answer;
    `opinion` the id of the opinion it passes on."""

    section: str
    place: str = ""
    original: str = ""
    request: str
    basis: str = ""
    scope: str = ""
    form: str = ""
    remark: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of 联系经过: what was tried on a day, and by which way."""

    on: date
    way: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file kept with a record: name in its folder, SHA-256, size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One way a letter went out, or was tried. `to` is the address or the person it was handed
    to; `sha256` names the exact message; `error` says why it failed or is in doubt."""

    at: datetime
    channel: Channel
    state: DeliveryState = DeliveryState.SENT
    to: str = ""
    message_id: str = ""
    sha256: str = ""
    error: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """回函 as registered, whatever way it came. `until` is the day an extension asks for,
    `pass_to` the unit it names instead of itself; `returned` the id of the paper taken in."""

    date: date
    channel: str
    doc_no: str = ""
    note: str = ""
    answer: Answer | None = None
    until: Day | None = None
    pass_to: str = ""
    returned: str = ""
    papers: tuple[Paper, ...] = field(default=(), metadata={"flow": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`id` is the folder name; `number` the 发文字号, empty until 签发.

    Letters drafted together bear one `batch`; `follows` is the id of the letter this one
    reminds of; `extended` the later day granted; `issuers` the further offices of a joint letter.
    `board` is the id of the office's name board it goes out under; `addressee` the 主送 when that
    is not the unit's own name; `about` the unit that is late, when the letter goes to another;
    `account` what was tried so far. `secret_for` is the 保密期限, `urgent` 特急 or 加急;
    `listed` asks for the 清单 even where the text has room for all items.
    """

    id: str = field(default="", metadata={"stored": False})
    kind: LetterKind
    unit: str
    title: str
    reason: str = ""
    items: tuple[LetterItem, ...] = ()
    due: date
    contact: str
    cc: tuple[str, ...] = ()
    batch: str = ""
    follows: str = ""
    extended: date | None = None
    secrecy: Secrecy | None = None
    secret_for: str = ""
    urgent: str = ""
    issuers: tuple[str, ...] = ()
    board: str = ""
    addressee: str = ""
    about: str = ""
    account: tuple[Happening, ...] = field(default=(), metadata={"flow": True})
    listed: bool = False
    number: str = ""
    signed: date | None = None
    signatory: str = ""
    papers: tuple[Paper, ...] = field(default=(), metadata={"flow": True})
    deliveries: tuple[Delivery, ...] = field(default=(), metadata={"flow": True})
    reply: Reply | None = None
    earlier: tuple[Reply, ...] = field(default=(), metadata={"flow": True})
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


def letter_state(letter: Letter) -> LetterState:
    return LetterState(letter.history[-1].to) if letter.history else LetterState.DRAFT


def to_post(letter: Letter) -> bool:
    """In the outbox, and nobody has said that he sent it from his mail program."""
    last = letter.deliveries[-1] if letter.deliveries else None
    waits = letter_state(letter) is LetterState.SENT
    return waits and last is not None and last.state is DeliveryState.LAID_OUT


_STAYED = frozenset({DeliveryState.LAID_OUT, DeliveryState.REFUSED, DeliveryState.POSTPONED})
_ANSWERED = frozenset({LetterState.REPLIED.value, LetterState.CLOSED.value})


def _only_laid_out(letter: Letter) -> bool:
    """It came no further than the outbox by any way, and nobody has answered it."""
    states = [each.state for each in letter.deliveries]
    laid = bool(states) and states[-1] is DeliveryState.LAID_OUT and _STAYED.issuperset(states)
    promised = letter.reply is not None or bool(letter.earlier)
    return laid and not promised and _ANSWERED.isdisjoint(step.to for step in letter.history)


def never_left(letter: Letter) -> bool:
    """Made void while it lay in the outbox, and had not gone before."""
    return letter_state(letter) is LetterState.VOID and _only_laid_out(letter)


def has_gone(letter: Letter) -> bool:
    """Whether its unit may have it, so that nothing calls it back; one that lay in the outbox
    again after it went has gone."""
    state = letter_state(letter)
    return state not in BEFORE_SENT and not _only_laid_out(letter)


def standing(letter: Letter) -> str:
    """Its state in words, as registers and lists show it."""
    return DeliveryState.LAID_OUT.label if to_post(letter) else letter_state(letter).label


def letter_due(letter: Letter) -> date:
    """The later day granted, else the day asked for."""
    return letter.extended or letter.due


BEFORE_SENT = (LetterState.DRAFT, LetterState.CHECKED, LetterState.APPROVED)
OPEN_STATES = frozenset(
    {
        LetterState.DRAFT,
        LetterState.CHECKED,
        LetterState.APPROVED,
        LetterState.SENT,
        LetterState.REPLIED,
    }
)


def is_open(letter: Letter) -> bool:
    return letter_state(letter) in OPEN_STATES


def sections_of(letter: Letter) -> frozenset[str]:
    return frozenset(item.section for item in letter.items)


URGENCIES = ("特急", "加急")


def next_number(code: str, year: int, taken: tuple[str, ...]) -> str:
    """机关代字 + 〔年份〕 + 序号 + 号, GB/T 9704-2012 clause 7.2.5; no padding, no 第."""
    prefix = f"{code}〔{year}〕"
    used = [
        int(number[len(prefix) : -1])
        for number in taken
        if number.startswith(prefix) and number[len(prefix) : -1].isdecimal()
    ]
    return f"{prefix}{max(used, default=0) + 1}号"


def is_number(text: str) -> bool:
    """Whether a 发文字号 is written as GB/T 9704-2012, 7.2.5 wants it."""
    return re.fullmatch(r"[^\s〔〕\d]+〔\d{4}〕[1-9]\d*号", text) is not None


def number_faults(
    letters: tuple[Letter, ...], before: tuple[str, ...] = ()
) -> tuple[tuple[str, str], ...]:
    """(发文字号, what is wrong): numbers that two letters bear, numbers left out between others of
    their 代字 and year, and void ones without a reason. Up to those used `before` the program was,
    numbers stand on paper."""
    taken: dict[str, set[int]] = {}
    for letter in letters:
        prefix, _, digits = letter.number.removesuffix("号").rpartition("〕")
        if prefix and digits.isdecimal():
            taken.setdefault(prefix, set()).add(int(digits))
    twice = [(each.number, TWICE) for each, _ in given_twice(letters)]
    left_out = [
        (f"{prefix}〕{number}号", "缺号，没有作废说明")
        for prefix, numbers in sorted(taken.items())
        for number in range(min(numbers), max(numbers) + 1)
        if number not in numbers and number > _upto(before, prefix)
    ]
    unexplained = [(x.number, "作废而没有写原因") for x in letters if _void_unexplained(x)]
    return tuple(dict.fromkeys((*twice, *left_out, *unexplained)))


TWICE = "编了两次"


def given_twice(letters: Iterable[Letter]) -> tuple[tuple[Letter, Letter], ...]:
    """(letter, the one that bears its 发文字号 by right): that which went out, else was signed,
    first. A number that is void is free of the letter it was on."""
    bearing: dict[str, list[Letter]] = {}
    for letter in letters:
        if letter.number and letter_state(letter) is not LetterState.VOID:
            bearing.setdefault(letter.number, []).append(letter)
    ranked = (sorted(several, key=_right) for several in bearing.values())
    return tuple((each, first) for first, *others in ranked for each in others)


def _right(letter: Letter) -> tuple[bool, str, str]:
    at = [f"{step.at.timestamp():020.3f}" for step in letter.history if step.to in _NUMBERED]
    return not has_gone(letter), max(at, default=""), letter.id


_NUMBERED = (LetterState.APPROVED.value, LetterState.SENT.value)


def _upto(numbers: tuple[str, ...], prefix: str) -> int:
    """The highest of those numbers, 0 without any."""
    own = (each.removesuffix("号") for each in numbers if each.startswith(f"{prefix}〕"))
    return max((int(each.rpartition("〕")[2]) for each in own), default=0)


def _void_unexplained(letter: Letter) -> bool:
    void = bool(letter.number) and letter_state(letter) is LetterState.VOID
    return void and not letter.history[-1].note
