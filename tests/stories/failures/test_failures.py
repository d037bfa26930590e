"""Every wait ends and every end is told, in the thread of the question and in words to act on."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from render import words
from sandbox.databricks.genie.timing import Timing, Turn
from sandbox.faults import Fault
from tests.stories.world import ADA, GENIE, PATIENT_SLACK, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one bot, over Socket Mode."""
    async with company(redis_url) as opened:
        await opened.start_bot()
        yield opened


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("SQL_EXECUTION_EXCEPTION", "query"),
        ("CONTENT_FILTER_EXCEPTION", "filter"),
        ("WAREHOUSE_ACCESS_MISSING_EXCEPTION", "warehouse"),
        ("SOMETHING_NEW_EXCEPTION", "Genie"),
    ],
)
async def test_a_failed_message_is_explained(world: World, error: str, sentence: str) -> None:
    """A question that Genie could not answer ends in words, without the text of the error."""
    secret = "table hr.gold.payroll SELECT salary"
    world.databricks.turns.add(Turn(end="FAILED", error_type=error, error=secret))
    answer = await world.answer(await world.ask(QUESTION))
    assert sentence in words_of(answer)
    assert "payroll" not in str(answer)
    assert "payroll" not in "".join(world.bots[0].log)


async def test_a_cancelled_message_is_told_at_once(world: World) -> None:
    """CANCELLED is an end, not something to wait for."""
    world.databricks.turns.add(Turn(end="CANCELLED"))
    answer = await world.answer(await world.ask(QUESTION))
    assert "cancel" in words_of(answer).lower() or "stopped" in words_of(answer).lower()


async def test_a_failed_question_can_be_tried_again(world: World) -> None:
    """The button asks the same words again, as a new question in the same thread."""
    world.databricks.turns.add(Turn(end="FAILED", error_type="RETRYABLE_PROCESSING_EXCEPTION"))
    asked = await world.ask(QUESTION)
    trouble = await world.answer(asked)
    await world.slack.click(ADA, SALES, trouble.ts, "ask_again")
    answer = await world.answer(asked, 2)
    assert "data_table" in kinds(answer)
    assert [each.content for each in world.databricks.questions()] == ["revenue by region last year"] * 2


async def test_unknown_statuses_and_steps_back_are_waited_for(world: World) -> None:
    """A status that nobody knows, and EXECUTING_QUERY going back to ASKING_AI, end in the answer."""
    world.databricks.turns.add(
        Turn(statuses=("SUBMITTED", "IN_PROGRESS", "EXECUTING_QUERY", "ASKING_AI", "EXECUTING_QUERY"))
    )
    answer = await world.answer(await world.ask(QUESTION))
    assert "data_table" in kinds(answer)


async def test_a_completed_message_without_attachments_says_so(world: World) -> None:
    """Genie finished and left nothing: looked at once more, then told."""
    world.databricks.turns.add(Turn(silent=True))
    answer = await world.answer(await world.ask(QUESTION))
    assert words.answer.NO_ANSWER in words_of(answer)


async def test_expired_rows_are_read_again_without_a_question(world: World) -> None:
    """QUERY_RESULT_EXPIRED runs the SQL again; no question is spent."""
    world.databricks.turns.add(Turn(end="QUERY_RESULT_EXPIRED"))
    answer = await world.answer(await world.ask(QUESTION))
    assert "data_table" in kinds(answer)
    assert len(world.databricks.questions()) == 1


async def test_a_deadline_is_told_and_checked_again(redis_url: str) -> None:
    """After the deadline the thread says so; "Check Again" goes on with the same message."""
    async with company(redis_url, timing=Timing(total=lambda _: 4.5), ANSWER_DEADLINE_SECONDS="3") as world:
        await world.start_bot()
        asked = await world.ask(QUESTION)
        overdue = await world.answer(asked)
        assert words.failures.DEADLINE in words_of(overdue)
        await world.slack.click(ADA, SALES, overdue.ts, "check_again")
        await world.slack.until(
            lambda: "data_table" in kinds(world.slack.workspace.message(SALES, overdue.ts)), 20
        )
        assert len(world.databricks.questions()) == 1


async def test_polls_survive_every_passing_fault(world: World) -> None:
    """429, 503, broken bodies and cut connections while polling delay the answer and nothing more."""
    path = "*/messages/*"
    for fault in (
        Fault(path=path, method="GET", status=429, retry_after="1"),
        Fault(path=path, method="GET", status=503),
        Fault(path=path, method="GET", malformed=True),
        Fault(path=path, method="GET", drop=True),
        Fault(path=path, method="GET", status=502, body="<html>bad gateway</html>", content_type="text/html"),
    ):
        world.databricks.faults.add(fault)
    answer = await world.answer(await world.ask(QUESTION))
    assert "data_table" in kinds(answer)
    assert len(world.databricks.questions()) == 1


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (403, '{"error_code": "PERMISSION_DENIED", "message": "secret table"}', "CAN RUN"),
        (400, '{"error_code": "BAD_REQUEST", "message": "secret table"}', ""),
        (501, '{"error_code": "NOT_IMPLEMENTED", "message": "secret table"}', "switched on"),
        (200, "<html>Sign in</html>", ""),
    ],
)
async def test_a_refused_question_is_explained(world: World, status: int, body: str, sentence: str) -> None:
    """What Databricks refuses ends in words, whatever form the refusal has."""
    kind = "text/html" if body.startswith("<") else "application/json"
    fault = Fault(path="*/start-conversation", status=status, body=body, content_type=kind, times=3)
    world.databricks.faults.add(fault)
    answer = await world.answer(await world.ask(QUESTION))
    assert sentence in words_of(answer)
    assert "secret" not in str(answer)
    assert "secret" not in "".join(world.bots[0].log)


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (("data_table",), "table"),
        pytest.param(("container",), "table", marks=pytest.mark.slow),
        pytest.param(("data_table", "table", "container"), "rich_text", marks=pytest.mark.slow),
        (("data_table", "table", "container", "rich_text"), "section"),
    ],
)
async def test_an_answer_steps_down_to_what_slack_knows(
    redis_url: str, missing: tuple[str, ...], expected: str
) -> None:
    """A workspace that does not have the newer blocks yet gets the rows in an older form."""
    slack = replace(PATIENT_SLACK, unavailable_blocks=frozenset(missing))
    async with company(redis_url, slack=slack) as world:
        await world.start_bot()
        answer = await world.answer(await world.ask(QUESTION))
        await world.chart(answer)
        assert expected in kinds(answer)
        assert not set(missing) & set(kinds(answer))
        assert "EMEA" in words_of(answer)


@pytest.mark.parametrize(("missing", "beside"), [((), []), (("data_table", "table"), ["csv"])])
async def test_rows_come_as_a_file_only_beside_an_answer_that_lacks_some(
    redis_url: str, missing: tuple[str, ...], beside: list[str]
) -> None:
    """Twelve columns stand in a table of Slack; in lines of text there is no room for all of them."""
    slack = replace(PATIENT_SLACK, unavailable_blocks=frozenset(missing))
    async with company(redis_url, slack=slack) as world:
        columns = ", ".join(f"'some words here {at}' AS column_{at}" for at in range(12))
        world.databricks.turns.add(Turn(sql=f"SELECT {columns} UNION ALL SELECT {columns}"))
        await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.ask("only EMEA", thread=asked)
        await world.answer(asked, 2)
        shared = [world.slack.workspace.files[file] for each in world.ours(asked) for file in each.files]
        assert [file.name.rpartition(".")[2] for file in shared] == beside


async def test_a_chart_that_slack_will_not_show_inside_stands_below(redis_url: str) -> None:
    """Where Slack refuses image blocks the chart is shared as a file in the thread."""
    slack = replace(PATIENT_SLACK, unavailable_blocks=frozenset({"image"}))
    async with company(redis_url, slack=slack) as world:
        await world.start_bot()
        asked = await world.ask(QUESTION)
        answer = await world.answer(asked)
        [shared] = await world.slack.until(lambda: [each for each in world.ours(asked) if each.files])
        assert world.slack.workspace.files[shared.files[0]].name == "chart.png"
        assert "data_table" in kinds(answer)


async def test_a_login_page_in_between_costs_nothing(world: World) -> None:
    """One poll answered by somebody's login page does not end a question that Genie is working on."""
    page = Fault(
        path="*/messages/*", method="GET", status=200, body="<html>", content_type="text/html", times=2
    )
    world.databricks.faults.add(page)
    answer = await world.answer(await world.ask(QUESTION))
    assert "data_table" in kinds(answer)


async def test_a_login_page_in_place_of_a_question_costs_no_token(redis_url: str) -> None:
    """With one question a minute, the next one is asked at once: nothing had reached Genie."""
    async with company(redis_url, QUESTIONS_PER_MINUTE="1") as world:
        await world.start_bot()
        world.databricks.faults.add(
            Fault(path="*/start-conversation", status=302, location="/login.html", content_type="text/html")
        )
        refused = await world.answer(await world.ask(QUESTION))
        assert words.failures.SIGN_IN_FAILED in words_of(refused)
        assert "data_table" in kinds(await world.answer(await world.ask(QUESTION)))


async def test_a_token_that_has_ended_is_renewed_without_a_word(redis_url: str) -> None:
    """A 403 about a service principal's token, at the question and at a look, is noticed by nobody."""
    ended = Fault(status=403, body='{"error_code": 403, "message": "Invalid access token."}')
    async with company(redis_url, DATABRICKS_TOKEN="") as world:
        databricks = world.databricks
        await world.start_bot(
            DATABRICKS_CLIENT_ID=databricks.client_id, DATABRICKS_CLIENT_SECRET=databricks.client_secret
        )
        databricks.faults.add(replace(ended, path="*/start-conversation"))
        databricks.faults.add(replace(ended, path="*/messages/*", method="GET"))
        assert "data_table" in kinds(await world.answer(await world.ask(QUESTION)))
        assert [each.status for each in databricks.questions()] == [403, 200]


@pytest.mark.slow
async def test_a_crowded_start_leaves_patience_for_a_login_page(world: World) -> None:
    """Refusals on the way to Genie say nothing about the looks that come after it has the question."""
    faults = world.databricks.faults
    faults.add(Fault(path="*/start-conversation", status=429, retry_after="1", times=5))
    faults.add(Fault(path="*/messages/*", status=302, location="/login.html", times=3))
    assert "data_table" in kinds(await world.answer(await world.ask(QUESTION)))


async def test_an_answer_survives_its_picture(world: World) -> None:
    """When Slack refuses the chart's upload, the answer stands without it."""
    world.slack.faults.add(
        Fault(
            path="/api/files.getUploadURLExternal",
            status=200,
            body='{"ok": false, "error": "file_uploads_disabled"}',
        )
    )
    asked = await world.ask(QUESTION)
    answer = await world.answer(asked)
    await world.ask("only EMEA", thread=asked)
    await world.answer(asked, 2)
    assert "image" not in kinds(world.slack.workspace.message(SALES, answer.ts))


async def test_a_deleted_placeholder_does_not_swallow_the_answer(world: World) -> None:
    """Somebody removed the bot's message: the answer is posted anew."""
    world.databricks.turns.add(Turn(statuses=("ASKING_AI",) * 6))
    asked = await world.ask(QUESTION)
    [placeholder] = await world.slack.until(lambda: world.ours(asked))
    del world.slack.workspace.messages[SALES][placeholder.ts]
    answer = await world.answer(asked)
    assert "data_table" in kinds(answer)


async def test_rows_left_out_come_as_a_file(world: World) -> None:
    """A long result shows its first rows, says how many there are, and brings all of them as CSV."""
    asked = await world.ask(f"{GENIE} revenue by customer last year")
    answer = await world.answer(asked)
    [shared] = await world.slack.until(lambda: [each for each in world.ours(asked) if each.files])
    file = world.slack.workspace.files[shared.files[0]]
    assert "Showing the first" in words_of(answer)
    assert file.name.endswith(".csv")
    assert file.content
    assert file.content.count(b"\n") > 100


async def test_a_refusal_keeps_its_words_while_slack_is_busy(world: World) -> None:
    """Slack takes no edit at first: the thread reads later why Genie refused, and nothing else."""
    world.databricks.faults.add(Fault(path="*/start-conversation", status=403, times=None))
    world.slack.faults.add(Fault(path="/api/chat.update", status=429, retry_after="1"))
    answer = await world.answer(await world.ask(QUESTION))
    assert words.failures.FORBIDDEN in words_of(answer)
