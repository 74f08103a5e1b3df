"""Books with contents set by other programs, right or with faults planted in the contents."""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdfium2
import typst

FACES = Path(pylopdf_fonts_zh_cn.__file__).parent
WORDS = [
    "经济",
    "社会",
    "科技",
    "教育",
    "卫生",
    "交通",
    "环境",
    "水利",
    "农业",
    "工业",
    "旅游",
    "金融",
    "财政",
    "税务",
    "民政",
    "人事",
    "文化",
    "体育",
    "港口",
    "机场",
    "铁路",
    "公路",
    "园区",
    "贸易",
    "外资",
    "市场",
    "价格",
    "统计",
    "审计",
    "档案",
    "气象",
    "地震",
    "消防",
    "救灾",
    "就业",
    "住房",
]
ENDS = [
    "概况",
    "管理",
    "建设",
    "改革",
    "服务",
    "发展",
    "监督",
    "保障",
    "规划",
    "统计",
    "合作",
    "创新",
]
LONG = "关于示例地区协同推进重大基础设施与公共服务共建共享若干具体措施的组织实施情况"
BODY = "示例市本年新建示例道路十二条"


def prose(heading: Heading) -> str:
    """No two lines of it alike."""
    dice = random.Random(heading.text)
    return "".join(
        f"{BODY}，{''.join(dice.sample(WORDS, 12))}比上年增加{dice.randrange(10, 9999)}条。"
        for _ in range(heading.fill)
    )


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    fill: int


@dataclass(frozen=True)
class Fault:
    """What the contents say wrongly of heading `index`: another page by `shift`, another wording,
    nothing (`gone`), or twice."""

    index: int
    kind: str
    title: str
    shift: int = 0


@dataclass(frozen=True)
class Look:
    """`gap` between title and number; `before` and `after` the number; roman pages in front."""

    gap: str = "dots"
    before: str = ""
    after: str = ""
    columns: int = 2
    toc_columns: int = 1
    roman: bool = False
    numbered: str = ""
    head: bool = True
    wrong_heads: tuple[int, ...] = field(default=())


def book(seed: int, chapters: int = 6, sections: int = 5, *, long: bool = False) -> list[Heading]:
    dice = random.Random(seed)
    found: list[Heading] = []
    for chapter in range(chapters):
        found.append(Heading(1, f"{WORDS[(seed + chapter * 5) % len(WORDS)]}总览", 3))
        for _ in range(sections):
            text = f"{dice.choice(WORDS)}{dice.choice(WORDS)}{dice.choice(ENDS)}"
            if any(each.text == text for each in found):
                text += "续篇"
            if long and dice.random() < 0.3:
                text = f"{text}{LONG}"
            found.append(Heading(2, text, dice.randrange(8, 60)))
    return found


def planted(headings: list[Heading], seed: int, count: int = 6) -> list[Fault]:
    """Faults at sections, no two of them beside one another."""
    dice = random.Random(1000 + seed)
    free = [n for n, each in enumerate(headings) if each.level == 2]
    found = []
    for kind in [("page", "title", "gone")[n % 3] for n in range(count)]:
        index = dice.choice(free)
        free = [n for n in free if abs(n - index) > 1]
        text = headings[index].text
        title = text[:1] + "讹" + text[2:] if kind == "title" else text
        found.append(
            Fault(index, kind, title, dice.choice((-2, -1, 1, 3)) if kind == "page" else 0)
        )
    return found


def rows(headings: list[Heading], faults: list[Fault]) -> Iterator[tuple[int, Heading, str, int]]:
    """(index, heading, title as listed, shift) of every line of the contents."""
    by_index = {each.index: each for each in faults}
    for index, heading in enumerate(headings):
        fault = by_index.get(index)
        if fault is None:
            yield index, heading, heading.text, 0
        elif fault.kind != "gone":
            yield index, heading, fault.title, fault.shift


GAPS = {
    "dots": "#box(width: 1fr, repeat[.])",
    "middle": "#box(width: 1fr, repeat[·])",
    "ellipsis": "#box(width: 1fr, repeat[…])",
    "none": "#h(1fr)",
    "space": "#h(1em)",
    "pua": "#box(width: 1fr, repeat[\ue5e5])",
}


def by_typst(headings: list[Heading], faults: list[Fault], out: Path, look: Look) -> Path:
    lines = [
        '#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh")',
        "#set par(justify: true)",
        '#show heading: set text(font: "Noto Serif SC")',
        "#show heading.where(level: 1): it => block(text(18pt, it.body))",
        "#show heading.where(level: 2): it => block(text(13pt, it.body))",
        f'#set page(width: 150mm, height: 200mm, numbering: "{"i" if look.roman else "1"}")',
        "#align(center, text(20pt)[目　录])",
        f"#columns({look.toc_columns})[",
    ]
    for index, heading, title, shift in rows(headings, faults):
        number = f"#context [#(counter(page).at(<h{index}>).first() + ({shift}))]"
        indent = "" if heading.level == 1 else "#h(2em)"
        name = _numbered(look, headings, index) + title
        lines.append(f"#par[{indent}{name}{GAPS[look.gap]}{look.before}{number}{look.after}]")
    lines.append("]")
    lines += [
        f'#set page(columns: {look.columns}, numbering: "1", header: {_head(look)})',
        "#counter(page).update(1)" if look.roman else "",
    ]
    for index, heading in enumerate(headings):
        if heading.level == 1 and index:
            lines.append("#pagebreak()")
        name = _numbered(look, headings, index)
        lines.append(f"{'=' * heading.level} {name}{heading.text} <h{index}>")
        lines.append(f"#par[{prose(heading)}]")
    source = out.with_suffix(".typ")
    source.write_text("\n".join(lines), "utf-8")
    typst.compile(str(source), output=str(out), font_paths=[str(FACES)], ignore_system_fonts=True)
    return out


def _numbered(look: Look, headings: list[Heading], index: int) -> str:
    if headings[index].level > 1:
        return ""
    count = sum(each.level == 1 for each in headings[: index + 1])
    return look.numbered.format(n="一二三四五六七八九十"[(count - 1) % 10])


def _head(look: Look) -> str:
    if not look.head:
        return "none"
    bad = "".join(f"{page}, " for page in (*look.wrong_heads, -1))
    return (
        "context { let own = query(selector(heading.where(level: 1)).before(here()));"
        " let all = query(heading.where(level: 1))"
        ".filter(h => h.location().page() <= here().page());"
        f" if all.len() > 0 {{ if ({bad}).contains(counter(page).get().first())"
        " { query(heading.where(level: 1))"
        ".at(if all.len() == 1 { 1 } else { all.len() - 2 }).body }"
        " else { all.last().body } } }"
    )


def by_office(headings: list[Heading], faults: list[Fault], out: Path, look: Look) -> Path:
    """LibreOffice: page numbers are its own references, shifted ones are plain figures."""
    true: dict[int, int] = {}
    if any(fault.kind == "page" for fault in faults):
        _soffice(_fodt(headings, [], look, {}), out)
        true = _pages(out, headings)
    return _soffice(_fodt(headings, faults, look, true), out)


def _fodt(headings: list[Heading], faults: list[Fault], look: Look, true: dict[int, int]) -> str:
    names = ("office", "style", "text", "table")
    spaces = {n: f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in names} | {
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
    }
    xmlns = " ".join(f'xmlns:{name}="{uri}"' for name, uri in spaces.items())
    toc = []
    for index, heading, title, shift in rows(headings, faults):
        number = (
            str(true[index] + shift)
            if shift
            else f'<text:bookmark-ref text:reference-format="page" text:ref-name="h{index}">0'
            "</text:bookmark-ref>"
        )
        style = "T1" if heading.level == 1 else "T2"
        toc.append(
            f'<text:p text:style-name="{style}">{escape(title)}<text:tab/>{look.before}{number}'
            f"{look.after}</text:p>"
        )
    body = []
    for index, heading in enumerate(headings):
        body.append(
            f'<text:h text:style-name="H{heading.level}" text:outline-level="{heading.level}">'
            f'<text:bookmark text:name="h{index}"/>{escape(heading.text)}</text:h>'
            f'<text:p text:style-name="P">{prose(heading)}</text:p>'
        )
    leader = 'style:leader-style="dotted" style:leader-text="."' if look.gap == "dots" else ""
    stop = f'<style:tab-stop style:position="11cm" style:type="right" {leader}/>'
    tab = f"<style:tab-stops>{stop}</style:tab-stops>"

    def para(name: str, size: str, more: str = "", inner: str = "") -> str:
        return (
            f'<style:style style:name="{name}" style:family="paragraph">'
            f"<style:paragraph-properties {more}>"
            f'{inner}</style:paragraph-properties><style:text-properties fo:font-size="{size}" '
            f'style:font-size-asian="{size}"/></style:style>'
        )

    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {xmlns} office:version="1.3"
office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="S"
xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
svg:font-family="'Noto Serif SC'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties
style:font-name="S" style:font-name-asian="S" fo:font-size="10.5pt" style:font-size-asian="10.5pt"/>
</style:default-style>
{para("T1", "10.5pt", "", tab)}{para("T2", "10.5pt", 'fo:margin-left="0.7cm"', tab)}
{para("P", "10.5pt")}
{para("C", "20pt", 'fo:text-align="center"')}
{para("H1", "18pt", 'fo:break-before="page"')}{para("H2", "13pt")}</office:styles>
<office:automatic-styles><style:style style:name="Sec" style:family="section">
<style:section-properties><style:columns fo:column-count="{look.columns}" fo:column-gap="7mm"/>
</style:section-properties></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="150mm"
fo:page-height="200mm" fo:margin="18mm"/><style:footer-style><style:header-footer-properties
fo:min-height="8mm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:footer><text:p>— <text:page-number/> —</text:p></style:footer></style:master-page>
</office:master-styles>
<office:body><office:text><text:p text:style-name="C">目　录</text:p>{"".join(toc)}<text:section
text:name="A" text:style-name="Sec">{"".join(body)}</text:section></office:text></office:body>
</office:document>"""


def _soffice(text: str, out: Path) -> Path:
    source, folder = out.with_suffix(".fodt"), out.parent
    source.write_text(text, "utf-8")
    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{FACES}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    environment = os.environ | {"FONTCONFIG_FILE": str(config)}
    subprocess.run([*command, str(source)], check=True, capture_output=True, env=environment)
    return out


def _pages(path: Path, headings: list[Heading]) -> dict[int, int]:
    """The sheet of every heading, which comes in the text in their order."""
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pdf]
    first = next(n for n, text in enumerate(texts) if BODY in text)
    found: dict[int, int] = {}
    sheet = first
    for index, heading in enumerate(headings):
        wanted = range(sheet, len(texts))
        sheet = next(number for number in wanted if heading.text in texts[number])
        found[index] = sheet + 1
    return found


def by_chromium(headings: list[Heading], faults: list[Fault], out: Path, look: Look) -> Path:
    """Chromium counts no pages for a reference: it prints twice."""
    _print(_html(headings, faults, look, {}), out)
    return _print(_html(headings, faults, look, _pages(out, headings)), out)


def _html(headings: list[Heading], faults: list[Fault], look: Look, pages: dict[int, int]) -> str:
    toc = "".join(
        f'<p class="t{heading.level}"><span>{escape(title)}</span><i></i>'
        f"<b>{look.before}{pages.get(index, 0) + shift}{look.after}</b></p>"
        for index, heading, title, shift in rows(headings, faults)
    )
    body = "".join(
        f"<h{heading.level}>{escape(heading.text)}</h{heading.level}><p>{prose(heading)}</p>"
        for heading in headings
    )
    gap = "border-bottom:1px dotted #000" if look.gap == "dots" else ""
    return f"""<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><style>
@page{{size:150mm 200mm;margin:18mm;@bottom-center{{content:counter(page);font-size:9pt}}}}
@font-face{{font-family:S;src:url({(FACES / "missing").as_uri()})}}
body{{font:10.5pt/1.6 'Noto Serif SC';margin:0}}
h1{{font-size:18pt;break-before:page;column-span:all}}h2{{font-size:13pt}}
.toc{{column-count:{look.toc_columns}}}.toc p{{display:flex;margin:0}}.toc i{{flex:1;{gap}}}
.toc b{{font-weight:400}}.t2{{padding-left:2em}}
.book{{column-count:{look.columns}}}.c{{text-align:center;font-size:20pt}}</style>
<p class="c">目　录</p><div class="toc">{toc}</div><div class="book">{body}</div></html>"""


def _print(text: str, out: Path) -> Path:
    source = out.with_suffix(".html")
    source.write_text(text, "utf-8")
    config = out.parent / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{FACES}</dir><cachedir>{out.parent / 'cache'}</cachedir></fontconfig>"
    )
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--print-to-pdf={out}", source.as_uri()],
        check=True,
        capture_output=True,
        env=os.environ | {"FONTCONFIG_FILE": str(config)},
    )
    return out


def scored(
    messages: list[str], faults: list[Fault], headings: list[Heading]
) -> tuple[int, list[str], list[Fault]]:
    """How many of the faults were told, what was told besides, and which were not."""
    left, extra = list(faults), []
    hit = 0
    for message in messages:
        plain = re.sub(r"\s", "", message)
        twin = next((f for f in left if _tells(plain, f, headings)), None)
        if twin is None:
            extra.append(message)
        else:
            left.remove(twin)
            hit += 1
    return hit, extra, left


def _tells(message: str, fault: Fault, headings: list[Heading]) -> bool:
    text = headings[fault.index].text
    match fault.kind:
        case "page":
            return f"“{text}”作第" in message
        case "title":
            return f"“{fault.title}”" in message and text in message
        case _:
            return f"“{text}”" in message and "没有列" in message
