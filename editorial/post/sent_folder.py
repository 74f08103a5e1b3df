"""What the server itself kept of what was sent, asked when a receipt was lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from editorial.model.mailbox import ImapServer
from editorial.post.imap import Envelope, Mark, fetch


def sent_ids(server: ImapServer, *, password: str, since: date, ca: bytes = b"") -> frozenset[str]:
    """Message-IDs in the folder of sent mail since that day; no mail is fetched or touched.

    An id found proves that the mail went; one not found proves nothing, for many servers
    keep nothing of what comes over SMTP.
    """
    ids: set[str] = set()

    def noted(envelope: Envelope) -> bool:
        ids.add(envelope.message_id)
        return True

    folder = replace(server, folder=server.sent)
    day = since - timedelta(days=1)  # the server's day may not be ours
    for _ in fetch(folder, Mark(), noted, password=password, ca=ca, since=day):
        pass
    return frozenset(ids)
