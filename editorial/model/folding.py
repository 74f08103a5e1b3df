"""Characters that mean the same though a PDF tells them in different ways.

`folded` drops what depends on how a line was set (spaces, soft hyphens) and undoes what fonts do
(ligatures, radicals, forms for upright setting). `alike` goes further: glyphs one cannot
tell apart by looking, which a font may name either way. Sources: Unicode Standard 16, ch. 18
(CJK radicals), ch. 23.5 (private use); UAX 15.
"""

from __future__ import annotations

import unicodedata
from functools import cache

# Characters that one glyph of a font often serves; the first stands for all of a group.
_ALIKE = ("—―─⸺", "·‧•・∙⋅", "~～〜∼˜", "-‐‑−‒–", "'’ʼ′", "⋯…", "〇○◯", "×✕✖", "°˚º", "|｜│")
_SAME = {char: group[0] for group in _ALIKE for char in group}
# CJK Radicals Supplement has no decompositions but two (U+2E9F, U+2EF3).
_RADICALS = dict(
    zip(
        "⺁⺈⺊⺋⺌⺍⺗⺝⺠⺩⺮⺼⻁⻄⻅⻆⻉⻋⻌⻍⻎⻑⻓⻔⻖⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂刀卜㔾小小心月民王竹肉虎西见角贝车辶辶辶長长门阝青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
_FORMS = (
    (0x2F00, 0x2FDF),  # Kangxi radicals
    (0x2E9F, 0x2E9F),
    (0x2EF3, 0x2EF3),
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFB00, 0xFB06),  # ligatures
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE44),
    (0xFE47, 0xFE48),
    (0x1D400, 0x1D7FF),  # letters of formulas
    (0x2F800, 0x2FA1F),
)
HYPHENS = frozenset("-\u2010\ufffe\x02\u00ad")


@cache
def folded(char: str) -> str:
    """What `char` counts as: itself, another, several, or nothing."""
    if char == "\ufffe" or char == "\x02":  # PDFium's word for a hyphen at the end of a line
        return "-"
    code = ord(char)
    if char in _RADICALS:
        return _RADICALS[char]
    if any(low <= code <= high for low, high in _FORMS):
        return unicodedata.normalize("NFKC", char).replace(" ", "")
    kind = unicodedata.category(char)
    if char.isspace() or kind in ("Cf", "Cc", "Zs") or 0xFE00 <= code <= 0xFE0F:
        return ""
    return "…" if char == "⋯" else unicodedata.normalize("NFC", char)


def fold(text: str) -> str:
    """`folded` of every character of a text."""
    return "".join(map(folded, unicodedata.normalize("NFC", text)))


@cache
def _plain(char: str) -> str:
    return _SAME.get(char, "\ue000" if private(char) else char)


def private(char: str) -> bool:
    """A character that only its font knows: private use, or none at all."""
    return unicodedata.category(char) in ("Co", "Cn") or char == "\ufffd"


def alike(old: str, new: str) -> bool:
    """Whether two folded texts may well look the same on paper."""
    return len(old) == len(new) and all(map(_same, old, new))


def alike_unread(wanted: str, found: str) -> bool:
    """Whether `found` is what is wanted, as far as its fonts tell what their characters are."""
    return len(wanted) == len(found) and all(
        a == b or private(b) for a, b in zip(wanted, found, strict=True)
    )


def _same(old: str, new: str) -> bool:
    return old == new or _plain(old) == _plain(new)


def loosened(text: str) -> str:
    """For finding a place: width of letters, kind of quotes and all marks left out."""
    wide = unicodedata.normalize("NFKC", fold(text))
    return "".join(char for char in wide if char.isalnum() or char in "+%‰<>=").lower()
