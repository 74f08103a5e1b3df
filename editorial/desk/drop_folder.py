"""收件夹: the folder of styles/mail.yaml that papers are put into to be taken in."""

from __future__ import annotations

from pathlib import Path

from editorial.desk.office import Desk
from editorial.store.mailbox import load_mailbox


def drop_folder(desk: Desk) -> Path:
    """Where papers wait, else the workspace itself."""
    drop = load_mailbox(desk.workspace.files).drop
    return desk.root / drop if drop else desk.root
