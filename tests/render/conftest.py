"""Faces and plain styles of one and two columns for tests of the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from tests.render.books import faces, style_of


@pytest.fixture(scope="module")
def table() -> FontTable:
    return faces()


@pytest.fixture(scope="module")
def one() -> DraftStyle:
    return replace(style_of("review"), line_numbers=0, opinion_form=False)


@pytest.fixture(scope="module")
def two() -> DraftStyle:
    bare = replace(style_of("final"), dividers=False, recto=False, index=False)
    return replace(bare, lists=False, contents=False)
