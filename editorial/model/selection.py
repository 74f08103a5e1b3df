"""摘录与筛选: which sections are wanted, by unit, city, round, or by terms one can type.

Terms stand with blanks between and must all hold: `状态:复审 单位:深圳 逾期`. A value may list
alternatives with 、 or commas; a minus before a term turns it round; a word without a key may
occur anywhere in what a row shows. Keys and values may be typed by the first letters of their
pinyin: `zt:fs`. Every list has a `Language` of its own, and all are read by `parse_terms`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, Generic, TypeAlias, TypeVar

from editorial.errors import EditorialError
from editorial.model.board import Row
from editorial.model.initials import finder
from editorial.model.people import Unit
from editorial.values import dataclass

Thing = TypeVar("Thing")
Around = TypeVar("Around")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Generic[Thing, Around]):
    """What a list of things can be asked for: by key the words a thing shows, given what is
    known around it. `anything` is searched by words without a key; `flags` are keys that stand
    alone, as 逾期 does."""

    keys: Mapping[str, Callable[[Thing, Around], tuple[str, ...]]]
    anything: Callable[[Thing, Around], tuple[str, ...]]
    flags: frozenset[str] = frozenset({"逾期"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What an extract was asked for. `units` and `cities` keep only the entries of those units;
    `beside`: last year's text stands at its side."""

    units: tuple[str, ...] = field(default=(), metadata={"flow": True})
    cities: tuple[str, ...] = field(default=(), metadata={"flow": True})
    round: str = ""
    where: str = ""
    questions: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term: any of `values` in what `key` shows; `key` empty: in anything shown. Of a `flag`
    the value tells whether it is up."""

    key: str = ""
    values: tuple[str, ...] = ()
    turned: bool = False
    flag: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Terms as far as they are finished, and what is still to be typed or cannot be."""

    terms: tuple[Term, ...] = ()
    unfinished: str = ""


Units: TypeAlias = Mapping[str, Unit]


def _unit_names(row: Row, units: Units) -> tuple[str, ...]:
    known = [units[each] for each in row.units if each in units]
    return (*row.units, *(name for unit in known for name in (unit.name, unit.short)))


def _cities(row: Row, units: Units) -> tuple[str, ...]:
    return tuple(units[each].city for each in row.units if each in units)


def _overdue(row: Row, units: Units) -> tuple[str, ...]:
    return ("逾期",) if row.overdue else ()


def _axes(row: Row) -> tuple[str, ...]:
    axes = (row.supply, row.editing, row.letters, row.opinions, row.production)
    return tuple(axis.label for axis in axes)


def _anything(row: Row, units: Units) -> tuple[str, ...]:
    shown = (row.id, row.title, row.editor, *_axes(row))
    return (*shown, *_unit_names(row, units), *_cities(row, units), *_overdue(row, units))


KEYS: dict[str, Callable[[Row, Units], tuple[str, ...]]] = {
    "状态": lambda row, _: (row.editing.label, row.editing.id),
    "供稿": lambda row, _: (row.supply.label, row.supply.id),
    "函件": lambda row, _: (row.letters.label, row.letters.id),
    "意见": lambda row, _: (row.opinions.label, row.opinions.id),
    "校样": lambda row, _: (row.production.label, row.production.id),
    "单位": _unit_names,
    "城市": _cities,
    "编辑": lambda row, _: (row.editor,),
    "名称": lambda row, _: (row.title, row.id),
    "逾期": _overdue,
}

SECTIONS = Language(keys=KEYS, anything=_anything)
EXAMPLES = {"状态": "复审", "供稿": "已报送", "单位": "科技局", "城市": "深圳", "编辑": "林清"}
NOT = ("否", "无", "不")


def parse_terms(text: str, language: Language[Any, Any] = SECTIONS) -> tuple[Term, ...]:
    """The terms typed. EditorialError for a key there is not, or a key without a value."""
    return tuple(_term(word, language) for word in text.split())


def typed_terms(text: str, language: Language[Any, Any]) -> Typed:
    """The same while it is being typed: what is not finished is told and leaves all rows."""
    terms, told = [], []
    for word in text.split():
        try:
            terms.append(_term(word, language))
        except EditorialError as error:
            told.append(f"{error.message}，{error.hint}")
    return Typed(terms=tuple(terms), unfinished="；".join(told))


def _term(word: str, language: Language[Any, Any]) -> Term:
    turned = word.startswith(("-", "－"))
    name, colon, value = word[turned:].replace("：", ":").partition(":")
    if not colon:
        return _bare(name, turned, language)
    key = _key(name, language)
    values = tuple(
        each for each in value.replace("，", "、").replace(",", "、").split("、") if each
    )
    if not values:
        raise EditorialError(f"筛选“{word}”没有写值", hint=f"如 {key}:{EXAMPLES.get(key, '……')}")
    return Term(key=key, values=values, turned=turned, flag=key in language.flags)


def _bare(word: str, turned: bool, language: Language[Any, Any]) -> Term:
    if not word:
        raise EditorialError("筛选里的“-”后面没有写词", hint="如 -状态:复审")
    if word in language.flags:
        return Term(key=word, values=("是",), turned=turned, flag=True)
    return Term(values=(word,), turned=turned)


def _key(name: str, language: Language[Any, Any]) -> str:
    """The key of that name, or the only one spelled by those first letters."""
    spelled = [key for key in language.keys if len(key) == len(name) and finder(name)(key)]
    found = [name] if name in language.keys else spelled
    if len(found) != 1 or not name:
        raise EditorialError(f"筛选里没有“{name}”这一项", hint=f"可用：{'、'.join(language.keys)}")
    return found[0]


def holds(
    terms: tuple[Term, ...], thing: Thing, around: Around, language: Language[Thing, Around]
) -> bool:
    """Whether every term holds for the thing."""
    return all(
        _says(term, language.keys.get(term.key, language.anything)(thing, around)) != term.turned
        for term in terms
    )


def _says(term: Term, words: tuple[str, ...]) -> bool:
    """Whether what is shown has one of the values, as they stand or by first letters."""
    if term.flag:
        return bool(words) == (term.values[0] not in NOT)
    found = [finder(value) for value in term.values]
    return any(has(word) for has in found for word in words)


def fits(terms: tuple[Term, ...], row: Row, units: Units) -> bool:
    """Whether every term holds for the row of the board."""
    return holds(terms, row, units, SECTIONS)


def selection_words(selection: Selection, unit_names: Mapping[str, str], round_title: str) -> str:
    """What an extract is called: 深圳科创局、评议会; empty when nothing was selected."""
    units = (unit_names.get(each, each) for each in selection.units)
    where = selection.where.replace(":", "").replace("：", "")
    return "、".join((*units, *selection.cities, *filter(None, (round_title, where))))
