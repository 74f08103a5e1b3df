"""总览: each axis by itself, chapters rolled up, today or at a former time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from editorial.desk.drafting import new_letter
from editorial.desk.history import history
from editorial.desk.move import move
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.overview import overview
from editorial.desk.proofs import issue_proof, return_proof
from editorial.desk.rounds import open_round
from editorial.desk.sections import look
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letters
from editorial.errors import BadData, EditorialError
from editorial.model.board import AxisCell, Row
from editorial.model.labels import LetterKind
from editorial.model.letters import LetterItem
from tests.desk.deciding import decide_opinion

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
TODAY = AT.date()
JICHANG, GAIKUANG = "02-jichu/02-jichang", "02-jichu/01-gaikuang"


def row(desk: Desk, node: str, *, at: str = "", today: date = TODAY) -> Row:
    whole = overview(desk, today, at=at).volume
    rows = [whole, *whole.rows, *(leaf for chapter in whole.rows for leaf in chapter.rows)]
    return next(each for each in rows if each.id == node)


def test_supply_is_held_back_by_the_task_least_advanced(desk: Desk) -> None:
    assert row(desk, "01-keji").supply == AxisCell(
        id="issued", label="已下达", done=2, total=3, late=1
    )


def test_editing_is_held_back_by_the_section_least_advanced(desk: Desk) -> None:
    assert row(desk, "02-jichu").editing == AxisCell(
        id="editing", label="编辑加工", done=0, total=2, late=1
    )
    assert row(desk, "01-keji").editing == AxisCell(id="", label="未开始", done=0, total=3, late=2)


def test_a_section_that_is_settled_counts_as_done(desk: Desk) -> None:
    move(desk, ("02-jichu",), "定稿", at=AT, note="示例", force=True)
    assert row(desk, "02-jichu").editing == AxisCell(id="settled", label="定稿", done=2, total=2)


def test_axes_with_nothing_are_empty(desk: Desk) -> None:
    found = row(desk, "02-jichu")
    assert (found.supply, found.letters, found.opinions, found.production) == (AxisCell(),) * 4


def test_opinions_are_counted_until_each_has_its_answer(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    for text in ("甲", "乙"):
        add_opinion(desk, "01", JICHANG, text, at=AT, by="专家甲（示例）")
    decide_opinion(desk, "01/001", "采纳", at=AT)
    assert row(desk, "02-jichu").opinions == AxisCell(id="pending", label="待定", done=1, total=2)
    decide_opinion(desk, "01/002", "采纳", at=AT)
    assert row(desk, JICHANG).opinions == AxisCell(id="disposed", label="已处理", done=2, total=2)


def test_production_is_the_latest_proof_of_each_section(desk: Desk) -> None:
    issue_proof(desk, "一校", ("02-jichu",), at=AT)
    issue_proof(desk, "二校", (JICHANG,), at=AT)
    return_proof(desk, "02", at=AT)
    assert row(desk, JICHANG).production.label == "二校返厂"
    assert row(desk, "02-jichu").production == AxisCell(
        id="01:issued", label="一校出样", done=0, total=2
    )


def test_what_is_late_is_counted_by_the_day_given(desk: Desk) -> None:
    assert row(desk, "01-keji", today=date(2019, 11, 30)).overdue == 0
    assert row(desk, "01-keji", today=date(2019, 12, 1)).overdue == 1
    assert row(desk, "01-keji", today=date(2019, 12, 21)).overdue == 3


def test_what_is_late_is_told_apart_by_axis(desk: Desk) -> None:
    items = (LetterItem(section="01-keji/02-pingtai", request="请补充2018年数据"),)
    due = date(2020, 3, 20)
    new_letter(desk, kind=LetterKind.REVISE, unit="gz-kjj", items=items, due=due, at=AT)
    approve_letters(desk, ("1",), at=AT)
    send_letter(desk, "1", at=AT)
    for day, letters in ((due, 0), (date(2020, 3, 21), 1)):
        found = row(desk, "01-keji", today=day)
        late = (found.supply.late, found.editing.late, found.letters.late)
        assert (late, found.overdue) == ((1, 2, letters), 3 + letters)


def test_characters_are_summed(desk: Desk) -> None:
    sections = [row(desk, f"02-jichu/{name}").chars for name in ("01-gaikuang", "02-jichang")]
    assert row(desk, "02-jichu").chars == sum(sections) > 20


def test_editors_are_named_and_units_kept_by_id(desk: Desk) -> None:
    found = row(desk, "01-keji")
    assert (found.editor, found.units) == ("林清", ("sz-kcj", "gz-kjj"))


def test_a_former_commit_shows_the_board_of_then(desk: Desk, git: Git) -> None:
    before = git("rev-parse", "HEAD")
    move(desk, (JICHANG,), "初审", at=AT)
    git("tag", "已推进")
    assert row(desk, JICHANG, at=before[:8]).editing.id == "editing"
    assert row(desk, JICHANG, at="HEAD^").editing.id == "editing"
    assert row(desk, JICHANG, at="已推进").editing.id == "review1"


def test_a_former_day_shows_the_last_commit_up_to_its_end(
    desk: Desk, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2001-01-01T23:30:00", "2001-01-02T09:00:00"):
        monkeypatch.setenv("GIT_COMMITTER_DATE", day)
        git("commit", "-q", "--amend" if day.endswith("23:30:00") else "--allow-empty", "-m", day)
    monkeypatch.delenv("GIT_COMMITTER_DATE")
    move(desk, (JICHANG,), "初审", at=AT)
    assert row(desk, JICHANG, at="2001-01-01").editing.id == "editing"
    assert row(desk, JICHANG, at="2001-01-03").editing.id == "editing"
    with pytest.raises(EditorialError, match="之前还没有任何提交"):
        overview(desk, AT.date(), at="2000-12-31")


@pytest.mark.parametrize(
    "at",
    [
        "没有的",
        "deadbeef",
        "HEAD~999",
        "2020-13-45",
        "0001-01-01",
        "HEAD:volumes",
        "-x",
    ],
)
def test_a_time_that_is_none_is_refused(desk: Desk, at: str) -> None:
    with pytest.raises(EditorialError) as refused:
        overview(desk, AT.date(), at=at)
    assert refused.value.hint


def test_what_is_not_committed_yet_shows_on_the_board_of_today(desk: Desk) -> None:
    path = desk.root / f"volumes/xiao-2019/chapters/{JICHANG}.md"
    path.write_text("甲乙丙丁", encoding="utf-8")
    assert row(desk, JICHANG).chars == 4


def test_the_sample_has_a_board(sample: Path) -> None:
    board = overview(open_desk(sample), date(2020, 3, 18))
    assert (board.volume.kind, len(board.volume.rows)) == ("volume", 12)
    assert all(chapter.rows for chapter in board.volume.rows)


def test_a_section_is_shown_with_all_that_hangs_on_it(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    add_opinion(desk, "01", JICHANG, "甲", at=AT, by="专家甲（示例）")
    issue_proof(desk, "一校", at=AT)
    view = look(desk, "机场")
    assert (view.chapter_title, view.section.title) == ("基础设施", "机场")
    assert (len(view.opinions), len(view.proofs), len(view.letters)) == (1, 1, 0)
    assert view.text.startswith("【机场】")
    with pytest.raises(EditorialError, match="不是分目"):
        look(desk, "02-jichu")


def test_the_log_of_a_node_holds_its_acts_newest_first(desk: Desk) -> None:
    move(desk, (JICHANG,), "初审", at=AT)
    move(desk, (GAIKUANG,), "编辑加工", at=AT, note="退")
    assert [line.subject for line in history(desk, JICHANG)] == ["推进：机场至初审", "开始"]
    assert [line.kind for line in history(desk, "02-jichu")] == ["move", "move", ""]
    assert [line.by for line in history(desk)][:2] == ["测试", "测试"]
    assert len(history(desk, limit=1)) == 1


def test_a_text_that_is_not_utf8_is_told_not_counted(desk: Desk) -> None:
    path = "volumes/xiao-2019/chapters/01-keji/03-rencai.md"
    (desk.root / path).write_bytes("人才".encode("gbk"))
    with pytest.raises(BadData) as told:
        overview(desk, date(2020, 3, 5))
    assert [(problem.file, problem.line) for problem in told.value.problems] == [(path, 1)]


@pytest.mark.parametrize(
    "path", ["styles/workflows/yearbook.yaml", "volumes/xiao-2019/volume.yaml"]
)
def test_data_of_a_newer_version_is_refused(desk: Desk, path: str) -> None:
    file = desk.root / path
    file.write_text(file.read_text("utf-8").replace("schema: 1", "schema: 9"), "utf-8")
    with pytest.raises(BadData) as told:
        overview(desk, date(2020, 3, 5))
    assert [problem.key for problem in told.value.problems] == ["schema"]
