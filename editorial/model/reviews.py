"""评议: rounds on a frozen text, and the opinions each of which must be answered."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from editorial.model.labels import (
    Disposition,
    ReviewKind,
    RoundState,
    SourceKind,
    Weight,
)
from editorial.model.volume import Source, Step, from_file
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """落点: where an opinion sat in the text its reader had before them.

    `block` counts from 1 in the section's text at `commit`; `quote` is the words spoken of,
    `before` and `after` up to 24 characters on either side of them.
    """

    commit: str
    block: int
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """意见, DOMAIN 7.2. `section` is a node id; `id` is `round/number`.

    `origin` names the paper and the place in it the opinion was taken from, so that the same
    form read twice gives no second record; `same_as` is the opinion that says the same;
    `together` those on the same words that are decided with it.
    """

    id: str = field(default="", metadata={"stored": False})
    section: str
    by: str
    source_kind: SourceKind | None = None
    channel: str = "书面"
    place: str = ""
    original: str = ""
    text: str
    category: str = ""
    weight: Weight = Weight.SHOULD
    anchor: Anchor | None = None
    origin: str = ""
    same_as: str = ""
    together: tuple[str, ...] = field(default=(), metadata={"flow": True})
    reason: str = ""
    result: str = ""
    letter: str = ""
    checked: str = ""
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionPaper:
    """意见原件, kept beside its round. `id` is the folder it lies in, the first 16 digits of its
    SHA-256; `by` who took it in, `reader` whose it is. `to_type`: no program reads it, its
    opinions are to be typed."""

    id: str = field(default="", metadata={"stored": False})
    at: datetime
    by: str
    name: str
    sha256: str
    size: int
    channel: str = ""
    reader: str = ""
    to_type: bool = False
    source: Source | None = from_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """An opinion a round was closed without answering, and why."""

    opinion: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A reader who said all they had to say without one opinion: 无意见, by what way and when."""

    reader: str
    day: date
    note: str = "无意见"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One review round. `commit` is the text the readers have before them, under the git tag
    `tag`; `edition` its 稿次, and `draft` the id of the registered draft they were given."""

    id: str = field(default="", metadata={"stored": False})
    title: str
    kind: ReviewKind = ReviewKind.APPRAISAL
    purpose: str = ""
    sections: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    due: date | None = None
    commit: str
    tag: str = ""
    edition: int = 0
    draft: str = ""
    exempted: tuple[Exemption, ...] = field(default=(), metadata={"flow": True})
    answered: tuple[Answered, ...] = field(default=(), metadata={"flow": True})
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    opinions: tuple[Opinion, ...] = field(default=(), metadata={"stored": False})
    papers: tuple[OpinionPaper, ...] = field(default=(), metadata={"stored": False})
    source: Source | None = from_file()


WHOLE = "全书"
_GENERAL = frozenset(f"{WHOLE} 全稿 全文 通篇 通稿 整体 总体 总体意见 全书性意见".split())


def is_general(place: str) -> bool:
    """Whether the words of a place mean the whole book."""
    return "".join(place.split()).strip("（）()：:、。") in _GENERAL


def unplaced(opinion: Opinion) -> bool:
    """It belongs to a section nobody has named yet; one on the whole book belongs to none."""
    return not opinion.section and not is_general(opinion.place)


def section_words(opinion: Opinion) -> str:
    """The section it is on, as lists print it."""
    return opinion.section or ("（未落位）" if unplaced(opinion) else f"（{WHOLE}）")


def disposition(opinion: Opinion) -> Disposition:
    return Disposition(opinion.history[-1].to) if opinion.history else Disposition.PENDING


def round_state(round_: Round) -> RoundState:
    return RoundState(round_.history[-1].to) if round_.history else RoundState.OPEN


UNANSWERED = frozenset({Disposition.PENDING, Disposition.FORWARDED})
NEEDS_REASON = frozenset({Disposition.PARTLY, Disposition.REJECTED})


def waiting(round_: Round) -> tuple[Opinion, ...]:
    """Opinions still to be answered. What a closed round was let off holds until it is reopened."""
    spared = let_off(round_)
    return tuple(
        opinion
        for opinion in round_.opinions
        if disposition(opinion) in UNANSWERED and opinion.id not in spared
    )


def let_off(round_: Round) -> frozenset[str]:
    """Ids of the opinions a closed round need not answer."""
    closed = round_state(round_) is RoundState.CLOSED
    return frozenset(each.opinion for each in round_.exempted if closed)


def silent_readers(round_: Round) -> tuple[str, ...]:
    """Readers from whom nothing came: neither an opinion nor 无意见."""
    heard = {plain_name(opinion.by) for opinion in round_.opinions}
    heard |= {plain_name(each.reader) for each in round_.answered}
    heard |= {plain_name(each.reader) for each in round_.papers if each.to_type}
    return tuple(name for name in round_.readers if plain_name(name) not in heard)


def untyped(round_: Round) -> tuple[OpinionPaper, ...]:
    """Papers no program reads of which nothing has been typed yet. One whose reader is known to
    have no opinion needs no typing."""
    typed = {opinion.origin.partition("/")[0] for opinion in round_.opinions}
    content = {plain_name(each.reader) for each in round_.answered}
    return tuple(
        each
        for each in round_.papers
        if each.to_type and each.id not in typed and plain_name(each.reader) not in content
    )


def plain_name(name: str) -> str:
    """A name as it compares: 专家甲（示例） and 专家甲(示例) are one person."""
    return "".join(name.split()).replace("(", "（").replace(")", "）")


def days_left(round_: Round, today: date) -> int | None:
    """Days until the round is due, negative when it is over; None without a date, or closed."""
    if round_.due is None or round_state(round_) is RoundState.CLOSED:
        return None
    return (round_.due - today).days
