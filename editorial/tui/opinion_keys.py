"""The keys of opinions, the same in the list and on the page of one."""

from __future__ import annotations

from textual.binding import BindingType

from editorial.model.labels import Disposition
from editorial.tui.hints import UNDO, figure, glance, key

WAYS = (
    Disposition.ADOPTED,
    Disposition.PARTLY,
    Disposition.REJECTED,
    Disposition.FORWARDED,
    Disposition.PENDING,
)
DISPOSE: tuple[BindingType, ...] = tuple(
    key(
        figure(number),
        f"dispose('{way.value}')",
        way.label,
        str(number),
        f"定为{way.label}，标记了几条就一并定；须写理由的会问",
    )
    for number, way in enumerate(WAYS, 1)
)
ACTS: tuple[BindingType, ...] = (
    key("f2,d", "several('decide')", "处理", "F2 d", "处理：结论、理由、改后文字，可随即改正文"),
    key("f3,p", "carry('place')", "落位", "F3 p", "落到分目，或落到那里的几个字上；一次一条"),
    key("f4,w", "several('forward')", "转单位", "F4 w", "转单位核实：成为一函的一项，答复回到这里"),
    key("f6,c", "several('check')", "复核", "F6 c", "复核，不能复核自己处理的"),
    key(
        "f7,e", "grouped('same')", "相同", "F7 e", "标记的几条（或这一组）是同一意见，以第一条为首"
    ),
    UNDO,
    key("f9,t", "grouped('together')", "一并", "F9 t", "标记的几条（或这一组）并排比较，一并处理"),
    key("f10,n", "add", "记意见", "F10 n", "记下会上、电话里的一条意见"),
    key("f11,x", "export", "导出", "F11 x", "导出为 xlsx，可填好再导入"),
    glance("tab", "turn(0)", "换页", "Tab", "看下一页：未答、已回函、冲突……", show=False),
)
