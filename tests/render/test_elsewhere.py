"""Where a process cannot be copied, the work is done in this one."""

from __future__ import annotations

import sys

import pytest

from editorial.render.pdf.elsewhere import at_once, elsewhere


def test_windows_copies_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert (at_once(), elsewhere(lambda: b"made")()) == (1, b"")
