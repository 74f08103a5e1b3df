"""What other programs make of a file of Word when all its changes are accepted or rejected."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

Way = Literal["Accept", "Reject"]


def told(path: Path, *options: str) -> list[str]:
    """Paragraphs, rows and footnotes in their places as pandoc reads them, with raised, lowered
    and emphasised words told apart. Empty paragraphs and the lines of the 目录 are left out."""
    command = ["pandoc", "-f", "docx", "-t", "json", *options, str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    return list(_lines(json.loads(done.stdout)["blocks"]))


def _lines(blocks: Sequence[Any]) -> Iterator[str]:
    for block in blocks:
        match block["t"]:
            case "Para" | "Plain":
                yield from _line("", block["c"])
            case "Header":
                yield from _line("# ", block["c"][2])
            case "Div":
                yield from _lines(block["c"][1])
            case "BlockQuote":
                yield from _lines(block["c"])
            case "Table":
                yield from _rows(block["c"])
            case other:
                yield str(other)


def _line(kind: str, inlines: Sequence[Any]) -> list[str]:
    text = re.sub(r"</(\w+)><\1>", "", _words(inlines))
    text = re.sub(" +", " ", text).strip(" ")
    return [kind + text] if text else []


def _words(inlines: Sequence[Any]) -> str:
    return "".join(map(_word, inlines))


def _word(inline: Any) -> str:
    kind, content = inline["t"], inline.get("c")
    match kind:
        case "Str":
            return str(content)
        case "Space" | "SoftBreak":
            return " "
        case "Note":
            return f"[{'/'.join(_lines(content))}]"
        case "Link" | "Span" | "Quoted":
            return _words(content[1])
        case "Emph" | "Superscript" | "Subscript" | "Strong" | "Underline":
            return f"<{kind}>{_words(content)}</{kind}>"
        case _:
            return f"{{{kind}}}"


def _rows(table: Sequence[Any]) -> Iterator[str]:
    """Pandoc knows no tracked rows: what it leaves of one that went are empty cells."""
    bands = [table[3][1], *(body[2] for body in table[4]), *(body[3] for body in table[4])]
    for row in (row for band in bands for row in band):
        cells = ["/".join(_lines(cell[4])) for cell in row[1]]
        if any(cells):
            yield f"| {' | '.join(cells)} |"


# LibreOffice

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle"
 script:language="StarBasic">{}</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Settle"/>
</library:library>
"""
COMMAND = ".uno:{}AllTrackedChanges"
BASIC = """
Sub Settled(source, target, act)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  paper = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(paper.CurrentController.Frame, act, "", 0, Array())
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "MS Word 2007 XML"
  paper.storeToURL(target, kind())
  paper.close(True)
End Sub
"""


def saved(folder: Path, acts: Sequence[tuple[Path, Path, Way]]) -> None:
    """Each file opened by LibreOffice, all its changes accepted or rejected, and saved as .docx.

    `folder` holds a profile of its own, `acts` are (file, where to save it, which way).
    """
    profile = folder / "profile"
    if not profile.exists():  # its first start lays out the profile, over what stands there
        _office(profile, "--terminate_after_init")
    standard = profile / "user" / "basic" / "Standard"
    calls = [
        f'  Settled("{source.as_uri()}", "{target.as_uri()}", "{COMMAND.format(way)}")'
        for source, target, way in acts
    ]
    basic = "\n".join([BASIC, "Sub Main", *calls, "End Sub", ""])
    (standard / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    (standard / "Settle.xba").write_text(MODULE.format(escape(basic)), encoding="utf-8")
    _office(profile, "macro:///Standard.Settle.Main")


def _office(profile: Path, *arguments: str) -> None:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
