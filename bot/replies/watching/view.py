"""Watches as people see them."""

from collections.abc import Callable

from bot.records.watch import PAUSED_BY_OWNER, StoredWatch, WatchKind
from bot.slack.permalinks import message_link
from bot.slack.users import question_text
from bot.spaces.catalog import Catalog
from render.watch.model import WatchView, morning

ViewOf = Callable[[StoredWatch], WatchView]


def watch_views(workspace_url: str, bot_user: str, catalog: Catalog) -> ViewOf:
    """Return what shows a watch in this workspace, with its Genie space where there are several."""

    def view(stored: StoredWatch) -> WatchView:
        watch, progress, place = stored.watch, stored.progress, stored.watch.place
        asks = watch.kind is WatchKind.QUESTION
        return WatchView(
            id=watch.id,
            question=question_text(watch.text, bot_user, {}) if asks else watch.text,
            asks=asks,
            rhythm=watch.rhythm,
            hour=morning(watch.quiet),
            time_zone=watch.time_zone,
            condition=watch.condition,
            owner=watch.owner.id,
            next_at=0.0 if progress.due is None else progress.due / 1_000,
            failed=progress.paused not in {"", PAUSED_BY_OWNER},
            space=catalog.about(catalog.space_of(watch.space, watch.text)).name if catalog.several else "",
            channel="" if place.is_direct else place.channel,
            link=message_link(workspace_url, place.channel, place.thread or "", ""),
        )

    return view
