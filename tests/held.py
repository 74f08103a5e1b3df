"""A git that is held up in the middle: its hook says when it has begun, and waits to be let go."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

LIMIT = 20.0


@dataclass(frozen=True, slots=True)
class Held:
    """The hook of one workspace; it goes on by itself when a test forgets it."""

    root: Path

    @property
    def begun(self) -> bool:
        return (self.root / ".git/begun").exists()

    def wait(self) -> None:
        """Until git is in the middle."""
        end = time.monotonic() + LIMIT
        while not self.begun and time.monotonic() < end:
            time.sleep(0.01)

    def let_go(self) -> None:
        (self.root / ".git/go").touch()


def hold_git(root: Path) -> Held:
    """From now on a commit waits until it is let go."""
    hook = root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    waiting = f"for n in $(seq {LIMIT * 20:.0f}); do test -e .git/go && exit; sleep 0.05; done"
    hook.write_text(f"#!/bin/sh\ntouch .git/begun\n{waiting}\n", encoding="utf-8")
    hook.chmod(0o755)
    return Held(root)
