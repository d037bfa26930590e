"""What Unity Catalog tells of tables is kept for a while for each identity, and never waited for too long."""

import asyncio
from typing import cast

import pytest

from bot.identity.model import NotSignedIn
from bot.replies import table_details
from bot.replies.table_details import MOST_TABLES, TableDetailsCache, TableLookup
from bot.store.questions import NotStored
from genie.client import Genie
from genie.errors import Forbidden, NotFound, RateLimited, SignInFailed, Unavailable
from genie.model import TableDetails, TableName

ORDERS = TableName("main", "sales", "orders")
KNOWN = TableDetails("sales-data")


class Catalog:
    """Answers as one identity, and counts."""

    def __init__(self, *said: TableDetails | Exception, seconds: float = 0.0) -> None:
        self._said, self._seconds = list(said), seconds
        self.asked: list[TableName] = []

    async def table_details(self, name: TableName) -> TableDetails:
        """Answer the next thing; the last one again and again."""
        self.asked.append(name)
        await asyncio.sleep(self._seconds)
        said = self._said.pop(0) if len(self._said) > 1 else self._said[0]
        if isinstance(said, Exception):
            raise said
        return said


def genie(catalog: Catalog) -> Genie:
    """Return it as the client of one identity."""
    return cast("Genie", catalog)


async def test_a_table_is_looked_up_once_for_each_identity() -> None:
    """What one person may know is never shown to another one."""
    cache, ana, dan = TableDetailsCache(), Catalog(KNOWN), Catalog(Forbidden())
    for _ in range(2):
        assert await cache.read(genie(ana), ORDERS) == KNOWN
        assert await cache.read(genie(dan), ORDERS) == TableDetails()
    assert (len(ana.asked), len(dan.asked)) == (1, 1)


@pytest.mark.parametrize(
    "error", [Unavailable(), RateLimited(), SignInFailed(), NotSignedIn(), NotStored("ConnectionError")]
)
async def test_what_passes_is_not_remembered(error: Exception) -> None:
    """Trouble is no answer about a table, and no error for who looks at it."""
    cache, catalog = TableDetailsCache(), Catalog(error, KNOWN)
    assert await cache.read(genie(catalog), ORDERS) == TableDetails()
    assert await cache.read(genie(catalog), ORDERS) == KNOWN


@pytest.mark.parametrize("said", [KNOWN, NotFound()])
async def test_nothing_is_kept_for_ever(
    said: TableDetails | Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change in the catalog shows after a while, a new right, too; and the memory has a bound."""
    monkeypatch.setattr(table_details, "KEPT_SECONDS", 0.0)
    monkeypatch.setattr(table_details, "_MOST_KEPT", 2)
    cache, catalog = TableDetailsCache(), Catalog(said)
    for number in range(4):
        for _ in range(2):
            await cache.read(genie(catalog), TableName("main", "sales", str(number)))
    assert len(catalog.asked) == 8
    assert len(cache._kept) == 2


async def test_what_is_slow_comes_later_and_ends_with_its_reader() -> None:
    """Each wait brings what is there; whatever still runs at the end is cancelled."""
    cache = TableDetailsCache()
    before = asyncio.all_tasks()
    async with TableLookup(cache) as lookup:
        lookup.begin(genie(Catalog(KNOWN, seconds=0.2)), [ORDERS])
        assert await lookup.wait(0.0) == {}
        assert await lookup.wait(20.0) == {ORDERS: KNOWN}
    async with TableLookup(cache) as lookup:
        lookup.begin(genie(Catalog(KNOWN, seconds=60.0)), [ORDERS])
        assert await lookup.wait(0.0) == {}
    assert asyncio.all_tasks() == before


async def test_of_many_tables_only_some_are_looked_up() -> None:
    """Each one once; and a query without tables is waited for no moment."""
    catalog = Catalog(KNOWN)
    names = [TableName("main", "sales", str(number)) for number in range(MOST_TABLES + 5)]
    async with TableLookup(TableDetailsCache()) as lookup:
        lookup.begin(genie(catalog), [*names[:2], *names])
        assert list(await lookup.wait(20.0)) == names[:MOST_TABLES]
    assert catalog.asked == names[:MOST_TABLES]
    async with TableLookup(TableDetailsCache()) as lookup:
        lookup.begin(genie(catalog), [])
        assert await lookup.wait(60.0) == {}
