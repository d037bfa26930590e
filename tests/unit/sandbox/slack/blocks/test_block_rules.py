"""Blocks as the local Slack judges them, one by one."""

from typing import Any

import pytest

from sandbox.slack.blocks.check import BlockRules, check_message, view_faults
from sandbox.slack.errors import SlackError

RULES = BlockRules(file_ready=lambda file: file == "FREADY")

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "a", **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(**more: Any) -> Block:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def actions(*elements: Block, **more: Any) -> Block:
    return {"type": "actions", "elements": list(elements), **more}


def container(*children: Block, **more: Any) -> Block:
    return {"type": "container", "title": plain("SQL"), "child_blocks": list(children), **more}


def preformatted(text: str) -> Block:
    inner = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inner]}


SOURCE = {"type": "url", "url": "https://example.com/orders", "text": "orders"}


def task(task_id: str, status: str = "pending", **more: Any) -> Block:
    return {"type": "task_card", "task_id": task_id, "title": "Ask", "status": status, **more}


def chart(**more: Any) -> Block:
    series = {"name": "Revenue", "data": [{"label": "May", "value": 1}, {"label": "June", "value": -2}]}
    axes = {"categories": ["May", "June"], "x_label": "Month"}
    plot = {"type": "bar", "series": [series], "axis_config": axes, **more}
    return {"type": "data_visualization", "title": "Revenue", "chart": plot}


def refusal(*blocks: Block, attachments: Any = None, rules: BlockRules = RULES) -> SlackError:
    with pytest.raises(SlackError) as refused:
        check_message(list(blocks), attachments, rules)
    return refused.value


GOOD = {
    "section with everything": section(
        "x" * 3_000, accessory=button(), fields=[mrkdwn("f")] * 10, expand=True
    ),
    "header": {"type": "header", "text": plain("x" * 150)},
    "context": {"type": "context", "elements": [mrkdwn("a")] * 10},
    "divider": {"type": "divider", "block_id": "b"},
    "actions": actions(*[button(action_id=str(number)) for number in range(25)]),
    "ready picture": {"type": "image", "slack_file": {"id": "FREADY"}, "alt_text": "a chart"},
    "web picture": {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"},
    "markdown": {"type": "markdown", "text": "# Title\n\n|a|b|\n|-|-|\n|1|2|"},
    "preformatted": preformatted("select 1"),
    "chart": chart(),
    "pie": {
        "type": "data_visualization",
        "title": "Shares",
        "chart": {"type": "pie", "segments": [{"label": "EMEA", "value": 1}]},
    },
    "container": container(section(), {"type": "divider"}, is_collapsible=True, default_collapsed=True),
    "feedback": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "thumb",
                "positive_button": {"text": plain("Good"), "value": "up"},
                "negative_button": {"text": plain("Bad"), "value": "down"},
            }
        ],
    },
    "overflow": actions(
        {"type": "overflow", "action_id": "more", "options": [{"text": plain("CSV"), "value": "csv"}]}
    ),
    "task card": task("1", "complete"),
    "plan": {"type": "plan", "title": "Steps", "tasks": [task("1"), task("2", sources=[SOURCE])]},
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD.keys())
def test_good_blocks_pass(block: Block) -> None:
    """A block within all limits is taken."""
    check_message([block], None, RULES)


REFUSED = {
    "no such type": ({"type": "sparkline"}, "unsupported block type"),
    "not a message's": ({"type": "alert", "text": mrkdwn("a")}, "unsupported block type in a message"),
    "unknown key": (section(colour="red"), "additional properties"),
    "no text": ({"type": "section"}, "must have text or fields"),
    "empty text": (section(""), "more than 0 characters"),
    "long section": (section("x" * 3_001), "less than 3001"),
    "long header": ({"type": "header", "text": plain("x" * 151)}, "less than 151"),
    "mrkdwn header": ({"type": "header", "text": mrkdwn("a")}, "unsupported type"),
    "eleven fields": ({"type": "section", "fields": [mrkdwn("a")] * 11}, "no more than 10"),
    "long field": ({"type": "section", "fields": [mrkdwn("x" * 2_001)]}, "less than 2001"),
    "full context": ({"type": "context", "elements": [mrkdwn("a")] * 11}, "no more than 10"),
    "button in context": ({"type": "context", "elements": [button()]}, "unsupported type"),
    "26 buttons": (actions(*[button(action_id=str(n)) for n in range(26)]), "no more than 25"),
    "no buttons": (actions(), "no fewer than 1"),
    "twin buttons": (actions(button(), button()), "action_id already exists"),
    "long button": (actions(button(text=plain("x" * 76))), "less than 76"),
    "long value": (actions(button(value="x" * 2_001)), "less than 2001"),
    "mrkdwn button": (actions(button(text=mrkdwn("a"))), "unsupported type"),
    "odd style": (actions(button(style="warning")), "must be one of"),
    "long id": (section(block_id="x" * 256), "less than 256"),
    "six options": (
        actions({"type": "overflow", "options": [{"text": plain("a"), "value": str(n)} for n in range(6)]}),
        "no more than 5",
    ),
    "twin options": (
        actions({"type": "overflow", "options": [{"text": plain("a"), "value": "1"}] * 2}),
        "option values must be unique",
    ),
    "long option": (
        actions({"type": "overflow", "options": [{"text": plain("a"), "value": "x" * 151}]}),
        "less than 151",
    ),
    "no alt text": ({"type": "image", "image_url": "https://example.com/a.png"}, "alt_text"),
    "two pictures": (
        {"type": "image", "image_url": "https://a.b/c", "slack_file": {"id": "FREADY"}, "alt_text": "a"},
        "exactly one of image_url or slack_file",
    ),
    "unready picture": (
        {"type": "image", "slack_file": {"id": "FNOTYET"}, "alt_text": "a"},
        "invalid slack file",
    ),
    "id and url": (
        {"type": "image", "slack_file": {"id": "FREADY", "url": "https://a.b"}, "alt_text": "a"},
        "exactly one of id or url",
    ),
    "local picture": ({"type": "image", "image_url": "chart.png", "alt_text": "a"}, "valid URL"),
    "broken rich text": (
        {"type": "rich_text", "elements": [{"type": "text", "text": "a"}]},
        "unsupported type",
    ),
    "bold in code": (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "user"}]}],
        },
        "unsupported type",
    ),
    "no rich text": (preformatted(""), "more than 0 characters"),
    "eleven children": (container(*[section() for _ in range(11)]), "no more than 10"),
    "no children": (container(), "no fewer than 1"),
    "rich text inside": (container(preformatted("a")), "in a container: rich_text"),
    "data table inside": (container({"type": "data_table"}), "in a container: data_table"),
    "container inside": (container(container(section())), "in a container: container"),
    "collapsed only": (container(section(), default_collapsed=True), "requires is_collapsible"),
    "untitled container": ({"type": "container", "child_blocks": [section()]}, "title or rich_text_title"),
    "bad child": (container(section("")), "more than 0 characters"),
    "long chart title": (chart() | {"title": "x" * 51}, "less than 51"),
    "no chart": ({"type": "data_visualization", "title": "a"}, "missing required field: chart"),
    "gap": (chart(axis_config={"categories": ["May", "June", "July"]}), "labels must match"),
    "21 points": (
        chart(axis_config={"categories": [str(number) for number in range(21)]}),
        "no more than 20",
    ),
    "long label": (chart(axis_config={"categories": ["x" * 21]}), "less than 21"),
    "twin series": (
        chart(
            series=[{"name": "a", "data": [{"label": "May", "value": 1}, {"label": "June", "value": 1}]}] * 2
        ),
        "series names must be unique",
    ),
    "seven series": (
        chart(series=[{"name": str(n), "data": [{"label": "May", "value": 1}]} for n in range(7)]),
        "no more than 6",
    ),
    "empty slice": (
        {
            "type": "data_visualization",
            "title": "a",
            "chart": {"type": "pie", "segments": [{"label": "a", "value": 0}]},
        },
        "greater than 0",
    ),
    "no value": (
        chart(series=[{"name": "a", "data": [{"label": "May", "value": None}]}]),
        "must be a number",
    ),
    "pending card": (task("1"), "must be one of"),
    "same task twice": (
        {"type": "plan", "title": "Steps", "tasks": [task("1"), task("1")]},
        "already exists",
    ),
    "title that is no text": ({"type": "plan", "title": plain("Steps"), "tasks": [task("1")]}, "be a string"),
    "too many tasks": (
        {"type": "plan", "title": "Steps", "tasks": [task(str(n)) for n in range(51)]},
        "no more than 50",
    ),
    "source of no type": (task("1", "complete", sources=[SOURCE | {"type": "page"}]), "must be one of url"),
}


@pytest.mark.parametrize(("block", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_blocks_are_refused_with_the_reason(block: Block, words: str) -> None:
    """A block that Slack refuses is `invalid_blocks`, and a message says why."""
    refused = refusal(block)
    assert refused.error == "invalid_blocks"
    assert any(words in message for message in refused.messages), refused.messages


def test_a_block_that_has_not_arrived_yet_is_refused() -> None:
    """A workspace in an earlier phase of the roll-out answers invalid_blocks to a newer block."""
    early = BlockRules(unavailable=frozenset({"data_visualization"}))
    assert refusal(chart(), rules=early).error == "invalid_blocks"
    check_message([section()], None, early)


def test_modals_take_what_messages_do_not_and_the_reverse() -> None:
    """Surfaces differ: an alert is for modals, a markdown block for messages."""
    alert = {"type": "alert", "text": mrkdwn("careful")}
    assert view_faults([alert], "modal", RULES) == ()
    assert view_faults([alert], "home", RULES)
    assert view_faults([{"type": "markdown", "text": "a"}], "modal", RULES)
    assert view_faults([section(block_id=str(number)) for number in range(101)], "modal", RULES)
