"""styles/mail.yaml → the office's mail account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from editorial.errors import EditorialError
from editorial.model.mailbox import Mailbox, mailbox_faults
from editorial.store.files import Files
from editorial.store.reader import read_own
from editorial.store.yamlio import parse

MAILBOX = "styles/mail.yaml"
SECRET = re.compile(r"pass(word|wd|phrase|code)?$|^pwd$|secret|token|密码|口令|密钥|授权码", re.I)


def load_mailbox(files: Files) -> Mailbox:
    """The account, or an empty one when there is no such file.

    BadData names every fault. A key that looks like a password is refused before anything
    else is done with the file: what is committed once stays in the repository.
    """
    data = files.read(MAILBOX)
    if data is None:
        return Mailbox()
    _refuse_secrets(data)
    return read_own(files, Mailbox, MAILBOX, mailbox_faults) or Mailbox()


def _refuse_secrets(data: bytes) -> None:
    raw, _ = parse(data.decode("utf-8-sig", "replace"), MAILBOX)
    for key in _keys(raw):
        if SECRET.search(key):
            raise EditorialError(
                f"“{key}”像是密码，密码不能写进工作区的文件",
                where=MAILBOX,
                hint="删去这一行；密码放在环境变量 EDITORIAL_SMTP_PASSWORD、"
                "EDITORIAL_IMAP_PASSWORD 或系统的钥匙串里。已经提交过的，请到邮箱里改密码",
            )


def _keys(raw: Any) -> Iterator[str]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield key
            yield from _keys(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _keys(value)
