"""A modal for one user, or an ephemeral message where Slack opens no modal.

https://docs.slack.dev/surfaces/modals
"""

import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.records.question import Place
from bot.slack.api import SlackError, SlackRefused, SlackUnreachable, ask_slack, retrying
from render.blockkit.blocks import Block
from render.blockkit.reply import ModalReply, Reply

log = logging.getLogger(__name__)

ATTEMPTS, ATTEMPTS_SECONDS = 3, 10.0
"""For one call and its repetitions, while the user looks at an empty modal."""
CALL_TIMEOUT_SECONDS = 8.0
CLOSED = "not_found"


@dataclass(frozen=True, slots=True)
class ModalRequest:
    """A click that asks for a modal; its trigger opens one within three seconds."""

    user: str
    place: Place
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
            opened = await ask_slack(call, CALL_TIMEOUT_SECONDS)
        except SlackUnreachable:
            self._view = {"external_id": self._name}  # it may be open
        except SlackError as error:
            log.info("modal.not_opened", extra={"error": str(error)})
        else:
            self._opened = True
            view_id = (opened.get("view") or {}).get("id")
            self._view = {"view_id": str(view_id)} if view_id else {"external_id": self._name}

    async def show(self, reply: ModalReply) -> None:
        """Fill the modal or, where there is none, send an ephemeral message."""
        try:
            if not (self._view and await self._update(reply.views, self._view)):
                await self._post_ephemeral(reply.message)
        except SlackError as error:
            log.warning("modal.update_failed", extra={"error": str(error)})

    async def refresh(self, reply: ModalReply) -> None:
        """Fill a modal that was filled once more; where there is none, what was sent stays as it is."""
        try:
            if self._view:
                await self._update(reply.views, self._view)
        except SlackError as error:
            log.info("modal.refresh_failed", extra={"error": str(error)})

    async def _update(self, views: tuple[Block, ...], where: dict[str, str]) -> bool:
        """Fill the modal with the first view that Slack takes; False when it never opened."""
        for number, view in enumerate(views, 1):
            try:
                await _call(partial(self._slack.views_update, view=view, **where))
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
                await _call(partial(post, blocks=list(variant.blocks)))
            except SlackRefused:
                if number == len(reply.variants):
                    raise
            else:
                return


async def _call(call: Callable[[], Awaitable[AsyncSlackResponse]]) -> None:
    await retrying(lambda: ask_slack(call(), CALL_TIMEOUT_SECONDS), ATTEMPTS, ATTEMPTS_SECONDS)
