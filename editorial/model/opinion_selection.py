"""Opinions chosen in the words the board's filter has: 处理:待定 性质:必须 -类别:文字 港珠澳."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from editorial.model.reviews import UNANSWERED, Opinion, disposition, section_words, unplaced
from editorial.model.selection import Language, Term, holds, parse_terms
from editorial.model.volume import Volume
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """What the sections of a volume are called, their chapters, units and editors."""

    sections: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    editors: Mapping[str, str]


def titles_of(volume: Volume) -> Titles:
    names = {unit.id: (unit.id, unit.name, unit.short) for unit in volume.units}
    return Titles(
        sections={
            section.id: (
                section.id,
                section.title,
                chapter.title,
                f"{chapter.title}·{section.title}",
            )
            for chapter in volume.chapters
            for section in chapter.sections
        },
        units={
            section.id: tuple(name for unit in section.units for name in names.get(unit, (unit,)))
            for section in volume.sections
        },
        editors={section.id: section.editor for section in volume.sections},
    )


def _yes(holds: bool, word: str) -> tuple[str, ...]:
    return (word,) if holds else ()


KEYS: dict[str, Callable[[Opinion, Titles], tuple[str, ...]]] = {
    "篇目": lambda o, t: t.sections.get(o.section, (section_words(o),)),
    "提出": lambda o, _: (o.by,),
    "身份": lambda o, _: (o.source_kind.label,) if o.source_kind else (),
    "方式": lambda o, _: (o.channel,),
    "处理": lambda o, _: (disposition(o).label, disposition(o).value),
    "类别": lambda o, _: (o.category,),
    "性质": lambda o, _: (o.weight.label, o.weight.value),
    "单位": lambda o, t: t.units.get(o.section, ()),
    "编辑": lambda o, t: (t.editors.get(o.section, ""),),
    "函": lambda o, _: (o.letter,) if o.letter else (),
    "未答": lambda o, _: _yes(disposition(o) in UNANSWERED, "未答"),
    "未落位": lambda o, _: _yes(unplaced(o), "未落位"),
    "未复核": lambda o, _: _yes(disposition(o) not in UNANSWERED and not o.checked, "未复核"),
    "重复": lambda o, _: _yes(bool(o.same_as), "重复"),
}
FLAGS = frozenset({"未答", "未落位", "未复核", "重复"})


def _anything(opinion: Opinion, titles: Titles) -> tuple[str, ...]:
    own = (opinion.id, opinion.text, opinion.original, opinion.place, opinion.reason)
    told = (opinion.result, opinion.by, opinion.category, disposition(opinion).label)
    return (*own, *told, *titles.sections.get(opinion.section, ()))


OPINIONS = Language(keys=KEYS, anything=_anything, flags=FLAGS)


def parse_opinion_terms(text: str) -> tuple[Term, ...]:
    """EditorialError for a key there is not."""
    return parse_terms(text, OPINIONS)


def chosen(terms: tuple[Term, ...], opinions: Iterable[Opinion], titles: Titles) -> list[Opinion]:
    return [each for each in opinions if holds(terms, each, titles, OPINIONS)]
