"""Who one is, told once: the name under which git keeps what is done."""

from __future__ import annotations

from editorial.desk.office import Desk, refuse_reader
from editorial.errors import EditorialError
from editorial.store.workspace import keep_identity

NO_MAIL = "editorial@localhost"


def introduce(desk: Desk, name: str, mail: str = "") -> None:
    """Keep name and mail for this workspace on this machine; without a mail, the one that
    staff.yaml has of that name. EditorialError for no name, or a mail that is none."""
    from editorial.desk.office import people

    refuse_reader(desk)
    if not name.strip():
        raise EditorialError("还没有写姓名", hint="请写与人员登记里一样的姓名")
    if mail.strip() and "@" not in mail:
        raise EditorialError(f"“{mail.strip()}”不是邮箱", hint="没有邮箱的可以不填")
    _, staff = people(desk)
    known = next((each.mail for each in staff if each.name == name.strip()), "")
    keep_identity(desk.workspace, name.strip(), mail.strip() or known or NO_MAIL)
