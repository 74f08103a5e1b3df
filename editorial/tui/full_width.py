"""Keys as a Chinese input method sends them: ？ for ?, ２ for 2, ｍ for m, 【 for [."""

from __future__ import annotations

from textual.events import Key
from textual.keys import _character_to_key

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HALF |= {0x3000: 0x20} | {ord(a): ord(b) for a, b in zip("、。【】￥", "/.[]$", strict=True)}


def half_width(event: Key) -> Key:
    """The key that was meant, where keys are commands and not text."""
    typed = event.character
    if typed is None or len(typed) != 1 or ord(typed) not in _HALF:
        return event
    meant = typed.translate(_HALF)
    return Key(_character_to_key(meant), meant)
