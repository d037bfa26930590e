"""A Prometheus that watches the bot, with the files that operators take, and a bot that nobody watches."""

import json
import subprocess
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from render.answer.actions import EXPORT_CSV
from sandbox.faults import Fault
from tests.stories.exports import press
from tests.stories.operating.prometheus import FOLDER, program, scraping
from tests.stories.operating.test_audit import ended
from tests.stories.world import BEN, GENIE, OWN_CHARTS, company, free_port

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
TOKEN = "a-token-for-prometheus"
HERE = Path(__file__).parent


@pytest.fixture
def promtool() -> str:
    """Return where promtool is, and skip where it is not installed."""
    try:
        return program("promtool")
    except LookupError as missing:
        pytest.skip(str(missing))


def dashboard_queries() -> list[str]:
    """Return the queries of the dashboard, as Grafana fills in its variables."""
    dashboard: dict[str, Any] = json.loads((FOLDER / "dashboard.json").read_text())
    found = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    return [query.replace("$job", ".+").replace("$__rate_interval", "1m") for query in found]


def test_the_alerts_fire_when_they_should(promtool: str, tmp_path: Path) -> None:
    """Prometheus' own tool takes the rules, and each fires in its case and in no other."""
    rules = FOLDER / "alerts.yml"
    cases = (HERE / "alerts_test.yml").read_text().replace("RULES", str(rules))
    (tmp_path / "cases.yml").write_text(cases)
    for arguments in (("check", "rules", str(rules)), ("test", "rules", str(tmp_path / "cases.yml"))):
        run = subprocess.run([promtool, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
        assert run.returncode == 0, run.stdout + run.stderr


async def test_prometheus_learns_what_people_ask(redis_url: str, tmp_path: Path, promtool: str) -> None:
    """A question and the file of its answer are counted; every query of the dashboard is understood."""
    port = free_port()
    async with (
        company(redis_url, databricks=OWN_CHARTS, METRICS_PORT=str(port)) as world,
        scraping(tmp_path, f"127.0.0.1:{port}") as prometheus,
    ):
        await world.start_bot()
        answer = await world.answer(await world.ask(QUESTION))
        await ended(world, 1)
        await press(world, answer, EXPORT_CSV, BEN)
        await ended(world, 2)
        await prometheus.until('genie_bot_jobs_total{kind="export",outcome="exported"}', lambda n: n == 1)
        space = world.databricks.space_id
        asked = f'genie_bot_questions_total{{outcome="answered",space="{space}"}}'
        assert await prometheus.until(asked, lambda n: n == 1)
        assert await prometheus.until("genie_bot_polls_total", lambda n: n >= 1)
        total = await prometheus.until('genie_bot_stage_seconds_sum{stage="total"}', lambda n: n > 0.3)
        parts = await prometheus.until('sum(genie_bot_stage_seconds_sum{stage!="total"})', lambda n: n > 0.3)
        assert abs(total - parts) < 0.2
        assert await prometheus.until("genie_bot_limit_used", lambda n: n == 1)
        assert await prometheus.until("genie_bot_redis_up", lambda n: n == 1)
        assert await prometheus.until('genie_bot_slack_calls_total{method="chat.update",result="ok"}', bool)
        assert await prometheus.until('genie_bot_renderings_total{work="answer",result="ok"}', bool)
        await world.ask(f"{GENIE} research: Revenue by region in 2025")
        research = 'genie_bot_research_total{outcome="answered"}'
        assert await prometheus.until(research, lambda n: n == 1)
        for query in dashboard_queries():
            # What is counted only when it fails has no series, as nothing has failed.
            if 'result!="ok"' in query or "step_failures" in query:
                await prometheus.query(query)
            else:
                assert await prometheus.until(f"count({query})", bool)


async def test_with_a_token_the_port_of_the_bot_is_enough(redis_url: str) -> None:
    """Where a platform opens one port only; without the token, and without the setting, nothing is told."""
    async with company(redis_url, METRICS_TOKEN=TOKEN) as world, aiohttp.ClientSession() as http:
        await world.start_bot()
        url = f"http://127.0.0.1:{world.environment['PORT']}/metrics"
        async with http.get(url) as refused:
            assert (refused.status, await refused.text()) == (401, "")
        async with http.get(url, headers={"Authorization": f"Bearer {TOKEN}"}) as told:
            assert told.status == 200
            assert "genie_bot_limit_capacity 20.0" in (await told.text()).splitlines()
        assert not any(TOKEN in line for line in world.bots[-1].log)


@pytest.mark.slow
async def test_unwatched_it_tells_nothing(redis_url: str) -> None:
    """Neither setting: there is no such page."""
    async with company(redis_url) as world, aiohttp.ClientSession() as http:
        await world.start_bot()
        async with http.get(f"http://127.0.0.1:{world.environment['PORT']}/metrics") as answer:
            assert answer.status == 404


@pytest.mark.slow
async def test_errors_are_counted_by_kind_and_hold_no_words(redis_url: str) -> None:
    """A refusal of Databricks is a kind; no question, person or channel is in what is told."""
    async with company(redis_url, METRICS_TOKEN=TOKEN) as world, aiohttp.ClientSession() as http:
        await world.start_bot()
        body = '{"error_code": "PERMISSION_DENIED", "message": "secret table"}'
        world.databricks.faults.add(Fault(path="*/start-conversation", status=403, body=body))
        await world.answer(await world.ask(QUESTION))
        await ended(world, 1)
        url = f"http://127.0.0.1:{world.environment['PORT']}/metrics"
        async with http.get(url, headers={"Authorization": f"Bearer {TOKEN}"}) as told:
            text = await told.text()
        assert 'genie_bot_questions_total{outcome="Forbidden",space="none"} 1.0' in text
        assert 'operation="POST start-conversation",result="Forbidden"} 1.0' in text
        assert not any(each in text for each in ("revenue", "secret", "U0", "C0", "T0", "Ada"))
