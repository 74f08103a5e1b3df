"""Processes of which a Ctrl-C here ends none: what each system calls it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from editorial.apart import apart


def test_elsewhere_it_is_a_session_of_its_own() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getsid(0))"],
        check=True,
        capture_output=True,
        **apart(),
    )
    assert int(told.stdout) != os.getsid(0)


def test_windows_knows_only_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)
    assert apart() == {"creationflags": 0x200}
