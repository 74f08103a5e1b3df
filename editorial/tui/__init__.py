"""Thin screens over `desk`: they show values and ask for acts, nothing else."""

import os

# iTerm2 loses what an input method composes while the kitty keyboard protocol is on. Textual
# reads the switch once, when it is imported; LC_TERMINAL comes through ssh as well.
if "iTerm.app" in os.environ.get("TERM_PROGRAM", "") or "iTerm2" in os.environ.get(
    "LC_TERMINAL", ""
):
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
