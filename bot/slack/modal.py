"""A modal for one user, or an ephemeral message where Slack opens no modal.

https://docs.slack.dev/surfaces/modals
"""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.question import Place
from bot.slack.api import SlackBusy, SlackRefused, SlackSignedOut, SlackUnreachable, ask_slack
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply
from render.explain.view import Told

log = logging.getLogger(__name__)

TRIES = 3
AGAIN = 0.3
LONGEST_WAIT = 5.0
"""Seconds between tries, and the most that Slack may ask us to wait while somebody looks at the modal."""
CALL_TIMEOUT_SECONDS = 8.0
CLOSED = "not_found"


@dataclass(frozen=True, slots=True)
class ModalRequest:
    """A click that asks for a modal; its trigger opens one within three seconds."""

    user: str
    place: Place
    external: bool
    """The user belongs to another company that shares this channel."""
    trigger: str = field(repr=False)


class Modal:
    """One user's modal. Its methods do not raise: a failure is logged."""

    def __init__(self, slack: AsyncWebClient, request: ModalRequest) -> None:
        """Show to the user of `request` and to nobody else."""
        self._slack, self._request = slack, request
        self._name = uuid.uuid4().hex
        self._view: dict[str, str] | None = None
        self._opened = False

    async def open(self, view: Block) -> None:
        """Open a modal; once, since a trigger works once."""
        call = self._slack.views_open(
            trigger_id=self._request.trigger, view=view | {"external_id": self._name}
        )
        try:
            opened = await ask_slack(asyncio.wait_for(call, CALL_TIMEOUT_SECONDS))
        except SlackUnreachable:
            self._view = {"external_id": self._name}  # it may be open
        except (SlackRefused, SlackBusy, SlackSignedOut) as error:
            log.info("modal.not_opened", extra={"error": str(error)})
        else:
            self._opened = True
            view_id = (opened.get("view") or {}).get("id")
            self._view = {"view_id": str(view_id)} if view_id else {"external_id": self._name}

    async def show(self, told: Told) -> None:
        """Fill the modal or, where there is none, send an ephemeral message."""
        try:
            if not (self._view and await self._update(told.views, self._view)):
                await self._post_ephemeral(told.reply)
        except (SlackRefused, SlackBusy, SlackSignedOut, SlackUnreachable) as error:
            log.warning("modal.update_failed", extra={"error": str(error)})

    async def _update(self, views: tuple[Block, ...], where: dict[str, str]) -> bool:
        """Fill the modal with the first view that Slack takes; False when it never opened."""
        for number, view in enumerate(views, 1):
            try:
                await _tried(partial(self._slack.views_update, view=view, **where))
            except SlackRefused as refused:
                if refused.code == CLOSED:
                    return self._opened  # and closed since
                if number == len(views):
                    raise
            else:
                return True
        return False

    async def _post_ephemeral(self, reply: Reply) -> None:
        """Post an ephemeral message, on the first variant that Slack accepts."""
        place = self._request.place
        post = partial(
            self._slack.chat_postEphemeral,
            channel=place.channel,
            user=self._request.user,
            thread_ts=place.thread,
            text=reply.text,
            parse="none",
            link_names=False,
        )
        for number, variant in enumerate(reply.variants, 1):
            try:
                await _tried(partial(post, blocks=list(variant.blocks)))
            except SlackRefused:
                if number == len(reply.variants):
                    raise
            else:
                return


async def _tried(call: Callable[[], Awaitable[AsyncSlackResponse]]) -> None:
    """Make a call that may be repeated, a few times if it must be."""
    for left in reversed(range(TRIES)):
        try:
            await ask_slack(asyncio.wait_for(call(), CALL_TIMEOUT_SECONDS))
        except SlackBusy as busy:
            if not left or busy.retry_after > LONGEST_WAIT:
                raise
            await asyncio.sleep(busy.retry_after)
        except SlackUnreachable:
            if not left:
                raise
            await asyncio.sleep(AGAIN)
        else:
            return
