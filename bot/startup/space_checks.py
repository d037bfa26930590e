"""Reads the Genie spaces at the start, and anew every hour; the bot serves without while Databricks is away.

A space that refuses us is logged with what to check, and the others serve; if none is left, the start ends.
"""

import asyncio
import contextlib
import logging
from dataclasses import replace
from functools import partial

from bot.config.errors import StartupError
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space, SpaceInfo
from bot.startup.away import Away, DatabricksAway, Stopped, log_down, wait_until_back
from bot.startup.checks import TIMEOUT_SECONDS, check_databricks
from bot.store.questions import NotStored
from genie.client import Genie
from genie.errors import GenieError

log = logging.getLogger(__name__)

FIRST_SECONDS = 3.0
"""Before the bot serves without: a refusal, which may stop the start, comes at once."""
REFRESH_SECONDS = 3600.0
AGAIN_SECONDS = 60.0
"""Until the next look while one of several spaces does not answer."""


class SpaceChecks:
    """Keeps a catalog up to date. StartupError where waiting would not help, also long after the start."""

    def __init__(self, genie: Genie, host: str, catalog: Catalog) -> None:
        """Check the spaces of `catalog` at `host`."""
        self._genie, self._host, self._catalog = genie, host, catalog
        self._away: DatabricksAway | None = None
        self._silent: frozenset[str] = frozenset()
        """The ids of spaces that did not answer where others did."""

    @property
    def known(self) -> bool:
        """Whether a space has answered, after the first look."""
        return self._away is None

    async def ping(self) -> None:
        """Raise DatabricksAway while that is not so."""
        if self._away:
            raise DatabricksAway(str(self._away))

    async def answers(self) -> None:
        """Ask Databricks now for the space of questions that name none; StartupError, or DatabricksAway."""
        await check_databricks(self._genie, self._host, self._catalog.default, TIMEOUT_SECONDS)

    async def look(self, seconds: float = FIRST_SECONDS) -> None:
        """Look all spaces up, for so long; what to check is logged."""
        try:
            await self._look(seconds)
        except DatabricksAway as away:
            log_down(away)

    async def until_known(self, stopping: asyncio.Event) -> None:
        """Look again while Databricks is away, and the bot is not to stop."""
        if self._away:
            with contextlib.suppress(Stopped):
                await wait_until_back(self._away, partial(self._look, TIMEOUT_SECONDS), stopping)

    async def refresh(self, stopping: asyncio.Event) -> None:
        """Look every hour, until the bot is to stop; what was known serves where that fails.

        A space that is silent while others serve is looked for sooner.
        """
        while not stopping.is_set():
            try:
                async with asyncio.timeout(AGAIN_SECONDS if self._silent else REFRESH_SECONDS):
                    await stopping.wait()
            except TimeoutError:
                with contextlib.suppress(Away, StartupError):
                    await self._look(TIMEOUT_SECONDS)

    async def _look(self, seconds: float) -> None:
        """Raise DatabricksAway if no space answered, StartupError if every one refuses us."""
        spaces = self._catalog.spaces
        found = await asyncio.gather(*(self._read(space, seconds) for space in spaces))
        away = {
            space.id: why for space, why in zip(spaces, found, strict=True) if isinstance(why, DatabricksAway)
        }
        refused = [
            (space, why) for space, why in zip(spaces, found, strict=True) if isinstance(why, StartupError)
        ]
        if len(refused) == len(spaces):
            raise refused[0][1]
        for space, why in refused:
            self._note_refusal(space, str(why))
        answered = len(away) + len(refused) < len(spaces)
        self._away = None if answered or not away else next(iter(away.values()))
        if self._away:
            raise self._away
        for space_id in away.keys() - self._silent:
            log.warning("space.silent", extra={"space": space_id, "check": str(away[space_id])})
        self._silent = frozenset(away)

    def _note_refusal(self, space: Space, why: str) -> None:
        """Keep why one of several spaces refuses us, and log it once."""
        known = self._catalog.about(space.id)
        if why != known.problem:
            log.warning("space.refused", extra={"space": space.id, "check": why})
        self._catalog.learn(replace(known, problem=why))

    async def _read(self, space: Space, seconds: float) -> SpaceInfo | DatabricksAway | StartupError:
        try:
            found = await check_databricks(self._genie, self._host, space, seconds)
        except DatabricksAway as away:
            return away
        except StartupError as refused:
            return refused
        info = SpaceInfo(
            space=space,
            title=found.title,
            description=found.description,
            starters=await self._starters(space),
        )
        self._catalog.learn(info)
        return info

    async def _starters(self, space: Space) -> tuple[str, ...]:
        """Return the sample questions of a space, which Genie tells those alone who may edit it."""
        with contextlib.suppress(GenieError, NotStored, TimeoutError):
            async with asyncio.timeout(FIRST_SECONDS):
                return (await self._genie.space(space.id, with_definition=True)).starters
        return ()
