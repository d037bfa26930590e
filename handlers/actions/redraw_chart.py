"""Choices from the chart menu of an answer."""

from slack_bolt.async_app import AsyncBoltContext

from bot.records.job import JobKind
from handlers.payloads.actions import clicked
from handlers.services import Services
from render.answer.chart_menu import AUTOMATIC, CHART


async def handle_redraw_chart(services: Services, context: AsyncBoltContext) -> None:
    """Have an answer drawn in another way for everybody, and the next ones of its thread."""
    click = clicked(context)
    wanted = "" if click.value == AUTOMATIC else click.value
    await services.jobs.redraw(click.answer_job(JobKind.REDRAW_CHART, wanted, name=CHART))
    services.wake()
