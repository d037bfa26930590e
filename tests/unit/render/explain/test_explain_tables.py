"""The tables behind an answer, with links and what is known of them, as rich text and as mrkdwn."""

import json
from dataclasses import replace
from typing import Any

import pytest

from genie.model import Certification, Query, TableDetails, TableName
from render import words
from render.explain.model import QueriedTable, Reading, Source
from render.explain.view import explain
from sandbox.slack.blocks.check import BlockRules, view_faults
from tests import hostile
from tests.unit.render.explain.test_explain import texts

SOURCE = Source("revenue?", Query("a", sql="SELECT 1"), None, "")
LINK = "https://dbc.example/explore/data/main/sales/orders"
ORDERS = QueriedTable("main.sales.orders", TableName("main", "sales", "orders"), LINK)
KNOWN = TableDetails("sales-data", 1_793_610_000.0, Certification.DEPRECATED)
DATE = "<!date^1793610000^{date_short_pretty}|2026-11-02 09:00 UTC>"
ID = "5f0d3c1e-8a47-4a55-9d3f-0c6b7a1e2d94"


def views(*tables: QueriedTable) -> list[list[dict[str, Any]]]:
    """Return the blocks of both views."""
    shown = explain(SOURCE, Reading("SELECT 1", tables, ()))
    for view in shown.views:
        assert view_faults(view["blocks"], "modal", BlockRules()) == ()
    return [view["blocks"] for view in shown.views]


def line(details: TableDetails | None) -> str:
    """Return what the second view says after the name of a table."""
    return next(
        text.partition(f"<{LINK}|main.sales.orders>")[2]
        for text in texts(views(replace(ORDERS, details=details))[1])
        if LINK in text
    )


@pytest.mark.parametrize(
    ("details", "said"),
    [
        (KNOWN, f": *deprecated*, last altered {DATE}, owned by sales-data"),
        (TableDetails(certification=Certification.CERTIFIED), ": *certified*"),
        (TableDetails("ada@example.com"), ": owned by ada@example.com"),
        (TableDetails(ID), f": owned by {words.explain.SERVICE_PRINCIPAL}"),
        (TableDetails("", 1_793_610_000.0), f": last altered {DATE}"),
        (TableDetails("  ", 1e40), ""),
        (TableDetails(), ""),
        (None, ""),
    ],
)
def test_what_is_known_is_said_and_the_rest_left_out(details: TableDetails | None, said: str) -> None:
    """In words, the warning or praise first."""
    assert line(details) == said


def test_rich_text_says_the_same() -> None:
    """The name is the link, and the moment one that Slack shows in the reader's own time."""
    rich = views(replace(ORDERS, details=KNOWN))[0]
    (listed,) = [block for block in rich if block["type"] == "rich_text" and "Tables" in texts(block)]
    (item,) = listed["elements"][1]["elements"]
    assert item["elements"] == [
        {"type": "link", "url": LINK, "text": "main.sales.orders", "style": {"code": True}},
        {"type": "text", "text": ": "},
        {"type": "text", "text": "deprecated", "style": {"bold": True}},
        {"type": "text", "text": ", last altered "},
        {
            "type": "date",
            "timestamp": 1_793_610_000,
            "format": "{date_short_pretty}",
            "fallback": "2026-11-02 09:00 UTC",
        },
        {"type": "text", "text": ", owned by "},
        {"type": "text", "text": "sales-data"},
    ]


def test_last_altered_is_explained_where_it_is_said() -> None:
    """It is of the table and not of its rows."""
    for told, known in ((True, KNOWN), (False, TableDetails("sales-data"))):
        for blocks in views(replace(ORDERS, details=known)):
            assert (words.explain.ALTERED_NOTE in texts(blocks)) == told


def test_tables_without_a_whole_name_stand_beside_the_others() -> None:
    """They have no link, and nothing is said of them."""
    rich, plain = (json.dumps(blocks) for blocks in views(ORDERS, QueriedTable("hr.people")))
    assert rich.count('"link"') == 1
    assert "\\u2022 hr.people" in plain


def test_many_tables_keep_their_names() -> None:
    """Where links and facts take more room than there is, the names are listed as before."""
    many = tuple(replace(ORDERS, text=f"main.sales.t{n}", link=LINK + "x" * 900) for n in range(50))
    for blocks in views(*many):
        assert {f"main.sales.t{n}" for n in range(3)} <= {
            each for text in texts(blocks) for each in text.replace("\u2022", " ").split()
        }
        assert LINK not in json.dumps(blocks)


def test_a_link_that_slack_does_not_take_is_left_out() -> None:
    """Names of 255 characters of three bytes make one."""
    assert LINK not in json.dumps(views(replace(ORDERS, link=LINK + "x" * 3_000), QueriedTable("t"))[0])


@pytest.mark.parametrize("text", hostile.SHORT)
def test_hostile_names_and_owners_are_only_text(text: str) -> None:
    """Nothing of them pings, formats or links but to the address that we made."""
    table = replace(ORDERS, text=text, details=replace(KNOWN, owner=text))
    rich, plain = views(table)
    assert {each["url"] for each in _links(rich)} <= {LINK}
    said = next((each for each in texts(plain) if LINK in each), "")  # nothing, where it is too long
    left = said.replace(f"<{LINK}|", "", 1).replace(DATE, "", 1).replace(">", "", 1)
    assert "<" not in left
    assert ">" not in left


def _links(part: Any) -> list[dict[str, Any]]:
    inner = list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else []
    own = [part] if isinstance(part, dict) and part.get("type") == "link" else []
    return own + [found for each in inner for found in _links(each)]
