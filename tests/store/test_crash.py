"""Kills, interrupts, full disks: nothing half done, nothing reported lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editorial.desk.office import Desk, open_desk
from editorial.desk.verify import verify
from editorial.errors import EditorialError
from editorial.store.journal import pending, repair
from editorial.store.lock import lock
from editorial.store.save import Message, Writes, save
from tests.held import hold_git

Git = Callable[..., str]
A = "volumes/xiao-2019/chapters/01-keji/01-gaikuang.yaml"
B = "volumes/xiao-2019/chapters/02-jichu/02-jichang.yaml"
LOOP = """
import sys
from datetime import datetime, UTC
from itertools import cycle
from pathlib import Path
from editorial.desk.move import move
from editorial.desk.office import open_desk
desk, node = open_desk(Path(sys.argv[1])), sys.argv[2]
print("ready", flush=True)
for number, stage in zip(range(int(sys.argv[3])), cycle(["revising", "editing"])):
    act = move(desk, (node,), stage, at=datetime(2020, 1, 1, tzinfo=UTC), note="来回", force=True)
    print(act.commit, flush=True)
"""


def mover(root: Path, node: str, times: int) -> subprocess.Popen[str]:
    """A process that moves a node to and fro, telling each commit."""
    call = [sys.executable, "-c", LOOP, str(root), node, str(times)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, encoding="utf-8", cwd=root)


def clean(git: Git, root: Path) -> bool:
    """Git content, no journal, no lock, and the work tree is what HEAD holds."""
    git("fsck", "--strict", "--no-dangling")
    leftovers = [*root.glob("volumes/**/.*.tmp"), *root.glob(".git/**/*.lock")]
    return git("status", "--porcelain") == "" and not leftovers


def test_two_processes_moving_different_sections_both_succeed(workspace: Path, git: Git) -> None:
    children = [
        mover(workspace, node, 4) for node in ("02-jichu/02-jichang", "02-jichu/01-gaikuang")
    ]
    told = [child.communicate()[0].split()[1:] for child in children]
    assert [child.returncode for child in children] == [0, 0]
    commits = git("rev-list", "HEAD").split()[:-1]
    assert sorted(commits) == sorted(told[0] + told[1])
    assert clean(git, workspace)


def test_thirty_kills_leave_what_verify_repairs(workspace: Path, git: Git, desk: Desk) -> None:
    chance = random.Random(7)
    node = "02-jichu/02-jichang"
    for _ in range(30):
        child = mover(workspace, node, 1000)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        child.kill()
        told = child.communicate()[0].split()
        verdict = verify(open_desk(workspace), mend=True)
        assert verdict.problems == ()
        assert git("status", "--porcelain") == ""
        assert all(each in git("rev-list", "HEAD").split() for each in told)
    assert clean(git, workspace)
    history = (workspace / B).read_text("utf-8").count("- {at: 2020")
    assert history == len(git("rev-list", "HEAD").split()) - 1


def test_a_git_that_outlives_a_kill_is_waited_for(workspace: Path, git: Git, desk: Desk) -> None:
    held = hold_git(workspace)
    child = mover(workspace, "02-jichu/02-jichang", 1)
    held.wait()
    child.kill()
    child.communicate()
    held.let_go()
    with lock(desk.workspace):
        assert repair(desk.workspace).startswith("上次操作已经完成")
    assert (clean(git, workspace), git("log", "-1", "--format=%s")) == (
        True,
        "推进：机场至修改（越过条件）",
    )


def heard() -> None:
    """Ctrl-C is ignored by what was started in the background, and by its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_an_interrupt_lets_git_end_what_it_began(workspace: Path, git: Git) -> None:
    held = hold_git(workspace)
    call = [sys.executable, "-m", "editorial", "move", "02-jichu/02-jichang", "--to", "初审"]
    child = subprocess.Popen(
        call,
        cwd=workspace,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=heard,
    )
    held.wait()
    child.send_signal(signal.SIGINT)
    held.let_go()
    err = child.communicate()[1].decode()
    assert (child.returncode, err) == (130, "已中断\n")
    assert (clean(git, workspace), git("log", "-1", "--format=%s")) == (True, "推进：机场至初审")


def test_a_terminal_hung_up_lets_git_end_what_it_began(
    workspace: Path, git: Git, desk: Desk
) -> None:
    held = hold_git(workspace)
    call = [sys.executable, "-m", "editorial", "move", "02-jichu/02-jichang", "--to", "初审"]
    child = subprocess.Popen(
        call,
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    held.wait()
    os.killpg(child.pid, signal.SIGHUP)
    held.let_go()
    child.communicate()
    verify(desk, mend=True)
    assert (clean(git, workspace), git("log", "-1", "--format=%s")) == (True, "推进：机场至初审")


def test_a_git_killed_in_the_middle_is_repaired_with_its_locks(
    workspace: Path, git: Git, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("editorial.store.journal.LIVELY_SECONDS", 0.2)
    hook = workspace / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nkill -9 $PPID\n", encoding="utf-8")
    hook.chmod(0o755)
    with pytest.raises(EditorialError, match="git 中途被终止") as refused:
        save(
            desk.workspace,
            Writes(files={A: b"title: X\n"}, expected={}),
            Message(subject="推进", act="move", by="x"),
        )
    assert refused.value.hint.startswith("请执行 editorial verify --repair")
    hook.unlink()
    assert (workspace / ".git/index.lock").exists()
    assert verify(desk, mend=True).repaired == "上次操作中断，已退回到操作之前：推进"
    assert clean(git, workspace)


def test_verify_tells_of_an_interrupted_act_without_touching_it(
    workspace: Path, desk: Desk
) -> None:
    held = hold_git(workspace)
    child = mover(workspace, "02-jichu/02-jichang", 1)
    held.wait()
    child.kill()
    child.communicate()
    assert "verify --repair" in verify(desk).problems[0].message
    assert pending(desk.workspace) is not None
    held.let_go()


@pytest.fixture
def small_disk(workspace: Path, tmp_path: Path) -> Iterator[Path]:
    """The workspace on a disk of its own of 2 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("不能挂载小磁盘（mount 需要 root）")
    shutil.copytree(workspace, disk / "shu", symlinks=True)
    yield disk / "shu"
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.external("mount")
def test_a_full_disk_at_any_point_leaves_everything_or_nothing(small_disk: Path) -> None:
    """Room for more and more pages; every way to run out must come out clean."""

    def git(*args: str) -> str:
        done = subprocess.run(
            ["git", *args], cwd=small_disk, check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout.rstrip("\n")

    desk, filler = open_desk(small_disk), small_disk.parent / "filler"
    outcomes = set()
    for pages in range(40):
        filler.unlink(missing_ok=True)
        free = shutil.disk_usage(small_disk).free
        filler.write_bytes(b"\0" * (free - pages * 4096))
        before = git("rev-parse", "HEAD")
        data = f"title: {pages}\n".encode() * 500
        writes = Writes(files={A: data, B: data, f"letters/{pages}/x.yaml": data}, expected={})
        try:
            save(desk.workspace, writes, Message(subject="推进", act="move", by="x"))
            outcomes.add("done")
            done = True
        except EditorialError as error:
            outcomes.add(error.message)
            done = False
        filler.unlink(missing_ok=True)
        with lock(desk.workspace):
            repair(desk.workspace)
        assert (git("rev-parse", "HEAD") != before) is done
        assert clean(git, small_disk)
    assert outcomes == {"done", "磁盘已满，没有写入任何内容", "git 写不进文件，没有写入任何内容"}


NOBODY = """
import os, sys
import fcntl, shutil, tempfile, traceback
import editorial.desk.move
from editorial.cli.main import main
main(["status"])  # loads what may not be readable afterwards
os.setgroups([]); os.setgid(65534); os.setuid(65534)
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="换用户需要 root")
def test_a_workspace_one_may_not_write_to_is_refused_in_words(workspace: Path, git: Git) -> None:
    for place in (workspace, *workspace.parents):
        if len(place.parts) > 2:
            place.chmod(place.stat().st_mode | 0o055)
    config = workspace / "gitconfig"
    config.write_text(
        f"[user]\n\tname = 别人\n\temail = b@example.org\n[safe]\n\tdirectory = {workspace}\n",
        encoding="utf-8",
    )
    call = [sys.executable, "-c", NOBODY, "move", "02-jichu/02-jichang", "--to", "初审"]
    env = os.environ | {"GIT_CONFIG_GLOBAL": str(config)}
    done = subprocess.run(
        call, cwd=workspace, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr.split("（")[0]) == (
        2,
        "错误：没有写入权限，没有写入任何内容",
    )
    assert git("status", "--porcelain") == "?? gitconfig"


@pytest.mark.external("chattr")
def test_a_folder_one_may_not_write_to_is_refused_and_nothing_is_written(
    workspace: Path, desk: Desk, git: Git
) -> None:
    folder = (workspace / B).parent
    if subprocess.run(["chattr", "+i", folder], capture_output=True, check=False).returncode:
        pytest.skip("chattr 在这里不起作用")
    try:
        with pytest.raises(EditorialError, match="没有写入权限"):
            save(
                desk.workspace,
                Writes(files={A: b"title: X\n", B: b"title: X\n"}, expected={}),
                Message(subject="推进", act="move", by="x"),
            )
    finally:
        subprocess.run(["chattr", "-i", folder], check=True)
    assert clean(git, workspace)


@pytest.mark.parametrize("limit", [200, 2000])
def test_a_limit_on_file_sizes_leaves_nothing_half_written(
    workspace: Path, git: Git, desk: Desk, limit: int
) -> None:
    """The kernel itself stops the writing, in our process or in git."""
    code = (
        "import resource, signal, sys; from editorial.cli.main import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
        "sys.exit(main(['move', '02-jichu/02-jichang', '--to', '初审']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, capture_output=True, check=False
    )
    assert done.returncode in (2, 3)
    with lock(desk.workspace):
        repair(desk.workspace)
    assert clean(git, workspace)
