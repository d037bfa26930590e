"""Orders about a thread: say that it begins anew, and delete its conversations, however long that takes."""

import json

from bot.failures.retry import later
from bot.question import Held
from bot.replies.responder import Ending
from bot.store.queue import Queue
from genie.client import Genie
from genie.errors import GenieError, NotFound
from render import words
from render.blockkit.blocks import mention
from render.blockkit.text_reply import note


class Forgetting:
    """What is left to do once somebody has given an order about a thread."""

    def __init__(self, queue: Queue, genie: Genie, ending: Ending) -> None:
        """Delete through `genie`, and say in the thread that it is done."""
        self._queue, self._genie, self._ending = queue, genie, ending

    async def tell(self, held: Held) -> None:
        """Say in the thread who began anew."""
        sentence = words.threads.begun_anew(mention(held.question.asker))
        await self._ending.end(held, note(sentence), "fresh")

    async def forget(self, held: Held) -> None:
        """Delete what is left, one conversation after the other; a failure delays the rest."""
        left: list[tuple[str, str]] = json.loads(held.progress.left)
        who, refused = mention(held.question.asker), held.progress.note
        while left:
            space, conversation = left[0]
            try:
                await self._genie.delete_conversation(space, conversation)
            except NotFound:
                pass  # somebody else, or a predecessor, has deleted it
            except GenieError as error:
                if await later(self._queue, held, error, "thread.not_deleted"):
                    return
                refused = words.threads.not_deleted(who)  # which does not keep the others
            left = left[1:]
            await self._queue.save(held, left=json.dumps(left), note=refused)
        sentence = refused or words.threads.forgotten(who)
        await self._ending.end(held, note(sentence), "not_deleted" if refused else "forgotten")
