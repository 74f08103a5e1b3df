"""The unit commands: what they print, what they keep to themselves, how wide they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editorial.cli.table import table, width

Editorial = Callable[..., Any]
PRIVATE = ("0755-0000-0001", "chenjia@example.invalid", "0755-0000-0002", "b@example.invalid")


@pytest.fixture
def proposed(editorial: Editorial, tmp_path: Path) -> Editorial:
    paper = tmp_path / "来电记录.txt"
    paper.write_text("联络员换了。\n", "utf-8")
    assert editorial("receive", str(paper)).code == 0
    told = ("--name", "李乙", "--phone", "0755-0000-0002", "--mail", "b@example.invalid")
    said = editorial("unit", "propose", "深圳科创局", *told, "--return", "1", "--json")
    assert json.loads(said.out)["id"] == "0001"
    return editorial


@pytest.mark.parametrize(
    "command", [("list",), ("list", "--overdue"), ("proposals",), ("proposals", "--all")]
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_phones_and_addresses_are_not_shown_unasked(
    proposed: Editorial, command: tuple[str, ...], form: tuple[str, ...]
) -> None:
    said = proposed("unit", *command, *form)
    assert said.code == 0, said.err
    assert [secret for secret in PRIVATE if secret in said.out] == []


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_phones_and_addresses_are_shown_where_they_are_asked_for(
    proposed: Editorial, form: tuple[str, ...]
) -> None:
    shown = proposed("unit", "show", "深圳科创局", *form).out
    assert [secret for secret in PRIVATE if secret not in shown] == []
    listed = proposed("unit", "list", "--contacts", *form).out
    assert [secret for secret in PRIVATE[:2] if secret not in listed] == []


def test_a_contact_from_proposal_to_register_and_back(proposed: Editorial) -> None:
    assert proposed("unit", "accept", "1").code == 0
    (unit, *_) = json.loads(proposed("unit", "list", "--json").out)
    assert (unit["contact"]["name"], unit["confirmed"]) == ("李乙", True)
    assert proposed("undo").code == 0
    assert proposed("unit", "refuse", "1", "--note", "没有换人").code == 0
    (proposal,) = json.loads(proposed("unit", "proposals", "--all", "--json").out)
    assert (proposal["state"], proposal["return"]) == ("refused", "0001")


def test_a_proposal_comes_of_a_paper_that_is_there(editorial: Editorial) -> None:
    said = editorial("unit", "propose", "深圳科创局", "--name", "李乙", "--return", "99")
    assert (said.code, "没有来件“99”" in said.err) == (2, True)


def test_a_unit_is_added_confirmed_paused_and_renamed(editorial: Editorial) -> None:
    assert editorial("unit", "add", "sz-swj", "深圳市水务局", "--city", "深圳").code == 0
    assert editorial("unit", "contact", "sz-swj", "--name", "王丙", "--channel", "微信").code == 0
    assert editorial("unit", "confirm", "sz-kcj", "--on", "2020-03-05").code == 0
    assert editorial("unit", "pause", "sz-swj", "--until", "+7", "--reason", "机构改革").code == 0
    assert editorial("unit", "resume", "sz-swj").code == 0
    assert editorial("unit", "rename", "sz-swj", "--name", "深圳市水务委员会").code == 0
    shown = json.loads(editorial("unit", "show", "深圳市水务局", "--json").out)
    assert (shown["name"], [n["name"] for n in shown["names"]]) == (
        "深圳市水务委员会",
        ["深圳市水务局"],
    )
    assert (shown["contact"]["channel"], shown["paused"]) == ("chat", None)


def test_a_confirmation_to_come_is_refused(editorial: Editorial) -> None:
    said = editorial("unit", "confirm", "sz-kcj", "--on", "2999-01-01")
    assert (said.code, "还没有到" in said.err) == (2, True)


def test_a_contact_leaves_and_nobody_is_named_with_him(editorial: Editorial) -> None:
    said = editorial("unit", "contact", "深圳科创局", "--to", "2020-03-05", "--name", "王丙")
    assert (said.code, "--to 只登记离任" in said.err) == (2, True)
    assert editorial("unit", "contact", "深圳科创局", "--to", "2020-03-05").code == 0
    (unit, *_) = json.loads(editorial("unit", "list", "--json").out)
    assert unit["contact"] is None


def test_the_list_fits_eighty_columns_and_lines_up(
    editorial: Editorial, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = editorial("unit", "list", folder=sample).out.splitlines()
    assert max(map(width, lines)) <= 80
    gaps = [place for place, sign in enumerate(lines[1]) if sign == " "]
    for line in (lines[0], *lines[2:-2]):
        screen = "".join(sign.ljust(width(sign), "+") for sign in line).ljust(80)
        assert {screen[place] for place in gaps} == {" "}


def test_a_sign_nobody_sees_takes_no_column() -> None:
    rule, row = table(("甲", "乙"), [("深\u200b圳\ufe0f", "x")])[1:]
    assert (width(row), rule) == (7, "----  --")


def test_a_unit_shown_fits_eighty_columns(editorial: Editorial, sample: Path) -> None:
    lines = editorial("unit", "show", "深圳科创局", folder=sample).out.splitlines()
    assert max(map(width, lines)) <= 80


def test_a_table_is_taken_in_after_it_was_looked_at(editorial: Editorial, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("单位,联络员,电话,备注\n示例馆（示例）,示例甲,020-0000-0901,\n", "utf-8")
    tried = editorial("unit", "import", str(path), "--dry-run")
    assert (tried.code, "只是试看，什么也没有写" in tried.out) == (0, True)
    assert "不认识的栏，没有取：备注" in tried.err
    assert editorial("unit", "show", "示例馆").code == 2
    done = editorial("unit", "import", str(path))
    assert (done.code, "新登记1个" in done.out, "0901" in done.out) == (0, True, False)
    assert "020-0000-0901" in editorial("unit", "show", "示例馆").out
    assert "没有变化1个" in editorial("unit", "import", str(path)).out
