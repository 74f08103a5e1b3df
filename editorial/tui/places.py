"""The places of the frame, one line each, and which screen shows a node."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from editorial.tui.page import AnyPage
from editorial.values import dataclass

if TYPE_CHECKING:
    from textual.screen import Screen

PAPERS = {"tasks_in": 2, "letters_closed": 3, "opinions_disposed": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`digit` is its number in 去往; `screen` its module and class, imported when gone to."""

    digit: str
    id: str
    word: str
    screen: str
    tip: str

    @property
    def kind(self) -> str:
        return self.screen.partition(":")[2]


# digit, id, word, screen, tip
PLACES = tuple(
    Place(digit=digit, id=id, word=word, screen=screen, tip=tip)
    for digit, id, word, screen, tip in (
        ("1", "projects", "项目", "projects:ProjectsScreen", "工作区里的各部书"),
        ("2", "board", "总览", "board:BoardScreen", "这部书的篇目"),
        ("3", "units", "单位", "units:UnitsScreen", "单位登记：联络员、确认、停催"),
        ("4", "letters", "函件", "letters:LettersScreen", "函件登记：核稿、签发、发出、回函"),
        ("5", "rounds", "评议", "rounds:RoundsScreen", "评议：各轮的意见、表格、会议，关口"),
        ("6", "proofs", "校对", "proofs:ProofsScreen", "校对：出样、分校、录改动、返厂、核红"),
        ("7", "today", "今日", "today:TodayScreen", "该联系谁、什么到期、日结"),
        ("8", "returns", "收件", "returns:ReturnsScreen", "来件：收信、认领、搁置"),
    )
)
# What a node's id begins with, and the screen that takes the rest of it.
NODES = {
    "letters": "letters:LettersScreen",
    "units": "unit:UnitScreen",
    "returns": "returns:ReturnsScreen",
    "rounds": "opinions:OpinionsScreen",
    "opinions": "opinion:OpinionScreen",
    "proofs": "proof:ProofScreen",
}


def find_place(id: str) -> Place:
    return next(place for place in PLACES if place.id == id)


def place_of(stack: Sequence[Screen[Any]]) -> Place | None:
    """Where one is: the place nearest to the top, which Esc leads back to."""
    kinds = {place.kind: place for place in PLACES}
    shown = (type(screen).__name__ for screen in reversed(stack))
    return next((kinds[name] for name in shown if name in kinds), None)


def page_for(place: Place) -> AnyPage:
    return cast("AnyPage", _kind(place.screen)())


def screen_for(node: str, guard: str = "") -> AnyPage:
    """`letters/0003`, `units/sz-kcj`, `chapter/section` or `chapter`."""
    first, _, rest = node.partition("/")
    if first in NODES:
        return cast("AnyPage", _kind(NODES[first])(rest))
    if rest:
        paper = PAPERS.get(guard.split(" ")[0], 1)
        return cast("AnyPage", _kind("section:SectionScreen")(node, paper))
    return cast("AnyPage", _kind("chapter:ChapterScreen")(node))


def _kind(screen: str) -> Any:
    module, _, kind = screen.partition(":")
    return getattr(import_module(f"editorial.tui.{module}"), kind)
