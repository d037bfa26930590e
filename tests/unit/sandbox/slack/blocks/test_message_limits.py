"""Rules of the local Slack that count over a whole message, and its two tables."""

from typing import Any

import pytest

from sandbox.slack.blocks.check import BlockRules, check_message
from sandbox.slack.blocks.tables import tables_in_markdown
from sandbox.slack.errors import SlackError

RULES = BlockRules()

Block = dict[str, Any]


def section(text: str, **more: Any) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def cell(text: str) -> Block:
    return {"type": "raw_text", "text": text}


def table(rows: int, columns: int = 2, text: str = "a", **more: Any) -> Block:
    return {"type": "table", "rows": [[cell(text)] * columns] * rows, **more}


def data_table(rows: int, columns: int = 2, text: str = "a", **more: Any) -> Block:
    return table(rows, columns, text) | {"type": "data_table", "caption": "Revenue"} | more


def refusal(blocks: Any, attachments: Any = None) -> SlackError:
    with pytest.raises(SlackError) as refused:
        check_message(blocks, attachments, RULES)
    return refused.value


NUMBER = {"type": "raw_number", "value": 1.5, "text": "1.50"}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}],
}
GOOD = {
    "largest table": table(100, 3, column_settings=[{"align": "right"}, None, {"is_wrapped": True}]),
    "widest table": table(15, 20),
    "numbers and rich text": {"type": "table", "rows": [[NUMBER, RICH]]},
    "largest data table": data_table(101, page_size=100, row_header_column_index=1),
    "numbers below": {"type": "data_table", "caption": "c", "rows": [[cell("h")], [NUMBER], [RICH]]},
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD.keys())
def test_good_tables_pass(block: Block) -> None:
    """Tables within all limits are taken."""
    check_message([block], None, RULES)


REFUSED = {
    "101 rows": (table(101, 1), "no more than 100"),
    "21 columns": (table(1, 21), "no more than 20"),
    "no rows": (table(0), "no fewer than 1"),
    "empty cell": (table(1, text=""), "more than 0 characters"),
    "plain text cell": (
        {"type": "table", "rows": [[{"type": "plain_text", "text": "a"}]]},
        "unsupported type",
    ),
    "odd align": (table(1, column_settings=[{"align": "middle"}]), "must be one of"),
    "number without text": ({"type": "table", "rows": [[{"type": "raw_number", "value": 1}]]}, "text"),
    "number in text": (
        {"type": "table", "rows": [[{"type": "raw_number", "value": "1", "text": "1"}]]},
        "must be a number",
    ),
    "too much in a table": (table(10, 10, "x" * 101), "less than 10001"),
    "102 rows of data": (data_table(102, 1), "no more than 101"),
    "header only": (data_table(1), "no fewer than 2"),
    "no caption": ({"type": "data_table", "rows": [[cell("a")]] * 2}, "missing required field: caption"),
    "empty caption": (data_table(2, caption=""), "more than 0 characters"),
    "ragged": (data_table(2) | {"rows": [[cell("a")], [cell("a"), cell("b")]]}, "same number of cells"),
    "rich header": (data_table(2) | {"rows": [[RICH], [cell("a")]]}, "header cells"),
    "page of 101": (data_table(2, page_size=101), "between 1 and 100"),
    "row header outside": (data_table(2, row_header_column_index=2), "index of a column"),
    "column settings": (data_table(2, column_settings=[{}]), "additional properties"),
    "too much in a data table": (data_table(10, 10, "x" * 201), "less than 20001"),
}


@pytest.mark.parametrize(("block", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_tables_are_refused_with_the_reason(block: Block, words: str) -> None:
    """A table that Slack refuses is `invalid_blocks`, and a message says why."""
    refused = refusal([block])
    assert refused.error == "invalid_blocks"
    assert any(words in message for message in refused.messages), refused.messages


def test_one_table_in_a_message() -> None:
    """A second table, of either kind, inside markdown or in an attachment, is only_one_table_allowed."""
    markdown = {"type": "markdown", "text": "|a|b|\n|---|---|\n|1|2|"}
    attachments = [{"blocks": [table(1)]}]
    for blocks, beside in (
        ([table(1), data_table(2)], None),
        ([table(1), markdown], None),
        ([table(1)], attachments),
    ):
        refused = refusal(blocks, beside)
        assert refused.error == "invalid_attachments"
        assert "only_one_table_allowed" in refused.messages[0]


def test_tables_in_markdown_are_counted_outside_code() -> None:
    """A table in fenced code is code, and a rule of dashes is not a table."""
    assert tables_in_markdown("|a|b|\n|:--|--:|\n|1|2|") == 1
    assert tables_in_markdown("```\n|a|b|\n|---|---|\n```\n\n---\n") == 0


def test_fifty_blocks_and_no_more() -> None:
    """A message holds 50 blocks."""
    fifty = [section("a", block_id=str(number)) for number in range(50)]
    check_message(fifty, None, RULES)
    assert refusal([*fifty, section("b")]).error == "invalid_blocks"


def test_block_ids_are_unique() -> None:
    """Two blocks with one block_id are refused, inside containers too."""
    inside = {
        "type": "container",
        "title": {"type": "plain_text", "text": "a"},
        "child_blocks": [section("b", block_id="same")],
    }
    refused = refusal([section("a", block_id="same"), inside])
    assert any("block_id already exists" in message for message in refused.messages)


def test_markdown_is_counted_over_all_blocks() -> None:
    """12,000 characters of markdown are for the whole message."""
    half = {"type": "markdown", "text": "x" * 6_000}
    check_message([half, half], None, RULES)
    assert refusal([half, half, {"type": "markdown", "text": "x"}]).error == "invalid_blocks"


def test_two_charts_and_no_more() -> None:
    """A message holds two charts."""
    pie = {"type": "pie", "segments": [{"label": "a", "value": 1}]}
    chart = {"type": "data_visualization", "title": "a", "chart": pie}
    check_message([chart] * 2, None, RULES)
    assert refusal([chart] * 3).error == "invalid_blocks"


def test_a_payload_that_is_too_long_has_its_own_error() -> None:
    """Good blocks of more than 13,200 characters together are msg_blocks_too_long."""
    assert refusal([section("x" * 2_900) for _ in range(5)]).error == "msg_blocks_too_long"


def test_blocks_that_are_no_list() -> None:
    """Blocks must be a list, and attachments too."""
    assert refusal({"type": "section"}).error == "invalid_blocks"
    assert refusal([], {"text": "a"}).error == "invalid_attachments"
    assert refusal([], [{"blocks": [section("")]}]).error == "invalid_attachments"
