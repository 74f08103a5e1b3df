"""核查: everything that does not read, or is not what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from editorial.desk.office import Desk, open_desk
from editorial.desk.verify import verify

Git = Callable[..., str]
BASE = "volumes/xiao-2019"


def told(desk: Desk) -> list[str]:
    return [f"{p.file}:{p.line}" for p in verify(desk).problems]


def write(desk: Desk, path: str, data: str | bytes) -> None:
    target = desk.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data if isinstance(data, bytes) else data.encode())


def test_a_sound_workspace_has_no_problem(desk: Desk) -> None:
    verdict = verify(desk, mend=True)
    assert (verdict.problems, verdict.repaired) == ((), "")


def test_the_shipped_sample_is_sound(sample: Path) -> None:
    assert verify(open_desk(sample)).problems == ()


def test_verify_writes_nothing(desk: Desk, git: Git) -> None:
    verify(desk, mend=True)
    assert git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("path", "data", "problem"),
    [
        (f"{BASE}/chapters/02-jichu/02-jichang.md", "机场".encode("gb18030"), ":1"),
        (f"{BASE}/chapters/02-jichu/02-jichang.yaml", "title: [\n", ":2"),
        (f"{BASE}/chapters/02-jichu/03-wulisted.md", "漏编的正文", ":0"),
        (f"{BASE}/rounds/01/round.yaml", "title: 评议会\n", ":1"),
        (f"{BASE}/proofs/01/proof.yaml", "label: 一校\nhistory: 甲\n", ":2"),
        (f"{BASE}/letters/0001/letter.yaml", "kind: 信\n", ":1"),
        (f"{BASE}/drafts/01/draft.yaml", "style: review\nedition: 一\n", ":2"),
        (f"{BASE}/terms.yaml", "names: {}\nreadings:\n  番禺: pan1\n", ":3"),
        ("styles/fonts.yaml", "roles:\n  song: 宋\n", ":2"),
        ("styles/drafts/review.yaml", "title: 甲\n", ":1"),
    ],
)
def test_what_does_not_read_is_told(desk: Desk, path: str, data: str | bytes, problem: str) -> None:
    write(desk, path, data)
    assert f"{path}{problem}" in told(desk)


def test_an_opinion_that_does_not_read_is_told(desk: Desk) -> None:
    write(desk, f"{BASE}/rounds/01/round.yaml", "title: 甲\ncommit: abc\n")
    write(desk, f"{BASE}/rounds/01/opinions/001.yaml", "tekst: 甲\n")
    assert f"{BASE}/rounds/01/opinions/001.yaml:1" in told(desk)


def test_problems_of_several_records_are_told_at_once(desk: Desk) -> None:
    write(desk, f"{BASE}/rounds/01/round.yaml", "title: 甲\n")
    write(desk, f"{BASE}/letters/0001/letter.yaml", "kind: 信\n")
    write(desk, f"{BASE}/chapters/02-jichu/02-jichang.md", b"\xff")
    found = told(desk)
    assert all(any(part in each for each in found) for part in ("rounds", "letters", "jichang"))


def test_a_missing_style_is_told_and_the_rest_is_read(desk: Desk) -> None:
    (desk.root / "styles/drafts/review.yaml").unlink()
    write(desk, "styles/fonts.yaml", "roles:\n  song: 宋\n")
    assert verify(desk).problems[0].message.startswith("没有叫“review”")
    assert len(told(desk)) == 2


def test_odd_text_is_a_hint_and_no_problem(desk: Desk) -> None:
    write(desk, f"{BASE}/chapters/02-jichu/02-jichang.md", ":::table{#a}\n| 一 |\n")
    verdict = verify(desk)
    assert (verdict.problems, bool(verdict.findings)) == ((), True)


def test_a_damaged_repository_is_told(desk: Desk, git: Git) -> None:
    blob = git("rev-parse", f"HEAD:{BASE}/chapters/02-jichu/02-jichang.md")
    (desk.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert ".git:0" in told(desk)


def test_a_repository_without_commits_is_told(desk: Desk, git: Git) -> None:
    git("update-ref", "-d", "HEAD")
    assert ".git:0" in told(desk)
