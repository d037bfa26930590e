"""Edits an answer that stands in Slack into what is composed of it now."""

from bot.identity.model import SlackUser
from bot.replies.chart_image import ChartImages
from bot.replies.load_answer import LoadedAnswer
from bot.slack.messages import Messages
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply


def draws_itself(loaded: LoadedAnswer, reply: Reply) -> bool:
    """Tell whether Slack draws the chart of an answer, in the variant that it took."""
    return reply.variants[reply.variant_number(loaded.progress.variant)].has_native_chart


async def edit_answer(
    messages: Messages,
    chart_images: ChartImages,
    loaded: LoadedAnswer,
    reply: Reply,
    block: Block | None,
    identity: SlackUser,
) -> None:
    """Edit the message of an answer, with the picture `block` if there is one; SlackRefused."""
    channel, answered = loaded.question.place.channel, loaded.progress
    ts, saved = answered.ts or "", reply.variant_number(answered.variant)
    variant = await messages.show(channel, ts, reply, variant=saved, image=block)
    if draws_itself(loaded, reply) and not reply.variants[variant].has_native_chart:
        # Slack cannot draw it here
        block = await chart_images.chart_block(answered.ref, reply.picture, identity)
        await messages.show(channel, ts, reply, variant=variant, image=block)
    await chart_images.remove(answered)
