"""Words drawn as outlines: as long as there is room, and centred whatever their size."""

from __future__ import annotations

import re

import pytest

from editorial.render.pdf.outline import outlined
from editorial.render.pdf.typeset import TypeCase
from tests.render.books import faces

ROOM, LARGEST = 500.0, 58.0


@pytest.mark.parametrize("role", ["hei", "song"])  # one of TrueType curves, one of CFF
@pytest.mark.parametrize("text", ["国国国", "国" * 24])
def test_outlines_are_centred_and_keep_to_their_room(role: str, text: str) -> None:
    begin, *paths = outlined(TypeCase(faces()), role, text, ROOM, LARGEST).split("\n")
    assert paths[-1] == "f"
    left, base = map(float, begin.split()[4:6])
    points = [tuple(map(float, pair)) for path in paths for pair in NUMBERS.findall(path)]
    across, up = ([base + each[at] for each in points] for at, base in ((0, left), (1, base)))
    size = min(LARGEST, ROOM / len(text))
    assert max(across) - min(across) == pytest.approx(size * len(text), abs=0.3 * size)
    for ends in (across, up):
        assert (max(ends) + min(ends)) / 2 == pytest.approx(0, abs=0.05 * size)


NUMBERS = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
