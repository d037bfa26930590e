"""Genie's own charts as PNG.

https://docs.databricks.com/api/workspace/genie/downloadmessageattachmentvisualization
"""

import asyncio

from aiohttp import web

from sandbox.databricks.api.messages import ATTACHMENT
from sandbox.databricks.api.requests import found_message
from sandbox.databricks.errors import missing, wrong_state
from sandbox.databricks.genie.store import Store, VizAttachment
from sandbox.databricks.genie.timing import COMPLETED
from sandbox.databricks.warehouse import drawing


class ChartsApi:
    """The endpoint that gives a picture; each is drawn once, in a thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._drawn: dict[str, bytes] = {}

    def routes(self) -> list[web.RouteDef]:
        """Give the one route."""
        return [web.get(f"{ATTACHMENT}/download-visualization", self._picture, name="visualization")]

    async def _picture(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        if message.status != COMPLETED:
            raise wrong_state(message.status)
        wanted = request.match_info["attachment"]
        for each in message.attachments:
            if isinstance(each, VizAttachment) and each.attachment_id == wanted:
                return web.Response(body=await self._draw(each), content_type="application/octet-stream")
        raise missing("Visualization", wanted)

    async def _draw(self, chart: VizAttachment) -> bytes:
        if chart.attachment_id not in self._drawn:
            picture = await asyncio.to_thread(drawing.draw, chart.title, chart.result)
            self._drawn[chart.attachment_id] = picture
        return self._drawn[chart.attachment_id]
