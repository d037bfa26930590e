"""Looks the Genie space up at the start; the bot serves without while Databricks is away, and looks again."""

import asyncio
import logging
import time

from bot.startup.checks import AWAY_SECONDS, TIMEOUT_SECONDS, DatabricksAway, check_databricks
from genie.client import Genie

log = logging.getLogger(__name__)

FIRST_SECONDS = 3.0
"""Before the bot serves without: a refusal, which stops the start, comes at once."""


class SpaceCheck:
    """What is known of the space. StartupError where waiting would not help, also long after the start."""

    def __init__(self, genie: Genie, host: str, space_id: str) -> None:
        """Check the space `space_id` of `host`."""
        self._genie, self._host, self.space_id = genie, host, space_id
        self._title = self._problem = ""

    def title(self) -> str:
        """Return what the space is called, "" until that is known."""
        return self._title

    @property
    def known(self) -> bool:
        """Whether nothing is left to look for, after the first look."""
        return not self._problem

    async def ping(self) -> None:
        """Raise DatabricksAway while nothing is known of the space."""
        if self._problem:
            raise DatabricksAway(self._problem)

    async def look(self, seconds: float = FIRST_SECONDS) -> None:
        """Look the space up, for so long."""
        try:
            space = await check_databricks(self._genie, self._host, self.space_id, seconds)
        except DatabricksAway as away:
            if not self._problem:
                log.warning("databricks.down", extra={"check": str(away)})
            self._problem = str(away)
        else:
            self._title, self._problem = space.title, ""

    async def until_known(self) -> None:
        """Look again while Databricks is away."""
        pause, began = AWAY_SECONDS[0], time.monotonic()
        while self._problem:
            await asyncio.sleep(pause)
            await self.look(TIMEOUT_SECONDS)
            pause = min(pause * 2, AWAY_SECONDS[1])
        log.warning("databricks.up", extra={"seconds": round(time.monotonic() - began, 1)})
