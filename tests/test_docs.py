"""The documents keep their word: what they show is what the program says today.

Every `console` block is run, page by page, each on a fresh sample workspace. To take over
what the program says now, and then read the difference: `python tests/test_docs.py`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from editorial.cli.main import main
from editorial.desk.init import init
from editorial.model.chasing import Callback, Chasing, CheckIn, Closing, DayLog, Rung
from editorial.model.drafts import Copy, Draft, Reader, ReadersFile
from editorial.model.gates import GateRecord, Passing
from editorial.model.letters import Delivery, Happening, Letter, LetterItem, Paper, Reply
from editorial.model.mailbox import ImapServer, Mailbox, Sender, SmtpServer
from editorial.model.meeting import (
    Appraisal,
    Appraisals,
    Aspect,
    Expert,
    FollowUp,
    Meeting,
    NamedVote,
    Score,
    ScoreRules,
    Statement,
    Vote,
)
from editorial.model.people import Contact, Editor, FormerName, Limit, Pause, Unit
from editorial.model.proofs import Correction, Portion, ProofJob, Spread, UnaskedChange
from editorial.model.proposals import Proposal
from editorial.model.returns import ItemReply, Return
from editorial.model.reviews import Anchor, Answered, Exemption, Opinion, OpinionPaper, Round
from editorial.model.selection import Selection
from editorial.model.style import (
    DERIVED,
    ROLES,
    DraftStyle,
    FontConfig,
    FontFile,
    FontRole,
    Heads,
    LetterStyle,
    Margins,
    TextRole,
)
from editorial.model.terms import Terms
from editorial.model.volume import (
    Board,
    ChapterFile,
    Coverage,
    Gate,
    Group,
    Office,
    Section,
    Step,
    Task,
    VolumeFile,
)
from editorial.model.workflow import SECTION_GUARDS, VOLUME_GUARDS, PeopleRules, Stage, Workflow
from editorial.render.pdf.caches import forget
from editorial.store.schema import key_of, stored_fields

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md")))

CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.M | re.S)
LINK = re.compile(r"(!?)\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.M)
CUT = "……"

HOME = "/home/linqing/nianjian"
PERSON = {
    "GIT_AUTHOR_NAME": "林清",
    "GIT_AUTHOR_EMAIL": "linqing@example.org",
    "GIT_COMMITTER_NAME": "林清",
    "GIT_COMMITTER_EMAIL": "linqing@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "COLUMNS": "100",
}

# What differs from day to day and from machine to machine.
PASSING = (
    # Two commits, which are told as one change or as several, by what they have alike.
    (re.compile(r"^ +新样第14张.*\n", re.M), ""),
    (re.compile(r"未要求而改的\d处"), "#"),
    (re.compile(r"\b[0-9a-f]{7,64}\b"), "#"),
    (re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?"), "#"),
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"), "#"),
    (re.compile(r"〔\d{4}〕"), "#"),
    (re.compile(r"[\d,]+ 字节"), "#"),
    (re.compile(r"\d+页"), "#"),
    (re.compile(r"逾期\d+天"), "#"),
    (re.compile(r"^.*字体.*\n", re.M), ""),
    (re.compile(r"[ -]{2,}"), " "),
)


def masked(text: str) -> str:
    for pattern, sign in PASSING:
        text = pattern.sub(sign, text)
    return text


def played(page: Path, workspace: Path) -> str:
    """The page with the output of its commands as it is now, run in `workspace`."""
    with contextlib.chdir(workspace):
        return CONSOLE.sub(lambda block: _block(block[0], workspace), page.read_text("utf-8"))


def _block(block: str, workspace: Path) -> str:
    return "".join(
        command + _cut(_output(command[2:], workspace), shown) for command, shown in _turns(block)
    )


def _turns(block: str) -> Iterator[tuple[str, str]]:
    """(command with its `$ `, output shown); a command runs on after a backslash."""
    for turn in re.split(r"^(?=\$ )", block, flags=re.M)[1:]:
        match = re.match(r"(?:.*\\\n)*.*\n", turn)
        assert match is not None
        yield match[0], turn[match.end() :]


def _output(command: str, workspace: Path) -> str:
    words = shlex.split(command.replace("\\\n", " "))
    out = _editorial(words[1:]) if words[0] == "editorial" else _shell(command)
    return out.replace(str(workspace), HOME)


def _editorial(arguments: list[str]) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            forget()  # every command is a process of its own
            code = main(arguments)
        except SystemExit as leaving:
            code = int(leaving.code or 0)
    assert code in (0, 1, 2), said.getvalue()
    return said.getvalue()


def _shell(command: str) -> str:
    done = subprocess.run(
        command, shell=True, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout.decode()


def _cut(output: str, shown: str) -> str:
    """The output with a line `……` for what the page leaves out."""
    head, cut, tail = shown.partition(f"{CUT}\n")
    if not cut:
        return output
    lines = output.splitlines(keepends=True)
    kept = tail.count("\n")
    return "".join([*lines[: head.count("\n")], cut, *lines[len(lines) - kept :]])


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "nianjian"
    with pytest.MonkeyPatch.context() as patch:
        _as_the_person(patch)
        return init(folder)[0]


@pytest.fixture
def nianjian(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    _as_the_person(monkeypatch)
    return Path(shutil.copytree(office, tmp_path / "nianjian"))


def _as_the_person(patch: pytest.MonkeyPatch) -> None:
    for name, value in PERSON.items():
        patch.setenv(name, value)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_the_program_says(page: Path, nianjian: Path) -> None:
    assert masked(played(page, nianjian)) == masked(page.read_text("utf-8"))


def commands(*words: str) -> Iterator[str]:
    """`editorial status`, `editorial letter new` …: every one the help names."""
    inner = re.findall(r"^ {4}([a-z][a-z-]*)(?= |$)", _editorial([*words, "--help"]), re.M)
    if not inner:
        yield " ".join(("editorial", *words))
    for word in inner:
        yield from commands(*words, word)


@pytest.mark.parametrize("command", tuple(commands()))
def test_every_command_is_told_of(command: str) -> None:
    assert re.search(rf"{re.escape(command)}\b", "\n".join(p.read_text("utf-8") for p in PAGES))


def links(page: Path) -> Iterator[tuple[str, str]]:
    """(file, anchor) of every link and picture that does not lead to the web."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S)
    for _, target in LINK.findall(re.sub(r"`[^`\n]*`", "", prose)):
        if not re.match(r"\w+:", target):
            file, _, anchor = target.partition("#")
            yield file, anchor


def anchors(page: Path) -> frozenset[str]:
    """The anchors a forge gives the headings of a page."""
    titles = (
        re.sub(r"[^\w\- ]", "", title.lower()) for title in HEADING.findall(page.read_text("utf-8"))
    )
    return frozenset(title.replace(" ", "-") for title in titles)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_is_there(page: Path) -> None:
    dead = [
        f"{file}#{anchor}"
        for file, anchor in links(page)
        if not (target := page.parent / file if file else page).exists()
        or (anchor and anchor not in anchors(target))
    ]
    assert dead == []


def test_every_picture_is_shown_somewhere() -> None:
    shown = {(page.parent / file).resolve() for page in PAGES for file, _ in links(page)}
    drawn = set((ROOT / "docs" / "pictures").iterdir())
    assert drawn - shown == set()


def test_every_picture_is_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert {name: size for name, size in sizes.items() if size > 150_000} == {}


FILES = {
    "volume.yaml": (VolumeFile, Office, Board, Gate, Coverage),
    "units.yaml": (Unit, FormerName, Pause, Contact, Limit),
    "变更建议": (Proposal,),
    "staff.yaml": (Editor,),
    "terms.yaml": (Terms,),
    "chapter.yaml": (ChapterFile, Group),
    "分目记录": (Section, Task, Step),
    "letter.yaml": (Letter, LetterItem, Happening, Paper, Delivery, Reply),
    "return.yaml": (Return, ItemReply),
    "round.yaml": (Round, Exemption, Answered),
    "meeting.yaml": (Meeting, Expert, Statement, Vote, NamedVote, Score, FollowUp),
    "appraisals.yaml": (Appraisals, Appraisal),
    "评分规则": (ScoreRules, Aspect),
    "批文": (GateRecord, Passing),
    "意见 opinions": (Opinion, Anchor),
    "意见原件": (OpinionPaper,),
    "proof.yaml": (ProofJob, Correction, Portion, Spread, UnaskedChange),
    "draft.yaml": (Draft, Copy, Selection),
    "readers.yaml": (ReadersFile, Reader),
    "流程": (Workflow, Stage, PeopleRules),
    "稿样": (DraftStyle, Margins, Heads, TextRole),
    "公函样式": (LetterStyle,),
    "邮箱": (Mailbox, Sender, SmtpServer, ImapServer),
    "催报规则": (Chasing, Rung),
    "催报记录": (DayLog, CheckIn, Callback, Closing),
    "fonts.yaml": (FontConfig, FontRole, FontFile),
}


def chapter_of(page: str, word: str) -> str:
    """The part of docs/data.md under the heading that names a file."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    parts = re.split(r"^## ", text, flags=re.M)
    return next((part for part in parts if word in part.split("\n", 1)[0]), "")


@pytest.mark.parametrize(("file", "kinds"), FILES.items(), ids=FILES)
def test_every_key_of_a_file_is_explained(file: str, kinds: tuple[type, ...]) -> None:
    keys = {key_of(field) for kind in kinds for field in stored_fields(kind)}
    told = set(re.findall(r"`([\w]+)`", chapter_of("data.md", file)))
    assert keys - told == set()


def test_every_text_role_is_explained() -> None:
    told = set(re.findall(r"`(\w+)`", chapter_of("data.md", "稿样")))
    assert {*ROLES, *DERIVED} - told == set()


def test_every_style_is_explained() -> None:
    styles = {path.stem for path in (ROOT / "styles" / "drafts").glob("*.yaml")}
    told = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs" / "draft.md").read_text("utf-8"), re.M))
    assert styles - told == set()


def test_every_finding_is_explained() -> None:
    source = "".join(p.read_text("utf-8") for p in (ROOT / "editorial").rglob("*.py"))
    codes = set(re.findall(r"\"([BELM]\d\d)\"", source))
    rows = (re.findall(r"^\| `?([BELM]\d\d)", p.read_text("utf-8"), re.M) for p in PAGES)
    assert codes >= {"B01", "E15", "L01", "M01"}
    assert codes - {code for page in rows for code in page} == set()


def test_every_guard_is_explained() -> None:
    told = set(re.findall(r"`(\w+)", (ROOT / "docs" / "move.md").read_text("utf-8")))
    assert {*SECTION_GUARDS, *VOLUME_GUARDS} - told == set()


def test_every_make_target_named_is_there() -> None:
    named = {t for page in PAGES for t in re.findall(r"`make (\w+)`", page.read_text("utf-8"))}
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert named - set(targets) == set()


def rewrite() -> None:
    """Put into every page what the program says now."""
    os.environ |= PERSON
    with tempfile.TemporaryDirectory() as folder:
        sample, _ = init(Path(folder).resolve() / "sample" / "nianjian")
        for number, page in enumerate(PAGES):
            workspace = Path(folder).resolve() / str(number) / "nianjian"
            shutil.copytree(sample, workspace)
            page.write_text(played(page, workspace), "utf-8")


if __name__ == "__main__":
    rewrite()
