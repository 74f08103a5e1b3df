"""差错率 of proofs on record, and pages drawn to be read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from editorial.cli.main import main
from editorial.desk.error_rate import error_rates, rate_papers, set_class
from editorial.desk.office import Desk
from editorial.desk.proof_corrections import type_in
from editorial.desk.proof_sample import add_found, draw_sample, sample_standing, share_of
from editorial.desk.proofs import find_proof, issue_proof
from editorial.errors import BadData, EditorialError
from editorial.model.rate_paper import RateReport, warnings
from editorial.store.proofing import load_error_scheme
from tests.desk.proof_sheets import proof_pdf

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
TODAY = date(2020, 3, 6)
# A wrong character, a wrong word, a number nobody classed, a wish.
RED = """21.1 研发>研法 #错字
21.2 比上年>比去岁 #知识性
21 30亿>32亿
22.2 均为>都是 @改动
"""


@pytest.fixture
def gridded(desk: Desk, git: Git) -> Desk:
    volume = desk.root / "volumes/xiao-2019/volume.yaml"
    volume.write_text(volume.read_text("utf-8") + "grid: [2, 22, 46]\n", "utf-8")
    git("commit", "-qam", "版面")
    return desk


@pytest.fixture
def read(gridded: Desk, tmp_path: Path) -> Desk:
    pdf = proof_pdf(tmp_path / "样.pdf")
    issue_proof(gridded, "一校", ("01-keji",), at=AT, file=pdf, reader="罗校")
    type_in(gridded, "01", RED, at=AT)
    return gridded


def rows(report: RateReport) -> list[tuple[str, int, int, Decimal]]:
    every = (*report.rows, report.total)
    return [(r.label, r.rate.chars, r.rate.found, r.rate.points) for r in every]


def test_by_pass(read: Desk) -> None:
    assert rows(error_rates(read)) == [("一校", 4048, 3, 4), ("合计", 4048, 3, 4)]


def test_a_page_two_sections_share_is_halved(read: Desk) -> None:
    report = error_rates(read, by="section")
    assert [(r[0], r[1]) for r in rows(report)] == [
        ("概况", 3036),
        ("创新平台", 1012),
        ("合计", 4048),
    ]


@pytest.mark.parametrize("label", ["一校", "二校"])
def test_what_two_proofs_hold_is_counted_once(read: Desk, tmp_path: Path, label: str) -> None:
    again = proof_pdf(tmp_path / "又一份.pdf")
    issue_proof(read, label, ("01-keji",), at=AT, file=again)
    report = error_rates(read)
    assert {row.rate.chars for row in (*report.rows, report.total)} == {4048}


def test_what_only_one_of_two_proofs_holds_is_added(read: Desk, tmp_path: Path) -> None:
    one = proof_pdf(tmp_path / "一个分目.pdf")
    issue_proof(read, "一校", ("01-keji/01-gaikuang",), at=AT, file=one)
    other = proof_pdf(tmp_path / "别的篇目.pdf")
    issue_proof(read, "一校", ("02-jichu",), at=AT, file=other)
    assert error_rates(read).total.rate.chars == 4048 + 4048


def test_a_proof_of_unknown_size_is_left_out_and_named(read: Desk) -> None:
    issue_proof(read, "二校", ("01-keji",), at=AT)
    type_in(read, "02", "21.1 研发>研法 #错字\n", at=AT)
    report = error_rates(read)
    assert rows(report) == [("一校", 4048, 3, 4), ("合计", 4048, 3, 4)]
    assert "二校样02版面字数不详，差错没有算进来" in warnings(report)
    alone = error_rates(read, ("02",))
    assert (alone.total.rate.found, alone.total.rate.rate, alone.left_out) == (1, None, "")


def test_by_person_nothing_is_judged(read: Desk) -> None:
    report = error_rates(read, by="person")
    assert [(row.label, row.rate.found, row.judged) for row in report.rows] == [
        ("测试", 3, False),
        ("罗校", 0, False),
    ]


def test_wishes_are_no_errors_and_what_was_judged_is_told(read: Desk) -> None:
    report = error_rates(read)
    assert (report.guessed, report.loose) == (1, 1)


def test_a_layout_counts_what_the_grid_does_not(read: Desk, git: Git) -> None:
    path = read.root / "volumes/xiao-2019/layout.yaml"
    text = "grid: [2, 22, 46]\ngutter: 2\nparts:\n- {kind: figure, first: 22, last: 22}\n"
    path.write_text(text, "utf-8")
    # 46 × 46, and a fifth of that
    assert error_rates(read).total.rate.chars == 2116 + 423


def test_a_damaged_layout_is_told_by_line(read: Desk) -> None:
    path = read.root / "volumes/xiao-2019/layout.yaml"
    path.write_text("grid: [2, 22, 46]\nparts:\n- {kind: figure}\n", "utf-8")
    with pytest.raises(BadData) as refused:
        error_rates(read)
    assert "layout.yaml:3 " in str(refused.value.problems[0])


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("weight: 1\n  once", "weight: 0\n  once", "计错数应大于0"),
        ("passing: 1", "passing: 9", "合格线应大于0，小于 recalling"),
        ("id: pinyin", "id: foreign", "“foreign”不止一类这样叫"),
        ("{to: 1, weight: 1}", "{to: 9, weight: 1}", "各档的 to 应自小而大"),
        ("once: same", "once: often", "不在可选值之内"),
    ],
)
def test_a_damaged_scheme_is_told(desk: Desk, before: str, after: str, told: str) -> None:
    path = desk.root / "styles/errors/gapp2005.yaml"
    path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(BadData) as refused:
        load_error_scheme(desk.workspace.files, "gapp2005")
    assert any(told in str(each) for each in refused.value.problems)


def test_a_class_there_is_not_is_refused_with_those_there_are(read: Desk) -> None:
    with pytest.raises(BadData) as refused:
        type_in(read, "01", "21 全年>全午 #错了\n", at=AT)
    assert "没有“错了”这类差错" in str(refused.value.problems[0])
    assert "标点" in refused.value.hint


def test_a_class_is_kept_by_its_id_and_can_be_set_later(read: Desk) -> None:
    set_class(read, "01", (3,), "标点")
    assert [each.fault for each in find_proof(read, "01").corrections] == [
        "char",
        "knowledge",
        "punct",
        "",
    ]


def test_the_paper_has_the_rate_and_the_classes(read: Desk, tmp_path: Path) -> None:
    made = rate_papers(
        read, error_rates(read), today=TODAY, formats=("pdf", "docx", "xlsx"), out=tmp_path
    )
    assert [path.suffix for path in made.files] == [".pdf", ".docx", ".xlsx"]
    with pypdfium2.PdfDocument(made.files[0]) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "9.8814/10000" in text
    assert "知识性、逻辑性、语法性差错" in text


def test_the_command_answers_with_its_exit_code(
    read: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["-C", str(read.root)]
    assert main(["proof", "rate", *where]) == 1
    assert "超过5/10000" in capsys.readouterr().out
    assert main(["proof", "rate", "--scheme", "cyt266_2023", *where]) == 1
    assert "没有与标准原文核对" in capsys.readouterr().err


# pages read again


def test_a_second_reading_tells_what_is_left(read: Desk) -> None:
    sample, _ = draw_sample(read, "01", share="100%", seed=1, today=TODAY, reader="方敏")
    assert [each.page for each in sample.pages] == [21, 22]
    add_found(read, "01", "21.2 比上年>比去年\n21.3 材料>稿件\n", at=AT, done=True)
    standing = sample_standing(read, "01")
    own = standing.readings
    assert (own.whole, own.first, own.second, own.both, own.fresh) == (3, 3, 2, 1, 1)
    assert (standing.by_sample.number, standing.sample.read) == (0, AT.date())


def test_a_sample_read_already_is_not_drawn_anew(read: Desk) -> None:
    draw_sample(read, "01", share="50%", seed=1, today=TODAY)
    draw_sample(read, "01", share="50%", seed=2, today=TODAY)
    add_found(read, "01", "", at=AT, done=True)
    with pytest.raises(EditorialError, match="已抽过页"):
        draw_sample(read, "01", share="50%", seed=3, today=TODAY)


def test_what_was_found_on_another_page_is_refused(read: Desk) -> None:
    sample, _ = draw_sample(read, "01", share="50%", seed=1, today=TODAY)
    other = ({21, 22} - {each.page for each in sample.pages}).pop()
    with pytest.raises(BadData, match="要求"):
        add_found(read, "01", f"{other}.1 2018>2019\n", at=AT, done=False)


@pytest.mark.parametrize("share", ["0", "120%", "一成", "-5%", "nan", "sNaN", "inf%"])
def test_a_share_must_be_one(share: str) -> None:
    with pytest.raises(EditorialError, match="看不懂抽查比例"):
        share_of(share)
