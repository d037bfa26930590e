"""Who gets to see an answer: "Share to Channel" in its menu."""

from collections.abc import Callable

from bot.orders import Orders, Outcome
from bot.question import State
from handlers.actions import privately
from handlers.menu import Choice
from render import words_sharing
from render.buttons import SHARE


class Sharing:
    """Anybody of ours who sees an answer may share it; it is shared once."""

    def __init__(self, orders: Orders, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._orders, self._poke = orders, poke

    async def share(self, choice: Choice) -> None:
        """Have an answer shown in the channel of its thread."""
        order = choice.pressed.about(choice.question_id, SHARE)
        outcome = await self._orders.place(order, State.SHARING)
        self._poke()
        if outcome is Outcome.ALREADY:
            await privately(choice.respond, words_sharing.SHARED_ALREADY)
