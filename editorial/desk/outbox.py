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
    """Nobody must send it any more. What to tell of it."""
    place = outbox(desk, letter)
    with suppress(OSError):
        place.unlink()
        return f"已从发件箱取走：{place}"
    if place.exists():
        return f"请把发件箱里的这一封删去：{place}"
    return f"发件箱里没有找到这一封（{place}）：在别的电脑上的、改了名的，请删去，不要寄出"


def named_anew(desk: Desk, old: str, new: str) -> str:
    """The mail of letter `old` under the number it bears now, lest it be taken for that of the
    other one. What to tell of it, "" when none lies there."""
    place, to = (outbox_folder(desk) / f"{each}.eml" for each in (old, new))
    if not place.exists():
        return ""
    with suppress(OSError):
        if not to.exists():
            place.rename(to)
            return f"发件箱里的{place.name}改名为{to.name}"
    return f"发件箱里的{place.name}是函件{new}的，请改名为{to.name}：{place}"
