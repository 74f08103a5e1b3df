"""谁能审: rules on the people of a review round, DOMAIN 3.1 and 3.7 (rule 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from editorial.model.labels import ReviewKind
from editorial.model.people import Editor
from editorial.model.reviews import Round, plain_name
from editorial.model.volume import Section, Volume
from editorial.model.workflow import PeopleRules, Strictness, standing
from editorial.values import dataclass

OFFICE = (ReviewKind.OFFICE_FIRST, ReviewKind.OFFICE_SECOND, ReviewKind.OFFICE_FINAL)
PRESS = (ReviewKind.PRESS_FIRST, ReviewKind.PRESS_SECOND, ReviewKind.PRESS_FINAL)
# The stage whose mover did that review, where no round was held for it.
STAGES = dict(zip(OFFICE, ("review1", "review2", "review3"), strict=True))
WRITING = ("drafting", "editing")
MANY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One person who reviews what they should not, and the sections it is so for."""

    rule: str
    strictness: Strictness
    sections: tuple[str, ...]
    message: str


def breaches(
    volume: Volume,
    rules: PeopleRules,
    rounds: Sequence[Round],
    wanted: Round,
    writers: Mapping[str, frozenset[str]],
) -> tuple[Breach, ...]:
    """Rules the readers of `wanted` would break. `writers` are who signed a section's text."""
    covered = covered_sections(volume, wanted)
    found = [
        *_adjacent(volume, rules, rounds, wanted, covered),
        *_drafters(volume, rules, wanted, covered, writers),
    ]
    return tuple(each for each in found if each.strictness is not Strictness.OFF)


def covered_sections(volume: Volume, round_: Round) -> tuple[Section, ...]:
    """The sections a round is about; one without any is about the whole book."""
    wanted = frozenset(round_.sections)
    return tuple(s for s in volume.sections if not wanted or s.id in wanted)


def person(staff: Sequence[Editor], name: str) -> str:
    """One spelling for one person: staff by id, whatever is added as in 林清（责任编辑）; others by
    their plain name."""
    plain = plain_name(name)
    spellings = {plain, plain.partition("（")[0]}
    return next((e.id for e in staff if spellings & {e.id, plain_name(e.name)}), plain)


def _adjacent(
    volume: Volume,
    rules: PeopleRules,
    rounds: Sequence[Round],
    wanted: Round,
    covered: Sequence[Section],
) -> Iterator[Breach]:
    for order, rule, strictness in (
        (OFFICE, "adjacent", rules.adjacent),
        (PRESS, "press", rules.press),
    ):
        for kind in _neighbours(order, wanted.kind):
            done = _done_by(volume, rounds, kind, covered)
            for reader in wanted.readers:
                sections = tuple(done.get(person(volume.staff, reader), ()))
                if sections:
                    told = f"{reader}也办“{kind.label}”，与“{wanted.kind.label}”相邻，须换人"
                    yield _breach(rule, strictness, sections, told)


def _neighbours(order: tuple[ReviewKind, ...], kind: ReviewKind) -> tuple[ReviewKind, ...]:
    if kind not in order:
        return ()
    place = order.index(kind)
    return tuple(order[at] for at in (place - 1, place + 1) if 0 <= at < len(order))


def _done_by(
    volume: Volume, rounds: Sequence[Round], kind: ReviewKind, covered: Sequence[Section]
) -> dict[str, list[str]]:
    """Who reviewed which of the sections in that step, by rounds held and stages moved."""
    done: dict[str, list[str]] = {}
    held = [each for each in rounds if each.kind is kind]
    for section in covered:
        names = {
            person(volume.staff, reader)
            for each in held
            if not each.sections or section.id in each.sections
            for reader in each.readers
        }
        names |= {step.by for step in standing(section.history) if step.to == STAGES.get(kind)}
        for name in names:
            done.setdefault(name, []).append(section.id)
    return done


def _drafters(
    volume: Volume,
    rules: PeopleRules,
    wanted: Round,
    covered: Sequence[Section],
    writers: Mapping[str, frozenset[str]],
) -> Iterator[Breach]:
    if wanted.kind is ReviewKind.CONSULT:
        return  # units are asked about what they themselves sent
    wrote = {section.id: _wrote(volume, section, writers) for section in covered}
    for reader in wanted.readers:
        name = person(volume.staff, reader)
        sections = tuple(id for id, names in wrote.items() if name in names)
        if sections:
            told = f"{reader}撰写或编辑了这里的稿子，不宜再审"
            yield _breach("drafter", rules.drafter, sections, told)


def _wrote(volume: Volume, section: Section, writers: Mapping[str, frozenset[str]]) -> set[str]:
    signed: Iterable[str] = writers.get(section.id, ())
    by_stage = {step.by for step in standing(section.history) if step.to in WRITING}
    return {section.editor, *by_stage, *(person(volume.staff, name) for name in signed)} - {""}


def _breach(rule: str, strictness: Strictness, sections: tuple[str, ...], message: str) -> Breach:
    named = "、".join(sections[:MANY]) + (f"等{len(sections)}个分目" if sections[MANY:] else "")
    return Breach(
        rule=rule, strictness=strictness, sections=sections, message=f"{message}（{named}）"
    )
