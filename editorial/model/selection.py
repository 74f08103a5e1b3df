"""摘录与筛选: which sections are wanted, by unit, city, round, or by terms one can type.

Terms stand with blanks between and must all hold: `状态:复审 单位:深圳 逾期`. A value may list
alternatives with 、 or commas; a minus before a term turns it round; a word without a key may
occur anywhere in what a row shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from editorial.errors import EditorialError
from editorial.model.board import Row
from editorial.model.people import Unit


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
    """One term: any of `values` in what `key` shows; `key` empty: in anything shown."""

    key: str = ""
    values: tuple[str, ...] = ()
    turned: bool = False


Units: TypeAlias = Mapping[str, Unit]
Shown: TypeAlias = Callable[[Row, Units], tuple[str, ...]]


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


KEYS: dict[str, Shown] = {
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


def _anything(row: Row, units: Units) -> tuple[str, ...]:
    shown = (row.id, row.title, row.editor, *_axes(row))
    return (*shown, *_unit_names(row, units), *_cities(row, units), *_overdue(row, units))


def parse_terms(text: str) -> tuple[Term, ...]:
    """The terms typed. EditorialError for a key there is not, or a key without a value."""
    return tuple(_term(word) for word in text.split())


def _term(word: str) -> Term:
    turned = word.startswith(("-", "－")) and len(word) > 1
    key, colon, value = word[turned:].replace("：", ":").partition(":")
    if not colon:
        return Term(values=(key,), turned=turned)
    if key not in KEYS:
        raise EditorialError(f"筛选里没有“{key}”这一项", hint=f"可用：{'、'.join(KEYS)}")
    values = tuple(
        each for each in value.replace("，", "、").replace(",", "、").split("、") if each
    )
    if not values:
        raise EditorialError(f"筛选“{word}”没有写值", hint=f"如 {key}:{EXAMPLES.get(key, '……')}")
    return Term(key=key, values=values, turned=turned)


EXAMPLES = {"状态": "复审", "供稿": "已报送", "单位": "科技局", "城市": "深圳", "编辑": "林清"}


def fits(terms: tuple[Term, ...], row: Row, units: Units) -> bool:
    """Whether every term holds for the row. Case of Latin letters does not count."""
    return all(_holds(term, row, units) != term.turned for term in terms)


def _holds(term: Term, row: Row, units: Units) -> bool:
    shown = [each.lower() for each in KEYS.get(term.key, _anything)(row, units)]
    if term.key == "逾期":
        return bool(shown) == (term.values[0] not in ("否", "无"))
    return any(value.lower() in each for value in term.values for each in shown)


def selection_words(selection: Selection, unit_names: Mapping[str, str], round_title: str) -> str:
    """What an extract is called: 深圳科创局、评议会; empty when nothing was selected."""
    units = (unit_names.get(each, each) for each in selection.units)
    where = selection.where.replace(":", "").replace("：", "")
    return "、".join((*units, *selection.cities, *filter(None, (round_title, where))))
