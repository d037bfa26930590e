"""Whatever Databricks answers, the thread ends with words to act on, and with nothing of its texts."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from databricks.sdk.service.dashboards import MessageErrorType

from bot.failures.message_error_causes import MESSAGE_CAUSES
from render import words
from sandbox.databricks.genie.timing import Turn
from sandbox.faults import Fault
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.records import Message
from tests.stories.world import CHLOE, GENIE, World, company, kinds, waiting, words_of

pytestmark = [pytest.mark.redis, pytest.mark.slow]

QUESTION = f"{GENIE} revenue by region last year"
SECRET = "hr.gold.payroll salary dapi0123456789abcdef0123456789abcdef"
MESSAGE_ERRORS = [*(kind.value for kind in MessageErrorType), "SOMETHING_NEW_EXCEPTION", ""]


def clean(world: World, answer: Message) -> bool:
    """Tell whether nothing of Databricks' texts is in a message or in the log."""
    seen = str(answer) + "".join(line for bot in world.bots for line in bot.log)
    return not any(word in seen for word in (*SECRET.split(), "Traceback"))


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open a company in which everybody may ask as much as they like."""
    async with company(
        redis_url,
        limits=Limits.none(),
        databricks={"question_limit": 10_000},
        QUESTIONS_PER_MINUTE="2000",
        ANSWER_DEADLINE_SECONDS="20",
    ) as opened:
        await opened.start_bot()
        yield opened


@pytest.mark.slow
async def test_each_message_error_is_told(world: World) -> None:
    """All reasons that Genie knows, a new one and none: each in its own words, within the deadline."""
    for number, kind in enumerate(MESSAGE_ERRORS):
        turn = Turn(match=f"case {number:03d}", end="FAILED", error_type=kind, error=SECRET, times=2)
        world.databricks.turns.add(turn)
    threads = {
        kind: await world.ask(f"{QUESTION}, case {number:03d}") for number, kind in enumerate(MESSAGE_ERRORS)
    }
    wrong = []
    for kind, thread in threads.items():
        known = kind in {each.value for each in MessageErrorType}
        expected = MESSAGE_CAUSES[kind].words if known else words.failures.NO_REASON
        answer = await ended(world, thread, 1, within=90)
        if expected not in words_of(answer) or not clean(world, answer):
            wrong.append((kind, words_of(answer)))
    assert wrong == []


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (Turn(end="CANCELLED"), words.failures.CANCELLED),
        (Turn(silent=True), words.answer.NO_ANSWER),
        (Turn(end="QUERY_RESULT_EXPIRED"), "EMEA"),
        pytest.param(Turn(end="", statuses=("DREAMING",)), words.failures.DEADLINE, marks=pytest.mark.slow),
    ],
)
async def test_each_status_is_told(world: World, turn: Turn, expected: str) -> None:
    """A final status without an answer, and one that never ends."""
    world.databricks.turns.add(turn)
    answer = await ended(world, await world.ask(QUESTION), 1, within=60)
    assert expected in words_of(answer)


@dataclass(frozen=True)
class Case:
    """An answer of HTTP, and what people read after it."""

    name: str
    fault: Fault
    asking: str
    polling: str = words.failures.DEADLINE
    rows: str = words.answer.ROWS_UNREADABLE


def case(status: int, asking: str, code: str = "", *, page: bool = False, **told: str) -> Case:
    body = "<html>secret</html>" if page else f'{{"error_code": "{code}", "message": "{SECRET}"}}'
    kind = "text/html" if page else "application/json"
    fault = Fault(
        status=status, body=body, content_type=kind, times=None, retry_after=told.pop("after", None)
    )
    return Case(f"{status} {code}{' page' * page}", fault, asking, **told)


SCOPE = '{"error_code": 403, "message": "Provided OAuth token does not have required scopes: genie"}'
NO_TOKEN = '{"error_code": 403, "message": "Invalid access token."}'
CASES = [
    case(300, words.failures.SIGN_IN_FAILED, polling=words.failures.SIGN_IN_FAILED),
    case(302, words.failures.SIGN_IN_FAILED, page=True, polling=words.failures.SIGN_IN_FAILED),
    case(200, words.failures.SIGN_IN_FAILED, page=True, polling=words.failures.SIGN_IN_FAILED),
    case(400, words.failures.BAD_REQUEST, "INVALID_PARAMETER_VALUE", polling=words.failures.BAD_REQUEST),
    case(401, words.failures.SIGN_IN_FAILED, "UNAUTHENTICATED", polling=words.failures.SIGN_IN_FAILED),
    case(403, words.failures.FORBIDDEN, "PERMISSION_DENIED", polling=words.failures.FORBIDDEN),
    Case(
        "403 scope", Fault(status=403, body=SCOPE), words.failures.SCOPE_MISSING, words.failures.SCOPE_MISSING
    ),
    Case(
        "403 token",
        Fault(status=403, body=NO_TOKEN, times=None),
        words.failures.SIGN_IN_FAILED,
        words.failures.SIGN_IN_FAILED,
    ),
    case(404, words.answer.CONTEXT_LOST, "RESOURCE_DOES_NOT_EXIST", polling=words.failures.NOT_FOUND),
    case(404, words.failures.NOT_ENABLED, "FEATURE_DISABLED", polling=words.failures.NOT_ENABLED),
    case(408, words.failures.MAYBE_ASKED),
    case(409, words.threads.STILL_BLOCKED, "ABORTED"),
    case(429, words.failures.RATE_LIMITED, "RESOURCE_EXHAUSTED", after="1"),
    case(499, words.failures.MAYBE_ASKED, "CANCELLED"),
    case(500, words.failures.MAYBE_ASKED, "INTERNAL_ERROR"),
    case(501, words.failures.NOT_ENABLED, "NOT_IMPLEMENTED", polling=words.failures.NOT_ENABLED),
    case(502, words.failures.MAYBE_ASKED, page=True),
    case(503, words.failures.UNAVAILABLE, "TEMPORARILY_UNAVAILABLE"),
    case(504, words.failures.MAYBE_ASKED, "DEADLINE_EXCEEDED"),
    Case("reset", Fault(drop=True, times=None), words.failures.MAYBE_ASKED),
]


async def opened(world: World) -> dict[str, tuple[str, str]]:
    """Give each case a thread with an answer; return it with its conversation."""
    threads = {}
    for each in CASES:
        before = len(world.databricks.questions())
        threads[each.name] = await world.ask(QUESTION, CHLOE)
        await world.asked(before + 1)
    for thread in threads.values():
        await world.answer(thread, within=60)
    ids = [each.conversation_id for each in world.databricks.questions()]
    return {name: (thread, ids[number]) for number, (name, thread) in enumerate(threads.items())}


async def told(world: World, path: str, method: str, expected: dict[str, str]) -> list[tuple[str, str]]:
    """Ask a follow-up in each thread, with each case's fault in its way; return what is told wrongly."""
    threads = await opened(world)
    for each in CASES:
        conversation = f"*/conversations/{threads[each.name][1]}"
        fields = {
            name: getattr(each.fault, name) for name in ("status", "body", "content_type", "retry_after")
        }
        fault = Fault(conversation + path, method, drop=each.fault.drop, times=None, **fields)
        world.databricks.faults.add(fault)
    for thread, _ in threads.values():
        await world.ask("units by region last year", CHLOE, thread=thread)
    answers = await asyncio.gather(*(ended(world, thread, 2, 150) for thread, _ in threads.values()))
    ends = zip(threads, answers, strict=True)
    return [
        (name, words_of(answer))
        for name, answer in ends
        if expected[name] not in words_of(answer) or not clean(world, answer)
    ]


async def ended(world: World, thread: str, number: int, within: float) -> Message:
    """Wait for the last words of a thread's n-th question."""

    def last() -> Message | None:
        said = [each for each in world.ours(thread) if not each.files]
        done = len(said) >= number and not waiting(said[number - 1])
        return said[number - 1] if done and not passing(said[number - 1]) else None

    return await world.slack.until(last, within)


def passing(message: Message) -> bool:
    """Tell whether a message only says what is waited for."""
    return words.threads.BLOCKED in words_of(message) or "ask again in" in words_of(message)


@pytest.mark.slow
async def test_each_http_error_of_a_question_is_told(world: World) -> None:
    """Whatever the POST of a question answers, its thread reads what happened and what to do."""
    assert await told(world, "/messages", "POST", {each.name: each.asking for each in CASES}) == []


@pytest.mark.slow
async def test_each_refusal_of_a_first_question_is_told(world: World) -> None:
    """The same for a new conversation, where a 404 says that the space is gone."""
    wrong = []
    for each in CASES:
        if each.fault.drop or each.asking in {
            words.failures.MAYBE_ASKED,
            words.failures.RATE_LIMITED,
            words.failures.UNAVAILABLE,
        }:
            continue
        world.databricks.faults.clear()
        world.databricks.faults.add(replace(each.fault, path="*/start-conversation", times=None))
        answer = await ended(world, await world.ask(QUESTION, CHLOE), 1, within=60)
        expected = words.failures.NOT_FOUND if each.asking == words.answer.CONTEXT_LOST else each.asking
        if expected not in words_of(answer) or not clean(world, answer):
            wrong.append((each.name, words_of(answer)))
    assert wrong == []


@pytest.mark.slow
async def test_each_http_error_of_a_look_is_told(world: World) -> None:
    """What passes is waited for until the deadline; what does not is told."""
    assert await told(world, "/messages/*", "GET", {each.name: each.polling for each in CASES}) == []


@pytest.mark.slow
async def test_each_http_error_of_rows_leaves_the_answer(world: World) -> None:
    """Without its rows an answer is still shown, and says what is missing."""
    assert (
        await told(world, "/messages/*/query-result", "GET", {each.name: each.rows for each in CASES}) == []
    )


@pytest.mark.slow
async def test_a_databricks_that_is_gone_is_told(world: World) -> None:
    """Refused connections are tried for a while, then the thread says that Databricks cannot be reached."""
    asked = await world.ask(QUESTION)
    assert "data_table" in kinds(await world.answer(asked))
    await world.databricks.__aexit__(None, None, None)
    thread = await world.ask(QUESTION)
    assert words.failures.NOT_REACHED in words_of(await ended(world, thread, 1, within=150))
