"""推进, on a real repository: what it writes, what it refuses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from editorial.desk.assign import assign
from editorial.desk.move import move, targets
from editorial.desk.office import Act, Desk, loaded, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.overview import overview
from editorial.desk.rounds import open_round
from editorial.errors import EditorialError, Refused
from editorial.model.volume import stage_of
from tests.desk.deciding import decide_opinion

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
BASE = "volumes/xiao-2019/chapters"
JICHANG, GAIKUANG, PINGTAI = "02-jichu/02-jichang", "02-jichu/01-gaikuang", "01-keji/02-pingtai"


def stage(desk: Desk, node: str) -> str:
    return next(stage_of(s) for s in loaded(desk).volume.sections if s.id == node)


def as_(desk: Desk, who: str) -> Desk:
    return open_desk(desk.root, by=who)


def go(desk: Desk, *nodes: str, to: str, note: str = "", force: bool = False) -> Act:
    return move(desk, nodes, to, at=AT, note=note, force=force)


def blocked(desk: Desk, *nodes: str, to: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        go(desk, *nodes, to=to)
    return [(b.node, b.guard) for b in refused.value.blockers]


def edit(desk: Desk, path: str, old: str, new: str) -> None:
    file = desk.root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_move_is_one_commit_that_adds_one_line(desk: Desk, git: Git) -> None:
    act = go(desk, JICHANG, to="初审", note="已核")
    diff = git("show", "--format=", "--unified=0").splitlines()
    assert [line for line in diff if line[0] in "+-" and line[:3] not in ("+++", "---")] == [
        "+- {at: 2020-03-05T09:30:00+00:00, by: 测试, to: review1, note: 已核}"
    ]
    assert git("show", "--format=%H%n%s", "--name-only").split() == [
        act.commit,
        "推进：机场至初审",
        f"{BASE}/{JICHANG}.yaml",
    ]
    assert git("status", "--porcelain") == ""


def test_the_commit_names_act_person_and_nodes_for_machines(desk: Desk, git: Git) -> None:
    go(as_(desk, "林清"), JICHANG, to="初审", note="已核")
    assert git("log", "-1", "--format=%b") == (
        "已核\n\nEditorial-Act: move\nEditorial-By: linqing\nEditorial-Node: 02-jichu/02-jichang"
    )


def test_comments_and_layout_survive_a_move(desk: Desk) -> None:
    file = desk.root / BASE / f"{PINGTAI}.yaml"
    before = file.read_text("utf-8").splitlines()
    go(desk, PINGTAI, to="编辑加工")
    after = file.read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        "- {at: 2020-03-05T09:30:00+00:00, by: 测试, to: editing}"
    ]
    assert [line for line in before if line not in after] == []


def test_what_is_staged_or_edited_elsewhere_stays(desk: Desk, git: Git) -> None:
    edit(desk, f"{BASE}/01-keji/01-gaikuang.md", "120个", "121个")
    edit(desk, f"{BASE}/01-keji/03-rencai.md", "300人", "301人")
    git("add", f"{BASE}/01-keji/03-rencai.md")
    go(desk, JICHANG, to="初审")
    assert git("status", "--porcelain").splitlines() == [
        f" M {BASE}/01-keji/01-gaikuang.md",
        f"M  {BASE}/01-keji/03-rencai.md",
    ]


def test_a_hand_edit_in_the_same_record_goes_with_the_move(desk: Desk) -> None:
    edit(desk, f"{BASE}/{JICHANG}.yaml", "title: 机场", "title: 民航机场   # 改")
    go(desk, JICHANG, to="初审")
    text = (desk.root / BASE / f"{JICHANG}.yaml").read_text("utf-8")
    assert text.startswith("title: 民航机场   # 改\n")


@pytest.mark.parametrize("to", ["review1", "初审"])
def test_a_stage_is_named_by_id_or_label(desk: Desk, to: str) -> None:
    go(desk, JICHANG, to=to)
    assert stage(desk, JICHANG) == "review1"


def test_a_section_is_named_by_its_title(desk: Desk) -> None:
    assert go(desk, "机场", to="初审").nodes == (JICHANG,)


def test_a_chapter_means_all_its_sections_in_one_commit(desk: Desk, git: Git) -> None:
    act = go(desk, "02-jichu", to="总纂", note="赶进度", force=True)
    assert act.message == "推进：基础设施（2个分目）至总纂（越过条件）"
    assert (stage(desk, JICHANG), stage(desk, GAIKUANG)) == ("merge", "merge")
    assert len(git("show", "--format=", "--name-only").splitlines()) == 2


def test_sections_of_a_chapter_that_are_further_stay_where_they_are(desk: Desk) -> None:
    assert go(desk, "02-jichu", to="初审").nodes == (JICHANG,)


def test_a_chapter_all_of_which_is_further_goes_back_with_a_note(desk: Desk) -> None:
    with pytest.raises(EditorialError, match="退回前面的阶段须写理由"):
        go(desk, "02-jichu", to="收稿")
    go(desk, "02-jichu", to="收稿", note="重报")
    assert (stage(desk, JICHANG), stage(desk, GAIKUANG)) == ("received", "received")


def test_every_blocker_of_every_section_is_told_and_nothing_is_written(
    desk: Desk, git: Git
) -> None:
    before = git("rev-parse", "HEAD")
    assert blocked(desk, "01-keji", to="初审") == [
        ("01-keji/02-pingtai", "tasks_in"),
        ("01-keji/03-rencai", "has_unit"),
        ("01-keji/03-rencai", "has_editor"),
    ]
    assert (git("rev-parse", "HEAD"), git("status", "--porcelain")) == (before, "")


def test_a_move_past_a_guard_needs_a_note_and_is_recorded(desk: Desk, git: Git) -> None:
    with pytest.raises(EditorialError, match="越过条件须写理由"):
        go(desk, "01-keji/03-rencai", to="初审", force=True)
    go(desk, "01-keji/03-rencai", to="初审", force=True, note="主编同意")
    step = "by: 测试, to: review1, note: 主编同意, forced: true}"
    assert step in (desk.root / BASE / "01-keji/03-rencai.yaml").read_text("utf-8")
    assert git("log", "-1", "--format=%s") == "推进：人才至初审（越过条件）"


def test_going_back_needs_a_note(desk: Desk) -> None:
    with pytest.raises(EditorialError, match="退回前面的阶段须写理由：02-jichu/01-gaikuang"):
        go(desk, GAIKUANG, to="编辑加工")
    go(desk, GAIKUANG, to="编辑加工", note="漏了附表")
    assert stage(desk, GAIKUANG) == "editing"


def test_a_section_already_there_is_refused(desk: Desk) -> None:
    with pytest.raises(EditorialError, match="都已在“编辑加工”"):
        go(desk, JICHANG, to="编辑加工")


def test_a_leftover_in_the_text_blocks(desk: Desk) -> None:
    go(desk, PINGTAI, to="复审", note="先走", force=True)
    assert blocked(as_(desk, "梁述"), PINGTAI, to="总纂") == [(PINGTAI, "no_leftover")]


def test_a_text_without_characters_blocks(desk: Desk) -> None:
    (desk.root / BASE / "01-keji/01-gaikuang.md").write_text("%% 待写\n", encoding="utf-8")
    assert blocked(desk, "01-keji/01-gaikuang", to="收稿") == [
        ("01-keji/01-gaikuang", "text_present")
    ]


def test_an_opinion_without_an_answer_blocks(desk: Desk) -> None:
    go(desk, GAIKUANG, to="终审", note="先走", force=True)
    round_, _ = open_round(desk, "评议会", at=AT)
    opinion, _ = add_opinion(desk, round_.id, GAIKUANG, "里程有误", at=AT, by="专家甲（示例）")
    assert blocked(desk, GAIKUANG, to="定稿") == [(GAIKUANG, "opinions_disposed")]
    decide_opinion(desk, opinion.id, "采纳", at=AT)
    assert go(desk, GAIKUANG, to="定稿").commit


def test_known_staff_may_do_what_their_role_allows(desk: Desk) -> None:
    assert blocked(as_(desk, "fangmin"), JICHANG, to="初审") == [(JICHANG, "role")]
    assert go(as_(desk, "linqing"), JICHANG, to="初审").commit


def test_a_stranger_is_recorded_by_the_name_git_knows(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    assert "by: 测试, to: review1" in (desk.root / BASE / f"{JICHANG}.yaml").read_text("utf-8")


def test_whoever_git_knows_by_mail_acts_under_the_staff_id(desk: Desk, git: Git) -> None:
    git("config", "user.email", "linqing@example.org")
    go(desk, JICHANG, to="初审")
    assert "by: linqing, to: review1" in (desk.root / BASE / f"{JICHANG}.yaml").read_text("utf-8")


def test_nobody_acts_under_a_name_that_is_not_on_the_staff(desk: Desk) -> None:
    with pytest.raises(EditorialError, match=r"staff\.yaml 里没有“张三”"):
        go(as_(desk, "张三"), JICHANG, to="初审")


def test_one_person_does_not_do_two_adjacent_reviews(desk: Desk) -> None:
    assert blocked(as_(desk, "苏静"), GAIKUANG, to="复审") == [(GAIKUANG, "other_person")]
    assert go(as_(desk, "梁述"), GAIKUANG, to="复审").commit


def test_the_final_review_is_not_done_by_who_did_the_second(desk: Desk) -> None:
    edit(desk, "volumes/xiao-2019/staff.yaml", "[deputy_editor]", "[deputy_editor, chief_editor]")
    go(as_(desk, "梁述"), GAIKUANG, to="复审")
    go(as_(desk, "梁述"), GAIKUANG, to="总纂")
    assert blocked(as_(desk, "梁述"), GAIKUANG, to="终审") == [
        (GAIKUANG, "other_person"),
        (GAIKUANG, "role"),
    ]
    assert go(as_(desk, "苏静"), GAIKUANG, to="终审").commit


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ("概况", "有2处都叫“概况”"),
        ("没有", "没有叫“没有”的篇目或分目"),
        ("../01-keji", "不是篇目或分目的名称"),
        ("a/b/c", "不是篇目或分目的名称"),
    ],
)
def test_a_node_that_is_not_one_is_refused(desk: Desk, node: str, words: str) -> None:
    with pytest.raises(EditorialError, match=words):
        go(desk, node, to="初审")


def test_a_stage_that_is_not_one_is_refused_with_the_stages(desk: Desk) -> None:
    with pytest.raises(EditorialError, match="流程里没有阶段“四审”") as refused:
        go(desk, JICHANG, to="四审")
    assert "初审、复审" in refused.value.hint


def test_the_stages_of_sections_are_offered_in_order(desk: Desk) -> None:
    labels = [label for _, label in targets(desk)]
    assert labels == ["撰稿", "收稿", "编辑加工", "初审", "复审", "总纂", "终审", "修改", "定稿"]


def test_a_stage_of_sections_is_not_for_the_whole_volume(desk: Desk) -> None:
    with pytest.raises(EditorialError, match="不能用于全书"):
        go(desk, "xiao-2019", to="初审")


def test_the_volume_waits_for_its_sections(desk: Desk) -> None:
    found = blocked(desk, "xiao-2019", to="形成评议稿")
    assert {guard for _, guard in found} == {"sections_at merge"}
    assert len(found) == 5


def test_the_volume_waits_for_its_gate(desk: Desk) -> None:
    go(desk, "01-keji", "02-jichu", to="定稿", note="示例", force=True)
    assert blocked(desk, "xiao-2019", to="批准") == [("xiao-2019", "gate approval")]
    edit(
        desk,
        "volumes/xiao-2019/volume.yaml",
        "{id: approval, label: 批准}",
        "{id: approval, label: 批准, doc_no: 示志〔2020〕1号, date: 2020-03-01}",
    )
    act = go(desk, "xiao-2019", to="批准")
    assert (act.message, act.nodes) == ("推进：全书至批准", ("xiao-2019",))


def test_the_volume_moves_by_one_line_in_its_progress(desk: Desk, git: Git) -> None:
    go(desk, "xiao-2019", to="组稿")
    diff = git("show", "--format=", "--unified=0").splitlines()
    assert [line for line in diff if line.startswith("+-")] == [
        "+- {at: 2020-03-05T09:30:00+00:00, by: 测试, to: commission}"
    ]


def test_the_volume_moves_when_it_had_no_progress_yet(desk: Desk, git: Git) -> None:
    git("rm", "-q", "volumes/xiao-2019/progress.yaml")
    git("commit", "-qm", "删")
    go(desk, "xiao-2019", to="框架设计")
    assert git("show", "--format=", "--name-status") == "A\tvolumes/xiao-2019/progress.yaml"


def test_the_volume_goes_back_with_a_note_only(desk: Desk) -> None:
    go(desk, "xiao-2019", to="组稿")
    with pytest.raises(EditorialError, match="从“组稿”退回“框架设计”须写理由"):
        go(desk, "xiao-2019", to="框架设计")
    assert go(desk, "xiao-2019", to="框架设计", note="重拟").commit


def test_a_section_written_by_hand_and_not_yet_known_to_git_can_move(desk: Desk, git: Git) -> None:
    folder = desk.root / BASE / "02-jichu"
    shutil.copy(folder / "02-jichang.yaml", folder / "03-gangkou.yaml")
    shutil.copy(folder / "02-jichang.md", folder / "03-gangkou.md")
    edit(desk, f"{BASE}/02-jichu/chapter.yaml", "02-jichang]", "02-jichang, 03-gangkou]")
    go(desk, "02-jichu/03-gangkou", to="初审")
    assert git("show", "--format=", "--name-status") == f"A\t{BASE}/02-jichu/03-gangkou.yaml"


def test_an_unreadable_record_stops_the_acts_on_it(desk: Desk) -> None:
    edit(desk, f"{BASE}/01-keji/03-rencai.yaml", "title", "titel")
    with pytest.raises(EditorialError, match="未作任何改动"):
        go(desk, "01-keji", to="初审")


def test_an_unreadable_record_stops_no_act_on_another(desk: Desk) -> None:
    edit(desk, f"{BASE}/01-keji/03-rencai.yaml", "title", "titel")
    go(desk, "02-jichu/02-jichang", to="初审")
    edit(desk, f"{BASE}/01-keji/03-rencai.yaml", "titel", "title")
    assert stage(desk, "02-jichu/02-jichang") == "review1"


def test_assigning_what_a_section_lacks_lets_it_move(desk: Desk) -> None:
    assign(desk, ("人才",), at=AT, editor="林清", unit="广州科技局", due=AT.date())
    go(desk, "人才", to="编辑加工")
    assert stage(desk, "01-keji/03-rencai") == "editing"


def test_the_board_shows_a_move_at_once(desk: Desk) -> None:
    go(desk, JICHANG, to="初审")
    row = overview(desk, AT.date()).volume.rows[1]
    assert (row.editing.label, row.editing.done, row.editing.total) == ("初审", 0, 2)


def test_two_desks_that_read_the_same_state_do_not_overwrite_each_other(
    desk: Desk, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading and writing, somebody else moves the same section."""
    from editorial.desk import move as module

    save = module._save

    def slow(*args: Any) -> Act:
        monkeypatch.setattr(module, "_save", save)
        go(open_desk(workspace), JICHANG, to="初审")
        return save(*args)

    monkeypatch.setattr(module, "_save", slow)
    with pytest.raises(EditorialError, match="被别人改过"):
        go(desk, JICHANG, to="初审")
    assert (workspace / BASE / f"{JICHANG}.yaml").read_text("utf-8").count("review1") == 1
