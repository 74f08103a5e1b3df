"""What the commands list in their help without loading the model."""

from __future__ import annotations

from editorial.cli import opinion_import
from editorial.model.opinion_paper import CHANNELS


def test_ways_of_giving_opinions_are_those_of_the_model() -> None:
    assert opinion_import.CHANNELS.split("、") == list(CHANNELS)
