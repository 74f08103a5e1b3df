"""Every command once through the command line: its exit code, its words, its JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editorial.model.dates import parse_day

Editorial = Callable[..., Any]
Git = Callable[..., str]
BASE = "volumes/xiao-2019"


@pytest.fixture
def act(editorial: Editorial, git: Git) -> Callable[..., Any]:
    """Run a command that must succeed and commit; its JSON."""

    def run(*args: str) -> Any:
        before = git("rev-parse", "HEAD")
        said = editorial(*args, "--json")
        assert said.code == 0, said.err
        data = json.loads(said.out)
        assert data["commit"] == git("rev-parse", "HEAD") != before
        assert git("status", "--porcelain") == ""
        return data

    return run


Act = Callable[..., Any]


def test_move_and_undo(act: Act) -> None:
    moved = act("move", "机场", "--to", "初审", "--note", "已核")
    assert (moved["message"], moved["nodes"]) == ("推进：机场至初审", ["02-jichu/02-jichang"])
    assert act("undo")["message"] == "撤销：推进：机场至初审"


def test_a_forced_move_says_so(act: Act) -> None:
    forced = act("move", "01-keji", "--to", "总纂", "--force", "--note", "主编同意")
    assert forced["message"].endswith("（越过条件）")


@pytest.mark.parametrize("due", ["+7", "下周五", "2030-03-15", "12月31日"])
def test_assign_understands_days_as_people_type_them(act: Act, workspace: Path, due: str) -> None:
    from editorial.cli.outcome import today

    act("assign", "人才", "--editor", "林清", "--unit", "省发改", "--due", due)
    text = (workspace / BASE / "chapters/01-keji/03-rencai.yaml").read_text("utf-8")
    assert f"due: {parse_day(due, today())}\n" in text
    assert "- unit: sheng-fgw\n" in text


@pytest.mark.parametrize("name", ["意见.docx", "意见"])
def test_opinions_are_given_out_as_a_workbook_only(
    act: Act, editorial: Editorial, tmp_path: Path, name: str
) -> None:
    act("round", "open", "评议会")
    act("opinion", "add", "01", "02-jichu/02-jichang", "核", "--by", "专家甲")
    said = editorial("opinion", "export", "01", "--out", str(tmp_path / name))
    assert (said.code, "意见只导出为 .xlsx" in said.err) == (2, True)
    assert not (tmp_path / name).exists()
    assert editorial("opinion", "export", "01", "--out", str(tmp_path / "意见.XLSX")).code == 0


def test_a_gate_not_passed_yet_names_the_option_to_mend(editorial: Editorial) -> None:
    said = editorial("gate", "pass", "批准", "--doc-no", "无", "--date", "2999-01-01")
    assert (said.code, "还没有到" in said.err, "--date" in said.err) == (2, True, True)
    assert "--on" not in said.err


def test_keep(act: Act, workspace: Path) -> None:
    (workspace / BASE / "chapters/02-jichu/02-jichang.md").write_text("【机场】　改。\n", "utf-8")
    assert act("keep", "-m", "改机场")["message"] == "已留存1个文件：改机场"


def test_verify_is_0_when_sound_and_1_when_not(editorial: Editorial, workspace: Path) -> None:
    assert editorial("verify").code == 0
    (workspace / BASE / "chapters/02-jichu/03-lou.md").write_text("漏", "utf-8")
    said = editorial("verify", "--json")
    assert (said.code, len(json.loads(said.out)["problems"])) == (1, 1)


@pytest.mark.parametrize("command", [("verify",), ("draft", "--format", "pdf")])
def test_very_many_findings_of_a_kind_are_counted(
    editorial: Editorial, workspace: Path, command: tuple[str, ...]
) -> None:
    links = "".join(f"见[甲](#nope-{n})。\n\n" for n in range(25))
    text = workspace / BASE / "chapters/02-jichu/02-jichang.md"
    text.write_text(f"【机场】　改。\n\n{links}", "utf-8")
    said = editorial(*command)
    assert (said.out + said.err).count("（#nope-") == 20
    assert "M10 另有5处，加 --json 全部列出" in said.out + said.err
    data = json.loads(editorial(*command, "--json").out)
    listed = data.get("findings") or data["remarks"]
    assert sum(" M10 " in each for each in listed) == 25


def test_a_letter_from_draft_to_closed(act: Act, editorial: Editorial, tmp_path: Path) -> None:
    item = "01-keji/02-pingtai@第3页=请补充2018年数据"
    new = act("letter", "new", "--unit", "sz-kcj", "--due", "+14", "--item", item)
    assert new["id"] == "0001"
    act("letter", "check", "1")
    act("letter", "approve", "1")
    act("letter", "send", "1")
    reply = tmp_path / "回复.docx"
    reply.write_bytes(b"x")
    act("letter", "register", "1", "--file", str(reply), "--channel", "邮件")
    act("letter", "close", "1", "--note", "已改")
    shown = json.loads(editorial("letter", "show", "1", "--json").out)
    assert (shown["state"], shown["number"][:4]) == ("closed", "示志函〔")
    assert [p["name"] for p in shown["papers"]][-1] == "message.eml"
    (row,) = json.loads(editorial("letter", "list", "--json").out)
    assert row["id"] == "0001"
    assert "办结" in editorial("letter", "list").out


def test_where_a_register_lies_is_told_without_dots(
    act: Act, editorial: Editorial, tmp_path: Path
) -> None:
    item = "01-keji/02-pingtai=请补充"
    made = act("letter", "new", "--unit", "深圳科创局", "--due", "+9", "--item", item)
    act("letter", "approve", made["id"], "--as", "周文")
    (tmp_path / "inner").mkdir()
    out = f"{tmp_path}/inner/../printed"
    said = editorial("letter", "ledger", "--format", "xlsx", "--out", out, "--json")
    assert {str(Path(each).parent) for each in json.loads(said.out)["files"]} == {
        str((tmp_path / "printed").resolve())
    }


def test_letters_are_listed_by_terms(act: Act, editorial: Editorial) -> None:
    for unit in ("深圳科创局", "广州科技局"):
        item = "01-keji/02-pingtai=请补充"
        act("letter", "new", "--unit", unit, "--due", "+9", "--item", item, "--list")
    said = editorial("letter", "list", "单位:广州 -状态:发出", "--json")
    assert [each["unit"] for each in json.loads(said.out)] == ["gz-kjj"]


def test_a_letter_is_voided_with_its_reason(act: Act, editorial: Editorial) -> None:
    act("letter", "new", "--unit", "sz-kcj", "--due", "+14", "--item", "创新平台=改")
    act("letter", "void", "1", "--note", "不必发了")
    assert "不必发了" in editorial("letter", "show", "0001").out


def test_a_round_with_its_opinions(act: Act, editorial: Editorial) -> None:
    act("round", "open", "评议会", "02-jichu", "--reader", "专家甲（示例）", "--due", "+20")
    assert (
        act("opinion", "add", "01", "机场", "数字有误", "--by", "专家甲（示例）")["id"] == "01/001"
    )
    assert editorial("round", "close", "01").code == 2
    act("opinion", "decide", "01/001", "--to", "不采纳", "--reason", "已核无误")
    (opinion,) = json.loads(editorial("opinion", "list", "--json").out)
    assert (opinion["disposition"], opinion["reason"]) == ("rejected", "已核无误")
    act("round", "close", "评议会")
    (round_,) = json.loads(editorial("round", "list", "--json").out)
    assert (round_["state"], round_["opinions"], round_["disposed"]) == ("closed", 1, 1)


def test_a_proof_from_issue_to_check(act: Act, editorial: Editorial) -> None:
    assert act("proof", "issue", "一校", "02-jichu", "--due", "+5")["id"] == "01"
    act("proof", "correct", "01", "--page", "3", "--old", "甲", "--new", "乙", "--node", "机场")
    act("proof", "return", "01")
    assert editorial("proof", "check", "01", "--undone", "1").code == 2
    act("proof", "check", "01")
    (job,) = json.loads(editorial("proof", "list", "--json").out)
    assert (job["state"], job["corrections"]) == ("checked", 1)


def test_a_draft_and_where_it_lies(editorial: Editorial, git: Git) -> None:
    said = editorial("draft", "02-jichu", "--format", "docx", "--json")
    data = json.loads(said.out)
    assert (said.code, data["edition"], data["registered"]) == (0, 1, True)
    assert all(Path(path).is_file() for path in data["files"])
    assert git("status", "--porcelain") == ""


def test_fonts_tells_a_file_for_every_role(editorial: Editorial) -> None:
    said = editorial("fonts", "--json")
    assert said.code == 0, said.err
    assert {"song", "hei", "kai", "fang", "xbs"} <= {row["role"] for row in json.loads(said.out)}


def test_init_tells_where_it_is_and_its_commit(editorial: Editorial, tmp_path: Path) -> None:
    said = editorial("init", str(tmp_path / "新"), "--chars", "1000", "--json")
    data = json.loads(said.out)
    assert (said.code, data["root"]) == (0, str(tmp_path / "新"))
    assert editorial("status", folder=tmp_path / "新").code == 0


def test_init_takes_a_sample_or_a_size_not_both(editorial: Editorial, tmp_path: Path) -> None:
    new = str(tmp_path / "a")
    assert editorial("init", new, "--chars", "1000", "--sample", "gba-2019").code == 2
    assert not Path(new).exists()


@pytest.mark.parametrize(
    "command", [("letter", "list"), ("round", "list"), ("opinion", "list"), ("proof", "list")]
)
def test_an_empty_list_is_a_list(editorial: Editorial, command: tuple[str, str]) -> None:
    said = editorial(*command, "--json")
    assert (said.code, json.loads(said.out)) == (0, [])
    assert editorial(*command).code == 0


def test_the_board_wants_a_terminal(editorial: Editorial) -> None:
    said = editorial()
    assert (said.code, "看板要在终端里打开" in said.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("科技创新·概况", "请核实", "--by", "专家甲"),
        ("科技创新·概况", "--by", "专家甲", "请核实"),
        ("--by", "专家甲", "科技创新·概况", "请核实"),
        ("请核实", "--by", "专家甲", "--original", "研发机构120个"),
        ("--by", "专家甲", "--original", "研发机构120个", "请核实"),
    ],
)
def test_the_section_of_an_opinion_may_be_left_out(act: Act, words: tuple[str, ...]) -> None:
    act("round", "open", "评议会")
    assert act("opinion", "add", "01", *words)["nodes"] == ["01-keji/01-gaikuang"]


def test_an_item_is_parted_by_either_sign_of_the_keyboard(act: Act, workspace: Path) -> None:
    item = ("--item", "科技创新·概况＠第12页＝请补充")
    made = act("letter", "new", "--unit", "sz-kcj", "--due", "+7", *item)
    text = (workspace / BASE / f"letters/{made['id']}/letter.yaml").read_text("utf-8")
    assert "section: 01-keji/01-gaikuang" in text
    assert "place: 第12页" in text
    assert "request: 请补充" in text
