"""What stands on a page of a proof: runs of type, each character with its place."""

from __future__ import annotations

from typing import NamedTuple

from editorial.values import dataclass


class TypeRun(NamedTuple):
    """Type set on one line without a gap. Points, `y` is the baseline from the top of the page.

    `lefts` and `rights` are the edges of each character of `text`, spaces too; `raised` are
    indices of the characters set much smaller than the run: note marks, exponents. `turn` is
    by how many quarters the line is turned; its places are those of the page turned back.
    """

    x: float
    right: float
    y: float
    size: float
    text: str
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    raised: tuple[int, ...] = ()
    turn: int = 0


class Rule(NamedTuple):
    """A line drawn on a page: a level one at `y`, from one `x` to another; or an upright one."""

    at: float
    start: float
    stop: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPage:
    """`sheet` counts from 1; `label` is what the file itself calls the page, "" if nothing.

    `pictured`: there are pictures on it; with no runs it is a scan then. `turn` is by how many
    quarters the sheet was turned back to have its lines level: places are those after that.
    """

    sheet: int
    label: str
    width: float
    height: float
    runs: tuple[TypeRun, ...]
    pictured: bool = False
    turn: int = 0
    levels: tuple[Rule, ...] = ()
    uprights: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedProof:
    """The pages of a proof; `maker` is the program that wrote the file, as it names itself."""

    pages: tuple[TypedPage, ...]
    maker: str = ""


class Box(NamedTuple):
    """Where text stands: points from the left and from the top of the trimmed page `sheet`."""

    sheet: int
    x: float
    y: float
    width: float
    height: float
