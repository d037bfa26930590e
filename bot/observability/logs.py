"""Logging: one line for each event, for people on a terminal and as JSON elsewhere, without secrets.

An event has a dotted name and its data as keys: `log.info("question.delivered", extra={"seconds": 4.2})`.
Values of `structlog.contextvars` are added to every line of a task, those of libraries too.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Literal, TextIO

import stamina.instrumentation
from structlog import contextvars, processors, stdlib
from structlog.typing import EventDict

from render.text.escape import HIDDEN
from render.text.limits import JOINERS

_UNSEEN = re.compile(f"[{HIDDEN}{JOINERS}\t\n\r\x85\u2028\u2029]")
"""What moves the cursor, ends a line or turns it around: a value could forge a line of its own with it."""

_SECRETS = (
    re.compile(r"\bxox[a-z](?:\.xox[a-z])?-[\w-]+"),  # https://docs.slack.dev/authentication/tokens
    re.compile(r"\bxapp-[\w-]+"),
    re.compile(r"\bdapi[0-9a-f]{8,}(?:-\d+)?"),
    re.compile(r"\bdo(?:se|au)[0-9a-f]{8,}"),  # a client's secret and a refresh token of Databricks' OAuth
    re.compile(
        r"""(?i)\b(?:[a-z]+_token|client_secret|code_verifier)[\\"']*\s?[=:]\s?[\\"']*[\w.~+/%-]{8,}"""
    ),
    re.compile(r"(?i)(?<=[?&]code=)[^&\s\"']+"),  # with which a browser comes back from Databricks
    re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"),  # JSON Web Token
    re.compile(r"(?i)(?<=\bbearer )[\w.~+/=-]{16,}"),
    re.compile(r"(?i)(?<=\bbasic )[\w+/=-]{16,}"),
    re.compile(r"(?i)(?<=[?&]ticket=)[^&\s\"']+"),  # of a Socket Mode address
    re.compile(r"""(?<=://)[^/\s:@"']*:[^/\s@"']+(?=@)"""),  # name and password in an address
)

_LIBRARIES = (
    "slack_bolt",
    "slack_sdk",
    "aiohttp",
    "oauthlib",
    "databricks",
    "matplotlib",
    "PIL",
    "fontTools",
    "redis",
)
"""Loggers of which only warnings concern the operator."""

_ERRORS_ONLY = "slack_bolt.AsyncApp"
"""It warns of how we build Bolt's app, which is meant."""

_WITH_PAYLOADS = frozenset(("slack_bolt", "slack_sdk", "databricks"))
"""Libraries whose messages may quote a request or a reply, which hold people's questions."""


def set_up(
    level: str,
    form: Literal["auto", "json", "text"],
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Log to `stream`, by default stderr, as the settings say; `secrets` never appear in a line."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(secrets, as_text=form == "text" or (form == "auto" and stream.isatty())))
    handler.addFilter(_concerns_us)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    stamina.instrumentation.set_on_retry_hooks([])  # a repetition is meant; what fails in the end is logged


def formatter(secrets: Iterable[str] = (), *, as_text: bool) -> logging.Formatter:
    """Write records as text or as JSON, without `secrets`."""
    known = {form for secret in secrets if secret for form in (secret, json.dumps(secret)[1:-1])}
    return stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            contextvars.merge_contextvars,
            stdlib.ExtraAdder(),
            stdlib.add_log_level,
            stdlib.add_logger_name,
        ],
        processors=[
            _without_payload,
            stdlib.ProcessorFormatter.remove_processors_meta,
            *(_TEXT if as_text else _JSON),
            partial(_without_secrets, known=sorted(known, key=len, reverse=True)),
        ],
    )


def _concerns_us(record: logging.LogRecord) -> bool:
    """Drop the chatter of libraries; by their loggers' levels this cannot be done, as Bolt sets its own."""
    if record.name.partition(".")[0] not in _LIBRARIES:
        return True
    return record.levelno >= (logging.ERROR if record.name == _ERRORS_ONLY else logging.WARNING)


def _without_payload(_: object, __: str, event: EventDict) -> EventDict:
    """Cut a quoted request or reply off a library's message."""
    if event["_record"].name.partition(".")[0] in _WITH_PAYLOADS:
        event["event"] = re.split(r"[{\n]", event["event"], maxsplit=1)[0].rstrip(" (:")
    return event


def _without_secrets(_: object, __: str, line: Any, *, known: list[str]) -> str:
    """Blot secrets out of a rendered line, and write what cannot be seen as JSON does."""
    text = "\n".join(_UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", part) for part in line.split("\n"))
    for secret in known:
        text = text.replace(secret, "***")
    for pattern in _SECRETS:
        text = pattern.sub("***", text)
    return text


def _text(_: object, __: str, event: EventDict) -> str:
    """Write an event for people, and below it what was raised."""
    head, error = "{time} {level:7} {event}".format(**event), event.pop("exception", "")
    data = " ".join(f"{key}={_quoted(value)}" for key, value in event.items() if key not in _IN_HEAD)
    line = f"{head} {data}".rstrip().replace("\n", "\\n")
    return f"{line}\n{error}" if error else line


def _quoted(value: object) -> str:
    # As JSON and without colours, so that a secret looks as `_without_secrets` expects it.
    text = str(value)
    return text if re.fullmatch(r"\S+", text) else json.dumps(text, ensure_ascii=False)


def _error(_: object, __: str, event: EventDict) -> EventDict:
    """Write where an error was raised and of which kind it is, without its text, which may quote data."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else sys.exc_info()[1] if info is True else info
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_traceback(error))
    return event


def _traceback(error: BaseException) -> Iterator[str]:
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier:
        yield from _traceback(earlier)
        yield "which led to:"
    yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
    text = f": {error}" if isinstance(error, OSError) else ""  # an address or a file, and no data
    yield f"{type(error).__module__}.{type(error).__qualname__}{text}"
    for each in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _traceback(each)


_IN_HEAD = {"time", "level", "event", "logger"}
_TEXT = (processors.TimeStamper(fmt="%H:%M:%S", key="time", utc=False), _error, _text)
_JSON = (
    processors.TimeStamper(fmt="iso", key="time"),
    _error,
    processors.JSONRenderer(default=str, ensure_ascii=False),
)
