"""Every option of every command is a field on the screen, or there is a reason why not.

`FIELDS` says where: `module#id` of the field, by which it is looked for in that module; `DONE`
what stands for an option without being a field; `TYPED` what is left to those who type commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import editorial.tui
from tests.tui.test_parity import options

SCREENS = Path(editorial.tui.__file__).parent

# Of every command: the volume is chosen, the name is known, the desk is read only as a whole.
EVERYWHERE = {"-C", "--volume", "--as", "--read-only", "--json", "--help"}

FIELDS: dict[str, dict[str, str]] = {
    "archive verify": {"dir": "book_acts#folder"},
    "assign": {
        "editor": "dialogs.assign#editor",
        "unit": "dialogs.assign#unit",
        "due": "dialogs.assign#due",
        "supply": "dialogs.assign#supply",
        "note": "dialogs.assign#note",
    },
    "chase checkin": {
        "state": "dialogs.check_in#state",
        "expected": "dialogs.check_in#expected",
        "channel": "dialogs.check_in#channel",
        "note": "dialogs.check_in#note",
    },
    "chase extend": {"until": "dialogs.extend#until", "note": "dialogs.extend#note"},
    "chase letter": {"due": "dialogs.chaser#due", "to": "dialogs.chaser#to"},
    "chase log": {
        "result": "dialogs.call#result",
        "next": "dialogs.call#next",
        "until": "dialogs.call#until",
        "person": "dialogs.call#person",
        "leader": "dialogs.call#leader",
        "channel": "dialogs.call#channel",
        "note": "dialogs.call#note",
        "no-answer": "dialogs.call#missed",
    },
    "draft": {
        "style": "drafting#style",
        "format": "drafting#format",
        "since": "drafting#since",
        "copies-to": "drafting#copies-to",
        "unit": "drafting#unit",
        "questions": "drafting#questions",
        "beside": "drafting#beside",
    },
    "gate pass": {
        "doc-no": "gate_acts#doc_no",
        "date": "gate_acts#date",
        "body": "gate_acts#body",
        "file": "gate_acts#files",
        "result": "gate_acts#result",
        "note": "gate_acts#note",
    },
    "letter edit": {
        "due": "letter_acts#due",
        "item": "letter_acts#request",
        "remove": "letter_acts#remove",
        "title": "letter_acts#title",
        "reason": "letter_acts#reason",
        "contact": "letter_acts#contact",
        "cc": "letter_acts#cc",
        "urgent": "letter_acts#urgent",
    },
    "letter new": {
        "kind": "dialogs.letter#kind",
        "unit": "dialogs.letter#unit",
        "due": "dialogs.letter#due",
        "title": "dialogs.letter#title-line",
        "reason": "dialogs.letter#reason",
        "cc": "dialogs.letter#cc",
        "urgent": "dialogs.letter#urgent",
        "units": "letter_acts#units",
        "items": "letter_acts#items",
        "from-opinions": "letter_acts#round",
        "from-findings": "letter_acts#findings",
        "from-missing": "letter_acts#missing",
    },
    "letter send": {
        "by": "dialogs.send#channel",
        "to": "dialogs.send#to",
        "on": "dialogs.send#on",
        "resend": "dialogs.send#resend",
        "sent": "dialogs.send#sent",
    },
    "move": {
        "to": "dialogs.move#choice",
        "note": "dialogs.move#note",
        "force": "dialogs.move#force",
        "on": "dialogs.move#day",
    },
    "opinion add": {
        "by": "opinion_acts#by",
        "place": "opinion_acts#place",
        "original": "opinion_acts#original",
        "channel": "opinion_acts#channel",
        "category": "opinion_acts#category",
        "weight": "opinion_acts#weight",
    },
    "opinion decide": {
        "to": "opinion_acts#to",
        "reason": "opinion_acts#reason",
        "result": "opinion_acts#result",
        "apply": "opinion_acts#apply",
    },
    "opinion forward": {"unit": "opinion_acts#unit", "due": "opinion_acts#due"},
    "opinion import": {
        "by": "round_acts#by",
        "channel": "round_acts#channel",
        "node": "round_acts#node",
    },
    "opinion place": {"original": "opinion_acts#original"},
    "proof assign": {"due": "proof_acts#due"},
    "proof check": {
        "new": "proof_acts#new",
        "report": "proof_acts#report",
        "seen": "proof_acts#seen",
        "undone": "proof_acts#undone",
        "note": "proof_acts#note",
    },
    "proof done": {"on": "proof_acts#on"},
    "proof exempt": {"note": "settling_acts#note"},
    "proof issue": {
        "typesetter": "proof_acts#typesetter",
        "reader": "proof_acts#reader",
        "file": "proof_acts#file",
        "follows": "proof_acts#follows",
        "due": "proof_acts#due",
    },
    "proof return": {"note": "proof_acts#note"},
    "proof sample": {
        "share": "settling_acts#share",
        "reader": "settling_acts#reader",
        "found": "settling_acts#found",
        "done": "settling_acts#done",
    },
    "receive": {"letter": "dialogs.take_in#letter", "channel": "dialogs.take_in#channel"},
    "returns claim": {"note": "dialogs.claim#note"},
    "round appraise": {
        "section": "round_acts#nodes",
        "advice": "round_acts#advice",
        "overall": "round_acts#overall",
        "problems": "round_acts#problems",
        "received": "round_acts#received",
        "done": "round_acts#done",
    },
    "round close": {"exempt": "dialogs.round_close#note", "note": "dialogs.round_close#note"},
    "round draft": {
        "style": "drafting#style",
        "format": "drafting#format",
        "copies-to": "drafting#copies-to",
    },
    "round meeting set": {
        "on": "round_acts#on",
        "time": "round_acts#time",
        "place": "round_acts#place",
        "chair": "round_acts#chair",
        "expert": "round_acts#experts",
        "attendant": "round_acts#attendants",
        "evaluation": "round_acts#evaluation",
        "summary": "round_acts#summary",
        "number": "round_acts#number",
    },
    "round meeting vote": {
        "yes": "round_acts#yes",
        "no": "round_acts#no",
        "abstain": "round_acts#abstain",
        "conclusion": "round_acts#conclusion",
    },
    "round open": {
        "kind": "round_acts#kind",
        "reader": "round_acts#readers",
        "due": "round_acts#due",
        "purpose": "round_acts#purpose",
        "draft": "round_acts#draft",
        "style": "drafting#style",
        "format": "drafting#format",
        "copies-to": "drafting#copies-to",
    },
    "unit accept": {"from": "dialogs.decide#day", "note": "dialogs.decide#note"},
    "unit add": {
        "short": "dialogs.unit#short",
        "city": "dialogs.unit#city",
        "kind": "dialogs.unit#kind",
        "honorific": "dialogs.unit#honorific",
        "own": "dialogs.unit#own",
    },
    "unit confirm": {"on": "dialogs.day#day"},
    "unit contact": {
        **{key: f"dialogs.contact#{key}" for key in ("name", "post", "phone", "mail", "chat")},
        "channel": "dialogs.contact#channel",
        "from": "dialogs.contact#day",
        "to": "dialogs.day#day",
    },
    "unit pause": {"until": "dialogs.unit#until", "reason": "dialogs.unit#reason"},
    "unit propose": {
        **{key: f"dialogs.contact#{key}" for key in ("name", "post", "phone", "mail", "chat")},
        "channel": "dialogs.contact#channel",
        "from": "dialogs.contact#day",
        "return": "dialogs.contact#returned",
        "note": "dialogs.contact#note",
    },
    "unit refuse": {"note": "dialogs.decide#note"},
    "unit rename": {
        "name": "dialogs.unit#name-full",
        "short": "dialogs.unit#short",
        "honorific": "dialogs.unit#honorific",
        "from": "dialogs.unit#since",
    },
} | {
    f"letter {verb}": {
        "channel": "dialogs.reply#channel",
        "answer": "dialogs.reply#answer",
        "until": "dialogs.reply#until",
        "pass-to": "dialogs.reply#pass",
        "on": "dialogs.reply#on",
        "doc-no": "dialogs.reply#number",
        "file": "dialogs.reply#files",
        "close": "dialogs.reply#close",
        "note": "dialogs.reply#note",
    }
    for verb in ("register", "reply")
}

# What is there without a field: by how it is done.
DONE: dict[str, set[str]] = {
    "the line / filters by all that can be told of them": {
        *("status --where", "volumes --where", "letter list --where", "returns list --where"),
        *("unit list --where", "opinion list --where", "opinion export --where"),
        *("unit list --city", "unit list --kind", "unit list --unconfirmed"),
        *("unit list --overdue", "returns list --unmatched", "proof load --label"),
    },
    "Tab and the figures turn to it": {"status --by", "status --axis"},
    "the lines that are marked, or the one under the cursor": {
        *("letter check --batch", "letter approve --batch", "letter send --batch"),
        *("letter new --all", "letter send --all", "chase list --unit", "chase letter --unit"),
        *("draft --where", "draft --city", "draft --round"),
    },
    "the day that is shown, turned with [ ] or chosen with d": {
        *("chase list --day", "chase log --day", "chase checkin --day", "chase status --day"),
        *("chase close --day", "chase digest --day", "chase letter --day"),
    },
    "chosen from a list": {"returns claim --letter"},
    "seen before it is done": {
        *("move --dry-run", "undo --dry-run", "redo --dry-run", "letter send --dry-run"),
        "undo --list",
        "redo --list",
    },
    "one of the choices when something blocks, or F9": {"move --free", "undo --steps"},
    "asked when the act is chosen": {
        *("keep --message", "letter void --note", "returns aside --note", "round reopen --note"),
        *("gate withdraw --note", "proof drop --note", "round table --by", "round forms --blank"),
        *("round remind --letters", "proof rate --by"),
    },
    "always so": {
        *("round remind --text", "chase log --answered", "opinion list --now"),
        "unit list --contacts",
    },
    "typed in one line, 页.行 原文>改为, or seen from the place of the text": {
        f"proof correct --{each}"
        for each in (
            *("page", "line", "old", "new", "before", "after", "mark", "cause", "fault"),
            *("node", "note"),
        )
    },
    "one goes on with Ctrl+Y once more": {"redo --steps"},
    "the list goes back as far as one scrolls": {"log --number"},
    "the text is edited where one sees it": {"edit --text"},
}

# What only those who type commands can say, and why that is enough.
TYPED: dict[str, set[str]] = {
    "files go to out/ of the volume, and the place is told": {
        f"{command} --out"
        for command in (
            *("draft", "letter ledger", "chase digest", "round open", "round draft"),
            *("round table", "round forms", "round replies", "round changes"),
            *("round meeting score", "round meeting minutes", "opinion export", "proof papers"),
            *("proof return", "proof rate", "paper press-sheet", "paper imprint-sheet"),
            "archive list",
        )
    },
    "all kinds of file are made at once": {
        f"{command} --format"
        for command in (
            *("letter ledger", "chase digest", "round table", "round forms", "round replies"),
            *("round changes", "round meeting minutes", "proof papers", "proof return"),
            *("proof rate", "paper press-sheet", "paper imprint-sheet", "archive list"),
        )
    },
    "only for papers outside the book": {
        *("proof check --old", "proof check --corrections", "toc-check --alone"),
    },
    "the past as it was, for reports": {"status --at", "unit list --at", "unit show --at"},
    "repairs are for whoever looks after the machine": {"verify --repair"},
    "a fixed beginning of chance, for tests": {"proof sample --seed"},
    "rare wordings of one letter; the offices' usual ones come by themselves": {
        *(f"letter new --{x}" for x in ("contact", "secrecy", "secret-for", "joint", "board")),
        *(f"letter new --{x}" for x in ("addressee", "follows", "about", "list")),
        *("letter edit --list", "letter edit --no-list"),
    },
    "columns of a table of items, which is read from a file": {
        f"letter {verb} --{x}"
        for verb in ("new", "edit")
        for x in ("original", "basis", "scope", "form")
    }
    | {"letter new --item"},
    "said of each person on a line of its own, which fields of one line cannot hold": {
        *(f"round meeting set --{x}" for x in ("title", "draft", "lead", "absent", "written")),
        *(f"round meeting set --{x}" for x in ("said", "conclusion", "drop-extremes")),
        *("round meeting set --follow-up", "round meeting vote --named"),
    },
    "a filled table is read as any other paper, by 取意见": {"opinion decide --from"},
    "papers are kept where they were taken in": {"opinion add --paper"},
    "seen at once on the screen, where it is undone with F8": {"opinion import --dry-run"},
    "said once for the whole act, in its subject": {
        *("edit --note", "letter close --note", "proof accept --note", "round answered --note"),
    },
    "today, since the act is recorded when it is heard": {"round answered --on"},
    "the usual time of the workflow": {"round remind --due"},
    "papers for all readers are made at once": {
        *("round forms --reader", "round forms --section", "round replies --reader"),
        "round replies --apart",
    },
    "both books of the year are printed": {"letter ledger --kind", "letter ledger --year"},
    "settings of the project": {"proof rate --scheme"},
    "seen in the table": {"unit proposals --all"},
    "filled in by hand on the paper": {
        *("paper press-sheet --layout", "paper imprint-sheet --copies"),
    },
}
# Commands without an act on the screen have no options there: see test_parity.ALONE.
ELSEWHERE = {"fonts", "init", "serve", "unit import"}


def asked() -> Iterator[str]:
    for command, names in options().items():
        yield from (f"{command} {name}" for name in names if command not in ELSEWHERE)


ASKED = sorted(each for each in asked() if each.rpartition(" ")[2] not in EVERYWHERE)
SHOWN = {f"{command} --{name}" for command, fields in FIELDS.items() for name in fields}
PLACES = sorted({place for fields in FIELDS.values() for place in fields.values()})


def listed() -> list[str]:
    return [*SHOWN, *(x for some in (*DONE.values(), *TYPED.values()) for x in some)]


def test_an_option_is_on_the_screen_or_there_is_a_reason() -> None:
    assert [each for each in ASKED if listed().count(each) != 1] == []


def test_no_option_is_listed_that_there_is_not() -> None:
    assert sorted(set(listed()) - set(ASKED)) == []


@pytest.mark.parametrize("place", PLACES)
def test_the_field_is_there(place: str) -> None:
    module, _, name = place.partition("#")
    source = SCREENS.joinpath(*module.split(".")).with_suffix(".py").read_text("utf-8")
    assert re.search(rf'(?:id=|key=|\(|= ){{1}}"{re.escape(name)}"', source)
