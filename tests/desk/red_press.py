"""Presses that set a made-up book: typst and LibreOffice, two columns, heads, notes, tables."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from tests.desk.red_book import Part

FACES = Path(pylopdf_fonts_zh_cn.__file__).parent


def typeset(parts: tuple[Part, ...], out: Path, **looks: str) -> Path:
    """By typst. `looks`: size, columns, gutter, head, spacing."""
    source = out.with_suffix(".typ")
    source.write_text(_typst(parts, looks), "utf-8")
    typst.compile(str(source), output=str(out), font_paths=[str(FACES)], ignore_system_fonts=True)
    return out


def _typst(parts: tuple[Part, ...], looks: dict[str, str]) -> str:
    size, columns = looks.get("size", "10.5pt"), looks.get("columns", "2")
    gutter, head = looks.get("gutter", "7mm"), looks.get("head", "示例年鉴·2019")
    lines = [
        f'#set text(font: "Noto Serif SC", size: {size}, lang: "zh", hyphenate: true,'
        f" tracking: {looks.get('tracking', '0pt')})",
        f'#set page(paper: "a4", columns: {columns}, margin: 22mm, numbering: "1",'
        f" header: context [{head} #h(1fr) #counter(page).display()])",
        f"#set columns(gutter: {gutter})",
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true))",
        "#show heading: set align(center)",
    ]
    return "\n".join((*lines, *_typst_parts(parts)))


def _typst_parts(parts: tuple[Part, ...]) -> Iterator[str]:
    i = 0
    while i < len(parts):
        part = parts[i]
        if part.kind == "cell":
            cells = [p for p in parts[i:] if p.table == part.table][:200]
            width = sum(p.row == 0 for p in cells)
            body = ", ".join(f"[{_typst_text(p.text)}]" for p in cells)
            yield f"\n#table(columns: {width}, {body})\n"
            i += len(cells)
            continue
        text = _typst_text(part.text)
        if part.kind == "head":
            yield f"\n= {text}\n"
        elif part.kind == "sub":
            yield f"\n== {text}\n"
        elif part.kind == "text":
            after = parts[i + 1] if i + 1 < len(parts) else None
            if after and after.kind == "note":
                text = (
                    f"{_typst_text(part.text[: after.at])}#footnote[{_typst_text(after.text)}]"
                    f"{_typst_text(part.text[after.at :])}"
                )
            yield f"\n{text}\n"
        i += 1


def _typst_text(text: str) -> str:
    plain = re.sub(r"([\\#$*_@<>`~\[\]/=+\-])", r"\\\1", text)
    return re.sub(r"[A-Za-z]{4,}", r'#text(lang: "en")[\g<0>]', plain)


def office(parts: tuple[Part, ...], out: Path, **looks: str) -> Path:
    """By LibreOffice, from flat OpenDocument text."""
    source = out.with_suffix(".fodt")
    source.write_text(_fodt(parts, looks), "utf-8")
    folder = out.parent
    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{FACES}</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    subprocess.run(
        [
            "soffice",
            home,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        env=os.environ | {"FONTCONFIG_FILE": str(config)},
    )
    return out


def _fodt(parts: tuple[Part, ...], looks: dict[str, str]) -> str:
    size, columns = looks.get("size", "10.5pt"), looks.get("columns", "2")
    head = looks.get("head", "示例年鉴·2019")
    # LibreOffice loses marks of punctuation it hangs into the margin: not asked for here.
    wrap = looks.get("wrap", "simple")
    names = ("office", "style", "text", "table", "fo", "svg")
    spaces = {
        **{n: f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in names},
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    }
    xmlns = " ".join(f'xmlns:{name}="{uri}"' for name, uri in spaces.items())
    face = 'style:font-name="S" style:font-name-asian="S" fo:language="en" fo:country="US"'
    sizes = f'fo:font-size="{size}" style:font-size-asian="{size}"'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {xmlns} office:version="1.3"
office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="S"
svg:font-family="'Noto Serif SC'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties {face} {sizes}
fo:hyphenate="true"/></style:default-style>
<style:style style:name="P"
style:family="paragraph"><style:paragraph-properties style:punctuation-wrap="{wrap}"
fo:text-indent="21pt" fo:text-align="justify"/></style:style>
<style:style style:name="H1" style:family="paragraph"><style:paragraph-properties
fo:text-align="center"/><style:text-properties fo:font-size="16pt"
style:font-size-asian="16pt"/></style:style>
<style:style style:name="H2" style:family="paragraph"><style:text-properties
fo:font-size="12pt" style:font-size-asian="12pt"/></style:style>
<style:style style:name="C" style:family="paragraph"/>
<style:style style:name="N" style:family="paragraph"><style:text-properties
fo:font-size="8pt" style:font-size-asian="8pt"/></style:style>
</office:styles>
<office:automatic-styles>
<style:style style:name="K" style:family="table-cell"><style:table-cell-properties
fo:border="0.5pt solid #000000" fo:padding="2pt"/></style:style>
<style:style style:name="Sec" style:family="section"><style:section-properties
style:editable="false"><style:columns fo:column-count="{columns}"
fo:column-gap="7mm"/></style:section-properties></style:style>
<style:page-layout style:name="L"><style:page-layout-properties
fo:page-width="210mm" fo:page-height="297mm"
fo:margin="20mm"/><style:header-style><style:header-footer-properties
fo:min-height="8mm"/></style:header-style>
<style:footer-style><style:header-footer-properties
fo:min-height="8mm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard"
style:page-layout-name="L"><style:header><text:p>{head}</text:p></style:header>
<style:footer><text:p>— <text:page-number/> —</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text><text:section text:name="A"
text:style-name="Sec">{"".join(_fodt_parts(parts))}</text:section></office:text></office:body></office:document>"""


def _fodt_parts(parts: tuple[Part, ...]) -> Iterator[str]:
    i = 0
    while i < len(parts):
        part = parts[i]
        if part.kind == "cell":
            cells = [p for p in parts[i:] if p.table == part.table][:200]
            width = sum(p.row == 0 for p in cells)
            rows = "".join(
                "<table:table-row>"
                + "".join(
                    f'<table:table-cell table:style-name="K"><text:p text:style-name="C">'
                    f"{escape(p.text)}</text:p></table:table-cell>"
                    for p in cells[r : r + width]
                )
                + "</table:table-row>"
                for r in range(0, len(cells), width)
            )
            columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
            yield f'<table:table table:name="T{part.table}">{columns}{rows}</table:table>'
            i += len(cells)
            continue
        text = escape(part.text)
        if part.kind in ("head", "sub"):
            level = 1 if part.kind == "head" else 2
            yield f'<text:h text:style-name="H{level}" text:outline-level="{level}">{text}</text:h>'
        elif part.kind == "text":
            after = parts[i + 1] if i + 1 < len(parts) else None
            if after and after.kind == "note":
                text = (
                    f"{escape(part.text[: after.at])}"
                    f'<text:note text:id="n{i}" text:note-class="footnote"><text:note-citation>1'
                    f'</text:note-citation><text:note-body><text:p text:style-name="N">'
                    f"{escape(after.text)}</text:p></text:note-body></text:note>"
                    f"{escape(part.text[after.at :])}"
                )
            yield f'<text:p text:style-name="P">{text}</text:p>'
        i += 1
