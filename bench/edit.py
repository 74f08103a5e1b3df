"""The one edit every program gets: a paragraph in the middle of the book grows by some lines.

Nothing of the package is imported here, so that no peer pays for it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A sentence that stands once in `path` (of the workspace) and once in the typst source."""

    path: str
    sentence: str
    typst: str


def save_spot(spot: Spot, path: Path) -> None:
    path.write_text(json.dumps(asdict(spot), ensure_ascii=False), "utf-8")


def load_spot(path: Path) -> Spot:
    return Spot(**json.loads(path.read_text("utf-8")))


def edited(text: str, sentence: str, number: int) -> str:
    """`number` makes each edit new to every cache, and now longer, now shorter than the last."""
    more = f"经核实，此处数据更正为{1000 + number}.5万元，比上年增长3.2%。"
    return text.replace(sentence, sentence + more * (1 + number % 3), 1)


def edit_workspace(folder: Path, root: Path, number: int) -> None:
    """Write the section anew from the text kept at the start."""
    spot = load_spot(folder / "spot.json")
    kept = (folder / "section.md").read_text("utf-8")
    (root / spot.path).write_text(edited(kept, spot.sentence, number), "utf-8")
