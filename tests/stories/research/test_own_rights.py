"""Research where people ask as themselves: the rights, the report and the calls are those of its asker."""

import pytest

from sandbox.databricks import AgentMode
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.identity.people import direct
from tests.stories.identity.signed_in import signed_in
from tests.stories.privacy import share
from tests.stories.research.runs import TITLES, plan, quickly, report, reports, research, results
from tests.stories.world import BEN, SALES, World, words_of

pytestmark = pytest.mark.redis


async def test_a_report_is_its_askers_alone(redis_url: str) -> None:
    """Ben sees EMEA alone, in his direct messages, until he shares it; all calls carry his token."""
    workspace = {"agent_mode": AgentMode(limit=100)}
    async with signed_in(redis_url, databricks=workspace, RESEARCH_PER_MINUTE="100", CHARTS="off") as world:
        await world.start_bot(prepare=quickly)
        plan(world)
        world.databricks.faults.add(Fault(path="*/responses", cut=6))
        thread = await research(world, user=BEN)
        private = await world.slack.until(lambda: root(world))
        message = await report(world, private.ts, private.channel)
        first, _ = await results(world, private.ts, channel=private.channel)
        assert "EMEA" in words_of(first)
        assert "Americas" not in words_of(message) + words_of(first)
        assert reports(world, thread, SALES)[0].ts != message.ts
        assert "EMEA" not in "".join(words_of(each) for each in world.ours(thread))
        kinds = {"research", "items", "list", "rows"}
        assert kinds <= {each.kind for each in world.databricks.request_log}
        await share(world, message, BEN)
        tables = await results(world, thread, channel=SALES)
        assert [words_of(each).split("\n")[0] for each in tables] == [*TITLES]
        assert words_of(message).split("\n")[0] in words_of(reports(world, thread, SALES)[-1])
        assert len(world.databricks.runs) == 1
        calls = [each for each in world.databricks.request_log if each.kind in kinds]
        assert {each.identity for each in calls} == {"ben@example.com"}


def root(world: World) -> Message | None:
    """Return the question in Ben's direct messages, once it is there."""
    roots = world.slack.workspace.roots(direct(world, BEN)) if direct(world, BEN) else []
    return roots[0] if roots else None
