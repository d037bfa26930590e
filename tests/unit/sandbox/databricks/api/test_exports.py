"""Whole results of the local Databricks: the export, its links, and the storage that they lead to."""

import asyncio
import base64
import csv
import json
import time
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

import aiohttp
import pytest

from sandbox.databricks import Databricks, Exports, Timing, Turn, row_shapes
from tests.unit.genie.databricks_caller import Caller, calling, path_of, query_of

TODAY = date(2026, 11, 22)
MANY = "SELECT id, CASE WHEN id % 2 = 0 THEN CONCAT('a, \"', id) END AS note FROM range(6000) AS t(id)"


@pytest.fixture
def databricks() -> Databricks:
    exports = Exports(chunk_rows=2500)
    databricks = Databricks(timing=Timing.instant(), today=TODAY, exports=exports, max_rows=100)
    databricks.turns.add(Turn(sql=MANY, times=9))
    return databricks


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


async def begin(caller: Caller, question: str = "everything") -> str:
    """Ask, export, and give the path to look at."""
    query = query_of(await caller.answer(question))
    said = (await caller.call("POST", f"{query}/downloads", {})).body
    signature = said["download_id_signature"]
    return f"{query}/downloads/{said['download_id']}?download_id_signature={signature}"


async def finish(caller: Caller, look: str) -> tuple[list[str], Any]:
    """Look until the export has ended; give the states on the way and the last look."""
    states = []
    async with asyncio.timeout(10):
        while True:
            said = (await caller.call("GET", look)).body["statement_response"]
            states.append(said["status"]["state"])
            if states[-1] not in {"PENDING", "RUNNING"}:
                return states, said


async def fetch(link: Any, **others: str) -> tuple[int, str]:
    """Fetch a link as it wants to be fetched, with other headers on top."""
    headers = {**link["http_headers"], **others}
    headers = {name: value for name, value in headers.items() if value}
    url = link["external_link"]
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        return response.status, await response.text()


async def test_export_has_every_row_as_csv(databricks: Databricks, caller: Caller) -> None:
    """The query runs again without a cap; its chunks together are one CSV, with `null` for NULL."""
    states, said = await finish(caller, await begin(caller))
    assert set(states[:-1]) <= {"PENDING", "RUNNING"}
    assert len(states) > 1
    links = said["result"]["external_links"]
    bodies = [await fetch(link) for link in links]
    rows = list(csv.reader("".join(text for _, text in bodies).splitlines()))
    assert rows[:3] == [["id", "note"], ["0", 'a, "0'], ["1", "null"]]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(6000)]
    assert [link["row_count"] for link in links] == [2500, 2500, 1000]
    assert [len(text.encode()) for _, text in bodies] == [link["byte_count"] for link in links]
    assert (said["manifest"]["format"], said["manifest"]["total_row_count"]) == ("CSV", 6000)
    assert len(databricks.questions()) == 1


async def test_links_expire_and_may_be_had_again(databricks: Databricks, caller: Caller) -> None:
    """A link ends in 15 minutes at most; then storage refuses it, and a look gives a new one."""
    look = await begin(caller)
    _, said = await finish(caller, look)
    link = said["result"]["external_links"][0]
    ahead = datetime.fromisoformat(link["expiration"]).timestamp() - time.time()
    assert 880 < ahead <= 900
    databricks.expire_links()
    status, text = await fetch(link)
    assert (status, "expired" in text) == (403, True)
    _, said = await finish(caller, look)
    assert (await fetch(said["result"]["external_links"][0]))[0] == 200


async def test_storage_refuses_tokens_and_wrong_addresses(databricks: Databricks, caller: Caller) -> None:
    """Storage takes the signed address with its header, and neither a token, less nor anything else."""
    _, said = await finish(caller, await begin(caller))
    link = said["result"]["external_links"][0]
    (demanded,) = link["http_headers"]
    assert (await fetch(link, Authorization=f"Bearer {databricks.token}"))[0] == 400
    assert (await fetch(link, **{demanded: ""}))[0] == 400
    for wrong in ("/0?", "Signature=", "Expires="):
        tampered = {**link, "external_link": link["external_link"].replace(wrong, f"1{wrong}x")}
        assert (await fetch(tampered))[0] == 403
    assert (await fetch(link))[0] == 200
    asked = [each for each in databricks.request_log if each.kind == "storage"]
    assert [each.authorized for each in asked] == [True, False, False, False, False, False]
    assert not link["external_link"].startswith(databricks.url)


async def test_export_as_json_with_one_link_at_a_time() -> None:
    """A workspace may give rows as JSON, and each further link from where the one before points."""
    exports = Exports("JSON_ARRAY", chunk_rows=30, all_links=False)
    async with calling(Databricks(timing=Timing.instant(), today=TODAY, exports=exports)) as caller:
        _, said = await finish(caller, await begin(caller, "revenue by customer"))
        (link,) = said["result"]["external_links"]
        rows: list[Any] = []
        while True:
            rows += json.loads((await fetch(link))[1])
            if "next_chunk_internal_link" not in link:
                break
            (link,) = (await caller.call("GET", link["next_chunk_internal_link"])).body["external_links"]
        assert len(rows) == said["manifest"]["total_row_count"] == 200
        last = f"/api/2.0/sql/statements/{said['statement_id']}/result/chunks/7"
        assert (await caller.call("GET", last)).status == 400


async def test_signature_is_a_token_and_demanded(caller: Caller) -> None:
    """A look needs the export's own signature, which is a JSON Web Token."""
    look = await begin(caller)
    path, _, signature = look.partition("?download_id_signature=")
    head = signature.split(".")[0]
    assert json.loads(base64.urlsafe_b64decode(head + "=="))["typ"] == "JWT"
    assert (await caller.call("GET", path)).status == 400
    assert (await caller.call("GET", f"{look}x")).status == 403
    unknown = look.replace("/downloads/", "/downloads/0")
    assert (await caller.call("GET", unknown)).status == 404


async def test_only_a_finished_query_is_exported(databricks: Databricks, caller: Caller) -> None:
    """An export needs a message at its end and an attachment with a query; expired rows do."""
    message = await caller.answer("everything")
    suggestions = message["attachments"][-1]["attachment_id"]
    path = f"{path_of(message)}/attachments/{suggestions}/downloads"
    assert (await caller.call("POST", path, {})).status == 400
    databricks.expire_result(message["conversation_id"], message["message_id"])
    assert (await caller.call("POST", f"{query_of(message)}/downloads", {})).status == 200


async def test_running_message_is_not_exported() -> None:
    """A message that still runs has nothing to export."""
    databricks = Databricks(timing=Timing.instant(), today=TODAY)
    databricks.turns.add(Turn(statuses=("EXECUTING_QUERY", "ASKING_AI"), end=""))
    async with calling(databricks) as caller:
        message = await caller.until(await caller.ask("total units"), "ASKING_AI")
        said = await caller.call("POST", f"{query_of(message)}/downloads", {})
        assert (said.status, said.body["error_code"]) == (400, "INVALID_STATE")


async def test_export_is_whole_where_rows_were_cut_and_can_fail_on_its_own() -> None:
    """What a turn makes of a result leaves its export alone, and the other way round."""
    failed = row_shapes.in_state("FAILED", "42000", "No")
    databricks = Databricks(timing=Timing.instant(), today=TODAY)
    databricks.turns.add(Turn(statement=row_shapes.cut, export=failed))
    async with calling(databricks) as caller:
        look = await begin(caller, "revenue by region")
        _, said = await finish(caller, look)
        assert said["status"]["state"] == "FAILED"
        shown = (await caller.call("GET", f"{look.partition('/downloads')[0]}/query-result")).body
        assert shown["statement_response"]["manifest"]["truncated"] is True


async def test_empty_result_is_one_object_with_a_header() -> None:
    """No rows are exported as the names of their columns."""
    async with calling(Databricks(timing=Timing.instant(), today=TODAY)) as caller:
        _, said = await finish(caller, await begin(caller, "revenue in Atlantis"))
        (link,) = said["result"]["external_links"]
        assert (await fetch(link))[1] == "country,revenue\r\n"
