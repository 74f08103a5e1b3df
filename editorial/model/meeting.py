"""评议会: who met and what was said, the vote, the scores, what is to be done. DOMAIN 7.1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from editorial.model.labels import Labelled
from editorial.model.volume import SCHEMA, Source, from_file
from editorial.values import dataclass


class Conclusion(Labelled):
    """评议结论, DOMAIN 3.4."""

    PASSED = "passed", "通过"
    PASSED_IN_PRINCIPLE = "passed_in_principle", "原则通过"
    REVISE_AND_RESUBMIT = "revise_and_resubmit", "修改后重新评议"
    FAILED = "failed", "不通过"


class Ballot(Labelled):
    YES = "yes", "同意"
    NO = "no", "不同意"
    ABSTAIN = "abstain", "弃权"


class Advice(Labelled):
    """处理建议 of a reader, DOMAIN 7.4."""

    PASS = "pass", "通过"
    PASS_REVISED = "pass_revised", "修改后通过"
    RETURN = "return", "退改"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert:
    """`written` is what an absent one sent on paper, in short."""

    name: str
    unit: str = ""
    title: str = ""
    present: bool = True
    lead: bool = False
    written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """发言要点 of one expert."""

    by: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedVote:
    by: str
    ballot: Ballot


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """表决: by name, or secret, when only the numbers are known."""

    secret: bool = False
    yes: int = 0
    no: int = 0
    abstain: int = 0
    named: tuple[NamedVote, ...] = field(default=(), metadata={"flow": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """后续要求: what, by whom, until when."""

    task: str
    by: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """评分 of one assessor: points by the id of the aspect."""

    by: str
    points: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """`draft` is 稿名与稿次; `number` the 纪要文号. `drop_extremes` leaves out the sheets with
    the highest and the lowest total; None: as the rules have it."""

    title: str = ""
    draft: str = ""
    at: datetime | None = None
    place: str = ""
    chair: str = ""
    experts: tuple[Expert, ...] = field(default=(), metadata={"flow": True})
    attendants: tuple[str, ...] = field(default=(), metadata={"flow": True})
    statements: tuple[Statement, ...] = ()
    evaluation: str = ""
    conclusion: Conclusion | None = None
    vote: Vote | None = None
    scores: tuple[Score, ...] = field(default=(), metadata={"flow": True})
    drop_extremes: bool | None = None
    summary: str = ""
    follow_ups: tuple[FollowUp, ...] = field(default=(), metadata={"flow": True})
    number: str = ""
    source: Source | None = from_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What one reader says of the whole in the 审稿意见单; `sections` empty: all of the round."""

    reader: str
    sections: tuple[str, ...] = field(default=(), metadata={"flow": True})
    received: date | None = None
    done: date | None = None
    overall: str = ""
    problems: str = ""
    advice: Advice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisals:
    """appraisals.yaml of a round."""

    schema: int = SCHEMA
    appraisals: tuple[Appraisal, ...] = ()
    source: Source | None = from_file()


# The rules of scoring


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """`weight` is the full mark of the aspect."""

    id: str
    label: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRules:
    """styles/reviews/scores.yaml. `assessors` are wanted at the least (9: a common rule of
    manuscript assessments); `majority` the share of those present a pass needs."""

    schema: int = SCHEMA
    aspects: tuple[Aspect, ...] = field(default=(), metadata={"flow": True})
    drop_extremes: bool = False
    assessors: int = 9
    majority: float = 0.5


# What the six aspects of a 志稿 review weigh, DOMAIN 3.4.
DEFAULT_RULES = ScoreRules(
    aspects=(
        Aspect(id="politics", label="政治", weight=20),
        Aspect(id="structure", label="体例", weight=20),
        Aspect(id="material", label="资料", weight=20),
        Aspect(id="record", label="记述", weight=20),
        Aspect(id="language", label="文字", weight=10),
        Aspect(id="layout", label="版式", weight=10),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """Averages to two places: by aspect and in all, over the sheets that were `kept`."""

    totals: tuple[tuple[str, Decimal], ...]
    kept: tuple[str, ...]
    highest: str
    lowest: str
    aspects: tuple[Decimal, ...]
    average: Decimal


def total(score: Score, rules: ScoreRules) -> Decimal:
    return sum((_exact(score.points.get(a.id, 0.0)) for a in rules.aspects), Decimal(0))


def reckoned(meeting: Meeting, rules: ScoreRules) -> Reckoned | None:
    """The result of the sheets; None without any. Fewer than three are all kept. Of sheets with
    equal totals the first listed is left out."""
    if not meeting.scores:
        return None
    totals = [(score.by, total(score, rules)) for score in meeting.scores]
    drop = rules.drop_extremes if meeting.drop_extremes is None else meeting.drop_extremes
    highest, lowest = _extremes(totals) if drop and len(totals) > 2 else (-1, -1)
    kept = [s for place, s in enumerate(meeting.scores) if place not in (highest, lowest)]
    aspects = tuple(
        _mean([_exact(score.points.get(aspect.id, 0.0)) for score in kept])
        for aspect in rules.aspects
    )
    return Reckoned(
        totals=tuple(totals),
        kept=tuple(score.by for score in kept),
        highest=totals[highest][0] if highest >= 0 else "",
        lowest=totals[lowest][0] if lowest >= 0 else "",
        aspects=aspects,
        average=_mean([total(score, rules) for score in kept]),
    )


def _extremes(totals: Sequence[tuple[str, Decimal]]) -> tuple[int, int]:
    """Places of the highest and the lowest, two different ones even where all are equal."""
    places = range(len(totals))
    highest = max(places, key=lambda place: (totals[place][1], -place))
    lowest = min((p for p in places if p != highest), key=lambda place: (totals[place][1], place))
    return highest, lowest


def _exact(value: float) -> Decimal:
    return Decimal(str(value))


def _mean(values: Sequence[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def counted(vote: Vote) -> Vote:
    """A named vote with its numbers."""
    if not vote.named:
        return vote
    cast = [each.ballot for each in vote.named]
    return Vote(
        yes=cast.count(Ballot.YES),
        no=cast.count(Ballot.NO),
        abstain=cast.count(Ballot.ABSTAIN),
        named=vote.named,
    )


def present(meeting: Meeting) -> tuple[Expert, ...]:
    return tuple(expert for expert in meeting.experts if expert.present)


def meeting_faults(meeting: Meeting, rules: ScoreRules) -> Iterator[str]:
    """What does not go together, in words; nothing is refused for it."""
    yield from _vote_faults(meeting, rules)
    if meeting.scores and len(meeting.scores) < rules.assessors:
        yield f"评分人{len(meeting.scores)}位，少于规定的{rules.assessors}位"
    spoken = {each.by for each in meeting.statements} - {each.name for each in meeting.experts}
    if spoken:
        yield f"发言人不在专家名单里：{'、'.join(sorted(spoken))}"
    late = [each.task for each in meeting.follow_ups if each.due is None]
    if late:
        yield f"后续要求没有期限：{'、'.join(late)}"


def _vote_faults(meeting: Meeting, rules: ScoreRules) -> Iterator[str]:
    if meeting.vote is None:
        return
    vote, here = counted(meeting.vote), [expert.name for expert in present(meeting)]
    cast = vote.yes + vote.no + vote.abstain
    if here and cast > len(here):
        yield f"表决票{cast}张，多于到会专家{len(here)}位"
    absent = [each.by for each in vote.named if here and each.by not in here]
    if absent:
        yield f"没有到会的人投了票：{'、'.join(absent)}"
    passing = meeting.conclusion in (Conclusion.PASSED, Conclusion.PASSED_IN_PRINCIPLE)
    if passing and cast and vote.yes <= rules.majority * max(cast, len(here)):
        yield f"结论是{meeting.conclusion and meeting.conclusion.label}，而同意只有{vote.yes}票"


def rule_faults(rules: ScoreRules) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(keys, what is wrong) in the rules of scoring."""
    seen: set[str] = set()
    for place, aspect in enumerate(rules.aspects):
        if aspect.id in seen:
            yield ("aspects", place, "id"), f"评分项“{aspect.id}”列了两次"
        if aspect.weight <= 0:
            yield ("aspects", place, "weight"), "满分应大于0"
        seen.add(aspect.id)
    if not rules.aspects:
        yield ("aspects",), "没有写评分项"
    if not 0 < rules.majority < 1:
        yield ("majority",), "应在0与1之间，如 0.5"
