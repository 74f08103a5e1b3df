"""What was printed, and nothing that only looks like it."""

from __future__ import annotations

import os
from pathlib import Path

from editorial.desk.office import Desk
from editorial.desk.products import products


def put(desk: Desk, name: str, at: int) -> Path:
    path = desk.root / "volumes/xiao-2019/out" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (at, at))
    return path


def test_the_newest_comes_first_from_every_folder(desk: Desk) -> None:
    put(desk, "旧稿.pdf", 1_000)
    put(desk, "函件/公函.DOCX", 2_000)
    assert [each.name for each in products(desk)] == ["公函.DOCX", "旧稿.pdf"]


def test_what_word_has_open_and_half_written_files_are_left_out(desk: Desk) -> None:
    for name in ("~$公函.docx", ".稿.pdf", ".稿.pdf.tmp", "说明.txt", "函.eml"):
        put(desk, name, 1_000)
    assert products(desk) == ()


def test_a_link_that_leads_out_of_the_workspace_is_left_out(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "别处.pdf").write_bytes(b"x")
    put(desk, "a.pdf", 1_000).unlink()
    (desk.root / "volumes/xiao-2019/out/a.pdf").symlink_to(tmp_path / "别处.pdf")
    assert products(desk) == ()
