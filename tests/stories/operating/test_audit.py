"""What auditors read with `python -m bot audit`, and what is left after `python -m bot forget-me`."""

import asyncio
import csv
import io
import json
import sys
from asyncio.subprocess import PIPE

import pytest
from redis.asyncio import Redis

from bot.__main__ import COMMANDS
from bot.config.load import load
from bot.store.grants import GrantStore
from bot.store.keys import Keys
from bot.wiring.forget_command import parse
from render import words
from render.answer.actions import EXPORT_CSV
from render.words.operator import audit as operator
from sandbox.faults import Fault
from tests.stories.exports import press
from tests.stories.identity.people import EMAILS
from tests.stories.identity.signed_in import signed_in
from tests.stories.world import ADA, BEN, GENIE, OWN_CHARTS, ROOT, SALES, World, company

pytestmark = pytest.mark.redis

REVOKE = "/oidc/v1/revoke"
QUESTION = f"{GENIE} revenue by region last year"


async def command(world: World, *arguments: str) -> tuple[int, str, str]:
    """Run a command of operators beside the bot; return its status, its output and its errors."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments), cwd=ROOT, env=world.environment, stdout=PIPE, stderr=PIPE
    )
    out, errors = await process.communicate()
    return process.returncode or 0, out.decode("utf-8-sig"), errors.decode()


async def ended(world: World, number: int) -> None:
    """Wait until so many questions and clicks have ended."""
    log = world.bots[-1].log
    await world.until(lambda: sum("question.ended" in line or "job.ended" in line for line in log) >= number)


async def test_an_auditor_reads_who_asked_and_who_took_the_rows(redis_url: str) -> None:
    """One line for the question, one for the file that somebody else took of its answer; no words."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        await world.start_bot()
        answer = await world.answer(await world.ask(QUESTION))
        await ended(world, 1)
        await press(world, answer, EXPORT_CSV, BEN)
        await ended(world, 2)
        status, out, errors = await command(world, "audit", "--since", "1h")
        assert (status, errors) == (0, "")
        asked, taken = csv.DictReader(io.StringIO(out))
        assert (asked["kind"], asked["outcome"], asked["user"], asked["channel"], asked["as"]) == (
            *("question", "answered", ADA, SALES, "bot"),
        )
        assert (asked["space"], asked["private"]) == (world.databricks.space_id, "false")
        assert asked["asked_at"] < asked["ended_at"] <= taken["ended_at"]
        assert (taken["kind"], taken["user"], taken["about"]) == ("export", BEN, asked["id"])
        assert "revenue" not in out
        status, out, _ = await command(world, "audit", "--json", "--user", BEN)
        assert [json.loads(line)["kind"] for line in out.splitlines()] == ["export"]
        status, out, errors = await command(world, "audit", "--until", "yesterday")
        assert (status, out) == (2, "")
        assert "'yesterday' is none of these" in errors


@pytest.mark.slow
async def test_words_and_sql_stand_there_where_the_operator_wants_them(redis_url: str) -> None:
    """They cannot run in a spreadsheet; and forgetting the person takes them away."""
    async with company(redis_url, databricks=OWN_CHARTS, AUDIT_CONTENT="true") as world:
        await world.start_bot()
        await world.answer(await world.ask(f"{GENIE} =HYPERLINK(1) revenue by region last year"))
        await ended(world, 1)
        _, out, _ = await command(world, "audit", "--csv")
        [row] = csv.DictReader(io.StringIO(out))
        assert row["question"].startswith("'=HYPERLINK(1) revenue by region")
        assert "SELECT" in row["sql"]
        status, out, errors = await command(world, "forget-me", "--user", ADA)
        assert (status, errors) == (0, "")
        assert out.startswith(f"Forgot {ADA}: 1 entries of the audit trail, 1 questions and clicks,")
        _, out, _ = await command(world, "audit", "--json")
        assert out == ""


@pytest.mark.slow
async def test_commands_explain_what_they_cannot_do(redis_url: str) -> None:
    """An unknown command names those that there are; without a trail the command says so."""
    async with company(redis_url, AUDIT_DAYS="0") as world:
        status, _, errors = await command(world, "audits")
        assert status == 2
        assert ", ".join(COMMANDS) in errors
        status, out, errors = await command(world, "audit", "--json")
        assert (status, out) == (0, "")
        assert "AUDIT_DAYS" in errors


async def test_an_operator_ends_the_sign_in_of_whom_they_forget(
    redis_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In Databricks, too, or they hear that it could not be done there."""
    async with signed_in(redis_url) as world:
        said = []
        for user, identity in zip(EMAILS, ("user", "user", "app"), strict=True):
            await parse(["--user", user])(load(world.environment | {"IDENTITY": identity}, None))
            said.append(capsys.readouterr().err.strip())
            world.databricks.faults.add(Fault(path=REVOKE, status=503, times=None))
        assert said == ["", operator.NOT_REVOKED, operator.NOT_REVOKED]
        revoked = [call.status for call in world.databricks.request_log if call.path == REVOKE]
        assert revoked == [200, 503]
        async with Redis.from_url(redis_url, decode_responses=True) as redis:
            left = await GrantStore(redis, Keys(world.environment["REDIS_PREFIX"])).people()
        assert not left


async def test_a_person_has_themselves_forgotten(redis_url: str) -> None:
    """They hear when it is done; the trail keeps that they did so, and nothing of what they asked."""
    async with company(redis_url, databricks=OWN_CHARTS, AUDIT_CONTENT="true") as world:
        await world.start_bot()
        answers = [await world.answer(await world.ask(QUESTION, user)) for user in (ADA, BEN)]
        assert all(answers)
        await ended(world, 2)
        await world.slack.command(ADA, SALES, "/genie", "forget me")
        told = words.commands.FORGOT_PERSON
        await world.slack.until(lambda: [each for each in world.slack.ephemerals if each.text == told])
        await ended(world, 3)
        _, out, _ = await command(world, "audit", "--json")
        found = [json.loads(line) for line in out.splitlines()]
        assert [(row["kind"], row["user"]) for row in found] == [("question", BEN), ("forget_person", ADA)]
        async with Redis.from_url(redis_url, decode_responses=True) as redis:
            keys = Keys(world.environment["REDIS_PREFIX"])
            stored = [
                await redis.hgetall(key) async for key in redis.scan_iter(keys.question("*"), _type="hash")
            ]
        assert sum("revenue" in str(record) for record in stored) == 1
