"""Which editor somebody set, as each system writes it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from editorial.desk import own_editor
from editorial.desk.own_editor import run_editor, words_of


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("notepad", ["notepad"]),
        ("code --wait", ["code", "--wait"]),
        (r"C:\tools\npp.exe -multiInst", [r"C:\tools\npp.exe", "-multiInst"]),
        (
            r'"C:\Program Files\Notepad++\notepad++.exe" -nosession',
            [r"C:\Program Files\Notepad++\notepad++.exe", "-nosession"],
        ),
        ("'C:/Program Files/npp.exe' -nosession", ["C:/Program Files/npp.exe", "-nosession"]),
        ('"C:\\broken', ['"C:\\broken']),
        ("", []),
    ],
)
def test_on_windows_a_backslash_parts_folders(
    told: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_editor, "WINDOWS", True)
    assert words_of(told) == words


def test_elsewhere_it_is_as_the_shell_takes_it() -> None:
    assert words_of(r"/opt/my\ editor 'a b'") == ["/opt/my editor", "a b"]


def test_on_windows_a_path_with_blanks_needs_no_quotation_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "Program Files npp.exe"
    program.touch()
    monkeypatch.setattr(own_editor, "WINDOWS", True)
    assert words_of(str(program)) == [str(program)]


def test_a_program_is_found_whatever_its_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VS Code is code.cmd, which Windows does not look for by itself."""
    called: list[list[str]] = []

    def run(words: list[str], *, check: bool) -> subprocess.CompletedProcess[bytes]:
        called.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(own_editor.subprocess, "run", run)
    monkeypatch.setattr(own_editor.shutil, "which", {"code": r"C:\bin\code.cmd"}.get)
    assert run_editor(["code", "--wait"], tmp_path / "a.md") == 0
    assert run_editor(["notepad"], tmp_path / "a.md") == 0
    assert [words[0] for words in called] == [r"C:\bin\code.cmd", "notepad"]
