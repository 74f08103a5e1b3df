"""核红 report as one page of HTML that needs nothing else: for the screen and for printing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape

from editorial.model.red_report import (
    STANDINGS,
    TO_SEE,
    Crop,
    RedItem,
    RedReport,
    counts_words,
)

GROW = 1.5  # points a mark is drawn beyond the words
THIN = 2.0  # a place between two characters
MOST_WIDE = 620  # pixels on the screen at the most

STYLE = """
:root{--wrong:#b3261e;--undone:#b25c00;--unasked:#6b2fa0;
--eye:#1a5fb4;--accepted:#5f6368;--done:#1e7a34}
*{box-sizing:border-box}
body{margin:0;font:15px/1.6 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;
color:#202124;background:#f4f4f2}
header{position:sticky;top:0;z-index:1;background:#fff;border-bottom:1px solid #ccc;
padding:8px 20px}
h1{font-size:18px;margin:0;display:inline-block}
header p{margin:2px 0;color:#444}
nav button{font:inherit;font-size:14px;border:1px solid #bbb;background:#fff;
border-radius:3px;padding:1px 10px;margin:4px 4px 2px 0;cursor:pointer}
nav button[aria-pressed=true]{background:#202124;color:#fff;border-color:#202124}
nav kbd{font:12px/1 monospace;border:1px solid #aaa;border-radius:3px;padding:1px 4px}
nav small{color:#555;margin-left:10px}
main{max-width:1240px;margin:12px auto;padding:0 20px}
article{background:#fff;border:1px solid #ddd;border-left:5px solid var(--own);
margin:0 0 10px;padding:8px 14px;scroll-margin-top:130px}
article.now{outline:2px solid #1a73e8}
article[hidden]{display:none}
.wrong{--own:var(--wrong)}.undone{--own:var(--undone)}.unasked{--own:var(--unasked)}
.eye{--own:var(--eye)}.accepted{--own:var(--accepted)}.done{--own:var(--done)}
h2{font-size:15px;margin:0;font-weight:600}
h2 b{color:#fff;background:var(--own);border-radius:3px;padding:0 7px;margin:0 8px 0 6px;
font-weight:500;-webkit-print-color-adjust:exact;print-color-adjust:exact}
h2 span{font-weight:400;color:#555;font-size:13px}
article p{margin:2px 0 6px}
article i{font-style:normal;color:#666;font-size:13px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:14px}
figure{margin:0;min-width:0}
figcaption{font-size:12px;color:#666}
svg{display:block;width:100%;height:auto;border:1px solid #ddd;background:#fff;margin-bottom:3px}
rect{fill:none;stroke:#d0021b;stroke-width:1.1}
figure.to rect{stroke:var(--own)}
.none{color:#666;font-size:13px;border:1px dashed #ccc;padding:10px}
@media(max-width:720px){.pair{grid-template-columns:1fr}}
@media print{@page{size:A4;margin:14mm}
body{background:#fff;font-size:10.5pt}
header{position:static;padding:0 0 6px}
nav{display:none}
main{padding:0;margin:8px 0;max-width:none}
article{break-inside:avoid;margin-bottom:8px;padding:5px 9px}
article.now{outline:none}}
"""

SCRIPT = """
const all=[...document.querySelectorAll('article')];
const buttons=[...document.querySelectorAll('nav button')];
let now=-1;
function shown(){return all.filter(a=>!a.hidden)}
function show(button){const kinds=button.dataset.kinds.split(' ');
all.forEach(a=>a.hidden=!kinds.includes(a.dataset.state));
buttons.forEach(b=>b.setAttribute('aria-pressed',b===button));now=-1;mark();
document.getElementById('empty').hidden=shown().length>0;scrollTo(0,0)}
function mark(){all.forEach(a=>a.classList.remove('now'));const a=shown()[now];
if(a){a.classList.add('now');a.scrollIntoView({block:'start'})}}
buttons.forEach(b=>b.onclick=()=>show(b));
addEventListener('keydown',e=>{if(e.ctrlKey||e.metaKey||e.altKey)return;
const n=shown().length;
if(e.key==='j'||e.key==='ArrowRight'){now=Math.min(now+1,n-1);mark();e.preventDefault()}
else if(e.key==='k'||e.key==='ArrowLeft'){now=Math.max(now-1,0);mark();e.preventDefault()}
else if(/^[0-9]$/.test(e.key)&&buttons[+e.key])show(buttons[+e.key])});
if(buttons.length)show(buttons[0]);
"""


def red_html(report: RedReport, old: Mapping[Crop, bytes], new: Mapping[Crop, bytes]) -> bytes:
    """`old` and `new` are the pictures, PNG by crop."""
    parts = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(report.title)}</title><style>{STYLE}</style></head><body>",
        *_head(report),
        "<main>",
        '<p id="empty" hidden>没有这一类。</p>',
        *(part for item in report.items for part in _article(item, old, new)),
        f"</main><script>{SCRIPT}</script></body></html>\n",
    )
    return "\n".join(parts).encode("utf-8")


def _head(report: RedReport) -> Iterator[str]:
    yield f"<header><h1>{escape(report.title)}</h1>"
    yield f"<p>旧样 {escape(report.old_name)}　新样 {escape(report.new_name)}</p>"
    yield f"<p>{escape(counts_words(report))}</p>"
    yield from (f"<p>{escape(each)}</p>" for each in report.remarks)
    yield f"<nav>{''.join(_buttons(report))}"
    keys = "<kbd>j</kbd> 下一处　<kbd>k</kbd> 上一处　<kbd>0</kbd>… 换类"
    yield f"<small>{keys}</small></nav></header>"


def _buttons(report: RedReport) -> Iterator[str]:
    to_see = sum(report.count(kind) for kind in TO_SEE)
    groups = [(TO_SEE, "要看的", to_see), (tuple(STANDINGS), "全部", len(report.items))]
    if not to_see:
        groups.reverse()
    groups += [((k,), word, report.count(k)) for k, word in STANDINGS.items()]
    for kinds, word, count in groups:
        if count:
            yield (
                f'<button type="button" data-kinds="{" ".join(kinds)}" aria-pressed="false">'
                f"{word} {count}</button>"
            )


def _article(item: RedItem, old: Mapping[Crop, bytes], new: Mapping[Crop, bytes]) -> Iterator[str]:
    yield f'<article class="{item.standing}" data-state="{item.standing}">'
    yield (
        f"<h2>{escape(item.label)}<b>{STANDINGS[item.standing]}</b>"
        f"<span>{escape(item.place)}</span></h2>"
    )
    told = "　".join(each for each in (_asked(item), escape(item.stands)) if each)
    note = f"　理由：{escape(item.note)}" if item.note else ""
    yield f"<p>{told}{note}　<i>…{escape(item.around)}…</i></p>"
    yield '<div class="pair">'
    yield from _figure("旧样", "from", item.old, old)
    yield from _figure("新样", "to", item.new, new)
    yield "</div></article>"


def _asked(item: RedItem) -> str:
    return f"应{escape(item.asked)}" if item.asked else ""


def _figure(
    name: str, side: str, crops: tuple[Crop, ...], pictures: Mapping[Crop, bytes]
) -> Iterator[str]:
    yield f'<figure class="{side}">'
    known = [crop for crop in crops if crop in pictures]
    if not known:
        yield f'<figcaption>{name}</figcaption><div class="none">{name}上没有可指的位置</div>'
    for crop in known:
        yield f"<figcaption>{name}第{crop.sheet}面</figcaption>"
        yield from _drawing(crop, pictures[crop])
    yield "</figure>"


def _drawing(crop: Crop, png: bytes) -> Iterator[str]:
    size = f"{crop.width:.1f} {crop.height:.1f}"
    data = b64encode(png).decode("ascii")
    yield f'<svg viewBox="0 0 {size}" style="max-width:{MOST_WIDE}px">'
    wide = f'width="{crop.width:.1f}" height="{crop.height:.1f}"'
    yield f'<image {wide} href="data:image/png;base64,{data}"/>'
    for box in crop.marks:
        grow = GROW if box.width else THIN / 2
        x, y = box.x - crop.left - grow, box.y - crop.top - GROW
        yield (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{box.width + 2 * grow:.1f}" '
            f'height="{box.height + 2 * GROW:.1f}"/>'
        )
    yield "</svg>"
