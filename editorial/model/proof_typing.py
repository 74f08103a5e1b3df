"""改动 as a proofreader types them, one a line; and what a remark beside the text asks for.

21.15 断头路34余条>断头路34条     page 21, line 15
21左15 [甲>乙]方负责              left column; the words about it outside the brackets
21.15 11家[+，]其中               put in; without brackets: 11家+，
21.15 目前-的                     taken out after 目前
p21 转正                          a sign by name, with the words it is put to
PDF3.4 甲>乙                      a sheet of the file, where no page number stands on it
"""

from __future__ import annotations

import re
from dataclasses import replace

from editorial.errors import BadData, Problem
from editorial.model.labels import Cause
from editorial.model.proof_signs import OF_WORDS, Sign, find_sign, sign_for
from editorial.model.proofs import Correction
from editorial.values import dataclass

_PLACE = re.compile(
    r"\s*(?:(?P<sheet>PDF)\s*第?|[p第])?\s*(?P<page>[0-9]+)\s*[页面]?"
    r"(?:\s*(?:[.．:：,，、]|第|(?P<side>[左右])栏?第?)\s*(?P<line>\d+)\s*行?)?(?:\s+|$)(?P<rest>.*)",
    re.IGNORECASE,
)
_TURN = re.compile(r"\s*(?:->|=>|[>＞→⇒])\s*")
_TAIL = re.compile(r"\s+(?:[@＠](?P<cause>\S+)|[#＃](?P<fault>\S+))\s*$")
_NOTE = re.compile(r"\s+(?://|／／)\s*(?P<note>.*)$")
_ROOM = re.compile(r"(?P<before>.*?)[\[［](?P<core>.*)[\]］](?P<after>.*)", re.S)
CAUSES = {cause.label[:2]: cause for cause in Cause} | {cause.value: cause for cause in Cause}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A correction that came in, not yet placed. `where` names its line, row or remark;
    `side` is 左 or 右 where lines were counted by columns; `sheet` that of the file where this is
    known instead of a page number, with `start` and `stop` of the words in its text."""

    correction: Correction
    where: str
    side: str = ""
    sheet: int = 0
    start: int | None = None
    stop: int | None = None


def typed_entries(text: str, name: str) -> tuple[Entry, ...]:
    """Every line that is not empty or a comment (#). BadData tells all faults by line."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        read = _typed(line, f"第{number}行")
        if isinstance(read, str):
            problems.append(Problem(file=name, line=number, message=read))
        else:
            entries.append(read)
    if problems:
        raise BadData(tuple(problems), hint="每行一处，如：21.15 断头路34余条>断头路34条")
    return tuple(entries)


def _typed(line: str, where: str) -> Entry | str:
    found = _PLACE.fullmatch(line)
    if found is None:
        return f"“{line.strip()}”没有写在第几页（先写 页.行，空一格，再写改动）"
    number = int(found["page"])
    bare = Correction(page=0 if found["sheet"] else number, line=int(found["line"] or 0))
    read = _with_tails(found["rest"].strip(), bare)
    if isinstance(read, str):
        return read
    rest, bare = read
    correction = change_of(rest, bare)
    if correction is None:
        return f"看不懂“{rest}”" if rest else "没有写改什么"
    sheet = number if found["sheet"] else 0
    return Entry(correction=correction, where=where, side=found["side"] or "", sheet=sheet)


def _with_tails(rest: str, bare: Correction) -> tuple[str, Correction] | str:
    """@原稿 names the cause, #类别 the class of the fault, // a note for the typesetter."""
    note = _NOTE.search(rest)
    if note:
        rest, bare = rest[: note.start()], replace(bare, note=note["note"].strip())
    while tail := _TAIL.search(rest):
        if tail["fault"]:
            bare = replace(bare, fault=tail["fault"])
        elif cause := cause_named(tail["cause"]):
            bare = replace(bare, cause=cause)
        else:
            return f"没有“{tail['cause']}”这个起因（@排版、@原稿、@改动）"
        rest = rest[: tail.start()]
    return rest.strip(), bare


def cause_named(name: str) -> Cause | None:
    """By its id, or by the first two characters of its name."""
    return CAUSES.get(name.strip()) or CAUSES.get(name.strip()[:2])


def change_of(text: str, bare: Correction) -> Correction | None:
    """`bare` with the change that `text` writes down; None when it writes none."""
    head, _, rest = text.partition(" ")
    sign = find_sign(head)
    if sign and (rest or sign not in OF_WORDS):
        return _signed(sign, rest.strip(), bare)
    room = _ROOM.fullmatch(text)
    if room and room["core"]:
        before, after = room["before"].strip(), room["after"].strip()
        made = _change(room["core"], replace(bare, before=before, after=after))
        return made and replace(made, before=before or made.before)
    return _change(text, bare)


def _change(text: str, bare: Correction) -> Correction | None:
    """甲>乙, 前+乙 or 前-甲."""
    turn = _TURN.search(text)
    if turn:
        old, new = text[: turn.start()].strip(), text[turn.end() :].strip()
        if not old or old == new:
            return None
        return replace(bare, old=old, new=new, mark=sign_for(old, new))
    for sign, key in (("+", "new"), ("＋", "new"), ("-", "old"), ("－", "old"), ("−", "old")):
        before, there, words = text.partition(sign)
        if there and words.strip():
            mark = Sign.INSERT if key == "new" else Sign.DELETE
            made = replace(bare, mark=mark, before=before.strip() or bare.before)
            return replace(made, new=words.strip()) if key == "new" else replace(made, old=words)
    return None


def _signed(sign: Sign, words: str, bare: Correction) -> Correction | None:
    """A sign with its words: 对调 甲|乙 and 删除 甲 alter them, 转正 甲 leaves them."""
    if sign is Sign.SWAP:
        first, there, second = words.partition("|")
        return replace(bare, mark=sign, old=first + second, new=second + first) if there else None
    if sign not in OF_WORDS:
        return replace(bare, mark=sign, old=words, new=words)
    if sign is Sign.DELETE:
        return replace(bare, mark=sign, old=words.removeprefix("-"))
    change = _change(words, bare)
    if change is None and sign is Sign.INSERT:
        return replace(bare, mark=sign, new=words.removeprefix("+"))
    return change and replace(change, mark=sign)


# What stands in remarks of PDF and Word files.
_QUOTED = r"[“\"‘「『]?(?P<{0}>.+?)[”\"’」』]?"
_TO = re.compile(
    r"(?:将|把)?(?:[“\"‘「](?P<old>.+?)[”\"’」])?\s*(?:建议|应|宜|请|拟)?"
    r"(?:改为|改成|改作|更正为|应为|应作|替换为|换为|改(?=[\s:：“\"‘「『]))\s*[:：]?\s*"
    + _QUOTED.format("new")
    + r"[。.]?"
)
_GONE = re.compile(r"(?:建议|应|请|可)?(?:删除|删去|删掉|去掉|删)(?:此处|该字|该句|这句)?[。.！!]?")
_MORE = re.compile(
    r"(?:此处|后|后面|其后)?(?:增加|增补|补上|补入|补|加上|加入|加|插入|增)\s*[:：]?\s*"
    + _QUOTED.format("new")
    + r"[。.]?"
)
_ASKS = re.compile(
    r"[?？]|^(?:请|此处|这里|是否|建议|疑|待|存疑|查|核|注意|应|宜|与|同上|字体|字号|格式)"
)


def remark_change(text: str, old: str, bare: Correction, *, bare_words: bool) -> Correction:
    """What a remark put to the words `old` asks for. Words alone are the new text when
    `bare_words`; a question or a wish in other words becomes 说明 with the remark as its note.
    """
    words = " ".join(text.split())
    bare = replace(bare, old=old)
    if _GONE.fullmatch(words) and old:
        return replace(bare, mark=Sign.DELETE)
    sign = find_sign(words)
    if sign and sign not in OF_WORDS:
        one = len(words) == len(old) == 1 and bare_words  # 接 may be the sign, or the character
        return replace(bare, mark=Sign.EXPLAIN if one else sign, new=old, note=words if one else "")
    if found := _TO.fullmatch(words):
        return _turned(bare, found["old"] or old, found["new"])
    if (found := _MORE.fullmatch(words)) and (_is_told(found) or not set(words) & set(old)):
        return replace(bare, old="", before=old, new=found["new"], mark=Sign.INSERT)
    turn = _TURN.search(words)
    if turn and words[: turn.start()] and words[turn.end() :]:
        return _turned(bare, words[: turn.start()], words[turn.end() :])
    if bare_words and words and not _ASKS.search(words) and len(words) <= 3 * len(old) + 12:
        return _turned(bare, old, words)
    return replace(bare, mark=Sign.EXPLAIN, new=old, note=words)


def _is_told(found: re.Match[str]) -> bool:
    """增：值 and 增“值” tell the verb from the words; 增加值 may be words alone."""
    return (
        found.string[: found.start("new")].strip().endswith((":", "：", "“", '"', "‘", "「", "『"))
    )


def inserted_words(text: str) -> str:
    """What a remark at an insertion mark puts in: its words as they are, unless they tell."""
    words = " ".join(text.split())
    found = _MORE.fullmatch(words)
    return found["new"] if found and _is_told(found) else text


def _turned(bare: Correction, old: str, new: str) -> Correction:
    return replace(bare, old=old, new=new, mark=sign_for(old, new))
