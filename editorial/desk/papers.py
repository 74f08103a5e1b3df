"""Files kept with a record, each by its name, checksum and size."""

from __future__ import annotations

import hashlib

from editorial.model.letters import Paper

MESSAGE = "message.eml"  # the mail a letter goes out in, kept beside it
EXTRACT = "稿件摘录.docx"  # what the unit is to check, enclosed with its letter


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def paper_of(name: str, data: bytes) -> Paper:
    return Paper(name=name, sha256=digest(data), size=len(data))
