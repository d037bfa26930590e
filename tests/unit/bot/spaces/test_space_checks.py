"""The spaces at the start: what is known of each, which are named, and when the bot does not start."""

import asyncio
import logging
from typing import cast

import pytest

from bot.config.errors import StartupError
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space
from bot.startup import space_checks
from bot.startup.space_checks import SpaceChecks
from bot.store.questions import NotStored
from genie import errors
from genie.client import Genie
from genie.model import Space as GenieSpace

SALES, FINANCE = Space("sales", "01ab", "orders"), Space("finance", "01cd")


class Workspace:
    """Says of each space what it was told, an error or a title; and its starters to those who may edit it."""

    def __init__(self, **spaces: errors.GenieError | str) -> None:
        self.spaces = {"01ab": spaces["sales"], "01cd": spaces["finance"]}
        self.looks = 0
        self.editable: frozenset[str] = frozenset()
        self.redis_goes = False

    async def space(self, space_id: str, *, with_definition: bool = False) -> GenieSpace:
        """Answer as `Genie.space` does."""
        self.looks += 1
        said = self.spaces[space_id]
        if isinstance(said, errors.GenieError):
            raise said
        if with_definition and self.redis_goes:
            raise NotStored("away")
        if with_definition and space_id not in self.editable:
            raise errors.Forbidden("no")
        starters = ("How much?",) if with_definition else ()
        return GenieSpace(space_id, said, "About it", starters=starters)


def checks(workspace: Workspace) -> tuple[SpaceChecks, Catalog]:
    """Return the checks of two spaces, and the catalog that they keep."""
    catalog = Catalog((SALES, FINANCE))
    return SpaceChecks(cast("Genie", workspace), "https://host", catalog), catalog


async def test_titles_descriptions_and_starters_come_from_genie() -> None:
    """Starters only where the identity may edit the space, which nothing else needs."""
    workspace = Workspace(sales="Sales", finance="Finance")
    workspace.editable = frozenset({"01cd"})
    looking, catalog = checks(workspace)
    await looking.look()
    assert [catalog.about(each.id).title for each in catalog.spaces] == ["Sales", "Finance"]
    assert [catalog.about(each.id).starters for each in catalog.spaces] == [(), ("How much?",)]
    assert catalog.about("01ab").description == "About it"
    assert looking.known


async def test_the_start_goes_on_where_redis_goes_away_amid_a_look() -> None:
    """Starters are not worth it: what else needs Redis waits for it."""
    workspace = Workspace(sales="Sales", finance="Finance")
    workspace.redis_goes = True
    looking, catalog = checks(workspace)
    await looking.look()
    assert [catalog.about(each.id).title for each in catalog.spaces] == ["Sales", "Finance"]


async def test_a_space_that_refuses_us_is_named_and_the_others_serve(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The log says which right is missing, once."""
    looking, catalog = checks(Workspace(sales=errors.Forbidden("no"), finance="Finance"))
    with caplog.at_level(logging.WARNING):
        await looking.look()
        await looking.look()
    said = "GENIE_SPACES sales (01ab) may not be used by this identity: ask the space's owner for CAN RUN."
    assert [record.__dict__["check"] for record in caplog.records] == [said]
    assert [info.space for info in catalog.usable] == [FINANCE]
    assert catalog.about("01ab").problem == said


async def test_the_bot_does_not_start_when_every_space_refuses_it() -> None:
    """Waiting would not help; the default space is named."""
    looking, _ = checks(Workspace(sales=errors.NotFound("no"), finance=errors.Forbidden("no")))
    with pytest.raises(StartupError, match=r"GENIE_SPACES sales \(01ab\) does not exist"):
        await looking.look()


async def test_a_space_that_is_silent_is_looked_for_while_the_others_serve(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is no refusal, and the bot is ready without it: one line of the log names it."""
    monkeypatch.setattr(space_checks, "AGAIN_SECONDS", 0.01)
    workspace = Workspace(sales=errors.Unavailable("503"), finance="Finance")
    looking, catalog = checks(workspace)
    await looking.look()
    await looking.ping()
    assert looking.known
    assert len(catalog.usable) == len(catalog.spaces)
    stopping = asyncio.Event()
    refreshing = asyncio.create_task(looking.refresh(stopping))
    looks = workspace.looks
    async with asyncio.timeout(10):
        while workspace.looks < looks + 8:  # noqa: ASYNC110 - nobody is told
            await asyncio.sleep(0.005)
        workspace.spaces["01ab"] = "Sales"
        while catalog.about("01ab").title != "Sales":  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        stopping.set()
        await refreshing
    assert [record.__dict__["space"] for record in caplog.records] == ["01ab"]


async def test_the_bot_is_not_ready_while_no_space_answers() -> None:
    """One that refuses us serves nobody in the meantime."""
    workspace = Workspace(sales=errors.Unavailable("503"), finance=errors.Forbidden("no"))
    looking, catalog = checks(workspace)
    await looking.look()
    known_at_first = looking.known
    workspace.spaces["01ab"] = "Sales"
    await looking.until_known(asyncio.Event())
    assert (known_at_first, looking.known) == (False, True)
    assert catalog.about("01ab").title == "Sales"


async def test_spaces_are_read_anew_every_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new title, a right that was given, and one that was taken away; an outage changes nothing."""
    monkeypatch.setattr(space_checks, "REFRESH_SECONDS", 0.01)
    workspace = Workspace(sales=errors.Forbidden("no"), finance="Finance")
    looking, catalog = checks(workspace)
    await looking.look()
    stopping = asyncio.Event()
    refreshing = asyncio.create_task(looking.refresh(stopping))
    workspace.spaces |= {"01ab": "Sales & more", "01cd": errors.Forbidden("no")}
    async with asyncio.timeout(10):
        while catalog.about("01ab").title != "Sales & more":  # noqa: ASYNC110 - nobody is told
            await asyncio.sleep(0.005)
        assert [info.space for info in catalog.usable] == [SALES]
        assert catalog.about("01cd").description == "About it"
        workspace.spaces["01ab"] = errors.Unavailable("503")
        looks = workspace.looks
        while workspace.looks < looks + 4:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        assert [info.title for info in catalog.usable] == ["Sales & more"]
        stopping.set()
        await refreshing
