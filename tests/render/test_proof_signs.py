"""Each sign of GB/T 14706 has strokes of its own, beside the words and never over them."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from editorial.model.proof_drawing import DrawnMark, MarkStrip
from editorial.model.proof_signs import Sign, sign_named
from editorial.render.pdf.proof_signs import draw_sign

STRIP = MarkStrip(100, 200, 142, 210.5, 5.5)
LOOPED = {Sign.CORRECT, Sign.DELETE, Sign.SCRIPT}  # told apart in the margin


def strokes(sign: Sign, strips: tuple[MarkStrip, ...] = (STRIP,)) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    draw_sign(canvas, DrawnMark(number=1, sign=sign, strips=strips, text="", leftward=True, y=200))
    canvas.save()
    return out.getvalue()


def lines(sign: Sign) -> set[bytes]:
    return {line for line in strokes(sign).split(b"\n") if line.endswith(b" l S")}


def test_no_two_signs_look_alike() -> None:
    drawn = {sign: strokes(sign) for sign in Sign if sign not in LOOPED}
    assert len({strokes(Sign.CORRECT), *drawn.values()}) == len(drawn) + 1


@pytest.mark.parametrize("sign", sorted(Sign))
def test_every_sign_is_drawn(sign: Sign) -> None:
    assert strokes(sign) != strokes(sign, ())


@pytest.mark.parametrize(("sign", "other"), [("上移", "下移"), ("左移", "右移")])
def test_which_way_it_moves_is_drawn_on_that_side_only(sign: str, other: str) -> None:
    both = {"上移": "上下移", "左移": "左右移"}[sign]
    one, two, all_ = (lines(sign_named(each)) for each in (sign, other, both))
    assert one
    assert two
    assert not one & two
    assert one | two == all_
