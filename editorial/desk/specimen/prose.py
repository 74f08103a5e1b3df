"""Passages of a yearbook: templates of `grammar` filled from a chapter's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import cycle
from random import Random
from typing import TypeAlias

from editorial.desk.specimen import grammar
from editorial.desk.specimen.figures import AVERAGED, CITY, Amount, amounts, changed, told, written
from editorial.desk.specimen.outline import Field
from editorial.desk.specimen.words import (
    BODIES,
    DISTRICTS,
    DOCUMENTS,
    DONE,
    FAIR_PLACES,
    FAIRS,
    FINISHED,
    GIVEN,
    LORE,
    PLACES,
    PLEASANT,
    RARE,
    SHUN,
    SLOGANS,
    SURNAMES,
    TECHNIQUES,
    TRADES,
)
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an entry is about. `kind` is a key of `grammar.OPENINGS`."""

    kind: str
    topic: str
    work: str
    district: str
    place: str
    fair: str
    done: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks: the chapter's words, a source of chance, characters not used up yet."""

    field: Field
    chance: Random
    names: Iterator[str]
    seed: int
    district: str = ""
    subject: Subject | None = None


Slot: TypeAlias = Callable[[Voice], str]


def name_characters(seed: int) -> Iterator[str]:
    """GB 2312 level one in a shuffled circle, so that a whole volume shows nearly all of it."""
    level_one = [
        bytes((high, low)).decode("gb2312")
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
        if (high, low) < (0xD7, 0xFA)
    ]
    good = [each for each in (*level_one, *RARE) if each not in SHUN]
    Random(seed).shuffle(good)
    return cycle(good)


def about(voice: Voice) -> Voice:
    """The same voice with a fresh subject."""
    chance, field = voice.chance, voice.field
    subject = Subject(
        kind=chance.choice(("topic", "topic", "work", "work", "fair")),
        topic=chance.choice(field.topics),
        work=chance.choice(field.works),
        district=voice.district or chance.choice(DISTRICTS),
        place=place(voice),
        fair=fair(voice),
        done=chance.choice(FINISHED),
    )
    return replace(voice, subject=subject)


def entry_title(voice: Voice) -> str:
    """At most 15 characters, no marks inside."""
    subject = _subject(voice)
    match subject.kind:
        case "work":
            return f"{subject.place}{subject.work}{subject.done[0]}"
        case "fair":
            return f"{subject.fair}举办"
        case _:
            return f"{voice.chance.choice((subject.district, subject.place))}{subject.topic}"


def passage(voice: Voice, length: int, survey: bool = False) -> str:
    """Sentences that together make about `length` characters, none of them twice."""
    chance, kind = voice.chance, _subject(voice).kind
    lore = "nature" if voice.field.lore in ("bird", "plant") else "goods"
    stock = (*grammar.SENTENCES, *grammar.LORE_SENTENCES[lore])
    first: tuple[str, ...] = (chance.choice(grammar.OPENINGS[kind]),)
    if survey:
        first = grammar.SURVEY_OF_DISTRICT if voice.district else grammar.SURVEY
    parts: list[str] = []
    left = length
    for template in (*first, *chance.sample(stock, len(stock))):
        if parts and left < 18:
            break
        parts.append(fill(voice, template))
        left -= len(parts[-1])
    return "".join(parts)


def fill(voice: Voice, template: str) -> str:
    """Slots filled; a word said once in the template is not said again."""
    parts: list[str] = []
    said: set[str] = set()
    for is_slot, piece in _pieces(template):
        text = _unsaid(voice, SLOTS[piece], said) if is_slot else piece
        parts.append(text)
    return "".join(parts)


def _unsaid(voice: Voice, slot: Slot, said: set[str]) -> str:
    for _ in range(6):
        text = slot(voice)
        if text[:4] not in said or text[0].isdecimal():
            break
    said.add(text[:4])
    return text


@cache
def _pieces(template: str) -> tuple[tuple[bool, str], ...]:
    parts = re.split(r"\{(\w+)\}", template)
    return tuple((bool(i % 2), part) for i, part in enumerate(parts) if part)


def _subject(voice: Voice) -> Subject:
    assert voice.subject is not None
    return voice.subject


def place(voice: Voice) -> str:
    """A pleasant first character; now and then a rare one beside it."""
    chance = voice.chance
    first = chance.choice(PLEASANT)
    second = next(voice.names) if chance.random() < 0.45 else chance.choice(PLEASANT)
    return first + second + chance.choice(PLACES)


def person(voice: Voice) -> str:
    chance = voice.chance
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def firm(voice: Voice) -> str:
    chance = voice.chance
    return f"示例{chance.choice(PLEASANT)}{next(voice.names)}{chance.choice(TRADES)}公司"


def fair(voice: Voice) -> str:
    kind = voice.field.lore
    what = voice.chance.choice(LORE[kind]) if kind != "bird" else voice.chance.choice(FAIR_PLACES)
    return what + voice.chance.choice(FAIRS)


def _indicator(voice: Voice, where: str) -> Amount:
    name = voice.chance.choice(voice.field.measures).split(":")[0]
    return amounts(voice.seed, name)[where]


def measure_of(voice: Voice) -> str:
    where = voice.chance.choice(DISTRICTS)
    return where + told(_indicator(voice, where))


def half(voice: Voice, where: str) -> str:
    """About half of the year's figure; rates of shares and averages are left alone."""
    amount, chance = _indicator(voice, where), voice.chance
    if amount.unit in AVERAGED:
        invested, faster = chance.uniform(2, 90), chance.uniform(1, 19)
        return f"完成投资{invested:.1f}亿元，同比增长{faster:.1f}%"
    value = written(amount, max(1, round(amount.now * 0.48)))
    return f"{amount.name}{value}{amount.unit}，同比{changed(amount.growth * 0.8, '')}"


def thing(voice: Voice) -> str:
    name, classifier = voice.chance.choice(voice.field.things).split(":")
    return f"{name}{_count(voice)}{classifier}"


def more(voice: Voice) -> str:
    name, classifier = voice.chance.choice(voice.field.things).split(":")
    added = voice.chance.randint(3, 90)
    return f"{name}{_count(voice)}{classifier}，比上年末增加{added}{classifier}"


def _count(voice: Voice) -> int:
    return voice.chance.randint(12, 240) if voice.district else voice.chance.randint(400, 4800)


def inspection(voice: Voice) -> str:
    """Found, mended and the rate between them, which agrees."""
    chance = voice.chance
    found = chance.randint(40, 900)
    mended = found - chance.randint(0, found // 8)
    rate = f"整改率{mended / found:.1%}" if mended < found else "全部完成整改"
    return (
        f"{body(voice)}开展{_subject(voice).topic}专项检查{chance.randint(2, 36)}次，"
        f"发现问题{found}个，整改{mended}个，{rate}"
    )


def progress(voice: Voice) -> str:
    tasks = voice.chance.randint(12, 90)
    return f"分解任务{tasks}项，完成{tasks - voice.chance.randint(1, 9)}项"


def days(voice: Voice) -> str:
    before = voice.chance.randint(8, 40)
    return f"{before}个工作日缩短为{voice.chance.randint(1, before - 4)}个工作日"


def body(voice: Voice) -> str:
    """Mostly one of the chapter's own."""
    own = voice.field.bodies
    if own and voice.chance.random() < 0.85:
        return f"市{voice.chance.choice(own)}"
    return f"市{voice.chance.choice(BODIES)[2]}"


def date(voice: Voice) -> str:
    return f"{voice.chance.randint(1, 12)}月{voice.chance.randint(1, 28)}日"


def span(voice: Voice) -> str:
    first = voice.chance.randint(1, 22)
    return f"{voice.chance.randint(1, 12)}月{first}—{first + voice.chance.randint(1, 6)}日"


def _integer(low: int, high: int) -> Slot:
    return lambda voice: str(voice.chance.randint(low, high))


def _real(low: float, high: float, sign: str = "") -> Slot:
    return lambda voice: f"{voice.chance.uniform(low, high):.1f}{sign}"


def _one_of(words: tuple[str, ...]) -> Slot:
    return lambda voice: voice.chance.choice(words)


SLOTS: dict[str, Slot] = {
    "body": body,
    "d1": _real(0.6, 48),
    "d2": _real(3, 160),
    "date": date,
    "days": days,
    "district": _one_of(DISTRICTS),
    "document": _one_of(DOCUMENTS),
    "done": _one_of(DONE),
    "fair": fair,
    "few": _integer(3, 9),
    "firm": firm,
    "half": lambda voice: half(voice, CITY),
    "half_here": lambda voice: half(voice, _subject(voice).district),
    "high": _real(82, 99, "%"),
    "inspection": inspection,
    "its_district": lambda voice: _subject(voice).district,
    "its_done": lambda voice: _subject(voice).done[1],
    "its_fair": lambda voice: _subject(voice).fair,
    "its_place": lambda voice: _subject(voice).place,
    "its_share": _real(4, 19, "%"),
    "its_topic": lambda voice: _subject(voice).topic,
    "its_work": lambda voice: _subject(voice).work,
    "lore": lambda voice: voice.chance.choice(LORE[voice.field.lore]),
    "measure": lambda voice: told(_indicator(voice, CITY)),
    "measure_here": lambda voice: told(_indicator(voice, _subject(voice).district)),
    "measure_of": measure_of,
    "money": _real(0.3, 9.8),
    "month": _integer(1, 12),
    "more": more,
    "n1": _integer(2, 48),
    "n2": _integer(10, 96),
    "n3": _integer(100, 990),
    "n4": _integer(1000, 9900),
    "pct": _real(12, 78, "%"),
    "people": _integer(60, 460),
    "person": person,
    "place": place,
    "progress": progress,
    "slogan": _one_of(SLOGANS),
    "span": span,
    "technique": _one_of(TECHNIQUES),
    "thing": thing,
    "topic": lambda voice: voice.chance.choice(voice.field.topics),
    "work": lambda voice: voice.chance.choice(voice.field.works),
}
