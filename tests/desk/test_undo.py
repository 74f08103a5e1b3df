"""撤销: the inverse act, itself a commit; it never throws away what somebody else did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from editorial.desk.assign import assign
from editorial.desk.history import history
from editorial.desk.keep import keep
from editorial.desk.move import move
from editorial.desk.office import Act, Desk, loaded, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.rounds import open_round
from editorial.desk.undo import preview, redo, redo_list, redo_preview, undo, undo_list, undoable
from editorial.desk.undo_words import told
from editorial.desk.writing import hand_in, take_up
from editorial.errors import Conflict, EditorialError, Refused
from editorial.model.volume import stage_of
from tests.desk.deciding import decide_opinion

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
BASE = "volumes/xiao-2019/chapters"
JICHANG, PINGTAI = "02-jichu/02-jichang", "01-keji/02-pingtai"


def go(desk: Desk, *nodes: str, to: str, note: str = "来回") -> Act:
    return move(desk, nodes, to, at=AT, note=note, force=True)


def back(desk: Desk) -> Act:
    return undo(desk, at=AT + timedelta(hours=1))


def record(desk: Desk, node: str) -> Path:
    return desk.root / BASE / f"{node}.yaml"


def stage(desk: Desk, node: str) -> str:
    return next(stage_of(s) for s in loaded(desk).volume.sections if s.id == node)


def test_an_undone_move_is_back_where_it_was_with_one_line_more(desk: Desk, git: Git) -> None:
    moved = go(desk, JICHANG, to="初审")
    undone = back(desk)
    assert stage(desk, JICHANG) == "editing"
    last = record(desk, JICHANG).read_text("utf-8").splitlines()[-1]
    assert (
        last.replace("'", "")
        == (  # an id that looks like a number is quoted
            "- {at: 2020-03-05T10:30:00+00:00, by: 测试, to: editing, note: 撤销, "
            f"undo: {moved.commit[:10]}}}"
        )
    )
    assert (
        git("log", "-1", "--format=%H %s") == f"{undone.commit} 撤销：推进：机场至初审（越过条件）"
    )
    assert git("diff", "--stat", "HEAD^").endswith("1 file changed, 1 insertion(+)")
    assert git("status", "--porcelain") == ""


def test_the_commit_says_which_one_it_takes_back(desk: Desk, git: Git) -> None:
    moved = go(desk, JICHANG, to="初审")
    back(desk)
    assert git("log", "-1", "--format=%(trailers:key=Editorial-Undoes,valueonly)") == moved.commit


def test_comments_survive_move_and_undo(desk: Desk) -> None:
    before = record(desk, PINGTAI).read_text("utf-8").splitlines()
    go(desk, PINGTAI, to="编辑加工")
    back(desk)
    after = record(desk, PINGTAI).read_text("utf-8").splitlines()
    assert [line for line in after if "2020-03-05" not in line] == before


def test_a_chapter_is_undone_as_one(desk: Desk) -> None:
    go(desk, "02-jichu", to="总纂")
    act = back(desk)
    assert (stage(desk, JICHANG), stage(desk, "02-jichu/01-gaikuang")) == ("editing", "review1")
    assert len(act.paths) == 2


@pytest.mark.parametrize("times", [2, 3])
def test_undoing_again_and_again_walks_back(desk: Desk, times: int) -> None:
    for to in ("初审", "复审", "总纂")[:times]:
        go(desk, JICHANG, to=to)
    for expected in ("review2", "review1", "editing")[3 - times :]:
        back(desk)
        assert stage(desk, JICHANG) == expected


def test_undoing_and_moving_and_undoing_again(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    back(desk)
    go(desk, JICHANG, to="收稿")
    back(desk)
    assert stage(desk, JICHANG) == "editing"
    with pytest.raises(EditorialError, match="没有可以撤销的操作"):
        back(desk)


def test_acts_on_different_sections_are_undone_in_turn(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    go(desk, PINGTAI, to="编辑加工")
    assert "创新平台" in back(desk).message
    assert "机场" in back(desk).message


def test_the_first_step_of_all_is_undone_to_no_step(desk: Desk) -> None:
    before = record(desk, "01-keji/03-rencai").read_bytes()
    go(desk, "人才", to="撰稿")
    back(desk)
    assert record(desk, "01-keji/03-rencai").read_bytes() == before


def test_an_undone_assignment_leaves_the_file_as_it_was(desk: Desk) -> None:
    before = record(desk, PINGTAI).read_bytes()
    assign(desk, (PINGTAI,), at=AT, editor="方敏", unit="省发改", due=AT.date())
    back(desk)
    assert record(desk, PINGTAI).read_bytes() == before


def test_an_undone_volume_stage_is_back(desk: Desk) -> None:
    go(desk, "xiao-2019", to="组稿")
    back(desk)
    assert loaded(desk).volume.history[-1].to == "framework"


def test_an_undone_new_record_is_gone(desk: Desk, workspace: Path) -> None:
    open_round(desk, "评议会", at=AT)
    back(desk)
    assert not (workspace / "volumes/xiao-2019/rounds").exists()


def test_an_undone_disposition_is_pending_again(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    opinion, _ = add_opinion(desk, "01", JICHANG, "数字有误", at=AT, by="专家甲（示例）")
    decide_opinion(desk, opinion.id, "不采纳", at=AT, reason="数字已核")
    back(desk)
    text = (desk.root / "volumes/xiao-2019/rounds/01/opinions/001.yaml").read_text("utf-8")
    assert "reason" not in text
    assert text.splitlines()[-1].startswith(
        "- {at: 2020-03-05T10:30:00+00:00, by: 测试, to: pending"
    )


def test_what_was_written_by_hand_and_kept_is_not_wiped_out(desk: Desk, workspace: Path) -> None:
    text = workspace / BASE / f"{JICHANG}.md"
    text.write_text("写了一天。\n", encoding="utf-8")
    keep(desk, "补一段")
    with pytest.raises(EditorialError, match="不能撤销“补一段”"):
        back(desk)
    assert text.read_text("utf-8") == "写了一天。\n"


def test_a_hand_edit_that_went_along_with_a_move_stays(desk: Desk) -> None:
    text = record(desk, JICHANG).read_text("utf-8")
    record(desk, JICHANG).write_text(text.replace("title: 机场", "title: 民航"), encoding="utf-8")
    go(desk, "民航", to="初审")
    back(desk)
    assert record(desk, JICHANG).read_text("utf-8").startswith("title: 民航\n")
    assert stage(desk, JICHANG) == "editing"


def by_hand(desk: Desk, data: bytes) -> Path:
    """A section written by hand that git does not know yet."""
    folder = desk.root / BASE / "02-jichu"
    chapter = folder / "chapter.yaml"
    listed = chapter.read_text("utf-8").replace("02-jichang]", "02-jichang, 03-gangkou]")
    chapter.write_text(listed, encoding="utf-8")
    (folder / "03-gangkou.md").write_text("【港口】　示例。\n", encoding="utf-8")
    (folder / "03-gangkou.yaml").write_bytes(data)
    return folder / "03-gangkou.yaml"


def test_a_record_git_had_not_known_is_not_deleted_by_an_undo(desk: Desk) -> None:
    file = by_hand(desk, record(desk, JICHANG).read_bytes().replace("机场".encode(), b"X"))
    go(desk, "02-jichu/03-gangkou", to="初审")
    back(desk)
    assert (file.exists(), stage(desk, "02-jichu/03-gangkou")) == (True, "editing")


def test_an_assignment_that_took_in_a_record_is_not_undone(desk: Desk) -> None:
    file = by_hand(desk, "title: 港口\n".encode())
    assign(desk, ("02-jichu/03-gangkou",), at=AT, editor="林清")
    with pytest.raises(Conflict, match="撤销会把它删去"):
        back(desk)
    assert file.exists()


def test_a_volume_stage_that_was_the_first_is_undone_to_none(desk: Desk, git: Git) -> None:
    git("rm", "-q", "volumes/xiao-2019/progress.yaml")
    git("commit", "-qm", "删")
    go(desk, "xiao-2019", to="框架设计")
    back(desk)
    assert loaded(desk).volume.history == ()


def test_a_hand_edit_made_since_is_never_thrown_away(desk: Desk, git: Git) -> None:
    go(desk, JICHANG, to="初审")
    edited = record(desk, JICHANG).read_text("utf-8").replace("机场", "民航机场")
    record(desk, JICHANG).write_text(edited, encoding="utf-8")
    with pytest.raises(Conflict, match="之后又有改动") as refused:
        back(desk)
    assert refused.value.where == f"{BASE}/{JICHANG}.yaml"
    assert record(desk, JICHANG).read_text("utf-8") == edited
    assert git("status", "--porcelain") == f" M {BASE}/{JICHANG}.yaml"


def test_a_comment_added_since_does_not_stand_in_the_way_and_stays(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    text = record(desk, JICHANG).read_text("utf-8")
    record(desk, JICHANG).write_text("# 新注\n" + text, encoding="utf-8")
    back(desk)
    assert record(desk, JICHANG).read_text("utf-8").startswith("# 新注\n")
    assert stage(desk, JICHANG) == "editing"


def test_what_somebody_else_did_since_is_never_thrown_away(desk: Desk, git: Git) -> None:
    go(desk, JICHANG, to="初审")
    git("config", "user.email", "sujing@example.org")
    go(open_desk(desk.root), JICHANG, to="复审")
    git("config", "user.email", "ceshi@example.org")
    with pytest.raises(Conflict):
        back(desk)
    assert stage(desk, JICHANG) == "review2"


def test_only_my_own_acts_are_undone(desk: Desk, git: Git) -> None:
    git("config", "user.email", "sujing@example.org")
    go(desk, JICHANG, to="初审")
    git("config", "user.email", "ceshi@example.org")
    with pytest.raises(EditorialError, match="没有可以撤销的操作"):
        back(desk)


def test_commits_made_by_hand_are_not_acts(desk: Desk, git: Git) -> None:
    git("commit", "-q", "--allow-empty", "-m", "手工提交")
    assert undoable(desk) is None


def test_what_undo_would_take_back_can_be_asked(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    found = undoable(desk)
    assert found is not None
    assert (found.subject, found.kind) == ("推进：机场至初审（越过条件）", "move")


def test_files_with_windows_line_ends_are_undone_too(desk: Desk, workspace: Path, git: Git) -> None:
    record(desk, JICHANG).write_bytes(record(desk, JICHANG).read_bytes().replace(b"\n", b"\r\n"))
    (workspace / ".gitattributes").unlink()
    git("config", "core.autocrlf", "true")
    git("commit", "-qam", "CRLF")
    go(desk, JICHANG, to="初审")
    back(desk)
    assert stage(desk, JICHANG) == "editing"
    assert record(desk, JICHANG).read_bytes().count(b"\r\n") == 9


def test_an_undo_is_in_the_log_after_the_act(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    back(desk)
    assert [line.kind for line in history(desk, JICHANG)] == ["undo", "move", ""]


def test_the_act_of_making_the_workspace_is_final(sample: Path) -> None:
    with pytest.raises(EditorialError, match=r"没有可以撤销的操作|不能撤销"):
        undo(open_desk(sample), at=AT)


# Others in between


def as_sujing(desk: Desk, git: Git, act: Callable[[Desk], Act]) -> None:
    git("config", "user.email", "sujing@example.org")
    act(open_desk(desk.root))
    git("config", "user.email", "ceshi@example.org")


def test_what_others_did_elsewhere_in_the_file_stays(desk: Desk, git: Git) -> None:
    go(desk, JICHANG, to="初审")
    as_sujing(desk, git, lambda theirs: assign(theirs, (JICHANG,), at=AT, editor="方敏"))
    back(desk)
    text = record(desk, JICHANG).read_text("utf-8")
    assert (stage(desk, JICHANG), "editor: fangmin" in text) == ("editing", True)


def test_my_assignment_is_undone_under_their_move(desk: Desk, git: Git) -> None:
    assign(desk, (JICHANG,), at=AT, editor="方敏")
    as_sujing(desk, git, lambda theirs: go(theirs, JICHANG, to="初审"))
    back(desk)
    text = record(desk, JICHANG).read_text("utf-8")
    assert (stage(desk, JICHANG), "editor: linqing" in text) == ("review1", True)


def test_the_conflict_says_who_came_after(desk: Desk, git: Git) -> None:
    go(desk, JICHANG, to="初审")
    as_sujing(desk, git, lambda theirs: go(theirs, JICHANG, to="复审"))
    with pytest.raises(Conflict) as refused:
        back(desk)
    assert "sujing 推进：机场至复审" in refused.value.hint


# One of several


def test_one_act_is_undone_and_a_later_one_stays(desk: Desk) -> None:
    first = go(desk, JICHANG, to="初审")
    go(desk, PINGTAI, to="编辑加工")
    undo(desk, at=AT, commit=first.commit[:8])
    assert (stage(desk, JICHANG), stage(desk, PINGTAI)) == ("editing", "editing")


def test_the_list_says_which_cannot_be_taken_back_and_why(desk: Desk, workspace: Path) -> None:
    go(desk, JICHANG, to="初审")
    (workspace / BASE / f"{PINGTAI}.md").write_text("补写。\n", encoding="utf-8")
    keep(desk, "补一段")
    found = [(each.line.subject, bool(each.why)) for each in undo_list(desk)]
    assert found == [("补一段", True), ("推进：机场至初审（越过条件）", False)]


def test_an_act_that_is_not_mine_cannot_be_named(desk: Desk, git: Git) -> None:
    with pytest.raises(EditorialError, match="没有提交号是"):
        undo(desk, at=AT, commit=git("rev-parse", "HEAD"))


# Seen before


def test_the_preview_tells_fields_in_words(desk: Desk) -> None:
    assign(desk, (PINGTAI,), at=AT, editor="方敏", unit="省发改")
    assert told(desk, preview(desk, at=AT)) == (
        "科技创新 / 创新平台　供稿单位：深圳科创局、广州科技局、省发改 → 深圳科创局、广州科技局",
        "科技创新 / 创新平台　责任编辑：方敏 → 林清",
        "科技创新 / 创新平台　供稿任务：深圳科创局 已报送、广州科技局 已下达、省发改 已下达 → "
        "深圳科创局 已报送、广州科技局 已下达",
    )


def test_the_preview_writes_nothing(desk: Desk, git: Git) -> None:
    moved = go(desk, JICHANG, to="初审")
    preview(desk, at=AT)
    assert git("rev-parse", "HEAD") + git("status", "--porcelain") == moved.commit


def test_a_new_record_is_told_to_go(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    assert told(desk, preview(desk, at=AT)) == ("评议01　删去",)


# Again


def again(desk: Desk) -> Act:
    return redo(desk, at=AT + timedelta(hours=2))


def test_a_move_done_again_is_a_step_of_its_own(desk: Desk, git: Git) -> None:
    go(desk, JICHANG, to="初审")
    undone = back(desk)
    act = again(desk)
    assert stage(desk, JICHANG) == "review1"
    last = record(desk, JICHANG).read_text("utf-8").splitlines()[-1]
    assert last == (
        "- {at: 2020-03-05T11:30:00+00:00, by: 测试, to: review1, note: 来回, forced: true}"
    )
    assert act.message == "重做：推进：机场至初审（越过条件）"
    assert git("log", "-1", "--format=%(trailers:key=Editorial-Redoes,valueonly)") == undone.commit


def test_what_was_done_again_can_be_undone_and_done_again(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    back(desk)
    again(desk)
    assert back(desk).message == "撤销：推进：机场至初审（越过条件）"
    assert (stage(desk, JICHANG), len(redo_list(desk))) == ("editing", 1)
    again(desk)
    assert (stage(desk, JICHANG), len(redo_list(desk))) == ("review1", 0)


def test_several_steps_go_back_and_forth_in_turn(desk: Desk) -> None:
    for to in ("初审", "复审", "总纂"):
        go(desk, JICHANG, to=to)
    for _ in range(3):
        back(desk)
    stages = []
    for _ in range(3):
        again(desk)
        stages.append(stage(desk, JICHANG))
    assert stages == ["review1", "review2", "merge"]


def test_an_assignment_done_again_is_as_it_was(desk: Desk) -> None:
    assign(desk, (PINGTAI,), at=AT, editor="方敏", due=AT.date())
    after = record(desk, PINGTAI).read_bytes()
    back(desk)
    again(desk)
    assert record(desk, PINGTAI).read_bytes() == after


def test_a_new_act_leaves_nothing_to_do_again(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    back(desk)
    go(desk, PINGTAI, to="编辑加工")
    with pytest.raises(EditorialError, match="没有可以重做的操作"):
        again(desk)


def test_others_acts_do_not_take_the_redo_away(desk: Desk, git: Git) -> None:
    go(desk, JICHANG, to="初审")
    back(desk)
    as_sujing(desk, git, lambda theirs: go(theirs, PINGTAI, to="编辑加工"))
    again(desk)
    assert stage(desk, JICHANG) == "review1"


def test_what_others_changed_after_the_undo_is_not_overwritten(desk: Desk, git: Git) -> None:
    go(desk, JICHANG, to="初审")
    back(desk)
    as_sujing(desk, git, lambda theirs: go(theirs, JICHANG, to="复审"))
    with pytest.raises(Conflict, match="不能重做"):
        again(desk)
    assert stage(desk, JICHANG) == "review2"


def test_a_move_that_could_not_be_made_now_is_not_done_again(desk: Desk, workspace: Path) -> None:
    move(desk, (JICHANG,), "初审", at=AT)
    back(desk)
    text = workspace / BASE / f"{JICHANG}.md"
    text.write_text("", encoding="utf-8")
    with pytest.raises(Refused):
        again(desk)


def test_what_carries_a_tag_is_not_done_again(desk: Desk) -> None:
    act = open_round(desk, "评议会", at=AT)[1]
    back(desk)
    with pytest.raises(EditorialError, match=r"不能重做|没有可以重做"):
        again(desk)
    assert act.commit


def test_the_redo_is_seen_before_too(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    back(desk)
    assert told(desk, redo_preview(desk, at=AT)) == ("基础设施 / 机场　阶段：编辑加工 → 初审",)


# 正文


def test_a_text_written_here_is_undone_and_done_again(desk: Desk, workspace: Path) -> None:
    file = workspace / BASE / f"{JICHANG}.md"
    before = file.read_bytes()
    hand_in(desk, take_up(desk, JICHANG), "【机场】　改写。", at=AT)
    back(desk)
    undone = file.read_bytes()
    again(desk)
    assert (undone, file.read_text("utf-8")) == (before, "【机场】　改写。\n")


def test_what_was_done_in_the_name_of_another_is_theirs(desk: Desk) -> None:
    staff = (replace(desk, by="林清"), replace(desk, by="方敏"))
    for each, due in zip(staff, (date(2020, 3, 1), date(2020, 3, 2)), strict=True):
        assign(each, (JICHANG,), at=AT, due=due)
    assert [found.line.by for found in undo_list(staff[0])] == ["linqing"]
    assert [found.line.by for found in undo_list(staff[1])] == ["fangmin"]
    assert undo_list(desk) == ()
    with pytest.raises(EditorialError, match="没有可以撤销的操作"):
        back(desk)


def test_an_act_from_before_the_trailer_is_known_by_the_name_in_git(desk: Desk, git: Git) -> None:
    git("config", "user.name", "林清")
    git("config", "user.email", "linqing@example.org")
    path = record(desk, JICHANG)
    path.write_text(path.read_text("utf-8") + "due: 2020-03-01\n", "utf-8")
    git("commit", "-qam", "分工：机场\n\nEditorial-Act: assign")
    assert [found.line.by for found in undo_list(desk)] == ["林清"]
