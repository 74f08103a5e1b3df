"""Ctrl+P, every act of the present screen with its key; Ctrl+G, everything one can go to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.binding import Binding

from editorial.tui.dialogs.find import FindDialog, Offer
from editorial.tui.hints import ALWAYS, key_label
from editorial.tui.page import AnyPage
from editorial.tui.places import NODES, PLACES


def palette(page: AnyPage) -> None:
    offers = (*_acts(page), *_saved(page), *_places(page, digits=False), *_common(page))
    _ask(page, "命令：这一屏能做的事，也可去往别处", "写词或拼音首字母，如 推进、tj", offers)


def go(page: AnyPage) -> None:
    _ask(page, "去往", "按数字去那一屏；写名称、文号或拼音首字母", tuple(_places(page)))


def _ask(page: AnyPage, title: str, hint: str, offers: tuple[Offer, ...]) -> None:
    from editorial.desk.destinations import rank_names

    later = partial(_nodes, page)
    dialog = FindDialog(title, hint, offers, rank_names, later)
    page.app.push_screen(dialog, lambda chosen: chosen.act() if chosen else None)


def _acts(page: AnyPage) -> Iterator[Offer]:
    for each in page.described():
        if not _is_common(each) and not each.action.startswith("app.visit"):
            yield _act(page, each, "办事")


def _common(page: AnyPage) -> Iterator[Offer]:
    for each in page.described():
        if _is_common(each):
            yield _act(page, each, "通用")


def _is_common(binding: Binding) -> bool:
    return binding.action.removeprefix("app.") in ALWAYS


def _act(page: AnyPage, binding: Binding, group: str) -> Offer:
    tip = binding.tooltip if binding.tooltip != binding.description else ""
    return Offer(
        group=group,
        names=(binding.description, tip),
        told=tip,
        key=key_label(binding, 2),
        act=lambda: _do(page, binding),
    )


def _do(page: AnyPage, binding: Binding) -> None:
    page.call_later(page.run_action, binding.action)


def _places(page: AnyPage, *, digits: bool = True) -> Iterator[Offer]:
    """Every place with its key on this screen, when it has one of its own."""
    bound = {each.action: key_label(each) for each in page.described()}
    for place in PLACES:
        own = bound.get(f"app.visit('{place.id}')", "")
        told = f"（{own}）{place.tip}" if own and digits else place.tip
        yield Offer(
            group="去往",
            names=(place.word, place.tip),
            told=told,
            key="" if digits else own,
            digit=place.digit if digits else "",
            act=partial(page.desk_app.action_visit, place.id),
        )


def _saved(page: AnyPage) -> Iterator[Offer]:
    """The filters kept for this list."""
    from editorial.tui.picking import FilterPage

    if isinstance(page, FilterPage):
        for each in page.saved():
            yield Offer(
                group="存好的筛选",
                names=(each.name, each.text),
                told=each.text,
                key=f"/ {each.number}",
                act=partial(page.set_pattern, each.text),
            )


def _nodes(page: AnyPage) -> tuple[Offer, ...]:
    """What is found by its name only. Called from a thread."""
    from editorial.desk.destinations import destinations

    app = page.desk_app
    openable = (*NODES, *(row.id for row in app.board().volume.rows))
    return tuple(
        Offer(
            group=each.sort,
            names=each.names,
            told=each.told,
            act=partial(app.go_to, each.node),
            open=False,
        )
        for each in destinations(app.desk, app.board())
        if each.node.startswith(openable)
    )
