"""One person's modal in a real (local) Slack, or a private message where none opens."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.records.question import Place
from bot.slack.modal import Modal, ModalRequest
from genie.model import Query
from render.explain import view
from render.explain.model import QueriedTable, Reading, Source
from sandbox.faults import Fault
from sandbox.slack.server import Slack
from sandbox.slack.state.settings import Settings

ADA, CHANNEL = "U0ADA00001", "C0SALES001"
EXPLAINED = view.explain(
    Source("revenue?", Query("a", sql="SELECT 1"), None, ""), Reading("SELECT 1", (QueriedTable("t"),), ())
)


@pytest.fixture
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[Slack]:
    """Open a Slack, with settings if the test gives some."""
    async with Slack(getattr(request, "param", None)) as opened:
        yield opened


@pytest.fixture
async def client(slack: Slack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as http:
        yield AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[])


def modal(slack: Slack, client: AsyncWebClient) -> Modal:
    """Return the modal of Ada, who has just clicked."""
    trigger = slack._platform.triggers.issue(ADA)
    return Modal(client, ModalRequest(ADA, Place("T", CHANNEL, None), trigger=trigger))


def shown(slack: Slack) -> list[dict[str, Any]]:
    """Return what stands in Ada's only modal."""
    (view,) = slack.workspace.views.values()
    return list(view.content["blocks"])


async def test_a_modal_is_opened_and_filled(slack: Slack, client: AsyncWebClient) -> None:
    """The second call replaces what the first one showed."""
    ada = modal(slack, client)
    await ada.open(view.opening())
    assert len(shown(slack)) == 1
    await ada.show(EXPLAINED)
    assert len(shown(slack)) == len(EXPLAINED.views[0]["blocks"])
    assert slack.ephemerals == ()


async def test_a_lost_reply_leaves_one_modal(slack: Slack, client: AsyncWebClient) -> None:
    """Slack opened it and the reply was lost: it is filled under the name that we gave it."""
    slack.faults.add(Fault(path="/api/views.open", drop=True, after=True))
    ada = modal(slack, client)
    await ada.open(view.opening())
    await ada.show(EXPLAINED)
    assert len(shown(slack)) == len(EXPLAINED.views[0]["blocks"])


async def test_a_reply_without_an_id_leaves_one_modal(slack: Slack, client: AsyncWebClient) -> None:
    """Slack opened it and did not say which: it is filled under the name that we gave it."""
    slack.faults.add(Fault(path="/api/views.open", status=200, body='{"ok": true}', after=True))
    ada = modal(slack, client)
    await ada.open(view.opening())
    await ada.show(EXPLAINED)
    assert len(shown(slack)) == len(EXPLAINED.views[0]["blocks"])
    assert slack.ephemerals == ()


@pytest.mark.parametrize("slack", [Settings(unavailable_blocks=frozenset({"rich_text"}))], indirect=True)
async def test_a_simpler_view_is_shown_where_slack_refuses_the_first(
    slack: Slack, client: AsyncWebClient
) -> None:
    """Blocks come to workspaces one after the other; the words stay the same."""
    ada = modal(slack, client)
    await ada.open(view.opening())
    await ada.show(EXPLAINED)
    assert {block["type"] for block in shown(slack)} <= {"section", "header", "context"}
    assert "SELECT 1" in str(shown(slack))


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path="/api/views.update", status=429, retry_after="0.1"),
        Fault(path="/api/views.update", drop=True),
    ],
)
async def test_a_passing_trouble_is_waited_for(slack: Slack, client: AsyncWebClient, fault: Fault) -> None:
    """Nobody is left with an unfilled modal because Slack was busy for a moment."""
    slack.faults.add(fault)
    ada = modal(slack, client)
    await ada.open(view.opening())
    await ada.show(EXPLAINED)
    assert len(shown(slack)) > 1


async def test_a_closed_modal_is_left_alone(slack: Slack, client: AsyncWebClient) -> None:
    """Who closed it before it was filled gets no message instead."""
    ada = modal(slack, client)
    await ada.open(view.opening())
    await slack.close_view(ADA, next(iter(slack.workspace.views)))
    await ada.show(EXPLAINED)
    assert (slack.ephemerals, slack.workspace.views) == ((), {})


async def test_what_cannot_be_said_at_all_raises_nothing(slack: Slack, client: AsyncWebClient) -> None:
    """With Slack away there is nobody to tell."""
    slack.faults.add(Fault(path="/api/*", drop=True, times=None))
    ada = modal(slack, client)
    await ada.open(view.opening())
    await ada.show(EXPLAINED)
    assert slack.workspace.views == {}
