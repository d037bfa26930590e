"""How what was found is shown."""

import json

import pytest

from bot.doctor.model import Finding, Level, green, red, yellow
from bot.doctor.report import as_json, as_text, worst

FINDINGS = [
    green("redis", "Redis takes writes."),
    yellow("slack.scopes", "The Slack app lacks the scope channels:read: renew the app."),
    red("space", "GENIE_SPACE x does not exist: copy the id."),
]


@pytest.mark.parametrize(
    ("findings", "level"),
    [([], Level.GREEN), (FINDINGS[:1], Level.GREEN), (FINDINGS[:2], Level.YELLOW), (FINDINGS, Level.RED)],
)
def test_the_worst_counts(findings: list[Finding], level: Level) -> None:
    """One thing that is red makes all red."""
    assert worst(findings) is level


def test_a_file_has_a_line_for_each_thing() -> None:
    """Columns are aligned, the level is a word, and nothing is broken or coloured."""
    assert as_text(FINDINGS).splitlines() == [
        "green   redis         Redis takes writes.",
        "yellow  slack.scopes  The Slack app lacks the scope channels:read: renew the app.",
        "red     space         GENIE_SPACE x does not exist: copy the id.",
        "",
        "1 green, 1 yellow, 1 red",
    ]
    assert as_text(FINDINGS[2:] * 2).endswith("\n0 green, 0 yellow, 2 red; begin with the first red one")


def test_a_terminal_gets_colours_and_as_many_columns_as_it_has() -> None:
    """A sentence that is too long goes on below its beginning."""
    lines = as_text(FINDINGS[1:2], columns=64, coloured=True).splitlines()
    assert lines[0] == "\033[33myellow\033[0m  slack.scopes  The Slack app lacks the scope"
    assert lines[1] == " " * 22 + "channels:read: renew the app."


def test_json_has_what_the_text_has() -> None:
    """The worst level, then every finding in the same order."""
    told = json.loads(as_json(FINDINGS))
    assert told["level"] == "red"
    assert [tuple(each.values()) for each in told["checks"]] == [
        (each.check, each.level.value, each.text) for each in FINDINGS
    ]
