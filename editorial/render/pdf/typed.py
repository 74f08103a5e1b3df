"""Texts as they were typed, cleaned and cut where the face changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple
from unicodedata import is_normalized, normalize

from editorial.model.document import INVISIBLE
from editorial.render.pdf.classes import NARROW
from editorial.render.pdf.face import MINUS, TWO_EM_DASH, Face
from editorial.render.pdf.fount import Fount, Shift
from editorial.render.pdf.wholes import is_unit

SHIFT_SCALE = 0.6
RISES = {"": 0.0, "sup": 0.36, "sub": -0.12}

# Those of them that Python calls printable.
VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
SPACES = re.compile(r"[ \t\r\n]+")
# A letter and its accent typed apart. Han stay as they are: NFC takes 﨑 in a name for another.
ACCENTED = re.compile("[A-Za-z\u00c0-\u024f][\u0300-\u036f]+")
HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：？！）》”’（《“‘％"
# 7 775.71, 6.617 4: such a space is part of the number; it neither breaks nor opens.
_DECIMALS = r"\.[0-9]{3}(?: [0-9]{3})* [0-9]{1,3}(?!\.?[0-9])"
THOUSANDS = re.compile(
    rf"(?<![0-9.])[0-9]{{1,3}}(?:(?: [0-9]{{3}})+(?![0-9])(?:{_DECIMALS})?|[0-9]*{_DECIMALS})"
)
HELD_SPACE = "\u00a0"
# The gap between Han and Latin is ours to make, a typed one is not added to it.
TYPED_GAP = re.compile(f"(?<=[{HAN}]) (?=[!-~])|(?<=[!-~]) (?=[{HAN}])")
# A hyphen typed for a minus sign: before a figure at the beginning or after a mark; after Han
# only with a decimal or a sign behind, for 附件-1 is none, and where it makes no range.
HYPHEN_MINUS = re.compile(
    r"(?:^|(?<=[ \u3000（(［\[，。、：；“《～〜~至到=<>≤≥±]))-(?=[0-9])"
    r"|(?<=[\u4e00-\u9fff])-(?=[0-9]+(?:\.[0-9]|[%％‰℃°]|[~～〜至到](?:-|[0-9.]+[%％‰℃°米])))"
)
# In an equation, 甲=乙-丙, a hyphen between words, figures or brackets is one too; between two
# figures only where they are reckoned with, for =5-8% is a range and =2018-01 a date.
RECKONED = re.compile("[^，。；：！？ \u3000]+")
EQUATION = re.compile("[=＝÷]")
ADDRESS = re.compile(r"://|www\.|[?&@]")
_FIGURE = r"[0-9]{1,3}(?:\u00a0[0-9]{3})*(?:\.[0-9]+)?[%％]?"
TAKEN = re.compile(
    r"(?<=[0-9%％\u4e00-\u9fff）)\]］])-(?=[\u4e00-\u9fff（(\[［])"
    r"|(?<=[\u4e00-\u9fff）)\]］])-(?=[0-9])"
    rf"|(?<=[×÷+*/=＝（(])(?P<figure>{_FIGURE})-(?={_FIGURE}(?:[×÷+*/=＝]|[）)][×÷+*/]))"
)
# What everybody types for ～ between figures: 8~10米, 5%~6%, 3月~5月.
_AFTER = "|".join(rf"(?<=[0-9][^\W\d_A-Za-z]{{{length}}})" for length in (1, 2, 3))
RANGE = re.compile(rf"(?:(?<=[0-9%％‰℃°′″])|{_AFTER})~(?=[-−]?[0-9])")
RANGE_SIGN = "～"
# What follows the last figure before a hyphen, and how long it can be.
AFTER_FIGURE, LONGEST_AFTER = re.compile(r"[0-9]([\u4e00-\u9fff/]+)$"), 6


class Piece(NamedTuple):
    """Inline text of one look. `role` "" = the paragraph's face; `link` "https://…" or
    "#anchor"; `color` "rrggbb", "" = the paragraph's. `note` is the key of a note this is
    the number of: its text, one circled digit, is put in when the page is drawn. `stroke` marks
    words put in or taken out since an earlier draft; a `whole` piece is not broken while there
    is another way. A piece with a `cell` is a name in a list, which takes so many thousandths of
    an em, or as many times more as it needs; `before` is what stands on its line before it,
    `measure` the length of its line."""

    text: str
    role: str = ""
    shift: Shift = ""
    link: str = ""
    color: str = ""
    note: str = ""
    stroke: Literal["", "under", "through"] = ""
    whole: bool = False
    cell: float = 0.0
    before: float = 0.0
    measure: float = 0.0


class Strip(NamedTuple):
    """Characters [start, stop) of a text, from one face in one look. `typed`: what a geta or
    a sign made small stands for."""

    start: int
    stop: int
    face: Face
    piece: Piece
    typed: str = ""

    @property
    def scale(self) -> float:
        return SHIFT_SCALE if self.piece.shift else 1.0


class Typed(NamedTuple):
    """A text in its faces. `own` is the number of the longest strip; `boxed`, `noted`, `lent`
    and `whole` tell whether any strip is a link or has a stroke, is the mark of a note, is in
    a face lent to its role, or is not to be broken; `tabular`: its figures are to be equally
    wide. `waves`: where ～ stands for a typed ~."""

    text: str
    strips: tuple[Strip, ...]
    own: int = 0
    boxed: bool = False
    noted: bool = False
    lent: bool = False
    whole: bool = False
    tabular: bool = False
    waves: tuple[int, ...] = ()

    @property
    def told(self) -> str:
        """The text with every ~ as it was typed."""
        if not self.waves:
            return self.text
        signs = [*self.text]
        for at in self.waves:
            signs[at] = "~"
        return "".join(signs)


def typed(
    fount: Fount, pieces: Sequence[Piece], role: str, *, flush: bool, tabular: bool = False
) -> Typed:
    """The pieces cleaned and cut where the face changes. `flush` drops spaces typed to
    indent the first line; `tabular`: see `Typed`."""
    if len(pieces) == 1:
        (only,) = pieces
        if not (only.link or only.note or only.stroke or only.whole):
            plain = _plain(fount, only, role, flush, tabular)
            if plain is not None:
                return _waved(plain) if "~" in plain.text else plain
    strips: list[Strip] = []
    text, own, longest = "", 0, 0
    lent = boxed = noted = whole = False
    for piece, clean in _tidy(pieces, flush):
        name = piece.role or role
        boxed = boxed or bool(piece.link or piece.stroke)
        noted, whole = noted or bool(piece.note), whole or piece.whole
        for sorts in fount.sorts(name, _signs(fount, name, clean, begun=bool(strips))):
            at = len(text)
            text += sorts.text
            look = piece._replace(shift=sorts.shift) if sorts.shift else piece
            if len(sorts.text) > longest:
                own, longest = len(strips), len(sorts.text)
            strips.append(Strip(at, len(text), sorts.face, look, sorts.typed))
            lent = lent or bool(sorts.typed) or sorts.face is not fount.face(name)
    made = Typed(text, tuple(strips), own, boxed, noted, lent, whole, tabular)
    return _waved(made) if "~" in text else made


def _waved(made: Typed) -> Typed:
    """A typed ~ between figures as it is drawn, where the faces have it."""
    if not all(strip.face.has(RANGE_SIGN) for strip in made.strips):
        return made
    waves = tuple(found.start() for found in RANGE.finditer(made.text))
    return made._replace(text=RANGE.sub(RANGE_SIGN, made.text), waves=waves)


def _plain(fount: Fount, piece: Piece, role: str, flush: bool, tabular: bool) -> Typed | None:
    """Text of one piece and one face, which most cells and paragraphs are; else None."""
    text = _clean(piece.text).lstrip(" \u3000" if flush else " ").rstrip(" \u3000")
    if not text:
        return Typed("", ())
    name = piece.role or role
    text = _signs(fount, name, text)
    face = fount.face(name)
    if not face.covers(text):
        return None
    return Typed(text, (Strip(0, len(text), face, piece),), tabular=tabular)


def _signs(fount: Fount, role: str, text: str, *, begun: bool = False) -> str:
    """Dashes and minus signs as they are drawn, where the face has them. `begun`: other text
    stands before."""
    if "——" in text and fount.face(role).has(TWO_EM_DASH):
        text = text.replace("——", TWO_EM_DASH)
    if "-" in text and fount.face(role).widths[MINUS] < NARROW and fount.face(role).has(MINUS):
        # What comes before is not seen from here, but it is no beginning.
        text = HYPHEN_MINUS.sub(_minus, "x" + text)[1:] if begun else HYPHEN_MINUS.sub(_minus, text)
        if EQUATION.search(text):
            text = RECKONED.sub(_reckoned, text)
    return text


def _minus(found: re.Match[str]) -> str:
    """− but for a range: 30公里-50.5公里, 12.5元/吨-13.5元/吨; not after 2月气温."""
    at = found.start()
    after = AFTER_FIGURE.search(found.string[max(0, at - LONGEST_AFTER) : at])
    unit = after[1] if after else ""
    dated = unit[:1] in tuple("年月日") and len(unit) > 1
    short = len(unit) <= (4 if "/" in unit else 3)
    return "-" if unit and not dated and (short or is_unit(unit)) else MINUS


def _reckoned(found: re.Match[str]) -> str:
    """What stands between two marks, with the minus signs of an equation."""
    run = found[0]
    if not EQUATION.search(run) or ADDRESS.search(run):
        return run
    return TAKEN.sub(lambda each: f"{each['figure'] or ''}{MINUS}", run)


def _tidy(pieces: Sequence[Piece], flush: bool) -> list[tuple[Piece, str]]:
    """Pieces and their cleaned text, of those that have any."""
    texts = [_clean(piece.text) for piece in pieces]
    if texts:
        texts[0] = texts[0].lstrip(" \u3000" if flush else " ")
        texts[-1] = texts[-1].rstrip(" \u3000")
    return [(piece, text) for piece, text in zip(pieces, texts, strict=True) if text]


def _clean(text: str) -> str:
    if not text.isprintable() or VARIANTS.search(text):
        text = INVISIBLE.sub("", SPACES.sub(" ", text))
    if " " in text:
        text = TYPED_GAP.sub("", SPACES.sub(" ", text))
        text = THOUSANDS.sub(lambda found: found[0].replace(" ", HELD_SPACE), text)
    if not is_normalized("NFC", text):
        text = ACCENTED.sub(lambda found: normalize("NFC", found[0]), text)
    return text
