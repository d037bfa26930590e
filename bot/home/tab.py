"""Publishes a person's Home tab when it is opened, and again while it is open and something changes.

Nothing is asked of Slack or Genie before, but who a person is whom the bot has not met within a day. One
process at a time publishes for a person, at most once a second, so that no older view overtakes a newer one.
"""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from redis.exceptions import RedisError
from slack_sdk.web.async_client import AsyncWebClient

from bot.home.content import HomeContents
from bot.identity.model import SlackUser
from bot.replies.asker_guard import AskerGuard
from bot.slack.api import SlackBusy, SlackError, ask_slack
from bot.slack.users import Users
from bot.store.people import HomeTurns
from bot.store.questions import NotStored, in_time
from render import words
from render.blockkit.blocks import Block
from render.home.view import home_view, sentence_view

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 1.5
"""For one publication; with what is read before, less than a turn lasts."""
MOST = 500
"""People for whom one process publishes at a time; others see what is new when they open the tab again."""


@dataclass(kw_only=True)
class HomeTab:
    """Shows each person their own."""

    slack: AsyncWebClient
    turns: HomeTurns
    contents: HomeContents
    users: Users
    guard: AskerGuard
    _wanted: set[SlackUser] = field(default_factory=set, init=False)
    _tasks: dict[SlackUser, asyncio.Task[None]] = field(default_factory=dict, init=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop: the tab is shown anew when it is opened again."""
        ending = [*self._tasks.values()]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def opened(self, user: SlackUser) -> None:
        """Show a person how things are, from now on; NotStored."""
        await in_time(self.turns.opened(user))
        self.changed(user)

    def changed(self, user: SlackUser) -> None:
        """Show a person that something has changed, if the tab is open."""
        if user in self._tasks:
            self._wanted.add(user)
        elif len(self._tasks) < MOST:
            self._wanted.add(user)
            self._tasks[user] = asyncio.create_task(self._follow(user))

    async def _follow(self, user: SlackUser) -> None:
        """Publish until nothing is new; a failure is logged."""
        try:
            while user in self._wanted and await self.turns.is_open(user):
                if wait := await self.turns.take(user):
                    await asyncio.sleep(wait)
                else:
                    self._wanted.discard(user)
                    await self._take_turn(user)
        except (RedisError, OSError, NotStored) as error:
            log.info("home.not_published", extra={"error": type(error).__name__})
        finally:
            self._wanted.discard(user)
            del self._tasks[user]

    async def _take_turn(self, user: SlackUser) -> None:
        began = time.monotonic()
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await self._publish(user)
        except SlackBusy as busy:
            self._wanted.add(user)
            await asyncio.sleep(busy.retry_after)
        except (SlackError, TimeoutError) as error:
            log.info("home.not_published", extra={"error": str(error) or type(error).__name__})
        finally:
            await self.turns.end(user, time.monotonic() - began)

    async def _publish(self, user: SlackUser) -> None:
        if user.id not in await self.users.remembered(user.team, [user.id]):
            # Who may not ask has to see nothing of the spaces, also while Slack is asked who this is.
            await self._show(user, sentence_view(words.home.LOADING))
        if rejection := await self.guard.rejection(user.team, user.id, "", external=False):
            await self._show(user, sentence_view(rejection.sentence))
        else:
            await self._show(user, home_view(await self.contents.of(user)))

    async def _show(self, user: SlackUser, view: Block) -> None:
        await ask_slack(self.slack.views_publish(user_id=user.id, view=view))
