"""核查: everything that does not read, or is not what was recorded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from editorial.desk.drafting import new_letter
from editorial.desk.init import init
from editorial.desk.keep import keep
from editorial.desk.letters import void_letter
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.rounds import open_round
from editorial.desk.verify import verify
from editorial.model.labels import LetterKind
from editorial.model.letters import LetterItem
from editorial.store.git import DiedError

Git = Callable[..., str]
BASE = "volumes/xiao-2019"
PINGTAI = "01-keji/02-pingtai"
AT, DUE = datetime(2020, 3, 5, 9, 30, tzinfo=UTC), date(2020, 3, 20)


def told(desk: Desk) -> list[str]:
    return [f"{p.file}:{p.line}" for p in verify(desk).problems]


def write(desk: Desk, path: str, data: str | bytes) -> None:
    target = desk.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data if isinstance(data, bytes) else data.encode())


def test_a_sound_workspace_has_no_problem(desk: Desk) -> None:
    verdict = verify(desk, mend=True)
    assert (verdict.problems, verdict.repaired) == ((), "")


@pytest.mark.parametrize("book", ["gba-2019", "guangzhou-bangfu"])
def test_the_shipped_samples_are_sound_and_have_nothing_odd(tmp_path: Path, book: str) -> None:
    verdict = verify(open_desk(init(tmp_path / "yangben", samples=(book,))[0]))
    assert (verdict.problems, verdict.findings) == ((), ())


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
        ("styles/drafts/consult.yaml", "\tx: 1\n", ":1"),
        ("styles/letters/chase.yaml", "\tx: 1\n", ":1"),
        ("styles/errors/gapp2005.yaml", "\tx: 1\n", ":1"),
        ("styles/reviews/scores.yaml", "\tx: 1\n", ":1"),
        ("styles/workflows/gazetteer.yaml", "stages: []\n", ":1"),
        (f"{BASE}/layout.yaml", "grid: [2]\n", ":1"),
    ],
)
def test_what_does_not_read_is_told(desk: Desk, path: str, data: str | bytes, problem: str) -> None:
    write(desk, path, data)
    assert f"{path}{problem}" in told(desk)


def test_the_other_books_are_read_too(desk: Desk) -> None:
    shutil.copytree(desk.root / BASE, desk.root / "volumes/zhi-2019")
    write(desk, "volumes/zhi-2019/units.yaml", "\tx: 1\n")
    assert told(desk) == ["volumes/zhi-2019/units.yaml:1"]


@pytest.mark.parametrize(
    "path", ["styles/fonts.yaml", f"{BASE}/rounds/01/round.yaml", f"{BASE}/letters/01/letter.yaml"]
)
def test_a_problem_is_told_once(desk: Desk, path: str) -> None:
    write(desk, path, "\tx: 1\n")
    assert told(desk) == [f"{path}:1"]


@pytest.mark.parametrize("staged", [True, False])
def test_what_a_hand_took_away_is_told_with_the_remedy(desk: Desk, git: Git, staged: bool) -> None:
    write(desk, f"{BASE}/rounds/01/round.yaml", "title: 甲\ncommit: abc\n")
    for number in ("001", "002"):
        opinion = "section: 01-keji/02-pingtai\nby: 专家甲\ntext: 甲\n"
        write(desk, f"{BASE}/rounds/01/opinions/{number}.yaml", opinion)
    git("add", "-A")
    git("commit", "-qm", "评议")
    (desk.root / BASE / "rounds/01/opinions/001.yaml").unlink()
    shutil.rmtree(desk.root / BASE / "chapters/02-jichu")
    if staged:
        git("add", "-A")
    gone = [f"{BASE}/chapters/02-jichu", f"{BASE}/rounds/01/opinions/001.yaml"]
    problems = verify(desk).problems
    assert [each.file for each in problems] == gone
    assert all(f"git checkout HEAD -- {each.file} 恢复" in each.message for each in problems)
    git("commit", "-qam", "有意删去")
    assert told(desk) == []


@pytest.mark.parametrize(
    ("path", "copy"),
    [
        ("rounds/01/opinions/001.yaml", "rounds/01/opinions/001 (1).yaml"),
        ("rounds/01", "rounds/01 (1)"),
        ("letters/0001", "letters/0001 - 副本"),
        ("proofs/01", "proofs/01 (1)"),
        ("proposals/0001.yaml", "proposals/0001-冲突.yaml"),
    ],
)
def test_a_copy_of_a_record_is_no_second_one(desk: Desk, path: str, copy: str) -> None:
    write(desk, f"{BASE}/rounds/01/round.yaml", "title: 甲\ncommit: abc\n")
    opinion = "section: 01-keji/02-pingtai\nby: 专家甲\ntext: 甲\n"
    write(desk, f"{BASE}/rounds/01/opinions/001.yaml", opinion)
    write(desk, f"{BASE}/letters/0001/letter.yaml", "kind: revise\nunit: sz-kcj\n")
    write(desk, f"{BASE}/proofs/01/proof.yaml", "label: 一校\n")
    write(desk, f"{BASE}/proposals/0001.yaml", "unit: sz-kcj\n")
    before = told(desk)
    place = desk.root / BASE
    if (place / path).is_dir():
        shutil.copytree(place / path, place / copy)
    else:
        shutil.copyfile(place / path, place / copy)
    assert sorted(told(desk)) == sorted([*before, f"{BASE}/{copy}:0"])


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
    problems = verify(desk).problems
    assert any(each.message.startswith("没有叫“review”") for each in problems)
    assert [each.file for each in problems] == [
        "styles/fonts.yaml",
        "工作区",
        "styles/drafts/review.yaml",
    ]


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


def test_a_git_that_dies_of_what_it_finds_is_told_with_the_remedy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def died(*_: object) -> tuple[str, ...]:
        raise DiedError("git 中途被终止（信号11）", hint="请执行 editorial verify --repair，再重试")

    monkeypatch.setattr("editorial.desk.verify.missing", died)
    (problem,) = verify(desk).problems
    assert problem.file == ".git"
    assert "git clone" in problem.message
    assert "备份" in problem.message


def renamed(desk: Desk) -> None:
    """A section file moved by hand, and chapter.yaml with it, as people do."""
    folder = desk.root / BASE / "chapters/01-keji"
    for kind in ("md", "yaml"):
        (folder / f"02-pingtai.{kind}").rename(folder / f"02-pingtai-jianshe.{kind}")
    chapter = folder / "chapter.yaml"
    chapter.write_text(chapter.read_text("utf-8").replace("02-pingtai", "02-pingtai-jianshe"))


def test_what_a_renamed_section_leaves_behind_is_told(desk: Desk) -> None:
    items = (LetterItem(section=PINGTAI, request="请核实"),)
    new_letter(desk, kind=LetterKind.REVISE, unit="sz-kcj", items=items, due=DUE, at=AT)
    open_round(desk, "评议会", nodes=(PINGTAI,), at=AT)
    add_opinion(desk, "01", PINGTAI, "请核实", at=AT, by="甲")
    renamed(desk)
    assert keep(desk, "改名").remarks == (
        "函件、意见里有3处与分目、单位对不上，请看 editorial verify",
    )
    problems = verify(desk).problems
    assert [f"{each.file}:{each.line}" for each in problems] == [
        f"{BASE}/letters/0001/letter.yaml:5",
        f"{BASE}/rounds/01/opinions/001.yaml:1",
        f"{BASE}/rounds/01/round.yaml:3",
    ]
    assert "01-keji/02-pingtai-jianshe" in problems[0].message


def test_what_is_settled_may_name_a_section_that_is_gone(desk: Desk) -> None:
    items = (LetterItem(section=PINGTAI, request="请核实"),)
    new_letter(desk, kind=LetterKind.REVISE, unit="sz-kcj", items=items, due=DUE, at=AT)
    void_letter(desk, "1", at=AT, note="不发了")
    renamed(desk)
    keep(desk, "改名")
    assert verify(desk).problems == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("unit: sz-kcj", "unit: sz-meiyou", "units.yaml 里没有单位“sz-meiyou”"),
        ("contact: zhouwen", "contact: shui", "staff.yaml 里没有人员“shui”"),
        ("contact: zhouwen", "contact: zhouwen\nfollows: '0009'", "没有函件“0009”"),
    ],
)
def test_what_a_letter_names_must_be_there(desk: Desk, old: str, new: str, told: str) -> None:
    items = (LetterItem(section=PINGTAI, request="请核实"),)
    new_letter(desk, kind=LetterKind.REVISE, unit="sz-kcj", items=items, due=DUE, at=AT)
    record = desk.root / BASE / "letters/0001/letter.yaml"
    assert old in record.read_text("utf-8")
    record.write_text(record.read_text("utf-8").replace(old, new), "utf-8")
    assert [each.message for each in verify(desk).problems] == [told]
