"""发件箱: the folder of mails somebody still has to send from his mail program."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from editorial.desk.office import Desk
from editorial.model.letters import Letter


def outbox_folder(desk: Desk) -> Path:
    return desk.root / "volumes" / desk.volume_id / "out" / "outbox"


def outbox(desk: Desk, letter: Letter) -> Path:
    return outbox_folder(desk) / f"{letter.id}.eml"


def take_back(desk: Desk, letter: Letter) -> str:
    """Nobody must send it any more. What to tell of it, "" when it lay there no longer."""
    place = outbox(desk, letter)
    with suppress(OSError):
        place.unlink()
        return f"已从发件箱取走：{place}"
    return f"请把发件箱里的这一封删去：{place}" if place.exists() else ""
