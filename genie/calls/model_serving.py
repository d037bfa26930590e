"""Call a chat model behind a serving endpoint: messages in, text and tokens used out."""

from collections.abc import Sequence

from genie.errors import BadRequest, Malformed
from genie.http.transport import Timeouts, Transport
from genie.protocol.completions import ChatMessage, Completion, complete, completion

TIMEOUTS = Timeouts(read=60.0, attempt=45.0)
"""A model writes for a while; what it is sent is no question of Genie's."""


class Serving:
    """One endpoint. `transport` has the patience that a model needs."""

    def __init__(self, transport: Transport, endpoint: str) -> None:
        self._transport, self._endpoint = transport, endpoint

    async def complete(
        self, messages: Sequence[ChatMessage], *, max_tokens: int, temperature: float
    ) -> Completion:
        """Let the model write; raises GenieError.

        Sent again only when it was refused at the door or never left: a second time costs as much as the
        first. Ambiguous when nobody knows what became of it, Malformed when the model wrote nothing.
        """
        try:
            written = await self._complete(messages, max_tokens, temperature)
        except BadRequest:
            written = await self._complete(messages, max_tokens, None)
        if not written.text.strip():
            raise Malformed("the model wrote nothing")
        return written

    async def _complete(
        self, messages: Sequence[ChatMessage], max_tokens: int, temperature: float | None
    ) -> Completion:
        request = complete(self._endpoint, messages, max_tokens=max_tokens, temperature=temperature)
        return await self._transport.read(
            request, lambda reply: completion(reply[0], reply[1], self._endpoint)
        )
