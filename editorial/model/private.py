"""Telephone numbers and addresses of people: they stay in units.yaml, off every printed page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from editorial.model.people import Unit

_NUMBER = re.compile(r"(?<!\d)(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[-－ ]\d{3,8}(-\d+)?)|\S@\S")


def tells_reach(words: str, units: Iterable[Unit]) -> bool:
    """Whether words hold a number, a mail address, or what is known of a contact."""
    known = (text for unit in units for each in unit.contacts for text in (each.phone, each.mail))
    return bool(_NUMBER.search(words)) or any(text and text in words for text in known)
