"""Log lines: their form, their context and what never gets into them."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import stamina.instrumentation
from slack_bolt.logger import get_bolt_logger
from structlog.contextvars import bound_contextvars

from bot.observability import logs
from bot.store.availability.outage import Outages
from tests.redis_servers import until

log = logging.getLogger("bot.test")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    """Give the root logger and stamina's hooks back as they were."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    yield
    root.handlers = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    stamina.instrumentation.set_on_retry_hooks(None)


@pytest.fixture
def stream() -> io.StringIO:
    """Return a stream to which JSON lines go, with one configured secret."""
    stream = io.StringIO()
    logs.set_up("INFO", "auto", ['s3cret "quoted"'], stream)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """Decode what was logged."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_elsewhere_is_json_with_the_data_as_keys(stream: io.StringIO) -> None:
    """Without a terminal, an event is one JSON object with its data beside it."""
    log.info("question.delivered", extra={"seconds": 4.2})
    (line,) = lines(stream)
    assert line["event"] == "question.delivered"
    assert line["seconds"] == 4.2
    assert line["level"] == "info"


def test_a_line_on_a_terminal_is_text() -> None:
    """On a terminal, an event is a line for people."""
    stream = Terminal()
    logs.set_up("INFO", "auto", (), stream)
    log.info("question.delivered", extra={"seconds": 4.2, "why": "two words"})
    assert stream.getvalue().endswith('info    question.delivered seconds=4.2 why="two words"\n')


def test_a_chosen_form_wins_over_the_terminal() -> None:
    """LOG_FORMAT json gives JSON on a terminal too."""
    stream = Terminal()
    logs.set_up("INFO", "json", (), stream)
    log.info("bot.started")
    assert lines(stream)[0]["event"] == "bot.started"


async def test_bound_values_are_on_every_line_of_a_task_and_only_there(stream: io.StringIO) -> None:
    """Two questions at one time keep their ids apart, and an id ends with its block."""

    async def work(question: str) -> None:
        with bound_contextvars(question=question):
            await asyncio.sleep(0)
            log.info(question)

    await asyncio.gather(work("Q1"), work("Q2"))
    log.info("after")
    *both, after = lines(stream)
    assert [line["question"] for line in both] == ["Q1", "Q2"] == [line["event"] for line in both]
    assert "question" not in after


async def test_the_lines_of_an_outage_name_no_question(stream: io.StringIO) -> None:
    """The question that met Redis's absence first is not the reason for it."""
    tried = iter([OSError(), None])

    async def write() -> None:
        if error := next(tried):
            raise error

    async def back() -> bool:
        return len(lines(stream)) == 3

    with bound_contextvars(question="Q1"):
        Outages(write).failed(OSError())
        log.info("waits")
        await until(back)
    named = [(line["event"], line.get("question")) for line in lines(stream)]
    assert named == [("redis.down", None), ("waits", "Q1"), ("redis.up", None)]


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-12345-67890-abcdef",
        "xoxe.xoxb-1-abcdef",
        "xapp-1-A1-2-abcdef",
        "dapi0123456789abcdef0123456789abcdef-2",
        "dose0123456789abcdef0123456789abcdef",
        "doau0123456789abcdef0123456789abcdef",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJib3QifQ.c2ln",
        's3cret "quoted"',
    ],
)
@pytest.mark.parametrize("form", ["json", "text"])
def test_no_secret_gets_into_a_line(secret: str, form: Any) -> None:
    """A token is blotted out in the event, its data, an exception and a library's line."""
    stream = io.StringIO()
    logs.set_up("INFO", form, ['s3cret "quoted"'], stream)
    log.info("sent %s", secret, extra={"header": f"Bearer {secret}"})
    logging.getLogger("aiohttp.client").warning("refused %s", secret)
    log.error("failed", exc_info=ValueError(secret))
    text = stream.getvalue()
    assert secret not in text
    assert json.dumps(secret)[1:-1] not in text
    assert text.count("***") >= 3


def test_what_a_sign_in_sends_is_blotted_out(stream: io.StringIO) -> None:
    """Tokens, verifiers and codes stay out, whichever way a request or a reply is quoted."""
    log.info(
        "POST grant_type=refresh_token&refresh_token=doau1-hidden&client_id=the-id&client_secret=hidden-2"
    )
    log.info("replied %s", {"access_token": "hidden.3-x", "expires_in": 3600, "id_token": "hidden-4x"})
    log.info('sent {"code_verifier": "hidden~5x"} from /sign-in/callback?code=hidden/6&state=1')
    text = stream.getvalue()
    assert "hidden" not in text
    assert all(kept in text for kept in ("client_id=the-id", "3600", "/sign-in/callback?code=", "state=1"))


def test_a_password_in_an_address_is_blotted_out(stream: io.StringIO) -> None:
    """The password in a Redis address and the ticket in a Socket Mode address stay out."""
    log.info("redis://bot:opensesame@host:6379/0 and wss://wss.slack.com/link/?ticket=1234&app_id=A1")
    text = stream.getvalue()
    assert "opensesame" not in text
    assert "1234" not in text
    assert "@host:6379" in text


def test_an_error_shows_where_it_was_raised_and_none_of_its_text(stream: io.StringIO) -> None:
    """A text may quote data; the lines of the program and the kinds of errors tell enough."""
    try:
        try:
            int("salary of Ann")
        except ValueError as error:
            raise KeyError("salary of Ben") from error
    except KeyError:
        log.exception("step.crashed")
    [line] = lines(stream)
    assert "salary of" not in json.dumps(line).replace('\\"salary of Ann\\"', "").replace(
        '\\"salary of Ben\\"', ""
    )
    assert "test_logs.py" in line["exception"]
    assert "builtins.ValueError\nwhich led to:\n" in line["exception"]
    assert line["exception"].endswith("builtins.KeyError")


def test_a_librarys_chatter_stays_out_and_its_warnings_come(stream: io.StringIO) -> None:
    """Libraries are heard from WARNING on, even Bolt, which copies the root logger's level to its own."""
    bolt = get_bolt_logger(Terminal)
    bolt.info("chatter")
    bolt.warning("trouble")
    assert [line["event"] for line in lines(stream)] == ["trouble"]


def test_a_quoted_request_is_cut_off(stream: io.StringIO) -> None:
    """Bolt's warning about an unhandled request does not bring the person's words along."""
    bolt = get_bolt_logger(Terminal)
    bolt.warning("Unhandled request ({'type': 'event_callback', 'text': 'salary of Ann'})\n---\nSuggestion")
    assert lines(stream)[0]["event"] == "Unhandled request"
