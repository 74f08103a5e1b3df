"""留存: hand edits as one commit, nothing else with them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from editorial.desk.keep import keep
from editorial.desk.office import Desk, open_desk
from editorial.desk.verify import verify
from editorial.errors import BadData, EditorialError

Git = Callable[..., str]
BASE = "volumes/xiao-2019/chapters"
TEXT = f"{BASE}/02-jichu/02-jichang.md"


def write(desk: Desk, path: str, text: str) -> None:
    (desk.root / path).parent.mkdir(parents=True, exist_ok=True)
    (desk.root / path).write_text(text, encoding="utf-8")


def test_all_hand_edits_of_volume_and_styles_are_one_commit(desk: Desk, git: Git) -> None:
    write(desk, TEXT, "【机场】　改。\n")
    write(desk, f"{BASE}/02-jichu/figures/新图.txt", "图")
    write(desk, "styles/drafts/mine.yaml", "a: 1\n")
    act = keep(desk, "改机场")
    assert act.message == "已留存3个文件：改机场"
    assert git("status", "--porcelain") == ""
    assert git("log", "-1", "--format=%s%n%(trailers:key=Editorial-Act)") == (
        "改机场\nEditorial-Act: keep"
    )


def test_what_lies_elsewhere_or_is_rendered_is_not_taken_along(desk: Desk, git: Git) -> None:
    write(desk, TEXT, "【机场】　改。\n")
    write(desk, "笔记.txt", "记")
    write(desk, "volumes/xiao-2019/out/a.pdf", "pdf")
    git("add", "笔记.txt")
    keep(desk, "改机场")
    assert git("show", "--format=", "--name-only") == TEXT
    assert git("-c", "core.quotePath=false", "status", "--porcelain") == "A  笔记.txt"


@pytest.mark.parametrize("staged", [True, False])
def test_files_deleted_or_renamed_are_kept_so(desk: Desk, git: Git, staged: bool) -> None:
    write(desk, f"{BASE}/02-jichu/chapter.yaml", "title: 基础设施\nsections: [03-jichang]\n")
    folder = desk.root / BASE / "02-jichu"
    for kind in ("md", "yaml"):
        (folder / f"02-jichang.{kind}").rename(folder / f"03-jichang.{kind}")
        (folder / f"01-gaikuang.{kind}").unlink()
    if staged:
        git("add", "-A")
    act = keep(desk, "机场改名，概况并入")
    assert act.message == "已留存7个文件，其中删去4个：机场改名，概况并入"
    assert git("status", "--porcelain") == ""
    assert git("show", "--format=", "--name-status", "--no-renames").split("\n")[0][0] == "D"


def test_a_figure_is_kept_byte_by_byte(desk: Desk, git: Git) -> None:
    path = desk.root / BASE / "02-jichu/figures/a.png"
    path.parent.mkdir()
    path.write_bytes(bytes(range(256)))
    keep(desk, "配图")
    assert git("show", "--format=", "--stat", "HEAD").startswith(
        " volumes/xiao-2019/chapters/02-jichu/figures/a.png | Bin 0 -> 256 bytes"
    )


def test_records_that_do_not_read_are_not_kept(desk: Desk, git: Git) -> None:
    write(desk, f"{BASE}/02-jichu/02-jichang.yaml", "titel: 机场\n")
    with pytest.raises(BadData):
        keep(desk, "改机场")
    assert git("status", "--porcelain") == f" M {BASE}/02-jichu/02-jichang.yaml"


def test_text_in_another_encoding_is_not_kept(desk: Desk, git: Git) -> None:
    (desk.root / TEXT).write_bytes("机场".encode("gb18030"))
    with pytest.raises(BadData) as refused:
        keep(desk, "改机场")
    assert [p.file for p in refused.value.problems] == [TEXT]
    assert git("status", "--porcelain") == f" M {TEXT}"


def test_a_hook_that_refuses_leaves_the_edits_where_they_are(desk: Desk, git: Git) -> None:
    hook = desk.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    write(desk, TEXT, "【机场】　改。\n")
    write(desk, f"{BASE}/02-jichu/new.txt", "新")
    with pytest.raises(EditorialError):
        keep(desk, "改机场")
    assert (desk.root / TEXT).read_text("utf-8") == "【机场】　改。\n"
    assert git("status", "--porcelain", "-uall").splitlines() == [
        f" M {TEXT}",
        f"?? {BASE}/02-jichu/new.txt",
    ]


@pytest.mark.parametrize(
    ("message", "words"), [("", "没有写明改了什么"), ("改", "没有未留存的改动")]
)
def test_nothing_to_keep_or_to_say_is_refused(desk: Desk, message: str, words: str) -> None:
    with pytest.raises(EditorialError, match=words):
        keep(desk, message)


def test_another_book_with_edits_is_named(desk: Desk, git: Git) -> None:
    shutil.copytree(desk.root / "volumes/xiao-2019", desk.root / "volumes/zhi-2019")
    with pytest.raises(EditorialError, match="xiao-2019 和 styles 里没有未留存的改动") as refused:
        keep(desk, "改")
    assert "--volume zhi-2019" in refused.value.hint
    write(desk, TEXT, "【机场】　改。\n")
    assert "--volume zhi-2019" in keep(desk, "改").remarks[0]
    assert keep(open_desk(desk.root, volume="zhi-2019"), "志").remarks == ()


@pytest.mark.parametrize("name", ["Thumbs.db", ".DS_Store", "desktop.ini", "~$02-jichang.md"])
def test_what_the_system_left_there_is_not_kept(desk: Desk, git: Git, name: str) -> None:
    write(desk, f"{BASE}/02-jichu/{name}", "")
    with pytest.raises(EditorialError, match="没有未留存的改动"):
        keep(desk, "改")
    git("add", "-A")
    git("commit", "-qm", "误留")
    (desk.root / BASE / "02-jichu" / name).unlink()
    assert keep(desk, "删去").message == "已留存1个文件，其中删去1个：删去"


def test_marks_of_a_merge_are_not_kept_and_then_git_is_to_be_told(desk: Desk, git: Git) -> None:
    git("switch", "-qc", "other")
    for branch, words in (("other", "【机场】　彼。\n"), ("main", "【机场】　此。\n")):
        git("switch", "-q", branch)
        write(desk, TEXT, words)
        git("commit", "-qam", branch)
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "other")
    with pytest.raises(BadData) as marked:
        keep(desk, "合并")
    assert "有未解决的合并冲突" in str(marked.value.problems[0])
    assert any("合并冲突" in each.message for each in verify(desk).problems)
    write(desk, TEXT, "【机场】　合。\n")
    with pytest.raises(EditorialError, match="合并还没有完成") as refused:
        keep(desk, "合并")
    assert f"git add -- {TEXT}" in refused.value.hint
    git("add", "--", TEXT)
    git("commit", "-q", "--no-edit")
    assert git("status", "--porcelain") == ""


def test_an_unfinished_merge_is_not_kept(desk: Desk, git: Git, workspace: Path) -> None:
    write(desk, TEXT, "【机场】　改。\n")
    (workspace / ".git/MERGE_HEAD").write_text(git("rev-parse", "HEAD") + "\n", encoding="utf-8")
    with pytest.raises(EditorialError, match="合并还没有完成"):
        keep(desk, "改机场")


def test_a_broken_record_of_any_kind_is_not_kept(desk: Desk, git: Git) -> None:
    path = desk.root / "volumes/xiao-2019/letters/0001/letter.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("kind: [revise\n", "utf-8")
    before = git("rev-parse", "HEAD")
    with pytest.raises(BadData):
        keep(desk, "改函")
    assert git("rev-parse", "HEAD") == before
