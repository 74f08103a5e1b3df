"""A round's life: its tag, its draft, who may review, who was heard, what it is let off."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from editorial.desk.keep import keep
from editorial.desk.letters import letters
from editorial.desk.move import move
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.overview import overview
from editorial.desk.round_draft import draft_round
from editorial.desk.round_list import find_round, rounds
from editorial.desk.round_remind import letters_to_silent, readers_of, reminders
from editorial.desk.rounds import Wish, answer_round, close_round, open_round, reopen_round
from editorial.desk.undo import undo
from editorial.desk.verify import verify
from editorial.errors import Conflict, EditorialError, Refused
from editorial.model.labels import ReviewKind, RoundState
from editorial.model.reviews import Exemption, round_state, waiting
from editorial.model.round_standing import standing_of
from editorial.store.journal import pending, repair
from editorial.store.lock import lock
from editorial.store.registers import load_drafts
from tests.conftest import Said
from tests.desk.deciding import decide_opinion

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
DAY = AT.date()
JICHANG = "02-jichu/02-jichang"
TAG = "round/xiao-2019/01"


def hear(desk: Desk, by: str = "专家甲（示例）") -> str:
    return add_opinion(desk, "01", JICHANG, "数字有误", at=AT, by=by)[0].id


def rule(desk: Desk, people: str) -> None:
    path = desk.root / "styles/workflows/yearbook.yaml"
    text = path.read_text("utf-8")
    old = next(line for line in text.splitlines() if line.startswith("people:"))
    path.write_text(text.replace(old, f"people: {people}"), "utf-8")


# The tag


def test_the_text_of_a_round_lies_under_an_annotated_tag(desk: Desk, git: Git) -> None:
    round_, _ = open_round(desk, "评议会", at=AT, purpose="看史实", readers=("专家甲",))
    assert (round_.tag, git("rev-parse", f"{TAG}^{{commit}}")) == (TAG, round_.commit)
    told = git("for-each-ref", "--format=%(objecttype) %(contents)", "refs/tags")
    assert told.rstrip() == "tag 评议：评议会\n\n看史实\n\n专家甲"


@pytest.mark.parametrize("name", ["小 年鉴", "a..b", "v.lock", "x@{1}", "-x", "x~1^"])
def test_a_book_of_any_name_gets_its_tag(desk: Desk, git: Git, name: str) -> None:
    git("mv", "volumes/xiao-2019", f"volumes/{name}")
    git("commit", "-q", "-m", "改名")
    round_, _ = open_round(open_desk(desk.root), "评议会", at=AT)
    assert git("rev-parse", f"{round_.tag}^{{commit}}") == round_.commit


def test_taking_back_a_round_takes_its_tag(desk: Desk, git: Git) -> None:
    open_round(desk, "评议会", at=AT)
    undo(desk, at=AT)
    assert (rounds(desk), git("tag")) == ((), "")
    assert open_round(desk, "评议会", at=AT)[0].tag == TAG


def test_a_round_that_was_answered_is_not_taken_back(desk: Desk, git: Git) -> None:
    open_round(desk, "评议会", at=AT)
    git("config", "user.email", "linqing@example.org")
    hear(desk)
    git("config", "user.email", "ceshi@example.org")
    with pytest.raises(Conflict, match="已经有了意见"):
        undo(desk, at=AT)
    assert git("tag") == TAG


def test_a_tag_that_is_there_already_is_refused_in_words(desk: Desk, git: Git) -> None:
    git("tag", TAG)
    before = git("rev-parse", "HEAD")
    with pytest.raises(EditorialError, match="标签“round/xiao-2019/01”已经有了") as refused:
        open_round(desk, "评议会", at=AT)
    assert "git tag -d" in refused.value.hint
    assert (git("rev-parse", "HEAD"), git("status", "--porcelain"), rounds(desk)) == (
        before,
        "",
        (),
    )
    assert git("tag") == TAG


def test_a_commit_that_is_refused_leaves_no_tag(desk: Desk, git: Git) -> None:
    hook = desk.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    with pytest.raises(EditorialError):
        open_round(desk, "评议会", at=AT)
    assert (git("tag"), git("status", "--porcelain")) == ("", "")


OPENING = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from editorial.desk.office import open_desk
from editorial.desk.rounds import open_round
from editorial.store import git
def die(*args, **named):
    os._exit(9)
where = sys.argv[2]
if where == "before":
    git.commit = die
elif where == "after":
    commit = git.commit
    git.commit = lambda *args, **named: (commit(*args, **named), die())
open_round(open_desk(Path(sys.argv[1])), "评议会", at=datetime(2020, 3, 5, tzinfo=UTC))
"""


@pytest.mark.parametrize(("where", "tags", "count"), [("before", "", 0), ("after", TAG, 1)])
def test_a_kill_leaves_round_and_tag_both_or_neither(
    desk: Desk, git: Git, where: str, tags: str, count: int
) -> None:
    call = [sys.executable, "-c", OPENING, str(desk.root), where]
    assert subprocess.run(call, check=False).returncode == 9
    assert git("tag") == TAG
    assert pending(desk.workspace) is not None
    with lock(desk.workspace):
        repair(desk.workspace)
    assert (git("tag"), len(rounds(desk)), git("status", "--porcelain")) == (tags, count, "")


TAKING_BACK = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from editorial.desk.office import open_desk
from editorial.desk.undo import undo
from editorial.store import git
commit = git.commit
git.commit = lambda *args, **named: (commit(*args, **named), os._exit(9))
undo(open_desk(Path(sys.argv[1])), at=datetime(2020, 3, 5, tzinfo=UTC))
"""


def test_a_kill_while_taking_back_leaves_neither_round_nor_tag(desk: Desk, git: Git) -> None:
    open_round(desk, "评议会", at=AT)
    call = [sys.executable, "-c", TAKING_BACK, str(desk.root)]
    assert subprocess.run(call, check=False).returncode == 9
    assert git("tag") == TAG
    with lock(desk.workspace):
        repair(desk.workspace)
    assert (git("tag"), rounds(desk), git("status", "--porcelain")) == ("", (), "")


def test_verify_misses_the_tag_of_a_round(desk: Desk, git: Git) -> None:
    open_round(desk, "评议会", at=AT)
    assert verify(desk).problems == ()
    git("tag", "-d", TAG)
    (problem,) = verify(desk).problems
    assert "标签 round/xiao-2019/01 不见了" in problem.message


# The draft


@pytest.fixture
def readers(tmp_path: Path) -> str:
    path = tmp_path / "readers.yaml"
    path.write_text("readers:\n- {name: 专家甲}\n- {name: 专家乙, unit: 示例大学}\n", "utf-8")
    return str(path)


def test_a_round_is_opened_with_numbered_copies_of_its_own_draft(desk: Desk, readers: str) -> None:
    wish = Wish(copies_to=readers, formats=("docx",))
    round_, _ = open_round(desk, "评议会", at=AT, nodes=("01-keji",), readers=("丙",), wish=wish)
    (draft,) = load_drafts(desk.workspace.files, desk.volume_id)
    assert (round_.draft, round_.edition, draft.review) == (draft.id, 1, "评议会")
    assert (round_.readers, draft.nodes) == (("丙", "专家甲", "专家乙"), ("01-keji",))
    assert [(each.name, each.copy) for each in readers_of(desk, round_)] == [
        ("丙", None),
        ("专家甲", 1),
        ("专家乙", 2),
    ]


def test_every_page_of_a_rounds_draft_says_which_round_it_is_of(desk: Desk, tmp_path: Path) -> None:
    from editorial.desk.draft import make_draft

    plain = make_draft(desk, at=AT, formats=("docx",), out=tmp_path)
    made = make_draft(desk, at=AT, formats=("docx",), out=tmp_path, review="评议会")
    again = make_draft(desk, at=AT, formats=("docx",), out=tmp_path, review="评议会")
    assert (plain.draft.edition, made.draft.edition, again.draft.edition) == (1, 2, 2)
    assert again.act is None
    words = docx_words(made.files[0])
    assert "评议会　第2稿" in words["word/document.xml"]
    assert any("评议会　第2稿" in text for name, text in words.items() if "footer" in name)
    assert "评议会" not in docx_words(plain.files[0])["word/document.xml"]


def docx_words(path: Path) -> dict[str, str]:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml")}


def test_more_copies_are_made_while_the_text_is_that_of_the_round(
    desk: Desk, readers: str, tmp_path: Path
) -> None:
    open_round(desk, "评议会", at=AT)
    made, _ = draft_round(desk, "01", Wish(copies_to=readers, formats=("docx",)), at=AT)
    assert (made.draft, made.edition, made.readers) == ("01", 1, ("专家甲", "专家乙"))
    assert draft_round(desk, "01", Wish(formats=("docx",)), at=AT)[1].commit == ""
    write(desk, "【机场】　改了。\n")
    keep(desk, "改")
    with pytest.raises(EditorialError, match="开始之后正文改过"):
        draft_round(desk, "01", Wish(formats=("docx",)), at=AT)


def write(desk: Desk, text: str) -> None:
    path = desk.root / f"volumes/xiao-2019/chapters/{JICHANG}.md"
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("title", ["  ", "长" * 31, "评{议}会", "评议\n会"])
def test_a_title_no_page_can_bear_is_refused(desk: Desk, title: str) -> None:
    with pytest.raises(EditorialError):
        open_round(desk, title, at=AT)


# People


def test_who_reviewed_before_had_better_not_review_again(desk: Desk) -> None:
    open_round(desk, "初审会", at=AT, kind=ReviewKind.OFFICE_FIRST, readers=("周文",))
    _, act = open_round(
        desk, "复审会", at=AT, kind=ReviewKind.OFFICE_SECOND, readers=("zhouwen", "梁述")
    )
    assert [told for told in act.remarks if "相邻" in told] == [
        "注意：zhouwen也办“初审”，与“复审”相邻，须换人"
        "（01-keji/01-gaikuang、01-keji/02-pingtai、01-keji/03-rencai等5个分目）"
    ]


def test_a_stage_moved_counts_as_a_review(desk: Desk) -> None:
    _, act = open_round(
        desk, "复审会", at=AT, kind=ReviewKind.OFFICE_SECOND, nodes=("02-jichu",), readers=("苏静",)
    )
    assert act.remarks == ("注意：苏静也办“初审”，与“复审”相邻，须换人（02-jichu/01-gaikuang）",)


def test_the_publishers_adjacent_reviews_are_refused_to_one_person(desk: Desk, git: Git) -> None:
    first, second = ReviewKind.PRESS_FIRST, ReviewKind.PRESS_SECOND
    open_round(desk, "社初审", at=AT, kind=first, nodes=("01-keji",), readers=("编辑甲",))
    with pytest.raises(Refused) as refused:
        open_round(desk, "社复审", at=AT, kind=second, readers=("编辑 甲",))
    (blocker,) = refused.value.blockers
    assert (blocker.node, blocker.guard) == ("01-keji/01-gaikuang", "people press")
    assert git("tag") == TAG
    open_round(desk, "社复审", at=AT, kind=second, nodes=("02-jichu",), readers=("编辑甲",))
    open_round(
        desk, "社终审", at=AT, kind=ReviewKind.PRESS_FINAL, nodes=("01",), readers=("编辑甲",)
    )


def test_who_wrote_or_edited_does_not_review(desk: Desk) -> None:
    _, act = open_round(desk, "评议会", at=AT, readers=("林清", "陈甲", "深圳科创局"))
    assert [told.split("撰写")[0] for told in act.remarks] == ["注意：林清", "注意：陈甲"]
    _, asked = open_round(desk, "问", at=AT, kind=ReviewKind.CONSULT, readers=("陈甲",))
    assert not [told for told in asked.remarks if "撰写" in told]


@pytest.mark.parametrize(("strictness", "remarks"), [("warn", 1), ("off", 0)])
def test_a_rule_on_people_is_as_strict_as_the_office_says(
    desk: Desk, strictness: str, remarks: int
) -> None:
    rule(desk, f"{{drafter: {strictness}}}")
    _, act = open_round(desk, "评议会", at=AT, nodes=("01-keji",), readers=("林清",))
    assert len(act.remarks) == remarks


@pytest.mark.parametrize("name", ["林清", "林清（责任编辑）", "林清 (示例)", "linqing"])
def test_a_title_added_to_a_name_hides_nobody(desk: Desk, name: str) -> None:
    rule(desk, "{drafter: refuse}")
    with pytest.raises(Refused, match="审读人不合规定"):
        open_round(desk, "评议会", at=AT, nodes=("01-keji",), readers=(name,))


def test_a_rule_that_refuses_names_the_section_and_the_remedy(desk: Desk, git: Git) -> None:
    rule(desk, "{drafter: refuse}")
    with pytest.raises(Refused, match="审读人不合规定") as refused:
        open_round(desk, "评议会", at=AT, nodes=("01-keji",), readers=("林清",))
    assert refused.value.blockers[0].guard == "people drafter"
    assert "people" in refused.value.hint
    assert (rounds(desk), git("tag")) == ((), "")


def test_rounds_on_the_same_text_at_one_time_know_of_each_other(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT, nodes=("01-keji",))
    _, act = open_round(desk, "审读", at=AT, nodes=("01-keji/01-gaikuang", "02-jichu"))
    assert act.remarks == ("与“评议会”（01）同时进行，有1个分目相同",)


def test_two_rounds_of_one_title_are_asked_for_by_number(desk: Desk) -> None:
    open_round(desk, "初审", at=AT, nodes=("01-keji",))
    open_round(desk, "初审", at=AT, nodes=("02-jichu",))
    with pytest.raises(EditorialError, match="有2轮都叫“初审”"):
        find_round(desk, "初审")


# Who was heard


def test_those_not_heard_are_reminded_and_the_others_are_not(desk: Desk) -> None:
    people = ("专家甲（示例）", "专家乙", "广州科技局")
    open_round(desk, "评议会", at=AT, readers=people, due=date(2020, 3, 10))
    hear(desk, "专家甲(示例)")
    _, silent = reminders(desk, "01", date(2020, 3, 12))
    assert [(each.reader, each.days, each.unit) for each in silent] == [
        ("专家乙", -2, ""),
        ("广州科技局", -2, "gz-kjj"),
    ]
    assert "意见应于2020年3月10日前反馈，已过2天" in silent[0].text
    answer_round(desk, "01", "专家乙", at=AT)
    answer_round(desk, "01", "广州科技局", at=AT, note="电话答复无意见")
    assert reminders(desk, "01", DAY)[1] == ()
    assert standing_of(find_round(desk, "01"), DAY).heard == 3


def test_units_not_heard_get_a_letter_each(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT, readers=("广州科技局", "专家乙"), due=date(2020, 3, 10))
    drafted, _ = letters_to_silent(desk, "01", at=AT)
    assert [(x.unit, x.due, [i.section for i in x.items]) for x in drafted] == [
        ("gz-kjj", date(2020, 3, 10), ["01-keji/02-pingtai"])
    ]
    assert letters(desk) == drafted


def test_only_readers_answer_a_round(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT, readers=("专家乙",))
    with pytest.raises(EditorialError, match="审读人里没有“专家丙”"):
        answer_round(desk, "01", "专家丙", at=AT)


# Closing and reopening


def test_a_round_is_let_off_opinions_with_a_reason_until_it_is_reopened(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    first, second = hear(desk), hear(desk)
    decide_opinion(desk, first, "采纳", at=AT)
    with pytest.raises(EditorialError, match="须写理由"):
        close_round(desk, "01", at=AT, exempt=("002",))
    close_round(desk, "01", at=AT, exempt=("2",), note="重复")
    closed = find_round(desk, "01")
    assert (closed.exempted, waiting(closed)) == ((Exemption(opinion=second, reason="重复"),), ())
    assert [standing_of(closed, DAY).disposed, standing_of(closed, DAY).exempted] == [1, 1]
    with pytest.raises(EditorialError, match="须写理由"):
        reopen_round(desk, "01", at=AT, note=" ")
    reopen_round(desk, "01", at=AT, note="再议")
    again = find_round(desk, "01")
    assert (round_state(again), [o.id for o in waiting(again)]) == (RoundState.OPEN, [second])
    assert (again.exempted, again.history[1].note) == ((), "重复（豁免01/002）")
    with pytest.raises(Refused):
        close_round(desk, "01", at=AT)


def guards(desk: Desk) -> list[str]:
    with pytest.raises(Refused) as refused:
        move(desk, (JICHANG,), "定稿", at=AT)
    return [blocker.guard for blocker in refused.value.blockers]


def test_what_a_round_was_let_off_does_not_hold_the_section_back(desk: Desk) -> None:
    before = guards(desk)
    open_round(desk, "评议会", at=AT)
    hear(desk)
    assert guards(desk) == [*before, "opinions_disposed"]
    close_round(desk, "01", at=AT, exempt=("001",), note="重复")
    assert guards(desk) == before
    cell = overview(desk, DAY).volume.opinions
    assert (cell.label, cell.done, cell.total) == ("已处理", 1, 1)


@pytest.mark.parametrize("name", ["009", "02/001"])
def test_only_opinions_of_the_round_can_be_let_off(desk: Desk, name: str) -> None:
    open_round(desk, "评议会", at=AT)
    hear(desk)
    with pytest.raises(EditorialError, match="没有意见"):
        close_round(desk, "01", at=AT, exempt=(name,), note="重复")


def test_an_answered_opinion_needs_no_exemption(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    decide_opinion(desk, hear(desk), "采纳", at=AT)
    with pytest.raises(EditorialError, match="已有结论"):
        close_round(desk, "01", at=AT, exempt=("001",), note="重复")


def test_closing_is_taken_back(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    hear(desk)
    close_round(desk, "01", at=AT, exempt=("001",), note="重复")
    undo(desk, at=AT)
    found = find_round(desk, "01")
    assert (round_state(found), found.exempted, len(waiting(found))) == (RoundState.OPEN, (), 1)


def test_a_record_of_before_still_reads(desk: Desk) -> None:
    path = desk.root / "volumes/xiao-2019/rounds/01/round.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("title: 旧\ncommit: HEAD\nreaders: [甲]\n", "utf-8")
    (found,) = rounds(desk)
    assert (found.kind, found.tag, found.answered) == (ReviewKind.APPRAISAL, "", ())


def test_the_commands_say_the_same(editorial: Callable[..., Said], desk: Desk) -> None:
    open_round(desk, "评议会", at=AT, readers=("甲",))
    hear(open_desk(desk.root))
    (listed,) = json.loads(editorial("round", "list", "--json").out)
    shown = json.loads(editorial("round", "show", "01", "--json").out)
    assert {key: shown[key] for key in listed} == listed
    assert (listed["opinions"], listed["waiting"], listed["heard"]) == (1, 1, 0)


def test_a_round_past_its_day_is_told_with_the_status(
    editorial: Callable[..., Said], desk: Desk
) -> None:
    open_round(desk, "评议会", at=AT, readers=("甲",), due=AT.date())
    assert "评议“评议会”（01）逾期" in editorial("status").err
    assert "1位没有回音" in editorial("status").err


def test_nothing_is_printed_into_a_workspace_only_looked_at(
    editorial: Callable[..., Said], desk: Desk, tmp_path: Path
) -> None:
    open_round(desk, "评议会", at=AT, readers=("甲",))
    hear(open_desk(desk.root))
    paper = ("--read-only", "round", "table", "01", "--format", "docx")
    assert editorial(*paper).code == 2
    assert editorial(*paper, "--out", str(tmp_path / "别处")).code == 0
    assert not (desk.root / "volumes/xiao-2019/out").exists()
