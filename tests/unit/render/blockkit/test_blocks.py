"""Block constructors that cannot exceed Slack's limits."""

import pytest
from slack_sdk.models.blocks import Block as SlackBlock

from render.blockkit import blocks
from render.blockkit.blocks import Block

LONG = "x" * 9000


@pytest.mark.parametrize(
    "block",
    [
        blocks.section(blocks.mrkdwn(LONG)),
        blocks.section(blocks.plain(LONG)),
        blocks.header(LONG),
        blocks.context(*[blocks.plain("a")] * 30),
        blocks.actions(*[{"type": "button", "text": blocks.plain("a"), "action_id": "a", "value": "b"}] * 60),
        blocks.container(LONG, [blocks.section(blocks.plain("a"))] * 30),
        blocks.image("F1", LONG),
        blocks.table([[blocks.raw_text("")] * 50] * 300, [True] * 50),
        *blocks.fields([(blocks.mrkdwn(LONG), blocks.plain(LONG))] * 12),
        *blocks.preformatted("\n".join([LONG] * 3)),
        *blocks.fenced("<" * 9000),
    ],
    ids=lambda block: block["type"],
)
def test_blocks_are_clipped_to_what_slack_takes(block: Block) -> None:
    """Whatever a constructor is given, slack_sdk's own validation accepts the block."""
    parsed = SlackBlock.parse(block)
    assert parsed is not None
    parsed.validate_json()


def test_tables_are_cut_to_their_size() -> None:
    """No table has more rows or columns than Slack shows."""
    rows = [[blocks.raw_text("a")] * 25] * 500
    assert (len(blocks.data_table("c", rows, 500)["rows"]), len(blocks.table(rows, [])["rows"])) == (101, 100)
    assert {len(row) for row in blocks.data_table("c", rows, 5)["rows"]} == {20}
    assert blocks.data_table("", rows, 500)["page_size"] == 100
    assert blocks.data_table("", rows, 0)["page_size"] == 1


def test_empty_text_becomes_a_space() -> None:
    """Slack refuses empty strings, in cells too."""
    cells = [blocks.raw_text(""), blocks.raw_number(1, ""), blocks.plain(""), blocks.mrkdwn("")]
    assert [cell["text"] for cell in cells] == [" "] * 4


def test_numbers_keep_their_precision() -> None:
    """A whole amount sorts as a whole number, and one beyond a float's precision stays what it is."""
    assert [blocks.raw_number(value, "x")["value"] for value in (3.0, 2.5, 1e300)] == [3, 2.5, 1e300]


def test_code_keeps_every_line() -> None:
    """Long code comes in several blocks that together hold all of it."""
    code = "\n".join(f"line {number}" for number in range(900))
    parts = [block["elements"][0]["elements"][0]["text"] for block in blocks.preformatted(code)]
    assert len(parts) > 1
    assert "\n".join(parts) == code


@pytest.mark.parametrize(
    ("user_id", "shown"),
    [("U012AB", "<@U012AB>"), ("W1", "<@W1>"), ("!channel", ""), ("U1> <!here", ""), ("", "")],
)
def test_only_ids_of_people_are_mentioned(user_id: str, shown: str) -> None:
    """A mention is made of a person's id and of nothing else."""
    assert blocks.mention(user_id) == shown
