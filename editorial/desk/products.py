"""成品: the papers printed so far, as they lie in the out/ folders; none of them is a record."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from editorial.desk.office import Desk
from editorial.values import dataclass

KINDS = frozenset({".pdf", ".docx", ".xlsx"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """`key` names it among all: its path in the workspace. `size` in bytes."""

    key: str
    path: Path
    size: int
    at: datetime

    @property
    def name(self) -> str:
        return self.path.name


def products(desk: Desk) -> tuple[Product, ...]:
    """Those of every volume, the newest first. A link that leads elsewhere is none."""
    volumes = desk.root / "volumes"
    found = []
    for path in volumes.glob("*/out/**/*"):
        if path.suffix.lower() in KINDS and path.name[0] not in ".~" and _inside(path, volumes):
            with suppress(FileNotFoundError):  # taken away while one looks
                found.append(_product(desk, path))
    return tuple(sorted(found, key=lambda each: (-each.at.timestamp(), each.key)))


def _inside(path: Path, volumes: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(volumes.resolve())


def _product(desk: Desk, path: Path) -> Product:
    seen = path.stat()
    return Product(
        key=path.relative_to(desk.root).as_posix(),
        path=path,
        size=seen.st_size,
        at=datetime.fromtimestamp(seen.st_mtime).astimezone(),
    )
