"""What Unity Catalog notes about a table: owner, time and certification, as far as each is told."""

from typing import Any

import pytest

from genie.client import Genie
from genie.errors import Forbidden, Malformed, NotFound
from genie.model import Certification, TableDetails, TableName
from genie.protocol.unity_catalog import Tag, certification, table, table_page
from tests.unit.genie.genie_server import GenieServer, Say

ORDERS = TableName("main", "sales", "orders")
TABLE = "GET /api/2.1/unity-catalog/tables/main.sales.orders"
TAGS = "GET /api/2.1/unity-catalog/entity-tag-assignments/tables/main.sales.orders/tags"
NOTED = {"name": "orders", "owner": "sales-data", "updated_at": 1_795_340_412_345, "browse_only": True}
STATUS = "system.certification_status"


def tagged(*tags: tuple[str, Any], token: str = "") -> Say:
    """Return a page of tags."""
    found = [{"entity_type": "tables", "tag_key": key, "tag_value": value} for key, value in tags]
    return Say({"tag_assignments": found, "next_page_token": token})


async def test_a_table_tells_its_owner_its_time_and_its_certification(
    server: GenieServer, genie: Genie
) -> None:
    """Two reads, the first also for those who may only browse, and nothing that needs a warehouse."""
    server.on(TABLE, Say(NOTED))
    server.on(TAGS, tagged(("domain", "sales"), token="t"), tagged(token="u"), tagged((STATUS, "certified")))
    found = await genie.table_details(ORDERS)
    assert found == TableDetails("sales-data", 1_795_340_412.345, Certification.CERTIFIED)
    assert "sales-data" not in repr(found)
    assert [seen.query for seen in server.seen] == [
        {"include_browse": "true"},
        {},
        {"page_token": "t"},
        {"page_token": "u"},
    ]


@pytest.mark.parametrize("refusal", [Say({}, 403), Say({}, 404), Say({}, 400), Say([]), Say({})])
async def test_without_its_tags_the_rest_is_told(refusal: Say, server: GenieServer, genie: Genie) -> None:
    """The tags may be refused, unknown to the workspace, or garbage."""
    server.on(TABLE, Say(NOTED))
    server.on(TAGS, refusal)
    assert await genie.table_details(ORDERS) == TableDetails("sales-data", 1_795_340_412.345)


@pytest.mark.parametrize(
    ("said", "error"), [(Say({}, 403), Forbidden), (Say({}, 404), NotFound), (Say([]), Malformed)]
)
async def test_a_table_that_is_not_told_has_no_tags(
    said: Say, error: type[Exception], server: GenieServer, genie: Genie
) -> None:
    """A refusal is one request, and is an error of ours."""
    server.on(TABLE, said)
    with pytest.raises(error):
        await genie.table_details(ORDERS)
    assert not [seen for seen in server.seen if "tag" in seen.path]


async def test_a_name_can_lead_nowhere_else(server: GenieServer, genie: Genie) -> None:
    """Whatever it holds stays one part of the path."""
    name = TableName("a?b", "c#d", "%2e%2e&é")
    path = "a%3Fb.c%23d.%252e%252e%26%C3%A9"
    server.on(f"GET /api/2.1/unity-catalog/tables/{path}", Say({}))
    server.on(f"GET /api/2.1/unity-catalog/entity-tag-assignments/tables/{path}/tags", Say({}))
    assert await genie.table_details(name) == TableDetails()
    assert genie.table_url(name) == f"{server.url}/explore/data/a%3Fb/c%23d/%252e%252e%26%C3%A9"


def test_a_page_of_one_workspace_of_several() -> None:
    """Where the host serves several, the address says which."""
    assert table_page("https://x", ORDERS, "12") == "https://x/explore/data/main/sales/orders?o=12"


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ([(STATUS, "certified")], "certified"),
        ([(STATUS, "Deprecated ")], "deprecated"),
        ([("system.Certified", "")], "certified"),
        ([("system.Deprecated", "")], "deprecated"),
        ([("system.Certified", ""), (STATUS, "deprecated")], "deprecated"),
        ([(STATUS, "in review")], None),
        ([(STATUS, "")], None),
        ([("certified", "yes"), ("certification_status", "certified")], None),
        ([], None),
    ],
)
def test_certification_is_a_tag_of_the_system(tags: list[tuple[str, str]], said: str | None) -> None:
    """One with a value or, as at first, one of two; a tag that anybody may set is none of them."""
    assert certification([Tag(key, value) for key, value in tags]) == said


@pytest.mark.parametrize(
    "body", [{}, {"owner": None, "updated_at": None}, {"owner": [1], "updated_at": "soon"}, {"updated_at": 0}]
)
def test_what_is_not_told_is_empty(body: Any) -> None:
    """With BROWSE alone, some of it may be missing."""
    assert table(body) == TableDetails()
