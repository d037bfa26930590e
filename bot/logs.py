"""Logging: one line for each event, for people on a terminal and as JSON elsewhere, without secrets.

An event has a dotted name and its data as keys: `logger.info("question.delivered", extra={"seconds": 4.2})`.
What `bound` holds is added to every line below it, of third parties too.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal, TextIO

_bound: ContextVar[dict[str, object]] = ContextVar("bound", default={})  # noqa: B039 - is replaced, never changed

_ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""What every record has; everything else came by `extra`."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What moves the cursor, ends a line or turns it around: a value could forge a line of its own with it."""

_SECRETS = (
    re.compile(r"\bxox[a-z](?:\.xox[a-z])?-[\w-]+"),  # https://docs.slack.dev/authentication/tokens
    re.compile(r"\bxapp-[\w-]+"),
    re.compile(r"\bdapi[0-9a-f]{8,}(?:-\d+)?"),
    re.compile(r"\bdose[0-9a-f]{8,}"),  # the secret of a Databricks service principal
    re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"),  # JSON Web Token
    re.compile(r"(?i)(?<=\bbearer )[\w.~+/=-]{16,}"),
    re.compile(r"(?i)(?<=\bbasic )[\w+/=-]{16,}"),
    re.compile(r"(?i)(?<=[?&]ticket=)[^&\s\"']+"),  # of a Socket Mode address
    re.compile(r"""(?<=://)[^/\s:@"']*:[^/\s@"']+(?=@)"""),  # name and password in an address
)

_OTHERS = (
    "slack_bolt",
    "slack_sdk",
    "aiohttp",
    "databricks",
    "matplotlib",
    "PIL",
    "fontTools",
    "redis",
    "stamina",
)
"""Loggers of libraries, of which only warnings concern the person who runs the bot."""

_ERRORS_ONLY = frozenset(("slack_bolt.AsyncApp", "stamina"))
"""Those that warn only of what is meant: how we build Bolt's app, and every repetition of a read."""

_WITH_PAYLOADS = frozenset(("slack_bolt", "slack_sdk", "databricks"))
"""Libraries whose messages may quote a request or a reply, which hold people's questions."""


@contextmanager
def bound(**values: object) -> Iterator[None]:
    """Add `values` to every line that is logged within, in this task and those that it starts."""
    token = _bound.set({**_bound.get(), **values})
    try:
        yield
    finally:
        _bound.reset(token)


def set_up(
    level: str,
    form: Literal["auto", "json", "text"],
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Log to `stream`, by default stderr, as the settings say; `secrets` never appear in a line."""
    stream = stream or sys.stderr
    as_text = form == "text" or (form == "auto" and stream.isatty())
    handler = logging.StreamHandler(stream)
    handler.setFormatter((_Text if as_text else _Json)(secrets))
    handler.addFilter(_concerns_us)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)


def _concerns_us(record: logging.LogRecord) -> bool:
    """Drop the chatter of libraries; by their loggers' levels this cannot be done, as Bolt sets its own."""
    if record.name.partition(".")[0] not in _OTHERS:
        return True
    return record.levelno >= (logging.ERROR if record.name in _ERRORS_ONLY else logging.WARNING)


class _Formatter(logging.Formatter):
    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        known = {form for secret in secrets if secret for form in (secret, json.dumps(secret)[1:-1])}
        self._known = sorted(known, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = self.line(record)
        for secret in self._known:
            line = line.replace(secret, "***")
        for pattern in _SECRETS:
            line = pattern.sub("***", line)
        return line

    def line(self, record: logging.LogRecord) -> str:
        raise NotImplementedError

    def trouble(self, record: logging.LogRecord) -> str:
        return self.formatException(record.exc_info) if record.exc_info else ""


class _Json(_Formatter):
    def line(self, record: logging.LogRecord) -> str:
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _event(record),
            "logger": record.name,
            **_data(record),
        }
        if trouble := self.trouble(record):
            fields["exception"] = trouble
        return _seen(json.dumps(fields, default=str, ensure_ascii=False))


class _Text(_Formatter):
    def line(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).astimezone().strftime("%H:%M:%S")
        data = " ".join(f"{name}={_shown(value)}" for name, value in _data(record).items())
        line = _seen(f"{time} {record.levelname.lower():7} {_event(record)} {data}".rstrip())
        return "\n".join(filter(None, (line, self.trouble(record))))


def _event(record: logging.LogRecord) -> str:
    message = record.getMessage()
    if record.name.partition(".")[0] in _WITH_PAYLOADS:
        return re.split(r"[{\n]", message, maxsplit=1)[0].rstrip(" (:")
    return message


def _data(record: logging.LogRecord) -> dict[str, object]:
    own = {name: value for name, value in vars(record).items() if name not in _ORDINARY}
    return {**_bound.get(), **own}


def _shown(value: object) -> str:
    text = str(value)
    return text if re.fullmatch(r"\S+", text) else json.dumps(text, ensure_ascii=False)


def _seen(line: str) -> str:
    """Write what cannot be seen as JSON does."""
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", line)
