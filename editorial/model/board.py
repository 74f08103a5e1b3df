"""Where everything stands: one row a node, one cell an axis. Computed, never stored."""

from __future__ import annotations

from datetime import date

from editorial.errors import Problem
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisCell:
    """State of one axis. `done` of `total` have passed it; `id` and `label` are the state
    that holds the node back (the least advanced one under it); empty when nothing is there.
    `late` of them are past their day; opinions and proofs have none on the board."""

    id: str = ""
    label: str = ""
    done: int = 0
    total: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One node. `kind` is volume, chapter or section; `chars` counts printed characters;
    `faults` are why it, or something below it, cannot be read."""

    id: str
    title: str
    kind: str
    supply: AxisCell
    editing: AxisCell
    letters: AxisCell
    opinions: AxisCell
    production: AxisCell
    editor: str = ""
    units: tuple[str, ...] = ()
    due: date | None = None
    overdue: int = 0
    chars: int = 0
    rows: tuple[Row, ...] = ()
    faults: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A whole volume as one page; `stages` are (id, label) of the section stages in order;
    `faults` are in records that belong to no row: letters, opinions, proofs."""

    volume: Row
    today: date
    stages: tuple[tuple[str, str], ...]
    faults: tuple[Problem, ...] = ()
