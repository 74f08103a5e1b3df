"""Draw the figures of the sample volumes from their data.

Reads every volumes/*/chapters/*/figures/data.yaml (file name → kind, title, unit,
labels, values or series) and writes each picture beside it:

    python volumes/draw_figures.py [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from editorial.desk.specimen.picture import picture_of, picture_png
from editorial.render.fonts import LocatedFace, locate
from editorial.store.looks import load_fonts
from editorial.store.workspace import open_workspace

HERE = Path(__file__).parent
LIGHTER = 500  # a heading's weight is too black for the numbers of a chart


def main(ground: Path) -> None:
    face = locate(load_fonts(open_workspace(ground).files)).faces("hei")[0]
    for data in sorted(ground.glob("*/chapters/*/figures/data.yaml")):
        for name, raw in _read(data).items():
            _draw(data.with_name(name), raw, face)


def _read(data: Path) -> dict[str, Any]:
    return yaml.load(data.read_text("utf-8"), yaml.CBaseLoader) or {}


def _draw(target: Path, raw: dict[str, Any], face: LocatedFace) -> None:
    picture = picture_of(raw, where=str(target))
    data = picture_png(picture, face.path, face.index, LIGHTER if face.weight else 0)
    if not target.exists() or target.read_bytes() != data:
        target.write_bytes(data)
    print(f"{len(data):6d}  {target.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
