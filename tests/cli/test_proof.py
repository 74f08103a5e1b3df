"""A proof's way through the command line: issued, shared out, corrected, sent back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desk.proof_sheets import FIRST, box_of, proof_pdf, remark, with_remarks

Editorial = Callable[..., Any]


@pytest.fixture
def proof(editorial: Editorial, tmp_path: Path) -> Path:
    pdf = proof_pdf(tmp_path / "一校样.pdf")
    assert editorial("proof", "issue", "一校", "01-keji", "--file", str(pdf)).code == 0
    return pdf


def shown(editorial: Editorial) -> Any:
    return json.loads(editorial("proof", "show", "01", "--json").out)


def test_what_is_issued_is_told(editorial: Editorial, proof: Path) -> None:
    data = shown(editorial)
    assert (data["pages"], data["file"], data["state"]) == (2, "一校样.pdf", "issued")


def test_lines_are_typed_in_from_the_keyboard(
    editorial: Editorial, proof: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))

    typed("21.3 30亿>32亿\r\n".encode("gbk"))  # a pipe on Chinese Windows
    assert "“30亿”改“32亿”" in editorial("proof", "type", "01").out
    typed(b"\n")
    assert editorial("proof", "type", "01").code == 2


def test_a_marked_pdf_is_imported(editorial: Editorial, proof: Path) -> None:
    marked = with_remarks(
        proof, proof.with_name("批.pdf"), remark("Highlight", box_of(1, FIRST[1], "30亿元"), "删")
    )
    assert editorial("proof", "import", "01", str(marked)).code == 0
    assert shown(editorial)["corrections"][0]["mark"] == "删除"


def test_a_mark_without_words_of_its_own_keeps_those_on_the_proof(
    editorial: Editorial, proof: Path
) -> None:
    words = ("--page", "22", "--old", "设在", "--mark", "倒", "--note", "字倒")
    assert editorial("proof", "correct", "01", *words).code == 0
    (found,) = shown(editorial)["corrections"]
    assert (found["mark"], found["new"], found["note"]) == ("转正", "设在", "字倒")


@pytest.mark.parametrize(
    "words", [("--mark", "涂改"), ("--cause", "天气"), ("--old", "没有的话"), ("--page", "9")]
)
def test_a_correction_that_is_none_is_refused(
    editorial: Editorial, proof: Path, words: tuple[str, ...]
) -> None:
    said = editorial("proof", "correct", "01", "--page", "21", "--old", "30", "--new", "3", *words)
    assert (said.code, shown(editorial)["corrections"]) == (2, [])


def test_pages_are_shared_out_given_back_and_counted(editorial: Editorial, proof: Path) -> None:
    assert editorial("proof", "assign", "01", "林清", "21-22").code == 0
    assert editorial("proof", "done", "01", "林清", "21-22").code == 0
    (load,) = json.loads(editorial("proof", "load", "--label", "一校", "--json").out)
    assert (load["reader"], load["pages"], load["in_hand"]) == ("林清", 2, 0)


def test_the_papers_are_told_and_there(editorial: Editorial, proof: Path, tmp_path: Path) -> None:
    editorial("proof", "correct", "01", "--page", "21", "--old", "30亿", "--new", "32亿")
    out = str(tmp_path / "厂")
    files = json.loads(
        editorial("proof", "return", "01", "--format", "pdf,csv", "--out", out, "--json").out
    )["files"]
    assert [Path(file).exists() for file in files] == [True] * 3
    assert editorial("proof", "papers", "01", "--format", "doc").code == 2


def test_what_could_not_go_into_the_text_is_listed_with_exit_1(
    editorial: Editorial, proof: Path
) -> None:
    words = ("--page", "21", "--old", "编辑部", "--new", "总编室", "--cause", "原稿")
    editorial("proof", "correct", "01", *words)
    said = editorial("proof", "apply", "01")
    assert said.code == 1
    assert "没有带进正文：正文里没有这几个字" in said.out


def test_a_correction_is_dropped_with_its_reason(editorial: Editorial, proof: Path) -> None:
    editorial("proof", "correct", "01", "--page", "21", "--old", "30亿", "--new", "32亿")
    assert editorial("proof", "drop", "01", "1", "--note", "重了").code == 0
    assert shown(editorial)["corrections"] == []
