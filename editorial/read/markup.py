"""Section text → `Document`. Reading never fails: odd text stays text, with a finding.

`read(render(document)) == document` for every document in normal form: runs joined,
no line breaks inside runs, tables rectangular, a signature closing its entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from editorial.model.document import (
    Block,
    Break,
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
    Span,
    Table,
    fused,
    plain,
)
from editorial.model.finding import Finding
from editorial.model.marks import (
    ATTRIBUTE,
    BLANKS,
    BREAK,
    COMMENT,
    DIRECTIVE,
    EMPTY_ENTRY,
    EMPTY_HEADING,
    ENTRY,
    FENCE,
    HEADING,
    LEFTOVER,
    MAYBE_INLINE,
    NOTE,
    SIGNATURE,
    TITLE_NOTE,
    unescaped,
)
from editorial.read.forms import formed
from editorial.read.inline import read_runs
from editorial.read.markdown import check_markdown
from editorial.read.placed import is_placed, read_placed
from editorial.read.quote import is_quote, read_quote
from editorial.read.reading import Line, Reading
from editorial.read.strays import check_strays
from editorial.read.table import read_rows
from editorial.read.values import NO, RIGHT, YES, check_places, is_said, millimetres

_UNDER_TABLE = "注码移到格里，或在表的最后写一行 | 注：…… |"
NO_NOTE = {
    "条目标题": "先写标题，注码写在标题的文字后面",
    "表题": _UNDER_TABLE,
    "计量单位": _UNDER_TABLE,
    "图题": "注码移到提到这幅图的正文里",
}


@lru_cache(maxsize=2048)
def read_markup(text: str, where: str = "") -> tuple[Document, tuple[Finding, ...]]:
    """The document, and everything odd that was met. `where` names the node in findings."""
    reading = Reading(text, where)
    blocks: list[Block] = []
    while reading.more:
        line = reading.next()
        if is_quote(line.text):
            blocks += read_quote(reading, line)
        elif is_placed(line.text):
            blocks += read_placed(reading, line)
        elif line.text:
            blocks.append(_block(reading, line))
    document = Document(blocks=tuple(formed(blocks)))
    if "[^" in text:
        _check_notes(document, reading)
    if "side=" in text:
        check_places(document.blocks, reading)
    check_strays(text, document, reading)
    check_markdown(text, reading)
    return document, tuple(reading.findings)


def _block(reading: Reading, line: Line) -> Block:
    text, span = line.text, line.span
    if text.startswith(COMMENT):
        return Comment(text=text[2:].strip(BLANKS), span=span)
    if text.startswith(FENCE):
        return _directive(reading, line)
    if BREAK.fullmatch(text):
        return Break(span=span)
    if match := HEADING.match(text):
        _check_level(reading, line, len(match[1]))
        return Heading(level=len(match[1]), runs=read_runs(text[match.end() :]), span=span)
    if EMPTY_HEADING.fullmatch(text):
        reading.complain("M13", "次分目标题没有文字，没有印", line, "补上标题，或删去这一行")
        return Comment(text=text, span=span)
    if match := NOTE.match(text):
        rest = text[match.end() :].lstrip(BLANKS)
        return Note(label=unescaped(match[1]), runs=read_runs(rest), span=span)
    if text.startswith("【"):
        return _entry(reading, line)
    if (match := SIGNATURE.fullmatch(text)) and _closes(reading):
        return Signature(text=match[1], span=span)
    return Paragraph(runs=read_runs(text), span=span)


def _check_level(reading: Reading, line: Line, level: int) -> None:
    wanted = reading.level + 1
    if level > wanted:
        message = f"标题跳了级：“{'#' * level} ”上面没有“{'#' * (level - 1)} ”"
        reading.complain("M14", message, line, f"改作“{'#' * wanted} ”，或在上面补上缺的一级")
    reading.level = level


def _entry(reading: Reading, line: Line) -> Block:
    match = ENTRY.match(line.text)
    if match is None and (empty := EMPTY_ENTRY.match(line.text)):
        return _untitled(reading, line, empty.end())
    if match is None:
        reading.complain(
            "M01", "条目标题的“【”没有配对的“】”", line, "补上“】”，或在“【”前加反斜杠表示原样"
        )
        return Paragraph(runs=read_runs(line.text), span=line.span)
    if LEFTOVER.match(match[1]):
        return Paragraph(runs=read_runs(line.text), span=line.span)
    title, marks = _without_marks(match[1])
    rest = line.text[match.end() :].lstrip(BLANKS)
    title = title[1:] if title[0] == "\\" and LEFTOVER.match(title, 1) else title
    words, title_runs = _title(reading, line, title, "条目标题")
    return Entry(title=words, title_runs=title_runs, runs=read_runs(marks + rest), span=line.span)


def _untitled(reading: Reading, line: Line, end: int) -> Block:
    """What follows an empty 【】, which is not printed."""
    reading.complain(
        "M13", "条目标题没有文字，没有印“【】”", line, "在“【】”里写上标题，或删去“【】”"
    )
    rest = line.text[end:].lstrip(BLANKS)
    if not rest:
        return Comment(text="【】", span=line.span)
    return Paragraph(runs=read_runs(rest), span=line.span)


def _title(reading: Reading, line: Line, text: str, what: str) -> tuple[str, Runs]:
    """A title or unit plain, and its runs where it is not all plain. The mark of a note stays
    in it as it was typed."""
    if not MAYBE_INLINE.search(text):
        return text, ()
    runs = read_runs(text)
    labels = [run.target for run in runs if run.kind == "note"]
    if labels:
        runs = tuple(Run(text=f"[^{run.target}]") if run.kind == "note" else run for run in runs)
    for label in labels:
        message = f"{what}里的注码“{label}”不起作用，已照原样印出"
        reading.complain("M16", message, line, NO_NOTE[what])
    reading.misplaced.update(labels)
    runs = fused(runs)
    return plain(runs), runs if any(run.kind != "text" for run in runs) else ()


def _without_marks(title: str) -> tuple[str, str]:
    """A title, and the marks of notes in it, which go before the text."""
    marks = [found[0] for found in TITLE_NOTE.finditer(title) if found[1]]
    bare = TITLE_NOTE.sub(lambda found: "" if found[1] else found[0], title) if marks else title
    return (bare, "".join(marks)) if _bare(bare).strip(BLANKS) else (title, "")


def _bare(text: str) -> str:
    """Without the backslashes that hold what follows them, whatever it is."""
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text


def _closes(reading: Reading) -> bool:
    """Whether nothing but notes and comments follows before the next entry, heading or the end."""
    for line in reading.lines[reading.at :]:
        text = line.text
        if not text or text.startswith(COMMENT) or NOTE.match(text):
            continue
        entry = ENTRY.match(text)
        return bool(HEADING.match(text) or (entry and not LEFTOVER.match(entry[1])))
    return True


def _directive(reading: Reading, line: Line) -> Block:
    if line.text == FENCE:
        reading.complain("M02", "这一行“:::”前面没有要收尾的表或 :::right", line, "删去这一行")
        return Comment(text=FENCE, span=line.span)
    match = DIRECTIVE.fullmatch(line.text)
    attributes = _attributes(match[2]) if match else None
    if match and attributes is not None and match[1] in _READERS:
        return _READERS[match[1]](reading, line, attributes)
    known = ':::table{#biao-3-1 title="…"}、:::figure{#tu-3-1 src="…" title="…"}'
    hint = f"写作 {known}；居右、居中的行写在 :::right、:::center 和 ::: 之间"
    reading.complain("M02", f"认不出的排版标记：{line.text[:20]}", line, hint)
    return Paragraph(runs=read_runs(line.text), span=line.span)


def _attributes(text: str) -> dict[str, str] | None:
    """{#id key="value"} without the braces, values as they are typed; None when there is
    anything else in it."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text.rstrip()):
        match = ATTRIBUTE.match(text, at)
        if match is None:
            return None
        if match[1]:
            found["id"] = match[1]
        else:
            found[match[2]] = match[3]
        at = match.end()
    return found


def _known(
    reading: Reading, line: Line, attributes: dict[str, str], names: tuple[str, ...]
) -> dict[str, str]:
    for name in sorted(attributes.keys() - set(names)):
        reading.complain(
            "M03", f"不认识的属性“{name}”，未予理会", line, f"可用：{'、'.join(names)}"
        )
    return {name: attributes[name] for name in names if name in attributes}


def _figure(reading: Reading, line: Line, attributes: dict[str, str]) -> Block:
    known = _known(reading, line, attributes, _FIGURE)
    if reading.more and reading.lines[reading.at].text == FENCE:
        reading.next()
    title, title_runs = _title(reading, line, known.get("title", ""), "图题")
    if not title.strip():
        hint = '写上 title="…"，它也是读屏软件念的替代文字'
        reading.complain("M17", "图没有图题，读屏软件只能念图号", line, hint)
    return Figure(
        id=known.get("id", ""),
        src=_bare(known.get("src", "")),
        title=title,
        title_runs=title_runs,
        credit=_bare(known.get("credit", "")),
        width=millimetres(reading, line, known, "width"),
        beside=is_said(reading, line, known, "beside", YES),
        aside=is_said(reading, line, known, "side", RIGHT),
        unnumbered=is_said(reading, line, known, "number", NO),
        span=line.span,
    )


def _table(reading: Reading, line: Line, attributes: dict[str, str]) -> Block:
    known = _known(reading, line, attributes, ("id", "title", "unit", "plain"))
    title, title_runs = _title(reading, line, known.get("title", ""), "表题")
    unit, unit_runs = _title(reading, line, known.get("unit", ""), "计量单位")
    stop, closed = _table_end(reading)
    body = reading.lines[reading.at : stop]
    reading.at = stop + closed
    if not closed:
        reading.complain("M04", "表没有以“:::”收尾", line, "在表的最后一行之后另起一行写 :::")
    rows, header_rows, complaints = read_rows(tuple(each.text for each in body if each.text))
    written = [each for each in body if each.text]
    for index, message in complaints:
        odd = written[index] if index < len(written) else line
        if not _barless(odd.text):
            reading.complain("M05", message, odd)
    for each in written:
        if _barless(each.text):
            message = "表里的这一行没有以“|”起头，已按表的一行排"
            reading.complain("M05", message, each, "写作 | …… |，注和资料来源也这样写")
    end = body[-1].span.end if body else line.span.end
    span = Span(line.span.start, end)
    return Table(
        id=known.get("id", ""),
        title=title,
        title_runs=title_runs,
        unit=unit,
        unit_runs=unit_runs,
        rows=rows,
        header_rows=header_rows,
        plain=is_said(reading, line, known, "plain", YES),
        span=span,
    )


def _table_end(reading: Reading) -> tuple[int, bool]:
    """Index of the line after the rows, and whether that is the closing fence.

    Lines without bars are rows too where the fence still follows, and nothing else begins first.
    """
    odd = len(reading.lines)
    for at in range(reading.at, len(reading.lines)):
        text = reading.lines[at].text
        if text == FENCE:
            return at, True
        if _barless(text):
            odd = min(odd, at)
            if text.startswith((COMMENT, FENCE, "【")) or HEADING.match(text) or NOTE.match(text):
                break
    return odd, False


def _barless(text: str) -> bool:
    return bool(text) and text[0] != "|" and not BREAK.fullmatch(text)


_FIGURE = ("id", "src", "title", "credit", "width", "beside", "side", "number")
_READERS = {"table": _table, "figure": _figure}


def _check_notes(document: Document, reading: Reading) -> None:
    """Marks without a note, notes without a mark, labels used twice."""
    notes = [block for block in document.blocks if isinstance(block, Note)]
    labels = [note.label for note in notes]
    marks = {run.target for runs in _all_runs(document) for run in runs if run.kind == "note"}
    place = {line.span.start: line for line in reading.lines}
    for index, note in enumerate(notes):
        line = place[note.span.start]
        if note.label in labels[:index]:
            reading.complain("M06", f"脚注“{note.label}”写了两次", line)
        elif note.label not in marks | reading.misplaced:
            reading.complain("M07", f"脚注“{note.label}”在正文里没有注码", line)
        if not note.runs:
            reading.complain(
                "M15", f"脚注“{note.label}”没有文字", line, "补上文字，或连注码一起删去"
            )
        for run in note.runs:
            if run.kind == "note":
                message = f"脚注“{note.label}”里又有注码“{run.target}”，脚注里不能再加脚注"
                remedy = f"把脚注“{run.target}”的文字并到脚注“{note.label}”里"
                if run.target == note.label:
                    remedy = "删去脚注里的这个注码"
                reading.complain("M16", message, line, remedy)
    for label in sorted(marks - set(labels)):
        first = next((each for each in reading.lines if f"[^{label}]" in each.text), None)
        if first is not None:
            reading.complain("M08", f"注码“{label}”没有对应的脚注", first, f"补一行 [^{label}]: …")


def _all_runs(document: Document) -> Iterator[Runs]:
    for block in document.blocks:
        if isinstance(block, Heading | Entry | Paragraph | Note):
            yield block.runs
        elif isinstance(block, Table):
            yield from (cell.runs for row in block.rows for cell in row if cell is not None)
