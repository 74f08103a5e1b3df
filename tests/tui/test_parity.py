"""Whatever the board does a command does too, and the other way round.

Both lists are read from the program: a key that is added, or a command, has to be put beside
its counterpart here, or among those that have none, with the reason.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Sequence
from importlib import import_module

from textual.binding import Binding

import editorial.tui
from editorial.cli.book import VERBS
from editorial.cli.gate import HANDOVER
from editorial.cli.main import GROUPS, _parser
from editorial.cli.outcome import Verb
from editorial.cli.printing import PRINTING
from editorial.cli.receiving import RECEIVE
from editorial.cli.serve import SERVE
from editorial.cli.writing import EDIT, TABLE
from editorial.tui.app import EditorialApp
from editorial.tui.frame import Frame
from editorial.tui.page import Page

# What is bound to keys, on any screen or on the one named before it, and the commands that do it.
ACTS: dict[str, tuple[str, ...]] = {
    "assign": ("assign",),
    "check_archive": ("archive verify",),
    "archive": ("archive list",),
    "confirm": ("unit confirm",),
    "draft": ("draft",),
    "draft_all": ("draft",),
    "extract": ("draft",),
    "edit": ("edit",),
    "edit_outside": ("edit",),
    "handover": ("handover",),
    "history": ("log",),
    "keep": ("keep",),
    "letter": ("letter new",),
    "move": ("move",),
    "move_volume": ("move",),
    "redo": ("redo",),
    "sheet": ("paper press-sheet", "paper imprint-sheet"),
    "undo": ("undo",),
    "verify": ("verify",),
    "GatesScreen carry('register')": ("gate pass",),
    "GatesScreen carry('withdraw')": ("gate withdraw",),
    "LettersScreen answered('chat')": ("letter register",),
    "LettersScreen answered('hand')": ("letter register",),
    "LettersScreen answered('mail')": ("letter register",),
    "LettersScreen answered('paper')": ("letter register",),
    "LettersScreen answered('phone')": ("letter register",),
    "LettersScreen answered('usb')": ("letter register",),
    "LettersScreen carry('close')": ("letter close",),
    "LettersScreen carry('edit')": ("letter edit",),
    "LettersScreen carry('extend')": ("chase extend",),
    "LettersScreen carry('reply')": ("letter reply",),
    "LettersScreen carry('void')": ("letter void",),
    "LettersScreen draft": ("letter new",),
    "LettersScreen ledger": ("letter ledger",),
    "LettersScreen send_all": ("letter send",),
    "LettersScreen several('approve')": ("letter approve",),
    "LettersScreen several('check')": ("letter check",),
    "LettersScreen several('send')": ("letter send",),
    "OpinionsScreen add": ("opinion add",),
    "OpinionsScreen export": ("opinion export",),
    "OpinionsScreen grouped('same')": ("opinion same",),
    "OpinionsScreen grouped('together')": ("opinion decide",),
    "carry('place')": ("opinion place",),
    "dispose('adopted')": ("opinion decide",),
    "dispose('forwarded')": ("opinion decide",),
    "dispose('partly')": ("opinion decide",),
    "dispose('pending')": ("opinion decide",),
    "dispose('rejected')": ("opinion decide",),
    "several('check')": ("opinion check",),
    "several('decide')": ("opinion decide",),
    "several('forward')": ("opinion forward",),
    "ProofScreen carry('take_in')": ("proof import",),
    "ProofScreen class_": ("proof class",),
    "ProofScreen drop": ("proof drop",),
    "ProofScreen exempt": ("proof exempt",),
    "ProofScreen settle('accept')": ("proof accept",),
    "ProofScreen settle('sample')": ("proof sample",),
    "ProofScreen type": ("proof type", "proof correct"),
    "ProofScreen carry('papers')": ("proof papers",),
    "ProofsScreen carry('apply')": ("proof apply",),
    "ProofsScreen carry('assign')": ("proof assign",),
    "ProofsScreen carry('check')": ("proof check",),
    "ProofsScreen carry('contents')": ("toc-check",),
    "ProofsScreen carry('give_back')": ("proof done",),
    "ProofsScreen carry('machine')": ("proof check",),
    "ProofsScreen carry('papers')": ("proof papers",),
    "ProofsScreen carry('rate')": ("proof rate",),
    "ProofsScreen carry('send_back')": ("proof return",),
    "ProofsScreen issue": ("proof issue",),
    "ProofsScreen loads": ("proof load",),
    "ReturnsScreen carry('aside')": ("returns aside",),
    "ReturnsScreen carry('claim')": ("returns claim",),
    "ReturnsScreen fetch": ("mail fetch",),
    "ReturnsScreen take_in": ("receive",),
    "RoundsScreen carry('answered')": ("round answered",),
    "RoundsScreen carry('appraise')": ("round appraise",),
    "RoundsScreen carry('draft')": ("round draft",),
    "RoundsScreen carry('finish')": ("round close", "round reopen"),
    "RoundsScreen carry('meeting')": (
        "round meeting set",
        "round meeting vote",
        "round meeting score",
    ),
    "RoundsScreen carry('papers')": (
        "round table",
        "round forms",
        "round replies",
        "round changes",
        "round meeting minutes",
    ),
    "RoundsScreen carry('remind')": ("round remind",),
    "RoundsScreen carry('take_in')": ("opinion import",),
    "RoundsScreen open": ("round open",),
    "TodayScreen carry('agreed')": ("chase log",),
    "TodayScreen carry('call')": ("chase log",),
    "TodayScreen carry('chaser')": ("chase letter",),
    "TodayScreen carry('check_in')": ("chase checkin",),
    "TodayScreen carry('extend')": ("chase extend",),
    "TodayScreen carry('missed')": ("chase log",),
    "TodayScreen carry('pause')": ("unit pause", "unit resume"),
    "TodayScreen carry('reached')": ("chase log",),
    "TodayScreen close_day": ("chase close",),
    "TodayScreen digest": ("chase digest",),
    "UnitScreen carry('leave')": ("unit contact",),
    "UnitScreen carry('rename')": ("unit rename",),
    "UnitsScreen add": ("unit add",),
    "carry('contact')": ("unit contact",),
    "carry('pause')": ("unit pause", "unit resume"),
    "carry('propose')": ("unit propose",),
}
# What only leads somewhere, or turns what is seen: a command has its arguments for it.
LEADS = frozenset(
    {
        *("back", "cities", "filter", "gates", "go", "help", "mark", "mark_all", "narrow"),
        *("next", "opinions", "previous", "quit", "reload", "section", "stop", "tour", "widen"),
        *("change_day", "change_look", "change_volume", "command_palette", "said"),
        *("letters", "returns", "unit", "units"),
        *("CitiesScreen open", "ProjectsScreen open", "ReturnsScreen letter"),
        *(f"turn({number})" for number in range(7)),
        *("turn_day(1)", "turn_day(-1)", "step(1)", "step(-1)"),
        *(f"visit('{place}')" for place in ("letters", "today", "units")),
    }
)
# Commands that only show, and the screen on which that is seen.
SHOWN = {
    "chase list": "today:TodayScreen",
    "chase status": "today:TodayScreen",
    "gate list": "gates:GatesScreen",
    "letter list": "letters:LettersScreen",
    "letter show": "dialogs.letter_view:LetterView",
    "opinion conflicts": "opinions:OpinionsScreen",
    "opinion list": "opinions:OpinionsScreen",
    "opinion show": "opinion:OpinionScreen",
    "proof list": "proofs:ProofsScreen",
    "proof show": "proof:ProofScreen",
    "returns list": "returns:ReturnsScreen",
    "returns show": "return_acts:view",
    "round list": "rounds:RoundsScreen",
    "round show": "opinions:OpinionsScreen",
    "status": "board:BoardScreen",
    "unit list": "units:UnitsScreen",
    "unit proposals": "unit:UnitScreen",
    "unit show": "unit:UnitScreen",
    "table": "writing:WritingScreen",
    "volumes": "projects:ProjectsScreen",
}
# Commands done by Enter on a line, which has no key of its own.
BY_ENTER = {"unit accept": "unit_acts:decide", "unit refuse": "unit_acts:decide"}
# Commands without an act, and why.
ALONE = {
    "fonts": "which fonts the machine has: asked once, when it is set up",
    "init": "there is nothing to open a board on before",
    "serve": "opens the board itself, for browsers",
    "unit import": "a register is brought in once, when a book begins",
}


def screens() -> Iterator[type]:
    """Every page of the program, and the application, whose keys work on all."""
    for module in pkgutil.walk_packages(editorial.tui.__path__, "editorial.tui."):
        import_module(module.name)
    known, waiting = {EditorialApp: None}, [Page]
    while waiting:
        page = waiting.pop()
        ours = page.__module__.startswith("editorial.")
        waiting += [each for each in page.__subclasses__() if each not in known]
        known |= {page: None} if ours else {}
    yield from known


def bound() -> Iterator[tuple[str, str]]:
    """(screen, action) of every key."""
    for screen in screens():
        for each in vars(screen).get("BINDINGS", ()):
            if isinstance(each, Binding):
                yield screen.__name__, each.action.removeprefix("app.")


def leaves(verbs: Sequence[Verb], before: str = "") -> Iterator[tuple[str, Verb]]:
    for verb in verbs:
        if verb.verbs:
            yield from leaves(verb.verbs, f"{before}{verb.name} ")
        else:
            yield f"{before}{verb.name}", verb


def all_leaves() -> Iterator[tuple[str, Verb]]:
    yield from leaves((*VERBS, EDIT, TABLE, *PRINTING, RECEIVE, HANDOVER, SERVE))
    for name, (_, module) in GROUPS.items():
        yield from leaves(getattr(import_module(module), name.upper()), f"{name} ")


def commands() -> set[str]:
    return {name for name, _ in all_leaves()}


def options() -> dict[str, tuple[str, ...]]:
    """Of each command the last name of every option."""
    return {
        name: tuple(names[-1] for names, _ in verb.arguments if names[0].startswith("-"))
        for name, verb in all_leaves()
    }


KEYS = sorted(set(bound()))
COMMANDS = sorted(commands())
DONE = {command for some in ACTS.values() for command in some}


def entry(screen: str, action: str) -> str:
    """As it stands in the lists: of the screen, else of any."""
    own = f"{screen} {action}"
    return own if own in ACTS or own in LEADS else action


def test_what_a_key_does_a_command_does_or_it_only_leads() -> None:
    told = [(key, entry(*key)) for key in KEYS]
    assert [key for key, each in told if (each in ACTS) is (each in LEADS)] == []


def test_what_a_command_does_the_board_does_or_there_is_a_reason() -> None:
    lists = (DONE, SHOWN.keys(), BY_ENTER.keys(), ALONE.keys())
    assert [each for each in COMMANDS if sum(each in some for some in lists) != 1] == []


def test_nothing_is_listed_that_is_not_bound() -> None:
    used = {entry(screen, action) for screen, action in KEYS}
    assert (ACTS.keys() | LEADS) - used == set()


def test_no_command_is_listed_that_there_is_not() -> None:
    assert (DONE | SHOWN.keys() | BY_ENTER.keys() | ALONE.keys()) - set(COMMANDS) == set()


def test_no_command_has_been_overlooked() -> None:
    """`commands` follows the parser, whose help lists every one at the top."""
    (under,) = [each for each in _parser([])._actions if each.dest == "==SUPPRESS=="]
    assert set(under.choices or ()) == {command.split(" ")[0] for command in COMMANDS}


def test_what_shows_it_is_there() -> None:
    places = [place.split(":") for place in (*SHOWN.values(), *BY_ENTER.values())]
    known = [hasattr(import_module(f"editorial.tui.{module}"), name) for module, name in places]
    assert all(known)


def test_what_the_frame_leaves_open_the_program_fills() -> None:
    left = {
        name
        for name, each in vars(Frame).items()
        if "NotImplementedError" in getattr(getattr(each, "__code__", None), "co_names", ())
    }
    assert len(left) == 8
    assert left <= set(vars(EditorialApp))
