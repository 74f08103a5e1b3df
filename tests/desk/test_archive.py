"""归档: the list holds every file with its hash, and tells when one is no more what it was."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from editorial.desk.archive import archive_list, archive_verify, make_archive_list
from editorial.desk.draft import make_draft
from editorial.desk.office import Desk
from editorial.desk.opinions import add_opinion
from editorial.desk.proofs import issue_proof
from editorial.desk.rounds import open_round
from editorial.errors import EditorialError
from editorial.model.archive import parse_list
from editorial.read.rows import read_rows
from tests.conftest import Said
from tests.desk.pressed import AT, BOOK, TEXT, change, pressed

DAY = date(2020, 8, 1)
Git = Callable[..., str]


@pytest.fixture
def played(desk: Desk) -> Desk:
    """With a round, an opinion, a draft printed, a paper of the gate."""
    open_round(desk, "评议会", at=AT)
    add_opinion(desk, "01", "01-keji/02-pingtai", "数字有误", at=AT, by="专家甲")
    make_draft(desk, at=AT, formats=("docx",))
    return desk


def listed(desk: Desk) -> Path:
    return make_archive_list(desk, today=DAY, formats=("txt",)).files[0]


def test_every_file_that_is_kept_is_listed_with_its_hash(played: Desk, git: Git) -> None:
    found = archive_list(played, DAY)
    tracked = {path.removeprefix(f"{BOOK}/") for path in git("ls-files", "-z", BOOK).split("\0")}
    printed = {each.path for each in found.files if each.path.startswith("out/")}
    assert {each.path for each in found.files} == (tracked - {""}) | printed
    assert len(printed) == 1
    for each in found.files:
        data = (played.root / BOOK / each.path).read_bytes()
        assert (each.sha256, each.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_things_are_listed_by_their_titles(desk: Desk) -> None:
    pressed(desk)
    open_round(desk, "评议会", at=AT)
    found = archive_list(desk, DAY)
    assert [(each.kind, each.title) for each in found.things] == [
        ("批文", "批准　示政函〔2020〕3号"),
        ("正文", "科技创新"),
        ("正文", "基础设施"),
        ("评议", "评议：评议会"),
    ]


def test_a_draft_that_is_no_more_as_registered_is_told_to_be_absent(played: Desk) -> None:
    (file,) = (played.root / BOOK / "out").glob("*.docx")
    file.write_bytes(b"other")
    found = archive_list(played, DAY)
    assert [each.path for each in found.files if each.path.startswith("out/")] == []
    assert [each.split("（稿样")[0] for each in found.absent] == [file.name]


def test_the_list_reads_back_and_agrees(played: Desk) -> None:
    path = listed(played)
    files = {each.path: each.sha256 for each in archive_list(played, DAY).files}
    assert parse_list(path.read_text("utf-8"), path.name) == files
    assert archive_verify(played, path).sound


def test_the_same_book_gives_the_same_bytes(played: Desk) -> None:
    made = make_archive_list(played, today=DAY)
    before = [path.read_bytes() for path in made.files]
    assert [p.read_bytes() for p in make_archive_list(played, today=DAY).files] == before


def test_the_workbook_lists_the_things(played: Desk) -> None:
    (path,) = make_archive_list(played, today=DAY, formats=("xlsx",)).files
    rows = read_rows(path.read_bytes(), path.name)
    titles = [row[3] for row in rows if len(row) > 3]
    assert "评议：评议会" in titles


def test_what_was_changed_taken_or_added_is_told(played: Desk) -> None:
    path = listed(played)
    change(played, TEXT, "15个", "16个")
    (played.root / BOOK / "rounds/01/opinions/001.yaml").unlink()
    (played.root / BOOK / "rounds/01/补记.txt").write_text("补", "utf-8")
    found = archive_verify(played, path)
    assert (found.changed, found.missing, found.extra) == (
        (TEXT.removeprefix(f"{BOOK}/"),),
        ("rounds/01/opinions/001.yaml",),
        ("rounds/01/补记.txt",),
    )


def test_a_copy_elsewhere_is_checked_by_itself(played: Desk, tmp_path: Path) -> None:
    path, copy = listed(played), tmp_path / "光盘"
    shutil.copytree(played.root / BOOK, copy)
    assert archive_verify(played, copy / "out" / path.name, copy).extra == (f"out/{path.name}",)
    (copy / "out" / path.name).unlink()
    assert archive_verify(played, path, copy).sound
    (copy / "staff.yaml").write_bytes(b"")
    assert archive_verify(played, path, copy).changed == ("staff.yaml",)


def test_a_list_of_what_is_not_kept_is_not_made(played: Desk) -> None:
    change(played, TEXT, "15个", "16个")
    with pytest.raises(EditorialError, match="归档目录定不下来"):
        archive_list(played, DAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("别的文件", "这不是归档目录"),
        ("# 归档目录\nabc  a.md\n", "第2行不对"),
        (f"# 归档目录\n{'0' * 64}  ../../a.md\n", "第2行不对"),
        (f"# 归档目录\n{'0' * 64}  /etc/a\n", "第2行不对"),
        (f"# 归档目录\n{'0' * 64}  a\n{'0' * 64}  a\n", "第3行不对"),
    ],
)
def test_a_list_that_was_tampered_with_is_refused(
    played: Desk, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "目录.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(EditorialError, match=words):
        archive_verify(played, path)


def test_the_commands_make_and_check_the_list(played: Desk, editorial: Callable[..., Said]) -> None:
    made = editorial("archive", "list")
    (text,) = [line for line in made.out.splitlines() if line.endswith(".txt")]
    assert editorial("archive", "verify", text).code == 0
    change(played, TEXT, "15个", "16个")
    said = editorial("archive", "verify", text)
    assert (said.code, "改过　chapters/01-keji/02-pingtai.md" in said.out) == (1, True)
    assert editorial("archive", "verify", text.replace(".txt", ".docx")).code == 2


def test_sha256sum_checks_the_list(played: Desk) -> None:
    path = listed(played)
    command = ["sha256sum", "-c", "--strict", "--quiet", str(path)]
    done = subprocess.run(command, cwd=played.root / BOOK, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_whoever_read_a_proof_is_listed_by_name(desk: Desk) -> None:
    issue_proof(desk, "一校", at=AT, reader="林清")
    (found,) = (each for each in archive_list(desk, DAY).things if each.kind == "校样")
    assert found.by == "林清"
