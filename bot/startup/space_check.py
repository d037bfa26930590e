"""Looks the Genie space up at the start; the bot serves without while Databricks is away, and looks again."""

import asyncio
import contextlib
from functools import partial

from bot.startup.away import DatabricksAway, Stopped, log_down, wait_until_back
from bot.startup.checks import TIMEOUT_SECONDS, check_databricks
from genie.client import Genie

FIRST_SECONDS = 3.0
"""Before the bot serves without: a refusal, which stops the start, comes at once."""


class SpaceCheck:
    """What is known of the space. StartupError where waiting would not help, also long after the start."""

    def __init__(self, genie: Genie, host: str, space_id: str) -> None:
        """Check the space `space_id` of `host`."""
        self._genie, self._host, self.space_id = genie, host, space_id
        self._title = ""
        self._away: DatabricksAway | None = None

    def title(self) -> str:
        """Return what the space is called, "" until that is known."""
        return self._title

    @property
    def known(self) -> bool:
        """Whether nothing is left to look for, after the first look."""
        return self._away is None

    async def ping(self) -> None:
        """Raise DatabricksAway while nothing is known of the space."""
        if self._away:
            raise DatabricksAway(str(self._away))

    async def look(self, seconds: float = FIRST_SECONDS) -> None:
        """Look the space up, for so long; what to check is logged."""
        try:
            await self._look(seconds)
        except DatabricksAway as away:
            log_down(away)

    async def until_known(self, stopping: asyncio.Event) -> None:
        """Look again while Databricks is away, and the bot is not to stop."""
        if self._away:
            with contextlib.suppress(Stopped):
                await wait_until_back(self._away, partial(self._look, TIMEOUT_SECONDS), stopping)

    async def _look(self, seconds: float) -> None:
        try:
            space = await check_databricks(self._genie, self._host, self.space_id, seconds)
        except DatabricksAway as away:
            self._away = away
            raise
        self._title, self._away = space.title, None
