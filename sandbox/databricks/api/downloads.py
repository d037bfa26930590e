"""The export of a whole result: its query runs once more, without a cap, and the rows go to cloud storage.

https://docs.databricks.com/api/workspace/genie/generatedownloadfullqueryresult
"""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
import time

from aiohttp import web

from sandbox.databricks.api import exports
from sandbox.databricks.api.exports import Export, Exports
from sandbox.databricks.api.messages import ATTACHMENT
from sandbox.databricks.api.requests import caller, found_message, found_query, json_body, owned
from sandbox.databricks.api.storage import Storage
from sandbox.databricks.errors import DatabricksError, invalid, missing, wrong_state
from sandbox.databricks.genie.message_runner import MessageRunner
from sandbox.databricks.genie.store import Store, new_id
from sandbox.databricks.genie.timing import COMPLETED, EXPIRED
from sandbox.databricks.identities import Identity


class DownloadsApi:
    """The endpoints that start an export and look at it."""

    def __init__(self, store: Store, runner: MessageRunner, storage: Storage, settings: Exports) -> None:
        self._store = store
        self._runner = runner
        self._storage = storage
        self._settings = settings
        self._exports: dict[str, Export] = {}
        self._secret = secrets.token_bytes(32)

    def routes(self) -> list[web.RouteDef]:
        """Give the routes."""
        return [
            web.post(f"{ATTACHMENT}/downloads", self._begin, name="download.begin"),
            web.get(f"{ATTACHMENT}/downloads/{{download}}", self._look, name="download.look"),
        ]

    def chunk(self, request: web.Request, statement_id: str, index: int) -> web.Response | None:
        """Give the link of a further chunk, or None when this is no statement of an export."""
        for export in self._exports.values():
            statement = export.statement
            if statement.statement_id == statement_id:
                owned(request, statement)
                if not 0 <= index < len(export.sizes):
                    raise invalid("The chunk index is out of range.")
                body = {"external_links": [exports.link(export, index, self._storage)]}
                return web.json_response(statement.turn.chunk(body))
        return None

    async def _begin(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        attachment = found_query(request, message)
        await json_body(request)
        if message.status not in {COMPLETED, EXPIRED}:
            raise wrong_state(message.status)
        download_id = new_id()
        signature = self._signature(download_id, caller(request))
        statement = self._runner.export(attachment, message)
        self._exports[download_id] = Export(download_id, signature, attachment.attachment_id, statement)
        return web.json_response({"download_id": download_id, "download_id_signature": signature})

    async def _look(self, request: web.Request) -> web.Response:
        found_query(request, found_message(request, self._store))
        signature = request.query.get("download_id_signature", "")
        if not signature:
            raise invalid("download_id_signature must not be empty.")
        export = self._exports.get(request.match_info["download"])
        if export is None or export.attachment_id != request.match_info["attachment"]:
            raise missing("Download", request.match_info["download"])
        if not hmac.compare_digest(signature.encode(), export.signature.encode()):
            raise DatabricksError(403, "PERMISSION_DENIED", "The signature of the download is not valid.")
        await asyncio.to_thread(export.store, self._storage, self._settings)
        body = exports.response(export, self._storage, self._settings)
        return web.json_response({"statement_response": export.statement.turn.export(body)})

    def _signature(self, download_id: str, owner: Identity) -> str:
        """Sign as a JSON Web Token."""
        head = {"alg": "HS256", "typ": "JWT"}
        claims = {"sub": owner.name, "download_id": download_id, "iat": int(time.time())}
        signed = ".".join(_encoded(json.dumps(part).encode()) for part in (head, claims))
        return f"{signed}.{_encoded(hmac.digest(self._secret, signed.encode(), hashlib.sha256))}"


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")
