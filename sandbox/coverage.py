"""What of the two vendors' platforms the sandbox emulates, and where each thing is tested.

Tests compare this with what is registered; `python -m sandbox.coverage` writes `docs/sandbox.md`.
"""

import sys
from dataclasses import dataclass

from sandbox import coverage_databricks


@dataclass(frozen=True, slots=True)
class Row:
    """One method or behaviour: the test file that proves it, and where it stops short of the real one."""

    name: str
    tests: str
    note: str = ""


_CHAT = "sandbox/slack/test_chat"
_METHODS_TESTS = "sandbox/slack/test_methods"
_PROGRESS = "sandbox/slack/test_progress"
_FILES = "sandbox/slack/test_files"
_PEOPLE = "sandbox/slack/test_user_actions"
_SOCKET = "sandbox/slack/test_socket"
_HTTP = "sandbox/slack/test_http"
_PAGE = "sandbox/slack/test_page_state"

METHODS = (
    Row("api.test", _METHODS_TESTS),
    Row("auth.test", _METHODS_TESTS),
    Row("apps.connections.open", _SOCKET),
    Row("team.info", _METHODS_TESTS),
    Row("users.info", _METHODS_TESTS),
    Row("users.list", _METHODS_TESTS),
    Row("users.lookupByEmail", _METHODS_TESTS),
    Row("conversations.list", _METHODS_TESTS),
    Row("conversations.info", _METHODS_TESTS),
    Row("conversations.open", _METHODS_TESTS, "one person only; no group messages"),
    Row("conversations.join", _METHODS_TESTS),
    Row("conversations.members", _METHODS_TESTS),
    Row("conversations.history", _METHODS_TESTS),
    Row("conversations.replies", _METHODS_TESTS),
    Row("chat.postMessage", _CHAT, "no name or icon of its own"),
    Row("chat.update", _CHAT, "no `file_ids`, no `block_mismatch`, no edit window"),
    Row("chat.delete", _CHAT),
    Row("chat.postEphemeral", _CHAT),
    Row("chat.getPermalink", _CHAT),
    Row("reactions.add", _METHODS_TESTS, "any name is an emoji"),
    Row("reactions.remove", _METHODS_TESTS),
    Row("assistant.threads.setStatus", _PROGRESS, "60 a minute; Slack's number is not documented"),
    Row("agents.sessions.setStatus", _PROGRESS, "Slack's word for an app that is no agent is not known"),
    Row("files.getUploadURLExternal", _FILES),
    Row("files.completeUploadExternal", _FILES, "one channel; no `blocks`"),
    Row("files.info", _FILES),
    Row("files.delete", _FILES),
    Row("views.open", _PEOPLE),
    Row("views.push", _PEOPLE),
    Row("views.update", _PEOPLE),
    Row("views.publish", _PEOPLE),
)

BEHAVIOURS = (
    Row("Socket Mode: tickets, hello, acks, redelivery, disconnects, ten connections", _SOCKET),
    Row("HTTP mode: signatures, challenge, retry headers, no-retry", _HTTP),
    Row("Events: app_mention, message.*, edits, deletions, reactions, app_home_opened", _PEOPLE),
    Row("Clicks, menus, commands, modals, Home tab", _PEOPLE),
    Row("response_url: five uses, thirty minutes, replace, delete, in channel", _PEOPLE),
    Row("Tokens, scopes, content types, paging", _METHODS_TESTS),
    Row("Rate limits by tier, posts a second in a channel, Retry-After", "sandbox/slack/test_rates"),
    Row("Block Kit: types, keys, lengths, surfaces, roll-out", "sandbox/slack/test_blocks_rules"),
    Row("Block Kit: tables and what counts over a whole message", "sandbox/slack/test_blocks_message"),
    Row("The page's routes and event stream", _PAGE),
    Row("One command that starts and ends everything", "sandbox/test_main"),
)

STRICTER = (
    "`data_table` takes 100 rows below its header, a chart 6 series (pages differ: 200, 12).",
    "A `container` refuses `rich_text`: Slack's page lists it, its live validator was seen to refuse it.",
    "Both tables are for messages only, and a table inside a `markdown` block counts as one.",
    "`msg_blocks_too_long` counts 13,200 characters over the JSON of all blocks, tables included.",
    "Refused calls count against the rate limit.",
)

MISSING = (
    "Streaming (`chat.startStream` and its kin), suggested prompts, thread titles and their renaming.",
    "Stopping a session: nobody presses Stop, and no session is `closed` by Slack.",
    "Shortcuts, external selects, workflow steps, unfurls, Slack Connect, guests, group messages.",
    "`blocks.validate`, `video`, `file` and `call` blocks, legacy fields of attachments.",
    "OAuth and token rotation: one workspace, one installed app, fixed tokens.",
    "Fetching `image_url`s: any web address passes.",
    "The hourly limit of events, and the workspace-wide cap on posts.",
)

ENDPOINTS = tuple(Row(*each) for each in coverage_databricks.ENDPOINTS)


def document() -> str:
    """Give docs/sandbox.md."""
    parts = [
        "# The local Slack and the local Databricks: what is emulated and what is not",
        "Written by `python -m sandbox.coverage > docs/sandbox.md`; tests compare it with the code.",
        "Both are meant to be never kinder than the real ones; where documents disagree, the stricter holds.",
        "## Slack",
        "### Web API methods",
        _table(METHODS),
        "Any other method answers `unknown_method`.",
        *_rest(BEHAVIOURS, STRICTER, MISSING),
        "## Databricks",
        "### Endpoints",
        _table(ENDPOINTS),
        "Any other endpoint answers 404 with `ENDPOINT_NOT_FOUND`.",
        *_rest(
            tuple(Row(*each) for each in coverage_databricks.BEHAVIOURS),
            coverage_databricks.STRICTER,
            coverage_databricks.MISSING,
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _rest(behaviours: tuple[Row, ...], stricter: tuple[str, ...], missing: tuple[str, ...]) -> list[str]:
    return [
        "### Behaviour",
        _table(behaviours),
        "### Stricter than the documents",
        "\n".join(f"- {line}" for line in stricter),
        "### Not emulated",
        "\n".join(f"- {line}" for line in missing),
    ]


def _table(rows: tuple[Row, ...]) -> str:
    lines = [f"| {row.name} | `tests/unit/{row.tests}.py` | {row.note} |" for row in rows]
    return "\n".join(["| What | Proved by | Where it stops short |", "|---|---|---|", *lines])


if __name__ == "__main__":
    sys.stdout.write(document())
