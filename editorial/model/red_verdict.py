"""核红: what became of each mark, and what was changed unasked."""

from __future__ import annotations

from dataclasses import field
from typing import Literal, TypeAlias

from editorial.model.proof_page import Box
from editorial.model.red_marks import RedMark
from editorial.values import dataclass

State: TypeAlias = Literal["done", "undone", "wrong"]
STATES: dict[State, str] = {"done": "已改", "undone": "未改", "wrong": "改错"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a mark. `found` stands in the new proof in place of what was to be changed.

    `sheet` is where it stood in the old proof, `new_sheet` where it stands now; 0 for nowhere.
    `located` is false when the words of the mark are not in the old proof.
    """

    mark: RedMark
    state: State
    found: str
    located: bool = True
    sheet: int = 0
    new_sheet: int = 0
    old_boxes: tuple[Box, ...] = field(default=())
    new_boxes: tuple[Box, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """A change nobody asked for, on `sheet` of the new proof (of what is gone: where it stood),
    `old_sheet` of the old one; `before` and `after` are up to 12 characters of the new proof."""

    sheet: int
    old_sheet: int
    old: str
    new: str
    before: str = ""
    after: str = ""
    old_boxes: tuple[Box, ...] = field(default=())
    new_boxes: tuple[Box, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class RedChecked:
    """Verdicts in the order of the list. `lost`: single characters the program that made one of
    the proofs dropped where a line ends, as LibreOffice does. `unread`, `unread_new`: sheets of
    the old and the new proof that show something but have no text: nothing was checked there.
    `early` marks are carried out on the old proof already."""

    verdicts: tuple[Verdict, ...]
    unasked: tuple[Unasked, ...]
    lost: tuple[Unasked, ...] = ()
    unread: tuple[int, ...] = ()
    unread_new: tuple[int, ...] = ()
    early: int = 0

    @property
    def clean(self) -> bool:
        return not self.unasked and all(each.state == "done" for each in self.verdicts)
