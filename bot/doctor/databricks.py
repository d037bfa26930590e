"""Looks at Databricks as the bot itself: who that is, spaces with their warehouses and tables, the model.

Where people ask as themselves, the bot's own rights to data decide nothing.
"""

import asyncio
from collections.abc import AsyncGenerator

from bot.config.errors import StartupError
from bot.doctor.model import Finding, Level, green, red, yellow
from bot.doctor.surroundings import Surroundings
from bot.spaces.model import Space
from bot.startup.away import DatabricksAway
from bot.startup.checks import check_databricks
from genie import errors
from genie.calls.workspace import Workspace
from genie.model import Space as GenieSpace
from genie.protocol.workspace import Endpoint, Warehouse
from render.words.operator import check_databricks as words

SPACE_SECONDS = 10.0
MOST_TABLES = 50
"""Of one space, that are looked at."""
AT_ONCE = 8
"""Requests, beside those that the running bot makes."""
WILL_START = frozenset({"STOPPED", "STOPPING"})
GONE = frozenset({"DELETED", "DELETING"})


async def look_at_identity(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Ask who we are."""
    name, host = "databricks.identity", around.settings.databricks_host
    try:
        yield green(name, words.identity(await around.genie.workspace().me()))
    except errors.SignInFailed as refused:
        yield red(name, words.sign_in_failed(host, refused.code or str(refused.args[0])))
    except errors.Refused as refused:
        yield yellow(name, words.identity_not_seen(refused.code or ""))
    except errors.GenieError as error:
        yield red(name, words.no_answer(host, str(error.args[0])))


async def look_at_spaces(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Look at each configured space."""
    looking = _Looking(around)
    for findings in await asyncio.gather(*map(looking.at_space, around.settings.spaces)):
        for finding in findings:
            yield finding


async def look_at_serving(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Look at the model that writes insights, if there is one."""
    if endpoint := around.settings.serving_endpoint_name:
        yield await _Looking(around).at_endpoint("serving", endpoint)


class _Looking:
    """Looks of the bot's own identity, a few at a time."""

    def __init__(self, around: Surroundings) -> None:
        self._genie, self._host = around.genie, around.settings.databricks_host
        self._workspace: Workspace = around.genie.workspace()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._as_users = around.settings.identity == "user"

    async def at_space(self, space: Space) -> list[Finding]:
        """Look at a space and, if it is there, at its warehouse and its tables."""
        suffix = f".{space.alias}" if space.alias else ""
        try:
            async with self._turns:
                found = await check_databricks(self._genie, self._host, space, SPACE_SECONDS)
        except (StartupError, DatabricksAway) as problem:
            return [red(f"space{suffix}", str(problem))]
        warehouse, tables = await asyncio.gather(
            self._at_warehouse(f"warehouse{suffix}", found), self._at_tables(f"tables{suffix}", space)
        )
        return [green(f"space{suffix}", words.space(found.title)), warehouse, *tables]

    async def _at_warehouse(self, name: str, space: GenieSpace) -> Finding:
        if not space.warehouse_id:
            return yellow(name, words.NO_WAREHOUSE)
        try:
            async with self._turns:
                return _of_warehouse(name, await self._workspace.warehouse(space.warehouse_id))
        except errors.NotFound:
            return red(name, words.warehouse_gone(space.warehouse_id))
        except errors.Forbidden as refused:
            if refused.missing_scope:
                return yellow(name, words.scope_for_warehouse(space.warehouse_id))
            return self._lacks(name, Level.YELLOW, words.no_right_to_warehouse(space.warehouse_id))
        except errors.GenieError as error:
            return yellow(name, words.not_seen(f"warehouse {space.warehouse_id}", str(error.args[0])))

    async def _at_tables(self, name: str, space: Space) -> list[Finding]:
        """Look at the tables of a space, which those see who may edit it."""
        try:
            async with self._turns:
                tables = (await self._genie.space(space.id, with_definition=True)).tables
        except errors.Forbidden:
            return [green(name, words.TABLES_NOT_TOLD)]
        except errors.GenieError as error:
            return [yellow(name, words.not_seen("the space's definition", str(error.args[0])))]
        looks = (self._at_table(name, table) for table in tables[:MOST_TABLES])
        problems = [each for each in await asyncio.gather(*looks) if each]
        return problems or [green(name, words.tables(min(len(tables), MOST_TABLES), len(tables)))]

    async def _at_table(self, name: str, table: str) -> Finding | None:
        """Return what is wrong with a table, as far as Unity Catalog says."""
        try:
            async with self._turns:
                await self._workspace.table(table)
        except errors.NotFound:
            return self._lacks(name, Level.RED, words.table_gone(table))
        except errors.Forbidden as refused:
            if refused.missing_scope:
                return yellow(name, words.not_seen(f"table {table}", words.SCOPE_FOR_TABLES))
            return self._lacks(name, Level.RED, words.no_right_to_table(table))
        except errors.GenieError as error:
            return yellow(name, words.not_seen(f"table {table}", str(error.args[0])))
        return None

    async def at_endpoint(self, name: str, endpoint: str) -> Finding:
        """Look at a serving endpoint."""
        try:
            found = await self._workspace.endpoint(endpoint)
        except errors.NotFound:
            return red(name, words.endpoint_gone(endpoint))
        except errors.Forbidden as refused:
            if refused.missing_scope:
                return yellow(name, words.not_seen(f"endpoint {endpoint}", words.SCOPE_FOR_SERVING))
            return self._lacks(name, Level.RED, words.no_right_to_query(endpoint))
        except errors.GenieError as error:
            return yellow(name, words.not_seen(f"endpoint {endpoint}", str(error.args[0])))
        if not found.may_query:
            return self._lacks(name, Level.RED, words.no_right_to_query(endpoint))
        return _of_endpoint(name, endpoint, found)

    def _lacks(self, name: str, level: Level, text: str) -> Finding:
        """Say that the bot's own identity lacks a right, unless others ask."""
        return green(name, words.RIGHTS_OF_PEOPLE) if self._as_users else Finding(name, level, text)


def _of_warehouse(name: str, found: Warehouse) -> Finding:
    if found.state in GONE:
        return red(name, words.warehouse_gone(found.name))
    if found.failed:
        return red(name, words.warehouse_failed(found.name))
    if found.state in WILL_START:
        return (green if found.serverless else yellow)(name, words.stopped(found.name, found.serverless))
    return green(name, words.warehouse(found.name, found.state.lower()))


def _of_endpoint(name: str, endpoint: str, found: Endpoint) -> Finding:
    if not found.ready:
        return red(name, words.endpoint_not_ready(endpoint))
    if not found.chats:
        return red(name, words.no_chat_model(endpoint, found.task))
    return green(name, words.endpoint(endpoint))
