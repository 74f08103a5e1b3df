"""送文单: the slip that goes with a paper letter and comes back signed."""

from __future__ import annotations

from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """`fields` pairs what is told with its label; `papers` are their names, one copy each;
    `blanks` the labels of what the recipient fills in."""

    office: str
    fields: tuple[tuple[str, str], ...]
    papers: tuple[str, ...]
    blanks: tuple[str, ...]
    note: str = ""
