"""撞号: two computers that work through git, and nothing that either of them did is lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from editorial.desk.drafting import Request, draft_letters, new_letter
from editorial.desk.letters import find_letter, letters, void_letter
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinion_forward import forward_opinions
from editorial.desk.opinions import add_opinion
from editorial.desk.outbox import outbox, outbox_folder
from editorial.desk.returns import receive_paths
from editorial.desk.rounds import open_round, rounds
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letter
from editorial.desk.undo import undo
from editorial.desk.verify import verify
from editorial.errors import BadData, EditorialError
from editorial.model.labels import LetterKind
from editorial.model.letters import LetterItem
from editorial.store.registers import load_returns

AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
DUE = date(2020, 3, 20)
PINGTAI, RENCAI = "01-keji/02-pingtai", "01-keji/03-rencai"
BASE = "volumes/xiao-2019"
Git = Callable[..., str]


def draft(desk: Desk, request: str, unit: str = "深圳科创局") -> str:
    items = (LetterItem(section=PINGTAI, request=request),)
    drafted, _ = new_letter(desk, kind=LetterKind.REVISE, unit=unit, items=items, due=DUE, at=AT)
    return drafted.id


def requests(desk: Desk) -> dict[str, str]:
    return {each.id: each.items[0].request for each in letters(desk)}


@pytest.fixture
def other(desk: Desk, tmp_path: Path) -> Desk:
    """A second computer that begins with what the first one has."""
    root = tmp_path / "ling"
    shutil.copytree(desk.root, root, symlinks=True)
    return open_desk(root)


def pull(desk: Desk, other: Desk, *how: str) -> None:
    """What `git pull` does; a merge that stops is no fault."""
    how = how or ("--no-rebase",)
    command = ["git", "pull", "-q", *how, str(other.root), "HEAD"]
    subprocess.run(command, cwd=desk.root, check=False, capture_output=True)


def messages(desk: Desk) -> list[str]:
    return [str(each) for each in verify(desk).problems]


def test_both_letters_are_kept_and_what_was_shared_keeps_its_number(
    desk: Desk, other: Desk, git: Git
) -> None:
    draft(desk, "甲机的函")
    draft(other, "乙机的函")
    drafted = git("rev-parse", "HEAD")
    pull(desk, other)
    with pytest.raises(BadData) as unread:
        letters(desk)
    assert "先执行 editorial verify" in unread.value.problems[0].message
    (told,) = messages(desk)
    assert "撞了号（0001），两件都要留" in told
    assert "editorial verify --repair" in told
    verdict = verify(desk, mend=True)
    assert verdict.problems == ()
    assert "函件0001撞号：这台电脑上的一件改为0002" in verdict.repaired
    assert requests(desk) == {"0001": "乙机的函", "0002": "甲机的函"}
    assert git("status", "--porcelain") == ""
    assert len(git("log", "-1", "--format=%P").split()) == 2
    with pytest.raises(EditorialError):  # what was drafted as 0001 lies at 0002 by now
        undo(desk, at=AT, commit=drafted)
    assert requests(desk) == {"0001": "乙机的函", "0002": "甲机的函"}


def test_everything_that_names_a_thing_goes_with_it(
    desk: Desk, other: Desk, tmp_path: Path
) -> None:
    for each, who in ((desk, "甲"), (other, "乙")):
        open_round(each, f"{who}轮", readers=(who,), at=AT)
        add_opinion(each, "01", PINGTAI, f"{who}的意见", at=AT, by=who)
        forward_opinions(each, ("01/001",), at=AT, due=DUE, unit="sz-kcj")
        mail = tmp_path / f"{who}.txt"
        mail.write_text(f"{who}机收到的来件", "utf-8")
        list(receive_paths(each, (mail,), at=AT, letter=""))
    assert len(load_returns(desk.workspace.files, desk.volume_id)) == 1
    pull(desk, other)
    assert len(messages(desk)) == 3  # the opinion goes with its round
    assert verify(desk, mend=True).problems == ()
    first, second = rounds(desk)
    assert [each.title for each in (first, second)] == ["乙轮", "甲轮"]
    assert second.tag.endswith("/02")
    (opinion,) = second.opinions
    assert (opinion.id, opinion.text, opinion.letter) == ("02/001", "甲的意见", "0002")
    assert find_letter(desk, "2").items[0].opinion == "02/001"
    assert find_letter(desk, "1").items[0].opinion == "01/001"
    papers = load_returns(desk.workspace.files, desk.volume_id)
    kept = [desk.root / BASE / "returns" / each.id / each.papers[0].name for each in papers]
    assert ["乙" in kept[0].name, "甲" in kept[1].name] == [True, True]


def test_opinions_of_one_round_are_both_kept(desk: Desk, tmp_path: Path) -> None:
    open_round(desk, "评议会", readers=("甲", "乙"), at=AT)
    root = Path(shutil.copytree(desk.root, tmp_path / "ling", symlinks=True))
    other = open_desk(root)
    add_opinion(desk, "01", PINGTAI, "甲的意见", at=AT, by="甲")
    add_opinion(other, "01", RENCAI, "乙的意见", at=AT, by="乙")
    pull(desk, other)
    assert "撞了号（01/001）" in messages(desk)[0]
    assert verify(desk, mend=True).problems == ()
    assert [(o.id, o.text) for o in rounds(desk)[0].opinions] == [
        ("01/001", "乙的意见"),
        ("01/002", "甲的意见"),
    ]


def test_two_batches_do_not_become_one(desk: Desk, other: Desk) -> None:
    """Else whoever signs a batch would sign the other one with it."""
    for each, who in ((desk, "甲"), (other, "乙")):
        items = (LetterItem(section=PINGTAI, request=who),)
        wanted = dict.fromkeys(("sz-kcj", "gz-kjj"), items)
        draft_letters(each, Request(kind=LetterKind.REVISE, due=DUE), wanted, at=AT)
    pull(desk, other)
    assert "函件第1批重了：这台电脑上的一批改为第2批" in verify(desk, mend=True).repaired
    assert [(each.batch, each.items[0].request) for each in letters(desk)] == [
        ("1", "乙"),
        ("1", "乙"),
        ("2", "甲"),
        ("2", "甲"),
    ]


def test_a_letter_that_is_signed_keeps_its_number(desk: Desk, other: Desk) -> None:
    draft(other, "只是拟稿")
    draft(desk, "已经签发")
    approve_letter(desk, "0001", at=AT)
    pull(desk, other)
    assert "合进来的一件改为0002" in verify(desk, mend=True).repaired
    assert requests(desk) == {"0001": "已经签发", "0002": "只是拟稿"}
    assert messages(desk) == []


def test_of_two_that_are_signed_it_is_told_what_their_papers_say(desk: Desk, other: Desk) -> None:
    for each, who in ((desk, "甲"), (other, "乙")):
        draft(each, f"{who}机签发")
        approve_letter(each, "0001", at=AT)
    pull(desk, other)
    verdict = verify(desk, mend=True)
    assert "印出的文件和邮件主题里仍是0001" in verdict.repaired
    (problem,) = verdict.problems  # one 发文字号 on two letters
    assert "编了两次" in problem.message


def test_a_mail_in_the_outbox_goes_with_its_letter(desk: Desk, other: Desk) -> None:
    for each, who in ((desk, "甲"), (other, "乙")):
        draft(each, f"{who}机签发")
        approve_letter(each, "0001", at=AT)
        send_letter(each, "0001", at=AT)
    mail = outbox(desk, find_letter(desk, "1"))
    laid_out = mail.read_bytes()
    pull(desk, other)
    assert "发件箱里的0001.eml改名为0002.eml" in verify(desk, mend=True).repaired
    assert not mail.exists()
    place = outbox(desk, find_letter(desk, "2"))
    assert place.read_bytes() == laid_out
    act = void_letter(desk, "2", at=AT, note="文号与0001重了")
    assert act.remarks == (f"已从发件箱取走：{place}",)


def test_a_mail_that_cannot_be_renamed_is_told(desk: Desk, other: Desk) -> None:
    for each in (desk, other):
        draft(each, each.root.name)
    for number in ("0001", "0002"):
        (outbox_folder(desk) / f"{number}.eml").parent.mkdir(parents=True, exist_ok=True)
        (outbox_folder(desk) / f"{number}.eml").write_bytes(b"")
    pull(desk, other)
    assert "发件箱里的0001.eml是函件0002的，请改名" in verify(desk, mend=True).repaired


def test_a_conflict_in_a_text_is_left_to_people(desk: Desk, other: Desk) -> None:
    for each, who in ((desk, "甲"), (other, "乙")):
        text = each.root / BASE / f"chapters/{PINGTAI}.md"
        text.write_text(f"{who}改的一稿\n", "utf-8")
        subprocess.run(["git", "commit", "-qam", who], cwd=each.root, check=True)
        draft(each, who)
    pull(desk, other)
    verdict = verify(desk, mend=True)
    assert "还有1个文件两边改了同一处" in verdict.repaired
    (problem,) = verdict.problems
    assert problem.file.endswith("02-pingtai.md")
    assert requests(desk) == {"0001": "乙", "0002": "甲"}


def test_a_text_that_one_side_took_away_is_no_mending(desk: Desk, other: Desk) -> None:
    text = f"{BASE}/chapters/{PINGTAI}.md"
    (desk.root / text).write_text("甲改的一稿\n", "utf-8")
    (other.root / text).unlink()
    for each in (desk, other):
        subprocess.run(["git", "commit", "-qam", "改"], cwd=each.root, check=True)
    for each, who in ((desk, "甲"), (other, "乙")):
        record = each.root / BASE / "letters/0001/letter.yaml"
        record.parent.mkdir(parents=True)
        record.write_text(f"kind: revise\ntitle: {who}\n", "utf-8")
        subprocess.run(["git", "add", "-A"], cwd=each.root, check=True)
        subprocess.run(["git", "commit", "-qm", "函"], cwd=each.root, check=True)
    pull(desk, other)
    assert "函件0001撞号" in verify(desk, mend=True).repaired


def test_what_was_mended_by_hand_is_not_thrown_away(desk: Desk, other: Desk) -> None:
    draft(desk, "甲")
    draft(other, "乙")
    pull(desk, other)
    record = desk.root / BASE / "letters/0001/letter.yaml"
    record.write_bytes((other.root / BASE / "letters/0001/letter.yaml").read_bytes())
    with pytest.raises(EditorialError, match="已经动手改过"):
        verify(desk, mend=True)
    assert "<" not in record.read_text("utf-8")


def commit_all(desk: Desk) -> None:
    for args in (("add", "-A"), ("commit", "-qm", "改")):
        subprocess.run(["git", *args], cwd=desk.root, check=True)


LINES = [f"第{number}段。" for number in range(20)]


def parted(desk: Desk, other: Desk, path: str, *places: int) -> Path:
    """The file with lines that both sides changed, after the merge of two letters stopped."""
    for each, who in ((desk, "甲"), (other, "乙")):
        lines = [f"{line}{who}" if at in places else line for at, line in enumerate(LINES)]
        (each.root / path).write_text("\n".join(lines), "utf-8")
        commit_all(each)
        draft(each, who)
    pull(desk, other)
    return desk.root / path


@pytest.mark.parametrize("style", ["merge", "diff3"])
@pytest.mark.parametrize(
    ("name", "places"),
    [(f"chapters/{PINGTAI}.md", (2, 7)), (f"chapters/{PINGTAI}.md", (19,)), ("note.yaml", (3,))],
)
@pytest.mark.parametrize("base", [True, False])
def test_a_conflict_as_git_left_it_is_no_mending(
    desk: Desk, tmp_path: Path, name: str, places: tuple[int, ...], style: str, base: bool
) -> None:
    path = f"{BASE}/{name}"
    if base:
        (desk.root / path).write_text("\n".join(LINES), "utf-8")
        commit_all(desk)
    subprocess.run(["git", "config", "merge.conflictStyle", style], cwd=desk.root, check=True)
    other = open_desk(Path(shutil.copytree(desk.root, tmp_path / "ling", symlinks=True)))
    text = parted(desk, other, path, *places)
    assert "<<<<<<<" in text.read_text("utf-8")
    assert "函件0001撞号" in verify(desk, mend=True).repaired


@pytest.mark.parametrize("name", [f"chapters/{PINGTAI}.md", "note.yaml"])
@pytest.mark.parametrize("mended", ["all", "some"])
def test_any_conflict_mended_by_hand_is_kept(
    desk: Desk, tmp_path: Path, name: str, mended: str
) -> None:
    path = f"{BASE}/{name}"
    (desk.root / path).write_text("\n".join(LINES), "utf-8")
    commit_all(desk)
    other = open_desk(Path(shutil.copytree(desk.root, tmp_path / "ling", symlinks=True)))
    text = parted(desk, other, path, 2, 12)
    parts = text.read_text("utf-8").split("<<<<<<<")
    parts[1] = "第2段。甲乙\n" + parts[1].partition(">>>>>>>")[2].partition("\n")[2]
    if mended == "all":
        parts[2] = "第12段。甲乙\n" + parts[2].partition(">>>>>>>")[2].partition("\n")[2]
    by_hand = parts[0] + "<<<<<<<".join(parts[1:]) if mended == "some" else "".join(parts)
    text.write_text(by_hand, "utf-8")
    with pytest.raises(EditorialError, match="有1个文件已经动手改过") as refused:
        verify(desk, mend=True)
    assert path in refused.value.message
    assert text.read_text("utf-8") == by_hand


def test_what_git_merged_and_a_hand_changed_is_named(desk: Desk, other: Desk) -> None:
    path = f"{BASE}/chapters/{RENCAI}.md"
    (other.root / path).write_text("乙改的一稿\n", "utf-8")
    commit_all(other)
    for each in (desk, other):
        draft(each, each.root.name)
    pull(desk, other)
    (desk.root / path).write_text("乙改的一稿，又改\n", "utf-8")
    with pytest.raises(EditorialError, match="有1个文件已经动手改过") as refused:
        verify(desk, mend=True)
    assert path in refused.value.message
    assert f"git checkout -- {path}" in refused.value.hint
    subprocess.run(["git", "checkout", "-q", "--", path], cwd=desk.root, check=True)
    assert "函件0001撞号" in verify(desk, mend=True).repaired


@pytest.mark.parametrize("by_hand", [True, False])
def test_what_git_merged_of_both_and_a_hand_added_is_named(
    desk: Desk, tmp_path: Path, *, by_hand: bool
) -> None:
    path = f"{BASE}/chapters/{RENCAI}.md"
    (desk.root / path).write_text("\n".join(LINES), "utf-8")
    commit_all(desk)
    other = open_desk(Path(shutil.copytree(desk.root, tmp_path / "ling", symlinks=True)))
    for each, at in ((desk, 2), (other, 12)):
        lines = [f"{line}改" if at == number else line for number, line in enumerate(LINES)]
        (each.root / path).write_text("\n".join(lines), "utf-8")
        commit_all(each)
        draft(each, each.root.name)
    pull(desk, other)
    if not by_hand:
        assert "函件0001撞号" in verify(desk, mend=True).repaired
        return
    text = desk.root / path
    text.write_text(text.read_text("utf-8") + "又改\n", "utf-8")
    subprocess.run(["git", "add", path], cwd=desk.root, check=True)
    with pytest.raises(EditorialError, match="有1个文件已经动手改过") as refused:
        verify(desk, mend=True)
    assert path in refused.value.message


def test_a_draft_of_what_a_round_was_about_goes_with_the_round(desk: Desk, other: Desk) -> None:
    for each, who in ((desk, "甲"), (other, "乙")):
        open_round(each, f"{who}轮", readers=(who,), at=AT)
    record = desk.root / BASE / "drafts/0001/draft.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("selection:\n  round: '01'\n", "utf-8")
    commit_all(desk)
    pull(desk, other)
    assert "评议轮次01撞号" in verify(desk, mend=True).repaired
    assert "round: '02'" in record.read_text("utf-8")


def test_in_a_rebase_the_way_out_is_told(desk: Desk, other: Desk) -> None:
    draft(desk, "甲")
    draft(other, "乙")
    pull(desk, other, "--rebase")
    assert "git rebase --abort" in messages(desk)[0]
    assert verify(desk, mend=True).repaired == ""


def test_the_files_of_a_letter_that_a_merge_dropped_are_found(desk: Desk) -> None:
    draft(desk, "甲")
    stray = desk.root / BASE / "letters/0001/公函.pdf"
    stray.write_bytes(b"%PDF")
    (told,) = messages(desk)
    assert "letters/0001/公函.pdf" in told
    assert "letter.yaml 没有登记这个文件" in told


def test_every_record_that_does_not_read_is_told_at_once(desk: Desk) -> None:
    paths = ("letters/0001/letter.yaml", "returns/0001/return.yaml", "gates/approval/gate.yaml")
    for path in paths:
        file = desk.root / BASE / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", "utf-8")
    told = {each.file.removeprefix(f"{BASE}/") for each in verify(desk).problems}
    assert set(paths) <= told
