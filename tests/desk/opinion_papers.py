"""Papers with opinions, taken in to the round 评议会 of the small book."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from editorial.desk.office import Desk
from editorial.desk.opinion_import import Imported, Wanted, import_opinions
from editorial.desk.round_list import find_round
from editorial.model.reviews import Opinion

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
PINGTAI, GAIKUANG, JICHANG = "01-keji/02-pingtai", "01-keji/01-gaikuang", "02-jichu/02-jichang"
READERS = ("专家甲（示例）", "专家乙（示例）", "专家丙（示例）")
HEAD = ("序号", "页码", "原文", "修改意见", "提出人")
AS_IT_IS = Wanted()


def table(path: Path, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((head, *rows))
    return path


def take(desk: Desk, *paths: Path, wanted: Wanted = AS_IT_IS) -> list[Imported]:
    return list(import_opinions(desk, "01", paths, wanted, at=AT))


def opinions(desk: Desk) -> tuple[Opinion, ...]:
    return find_round(desk, "01").opinions


def prose(desk: Desk, section: str) -> Path:
    return desk.root / f"volumes/xiao-2019/chapters/{section}.md"


def two(desk: Desk, path: Path) -> None:
    take(
        desk,
        table(
            path / "意见.csv",
            ("1", "", "1200万人次", "“1200万”应为“1210万”", "专家甲"),
            ("2", "", "1200万人次", "“1200万”应为“1190万”", "专家乙"),
            ("3", "", "1200万人次", "“1200万”应改为“1210万”", "专家丙"),
        ),
    )
