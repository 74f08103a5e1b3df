"""The letters of the samples are as those the program makes today (volumes/write_letters.py)."""

from __future__ import annotations

from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path

import pytest

from editorial.desk.init import SAMPLES, init
from editorial.desk.letters import letters
from editorial.desk.office import open_desk
from editorial.desk.verify import verify
from tests.render.pdf_quality import complaints

VOLUMES = Path(__file__).resolve().parents[2] / "volumes"
PAPERS = sorted(VOLUMES.glob("*/letters/*/*.pdf"))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: "-".join(path.parts[-4:]))
def test_a_letter_of_the_samples_is_fit_for_the_archive(path: Path) -> None:
    assert [each for each in complaints(path) if "19005" in each[0]] == []


@pytest.mark.parametrize("volume", SAMPLES)
def test_records_and_messages_agree_with_the_papers(volume: str, tmp_path: Path) -> None:
    root, _ = init(tmp_path / "w", samples=(volume,))
    desk = open_desk(root, volume=volume)
    assert [each for each in verify(desk).problems if "letters" in each.file] == []
    for letter in letters(desk):
        folder = VOLUMES / volume / "letters" / letter.id
        sums = {paper.name: paper.sha256 for paper in letter.papers}
        for delivery in letter.deliveries:
            message = message_from_bytes(
                (folder / "message.eml").read_bytes(), policy=policy.default
            )
            sent = {
                sha256(part.get_payload(decode=True)).hexdigest()
                for part in message.iter_attachments()
            }
            assert message["Message-ID"] == delivery.message_id
            assert sent <= {*sums.values()}
            assert sums["公函.pdf"] in sent
