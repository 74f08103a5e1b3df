"""`Document` → section text in its canonical form; the inverse of `read.markup`."""

from __future__ import annotations

import re
from itertools import groupby, zip_longest

from editorial.model.document import (
    Block,
    Break,
    Cell,
    Comment,
    Document,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
    title_of,
    unit_of,
)
from editorial.model.marks import (
    BLANKS,
    BREAK,
    COMMENT,
    EMPTY_HEADING,
    ENTRY,
    FENCE,
    HEADING,
    INDENT,
    INLINE,
    LEFTOVER,
    NOTE,
    QUOTE,
    QUOTED,
    SIGNATURE,
)

_SPECIAL = re.compile(r"[\\*^~\[]")
_BARE_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_RULE_CELL = re.compile(r":?-{3,}:?")


def render_markup(document: Document) -> str:
    """One block a line (tables several), a final line break unless there is nothing."""
    written = []
    for placed, blocks in groupby(document.blocks, key=_placed):
        lines = "".join(_block(block) + "\n" for block in blocks)
        written.append(f"{FENCE}{placed}\n{lines}{FENCE}\n" if placed else lines)
    return "".join(written)


def _placed(block: Block) -> str:
    return block.form if isinstance(block, Paragraph) and block.form in ("right", "center") else ""


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, runs=runs):
            return f"{'#' * level} {_edges(render_runs(runs))}"
        case Entry(runs=runs):
            return f"【{_title(title_of(block))}】" + (
                f"\u3000{_edges(render_runs(runs))}" if runs else ""
            )
        case Paragraph(runs=runs, form="quote" | "verse" | "verse_title" | "verse_author"):
            return _quote(render_runs(runs))
        case Paragraph(runs=runs):
            return _guarded(_edges(render_runs(runs)))
        case Note(label=label, runs=runs):
            head = f"[^{_held(label, ']')}]:"
            return f"{head} {_edges(render_runs(runs))}" if runs else head
        case Signature(text=text):
            return f"（{text}）"
        case Comment(text=text):
            return f"{COMMENT} {text}".rstrip(BLANKS)
        case Break(quoted=quoted):
            return QUOTE if quoted else "---"
        case Figure():
            return _figure(block)
        case Table():
            return _table(block)


def _figure(figure: Figure) -> str:
    told = _attributes(
        figure.id,
        src=_quoted(figure.src),
        title=_worded(title_of(figure)),
        credit=_quoted(figure.credit),
        width=f"{figure.width:g}" if figure.width else "",
        beside="yes" if figure.beside else "",
        side="right" if figure.aside else "",
        number="no" if figure.unnumbered else "",
    )
    return f":::figure{{{told}}}"


def _attributes(id_: str, **named: str) -> str:
    pairs = [f'{key}="{value}"' for key, value in named.items() if value]
    return " ".join([f"#{id_}", *pairs] if id_ else pairs)


def _quoted(text: str) -> str:
    return re.sub(r'([\\"])', r"\\\1", text)


def _worded(runs: Runs) -> str:
    return render_runs(runs).replace('"', '\\"')


def _table(table: Table) -> str:
    title, unit = _worded(title_of(table)), _worded(unit_of(table))
    plain = "yes" if table.plain else ""
    lines = [f":::table{{{_attributes(table.id, title=title, unit=unit, plain=plain)}}}"]
    for number, row in enumerate(table.rows):
        if number and number == table.header_rows:
            lines.append("---")
        lines.append(f"| {' | '.join(_row(row))} |")
    if table.rows and table.header_rows == len(table.rows):
        lines.append("---")
    return "\n".join([*lines, FENCE])


def _row(row: tuple[Cell | None, ...]) -> list[str]:
    """A covered position points left within the first row of its cell, up below it."""
    cells: list[str] = []
    reach = 0
    for column, cell in enumerate(row):
        if cell is not None:
            reach = column + cell.across
            cells.append(_cell(cell))
        else:
            cells.append("<" if column < reach else "^")
    return cells


def _cell(cell: Cell) -> str:
    """Words set in stand behind their blanks, which no backslash need hold."""
    whole = render_runs(cell.runs)
    words = whole.lstrip(INDENT)
    if not words or words[0] in BLANKS:
        words = whole
    text = _BARE_BAR.sub(r"\1\\|", _edges(words))
    held = "\\" if text == "<" or _RULE_CELL.fullmatch(text) else ""
    return whole[: len(whole) - len(words)] + held + text


def render_runs(runs: Runs) -> str:
    written = ""
    for run, after in zip_longest(runs, runs[1:]):
        written += _run(run, written, after.text[:1] if after else "")
    return written


def _run(run: Run, before: str, after: str) -> str:
    match run.kind:
        case "text":
            return _SPECIAL.sub(r"\\\g<0>", run.text)
        case "emphasis":
            return _marked("*", _held(run.text, "*"), before, after)
        case "superscript":
            return _marked("^", _held(run.text, "^，。；：、"), before, after)
        case "subscript":
            return _marked("~", _held(run.text, "~，。；：、"), before, after)
        case "note":
            return f"[^{_held(run.target, ']')}]"
        case "link":
            return f"[{_held(run.text, '[]^')}]({_held(run.target, ')')})"


def _marked(mark: str, text: str, before: str, after: str) -> str:
    """Marks typed once where they are read so, between these neighbours; twice elsewhere."""
    once = f"{mark}{text}{mark}"
    found = INLINE.match(before + once + after, len(before))
    return once if found and found[0] == once else f"{mark}{once}{mark}"


def _held(text: str, marks: str) -> str:
    """Text between marks: what would close them, a backslash, and blanks are held."""
    return re.sub(rf"[{re.escape(marks)}\\ \t\u3000]", r"\\\g<0>", text)


def _title(runs: Runs) -> str:
    escaped = re.sub(r"(?<!\\)\[(?=\^)", r"\\[", render_runs(runs)).replace("】", "\\】")
    return "\\" + escaped if LEFTOVER.match(escaped) else escaped


def _edges(text: str) -> str:
    """Blanks at either end are held by a backslash, for the reader trims lines."""
    if text and text[-1] in BLANKS:
        text = f"{text[:-1]}\\{text[-1]}"
    return "\\" + text if text and text[0] in BLANKS else text


def _quote(text: str) -> str:
    """A line of verse keeps the blanks it is set in by."""
    words = text.lstrip(INDENT)
    return f"{QUOTE} {text[: len(text) - len(words)]}{_edges(words)}"


def _guarded(text: str) -> str:
    """A paragraph that would be read as something else gets a backslash in front."""
    entry = ENTRY.match(text)
    odd = (
        text.startswith((COMMENT, FENCE))
        or QUOTED.match(text)
        or BREAK.fullmatch(text)
        or HEADING.match(text)
        or EMPTY_HEADING.fullmatch(text)
        or (text.startswith("【") and not (entry and LEFTOVER.match(entry[1])))
        or SIGNATURE.fullmatch(text)
    )
    if odd:
        return "\\" + text
    note = NOTE.match(text)
    return f"{text[: note.end() - 1]}\\{text[note.end() - 1 :]}" if note else text
