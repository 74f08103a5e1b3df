"""python bench/letter_items.py ROOT OUT.csv COUNT: two items for each of as many units, as an
office would hand them over; sections a unit has signed come first."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from editorial.desk.office import loaded, open_desk
from editorial.model.volume import Volume

HEAD = ("单位", "篇目/章节", "页码（行）", "存在问题/修改意见来源", "需修改或补充内容")
EACH = 2


def rows(volume: Volume, count: int) -> list[tuple[str, ...]]:
    """A unit signs the sections it is the first to supply."""
    found: dict[str, list[str]] = {unit.id: [] for unit in volume.units if not unit.own}
    for place in range(max(len(section.units) for section in volume.sections)):
        for section in volume.sections:
            if place < len(section.units) and section.units[place] in found:
                found[section.units[place]].append(section.id)
    chosen = [(unit, sections) for unit, sections in found.items() if sections][:count]
    if len(chosen) < count:
        sys.exit(f"only {len(chosen)} units supply anything")
    return [
        (unit, section, "第21页", "评议意见", "请核实本节数据，并补充全年数")
        for unit, sections in chosen
        for section in sections[:EACH]
    ]


def main() -> None:
    volume = loaded(open_desk(Path(sys.argv[1]))).volume
    with Path(sys.argv[2]).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows(volume, int(sys.argv[3]))])


if __name__ == "__main__":
    main()
