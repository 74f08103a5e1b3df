"""The server's own folder of sent mail tells which letters have gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from editorial.model.mailbox import ImapServer as Account
from editorial.model.mailbox import Security
from editorial.post.sent_folder import sent_ids
from tests.post.imap_server import ARRIVED, PASSWORD, USER, ImapServer


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with ImapServer() as running:
        yield running


def mail(number: int) -> bytes:
    return b"From: a@example.org\r\nMessage-ID: <%d@example.org>\r\n\r\nx\r\n" % number


def test_the_ids_kept_there_are_told_and_nothing_is_touched(server: ImapServer) -> None:
    server.fresh()
    server.put(mail(1), mail(2))
    account = Account(
        host="127.0.0.1",
        port=server.port,
        security=Security.NONE,
        user=USER,
        sent=server.folder,
        timeout=10.0,
    )
    found = sent_ids(account, password=PASSWORD, since=ARRIVED.date())
    assert found == {"<1@example.org>", "<2@example.org>"}
    assert b"Seen" not in server.flags()
