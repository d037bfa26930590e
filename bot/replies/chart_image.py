"""Images of charts: Genie's own or ours, uploaded for a message."""

import asyncio
import json
import logging
from dataclasses import dataclass

from bot.identity.model import GenieOf, SlackUser
from bot.offload.executor import Executor, ExecutorError
from bot.records.progress import Progress
from bot.slack.api import SlackRefused
from bot.slack.files import Files
from genie import errors
from genie.model import MessageRef
from render.blockkit.blocks import Block, image
from render.blockkit.reply import File, Picture

log = logging.getLogger(__name__)

FILE_NAME = "chart.png"
GENIE_CHART_TIMEOUT_SECONDS = 8.0
"""After which our own chart is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartImages:
    """Makes images of charts, and uploads them."""

    genie_of: GenieOf
    executor: Executor
    files: Files

    async def chart_image(self, ref: MessageRef, picture: Picture, identity: SlackUser) -> File | None:
        """Fetch Genie's own chart, or draw ours; None when there is neither. Raises ExecutorError."""
        if picture.visualization:
            try:
                async with asyncio.timeout(GENIE_CHART_TIMEOUT_SECONDS):
                    png = await self.genie_of(identity).visualization(ref, picture.visualization)
                return File(FILE_NAME, png, picture.title, picture.alt_text)
            except (errors.GenieError, TimeoutError) as error:
                log.info("answer.genie_chart_failed", extra={"error": str(error) or type(error).__name__})
        if picture.chart is None:
            return None
        return File(
            FILE_NAME, await self.executor.draw(picture.chart), picture.chart.title, picture.chart.alt_text
        )

    async def upload(self, picture: File) -> Block | None:
        """Upload an image for a message; None if Slack does not finish with it in time."""
        file_id = await self.files.send(picture)
        kept = await self.files.keep(file_id, picture.title)
        return image(file_id, picture.alt_text) if kept else None

    async def remove(self, answered: Progress) -> None:
        """Delete the image that is in the thread below an answer, if there is one."""
        if file_id := json.loads(answered.files).get(FILE_NAME):
            await self.files.remove(file_id)

    async def chart_block(
        self, ref: MessageRef, picture: Picture | None, identity: SlackUser
    ) -> Block | None:
        """Make an image and upload it; None where that fails, as a message does without."""
        try:
            made = await self.chart_image(ref, picture, identity) if picture else None
            return await self.upload(made) if made else None
        except (ExecutorError, SlackRefused) as error:
            log.warning("answer.chart_missing", extra={"error": str(error)})
            return None
