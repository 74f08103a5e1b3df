"""核红 of a proof on record: the next proof against its marks; what was let off; the report."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from editorial.cli.main import main
from editorial.desk.office import Desk
from editorial.desk.proof_corrections import type_in
from editorial.desk.proof_red import accept_changes, check_job, exempt_marks
from editorial.desk.proofs import check_proof, find_proof, issue_proof, return_proof
from editorial.desk.red_check import red_check
from editorial.desk.red_report import bare_report, write_red_report
from editorial.errors import EditorialError, Refused
from editorial.model.labels import ProofState, RedState
from editorial.model.proofs import proof_state
from tests.desk.proof_sheets import FIRST, SECOND, proof_pdf

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
RED = "21 30亿元>32亿元\n21 各单位>有关单位\n22 转正 示例区 //倒了\n"


@pytest.fixture
def returned(desk: Desk, tmp_path: Path) -> Desk:
    old = proof_pdf(tmp_path / "一校样.pdf")
    issue_proof(desk, "一校", ("01-keji",), at=AT, file=old)
    type_in(desk, "01", RED, at=AT)
    return_proof(desk, "01", at=AT)
    return desk


def came(tmp_path: Path, *changes: tuple[str, str], name: str = "改样.pdf") -> Path:
    """The next proof, with these words for those."""
    pages = ["\n".join(FIRST), "\n".join(SECOND)]
    for old, new in changes:
        pages = [page.replace(old, new) for page in pages]
    return proof_pdf(tmp_path / name, [page.split("\n") for page in pages])


MONEY, UNITS, OTHER = ("30亿元", "32亿元"), ("各单位", "有关单位"), ("15个", "16个")


def states(desk: Desk) -> list[RedState | None]:
    return [each.state for each in find_proof(desk, "01").corrections]


def test_with_everything_done_and_seen_it_turns_to_checked_in_one_commit(
    returned: Desk, tmp_path: Path, git: Git
) -> None:
    before = git("rev-parse", "HEAD")
    found = check_job(returned, "01", came(tmp_path, MONEY, UNITS), at=AT, seen=True)
    assert (found.left, states(returned)) == ((), [RedState.DONE] * 3)
    assert proof_state(find_proof(returned, "01")) is ProofState.CHECKED
    assert git("rev-parse", "HEAD^") == before


def test_what_was_found_is_recorded_and_it_stays_returned(returned: Desk, tmp_path: Path) -> None:
    found = check_job(returned, "01", came(tmp_path, ("30亿元", "33亿元"), OTHER), at=AT)
    job = find_proof(returned, "01")
    assert [(each.state, each.found) for each in job.corrections] == [
        (RedState.WRONG, "33亿元"),
        (RedState.UNDONE, "各单位"),
        (None, ""),
    ]
    assert [(each.old, each.new) for each in job.unasked] == [("15", "16")]
    assert proof_state(job) is ProofState.RETURNED
    assert found.left == (
        "第2处未改",
        "第1处改错",
        "第3处要看图核",
        "未要求而改的第1处没有认可",
    )


def test_it_turns_to_checked_once_the_last_thing_is_let_off(returned: Desk, tmp_path: Path) -> None:
    check_job(returned, "01", came(tmp_path, MONEY, OTHER), at=AT, seen=True)
    accept_changes(returned, "01", (1,), note="单位来函更正", at=AT)
    assert proof_state(find_proof(returned, "01")) is ProofState.RETURNED
    exempt_marks(returned, "01", (2,), note="两种说法都可以", at=AT)
    job = find_proof(returned, "01")
    assert proof_state(job) is ProofState.CHECKED
    assert (job.corrections[1].exempt, job.unasked[0].accepted) == (
        "两种说法都可以",
        "单位来函更正",
    )


def test_what_was_accepted_is_known_again_on_a_further_proof(
    returned: Desk, tmp_path: Path
) -> None:
    check_job(returned, "01", came(tmp_path, MONEY, OTHER), at=AT, seen=True)
    accept_changes(returned, "01", (1,), note="单位来函更正", at=AT)
    again = came(tmp_path, MONEY, UNITS, OTHER, name="再改.pdf")
    assert check_job(returned, "01", again, at=AT).left == ()


def test_a_change_put_back_is_no_longer_listed(returned: Desk, tmp_path: Path) -> None:
    check_job(returned, "01", came(tmp_path, MONEY, OTHER), at=AT)
    check_job(returned, "01", came(tmp_path, MONEY, name="再改.pdf"), at=AT)
    assert find_proof(returned, "01").unasked == ()


def test_checking_by_hand_does_not_pass_over_unasked_changes(
    returned: Desk, tmp_path: Path
) -> None:
    check_job(returned, "01", came(tmp_path, MONEY, UNITS, OTHER), at=AT, seen=True)
    with pytest.raises(Refused, match="有1处未要求而改"):
        check_proof(returned, "01", at=AT)


@pytest.mark.parametrize(
    ("note", "numbers", "told"),
    [(" ", (1,), "没有写理由"), ("可以", (2,), "没有第2处未要求而改")],
)
def test_nothing_is_accepted_without_reason_or_number(
    returned: Desk, tmp_path: Path, note: str, numbers: tuple[int, ...], told: str
) -> None:
    check_job(returned, "01", came(tmp_path, MONEY, OTHER), at=AT)
    with pytest.raises(EditorialError, match=told):
        accept_changes(returned, "01", numbers, note=note, at=AT)


def test_the_very_same_file_is_refused(returned: Desk, tmp_path: Path) -> None:
    with pytest.raises(EditorialError, match="原来的那一份"):
        check_job(returned, "01", tmp_path / "一校样.pdf", at=AT)


def test_before_it_went_back_there_is_nothing_to_check(desk: Desk, tmp_path: Path) -> None:
    issue_proof(desk, "一校", at=AT, file=proof_pdf(tmp_path / "样.pdf"))
    with pytest.raises(EditorialError, match="现为“出样”，不能核红"):
        check_job(desk, "01", came(tmp_path, MONEY), at=AT)


# the report


def test_the_page_needs_nothing_else_and_has_a_picture_of_every_place(
    returned: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "核红.html"
    check_job(returned, "01", came(tmp_path, MONEY, OTHER), at=AT, report=out)
    page = out.read_text("utf-8")
    assert re.findall(r'data-state="(\w+)"', page) == ["undone", "unasked", "eye", "done"]
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    pictures = re.findall(r"data:image/png;base64,([^\"]+)", page)
    assert len(pictures) == 8
    darkest = {
        Image.open(BytesIO(b64decode(each))).convert("L").getextrema()[0] for each in pictures
    }
    assert darkest == {0}


def darkest(png: bytes) -> int:
    return min(Image.open(BytesIO(png)).convert("L").tobytes())


def test_a_mark_stands_on_the_words_it_is_about(returned: Desk, tmp_path: Path) -> None:
    """The box of the report, cut out of the page anew, has the words."""
    old, new = tmp_path / "一校样.pdf", came(tmp_path, MONEY)
    csv = tmp_path / "单.csv"
    csv.write_text("id,page,before,old,new,after\n1,1,研发经费支出,30,32,亿元\n", "utf-8")
    (item,) = bare_report(red_check(old, new, csv), old, new).items
    for path, crops, words in ((old, item.old, "30"), (new, item.new, "32")):
        ((box,),) = (crop.marks for crop in crops)
        with pypdfium2.PdfDocument(path) as pdf:
            page = pdf[box.sheet - 1]
            high = page.get_height()
            text = page.get_textpage().get_text_bounded(
                box.x + 2, high - box.y - box.height, box.x + box.width - 2, high - box.y
            )
        assert text == words


def test_on_paper_it_has_the_words_and_the_pictures(returned: Desk, tmp_path: Path) -> None:
    out = tmp_path / "核红.pdf"
    check_job(returned, "01", came(tmp_path, MONEY, OTHER), at=AT, report=out)
    with pypdfium2.PdfDocument(out) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
        pictures = sum(len(list(page.get_objects(filter=[3]))) for page in pdf)
    assert "未要求而改" in text
    assert "小年鉴2019" in text
    assert pictures == 8


def test_the_same_check_writes_the_same_report(returned: Desk, tmp_path: Path) -> None:
    old, new = tmp_path / "一校样.pdf", came(tmp_path, MONEY)
    csv = tmp_path / "单.csv"
    csv.write_text("id,page,before,old,new,after\n1,1,研发经费支出,30,32,亿元\n", "utf-8")
    report = bare_report(red_check(old, new, csv), old, new)
    for ending in ("html", "pdf"):
        one, two = (tmp_path / f"{n}.{ending}" for n in (1, 2))
        told = [write_red_report(report, old, new, out) for out in (one, two)]
        assert (one.read_bytes(), told[0]) == (two.read_bytes(), told[1])


def test_another_ending_is_refused_before_the_work(returned: Desk, tmp_path: Path) -> None:
    with pytest.raises(EditorialError, match=r"不能写成“\.docx”"):
        check_job(returned, "01", tmp_path / "无.pdf", at=AT, report=tmp_path / "核红.docx")


def test_the_command_tells_what_is_left(
    returned: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = came(tmp_path, MONEY, UNITS)
    where = ["-C", str(returned.root)]
    assert main(["proof", "check", "1", "--new", str(new), *where]) == 1
    assert "还不能核红：第3处要看图核" in capsys.readouterr().out
    assert main(["proof", "exempt", "1", "3", "--note", "看过，不倒", *where]) == 0


def test_an_earlier_proof_taken_for_the_next_is_told(desk: Desk, tmp_path: Path) -> None:
    later = (
        ("示例区有研发", "示例区设研发"),
        ("本年", "全年"),
        ("设在", "建在"),
        ("其中待补", "其中补"),
    )
    issue_proof(desk, "二校", ("01-keji",), at=AT, file=came(tmp_path, *later, name="二校样.pdf"))
    red = "21 30亿元>32亿元\n21 各单位>有关单位\n22 15个>16个\n"
    type_in(desk, "01", red, at=AT)
    return_proof(desk, "01", at=AT)
    told = check_job(desk, "01", came(tmp_path, *later, MONEY), at=AT).act.remarks
    assert not [each for each in told if "更早的一份" in each]
    told = check_job(desk, "01", proof_pdf(tmp_path / "初样.pdf"), at=AT).act.remarks
    assert [each for each in told if "更早的一份" in each]
