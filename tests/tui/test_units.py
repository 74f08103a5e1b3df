"""单位: the register and one unit; each act by its keys, compared with what lies in git."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from editorial.cli.unit import UNIT
from editorial.desk.office import open_desk
from tests.tui.seen import Play

UNITS = "volumes/xiao-2019/units.yaml"
PROPOSAL = "volumes/xiao-2019/proposals/0001.yaml"
PICTURES = Path(__file__).with_name("pictures")

Git = Callable[..., str]

PROPOSE = ("f11", "f7", "=李乙", "tab", "tab", "=0755-0000-0002", "f10")
OPEN = (*PROPOSE, "enter", "enter")  # the proposal, from the screen of its unit
PAUSE = ("f11", "f6", "tab", "=机构改革", "f10")
NEW = ("f9", "=深圳市水务局（示例）", "tab", "=深圳水务局", "tab", "=sz-swj", "tab", "=深圳", "f10")

# keys, the act as the commands name it, its subject up to the day, what then stands in the file
ACTS = (
    (("f11", "f2", "tab", "tab", "=0755-0000-0009", "f10"), "contact", "联络员的电话", "0000-0009"),
    (("f11", "down", "f2", "=王丙", "f10"), "contact", "广州科技局联络员王丙", "name: 王丙"),
    (
        ("f11", "f2", *["tab"] * 5, "enter", "end", "enter", "f10"),
        "contact",
        "方式",
        "channel: usb",
    ),
    (("f11", "enter", "f4", "=2020-03-16", "f10"), "contact", "陈甲离任", "to: 2020-03-16"),
    (("f11", "f3", "=2020-03-16", "enter"), "confirm", "确认联络员", "confirmed: 2020-03-16"),
    (("f11", *NEW), "add", "单位：登记深圳水务局", "id: sz-swj"),
    (
        ("f11", "enter", "f9", "=深圳市科技委（示例）", "f10"),
        "rename",
        "改称",
        "深圳市科技委（示例）",
    ),
    (PAUSE, "pause", "深圳科创局暂停催办", "reason: 机构改革"),
    ((*PAUSE, "f6", "enter"), "resume", "深圳科创局恢复催办", "short: 深圳科创局"),
    (PROPOSE, "propose", "来告联络员变更", "陈甲"),
    ((*OPEN, "f10"), "accept", "联络员李乙", "name: 李乙"),
    ((*OPEN, "tab", "=没有换人", "f8"), "refuse", "变更未采纳", "陈甲"),
)


@pytest.mark.parametrize(("keys", "act", "subject", "written"), ACTS)
def test_an_act_is_written_and_committed(
    play: Play,
    workspace: Path,
    git: Git,
    keys: tuple[str, ...],
    act: str,
    subject: str,
    written: str,
) -> None:
    play(*keys)
    told, units = git("log", "-1"), (workspace / UNITS).read_text(encoding="utf-8")
    assert (f"unit {act}" in told, subject in told, written in units) == (True, True, True), told
    assert git("status", "--porcelain") == ""


def test_every_command_on_units_can_be_done_here() -> None:
    looks = {"list", "show", "proposals", "import"}  # tables are brought in by command
    assert {verb.name for verb in UNIT} - looks == {act for _, act, _, _ in ACTS}


def test_a_pause_ended_leaves_nothing_behind(play: Play, workspace: Path) -> None:
    before = (workspace / UNITS).read_text(encoding="utf-8")
    play(*PAUSE, "f6", "enter")
    assert (workspace / UNITS).read_text(encoding="utf-8") == before


def test_an_act_is_taken_back(play: Play, workspace: Path) -> None:
    before = (workspace / UNITS).read_text(encoding="utf-8")
    play("f11", "down", "f2", "=王丙", "f10", "f8", "enter")
    assert (workspace / UNITS).read_text(encoding="utf-8") == before


def test_a_proposal_waits_and_changes_nothing(play: Play, workspace: Path) -> None:
    seen = play(*PROPOSE)
    assert "变更待定 1" in seen.lines[1]
    assert "李乙" not in (workspace / UNITS).read_text(encoding="utf-8")


def test_a_proposal_shows_what_it_would_change(play: Play) -> None:
    assert "0755-0000-0001　改　0755-0000-0002" in play(*OPEN).text


def test_a_proposal_is_not_refused_without_a_reason(play: Play, workspace: Path) -> None:
    seen = play(*OPEN, "f8")
    assert "为什么不采纳" in seen.text
    assert "refused" not in (workspace / PROPOSAL).read_text(encoding="utf-8")


def test_the_same_proposal_twice_is_told(play: Play) -> None:
    assert "已在等候" in play(*PROPOSE, *PROPOSE[1:]).text


def test_marked_units_are_confirmed_together_or_not_at_all(play: Play, git: Git) -> None:
    seen = play("f11", "space", "space", "f3", "enter")
    assert (seen.screen, git("log", "-1", "--format=%s")) == ("ErrorDialog", "开始")


def test_a_confirmation_to_come_is_not_taken(play: Play, git: Git) -> None:
    seen = play("f11", "f3", "=+7", "enter")
    assert ("还没有到" in seen.text, git("log", "-1", "--format=%s")) == (True, "开始")


def test_an_empty_form_is_not_taken(play: Play) -> None:
    assert "还没有填任何一项" in play("f11", "f2", "f10").text


def test_a_unit_without_a_name_is_not_taken(play: Play) -> None:
    assert "还没有填全称" in play("f11", "f9", "f10").text


def test_the_palette_finds_the_register(play: Play) -> None:
    assert play("ctrl+p", "=单位登记", "enter").screen == "UnitsScreen"


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("广州", ["广州科技局"]),
        ("无联络员", ["广州科技局", "省发改"]),
        ("陈甲 待确认", ["深圳科创局"]),
    ],
)
def test_the_register_is_filtered(play: Play, pattern: str, names: list[str]) -> None:
    seen = play("f11", "slash", f"={pattern}", "enter")
    assert [line.split()[0] for line in seen.lines[3:6] if line.split()] == names


def test_a_unit_leads_to_its_letter_and_the_letter_to_its_unit(play: Play) -> None:
    letter = ("enter", "f7", *["tab"] * 6, "=请核实", "f10", "escape")
    opened = (*letter, "f11", "enter", "down", "enter")
    assert play(*opened).screen == "LettersScreen"
    assert play(*opened, "f11").lines[0].split()[0] == "深圳科创局"


def test_a_unit_leads_to_the_section_it_writes(play: Play) -> None:
    seen = play("f11", "enter", "down", "down", "enter")
    assert seen.lines[0].strip().startswith("科技创新 / 概况 ")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(("name", "keys"), [("units", ("f11",)), ("unit", ("f11", "enter"))])
def test_the_screen_is_the_picture(
    play: Play, name: str, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    shown = "\n".join(line.rstrip() for line in play(*keys, size=size).lines) + "\n"
    assert shown == (PICTURES / f"{name}-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(40, 10), (60, 20), (80, 24), (96, 30), (120, 40), (200, 60)])
@pytest.mark.parametrize("keys", [("f11",), ("f11", "enter")])
def test_no_line_is_wider_than_the_terminal(
    play: Play, sample: Path, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    lines = play(*keys, size=size, at=open_desk(sample)).lines
    assert {cell_len(line) for line in lines} == {size[0]}


@pytest.mark.parametrize(
    ("size", "keys", "headings"),
    [
        ((80, 24), ("f11",), ("类别", "城市", "联络员", "首选", "上次确认")),
        ((120, 40), ("f11",), ("电话", "首选渠道", "上次确认", "备注")),
        ((80, 24), ("f11", "enter"), ("内容", "止、期限", "情形")),
        ((120, 40), ("f11", "enter"), ("起、发出", "确认、回函", "情形")),
    ],
)
def test_columns_stand_straight(
    play: Play,
    sample: Path,
    size: tuple[int, int],
    keys: tuple[str, ...],
    headings: tuple[str, ...],
) -> None:
    lines = play(*keys, size=size, at=open_desk(sample)).lines
    rows = [line for line in lines[3:-2] if line.strip()]
    for heading in headings:
        start = cell_len(lines[2].split(heading)[0])
        assert {set_cell_size(row, start)[-1] for row in rows} == {" "}, heading


def test_names_are_legible_in_a_narrow_terminal(play: Play) -> None:
    lines = play("f11", size=(40, 10)).lines
    assert [line.split() for line in lines[3:5]] == [
        ["深圳科创局", "陈甲"],
        ["广州科技局", "（无）", "1"],
    ]


@pytest.mark.parametrize("size", [(40, 10), (24, 6)])
@pytest.mark.parametrize("key", ["f2", "f3", "f6", "f7", "f9", "enter"])
def test_a_tiny_terminal_is_no_reason_to_fail(play: Play, size: tuple[int, int], key: str) -> None:
    assert play("f11", key, size=size).fault is None


def test_what_a_unit_supplied_is_printed(play: Play, workspace: Path) -> None:
    seen = play("f11", "shift+f6", "f10")
    made = {path.suffix for path in (workspace / "volumes/xiao-2019/out").glob("*科创局*")}
    assert (made, seen.news[-1].startswith("摘录2个文件")) == ({".pdf", ".docx"}, True)


def test_so_is_what_the_unit_of_a_section_supplied(play: Play, workspace: Path) -> None:
    play("enter", "enter", "shift+f6", "f10")
    assert list((workspace / "volumes/xiao-2019/out").glob("*科创局*.pdf"))
