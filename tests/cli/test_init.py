"""`editorial init` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from editorial.cli.main import main


@pytest.mark.parametrize(
    ("words", "volumes"),
    [
        ([], ["gba-2019"]),
        (
            ["--sample", "gba-2019", "--sample", "guangzhou-bangfu"],
            ["gba-2019", "guangzhou-bangfu"],
        ),
        (["--chars", "5000", "--seed", "3"], ["full-3"]),
    ],
)
def test_a_workspace_has_the_volumes_asked_for(
    tmp_path: Path, words: list[str], volumes: list[str]
) -> None:
    assert main(["init", str(tmp_path / "shu"), *words]) == 0
    assert sorted(path.name for path in (tmp_path / "shu/volumes").iterdir()) == volumes


@pytest.mark.parametrize("words", [["--chars", "0"], ["--chars", "5000", "--sample", "gba-2019"]])
def test_what_cannot_be_made_is_refused(tmp_path: Path, words: list[str]) -> None:
    assert main(["init", str(tmp_path / "shu"), *words]) == 2
    assert not (tmp_path / "shu").exists()


@pytest.mark.parametrize(("name", "told"), [("年鉴", "cd {}，"), ("我的 年鉴", 'cd "{}"，')])
def test_the_way_there_can_be_typed_as_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    assert main(["init", str(tmp_path / name), "--chars", "1000"]) == 0
    assert told.format(tmp_path / name) in capsys.readouterr().out
