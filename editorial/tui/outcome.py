"""What becomes of an act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.errors import Blocker


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an act; `blocker` is the one somebody wants to see. `rest`: it was refused
    and shall be done with what nothing stands in the way of."""

    kind: Literal["done", "failed", "force", "rest", "visit"]
    blocker: Blocker | None = None
