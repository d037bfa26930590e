"""From the frames of a run to its events.

Unknown events, items and fields are passed over. A known event that cannot be read raises StreamBroken: the
run goes on, and to leave a part of it out unseen would make another answer of it.
"""

from collections.abc import Iterator

from genie.agent_model import (
    Item,
    ItemSeen,
    ResponseCreated,
    ResponseEnded,
    ResponseEvent,
    ResponseRef,
    ResponseStatus,
)
from genie.errors import GenieError, Malformed, NotFound, StreamBroken
from genie.model import MessageError
from genie.protocol.agent.frames import Frame
from genie.protocol.agent.items import items
from genie.protocol.agent.output import CallPairs, Key, key, output_of
from genie.protocol.agent.status import failure, failure_in, status_of
from genie.protocol.coerce import Object, as_id, as_list, as_object, as_text, parse, require_object
from genie.protocol.error_mapping import error_for_code

_CREATED = "response.created"
_ITEM = {
    "response.output_item.added": False,
    "response.output_item.updated": False,
    "response.output_item.done": True,
}
"""Whether the item of such an event is done."""
_ENDS = {
    "response.completed": ResponseStatus.COMPLETED,
    "response.failed": ResponseStatus.FAILED,
    "response.incomplete": ResponseStatus.INCOMPLETE,
    "response.cancelled": ResponseStatus.CANCELLED,
    "response.done": ResponseStatus.COMPLETED,
    "error": ResponseStatus.FAILED,
}
"""How a run has ended after such an event, unless its response says so itself."""
_KNOWN = {_CREATED, *_ITEM, *_ENDS}


class EventDecoder:
    """Decodes the frames of one run, and remembers what its end may leave out."""

    def __init__(self, space_id: str, conversation_id: str = "") -> None:
        self._space_id, self._conversation_id = space_id, conversation_id
        self._done: dict[Key, Item] = {}
        self._pairs = CallPairs()
        self._early: list[ItemSeen] = []
        """What was seen before the run has said where it is: that comes first."""
        self.ref: ResponseRef | None = None
        """Where the run lives, once it has said so."""
        self.ended = False

    def decode(self, frame: Frame) -> tuple[ResponseEvent, ...]:
        """Return what a frame says; another error than StreamBroken: Genie began nothing."""
        name, body = _named(frame)
        if name not in _KNOWN or self.ended:
            return ()
        if body is None:
            raise StreamBroken("an event of the stream cannot be read")
        try:
            return tuple(self._events(name, body))
        except Malformed as error:
            raise StreamBroken("an event of the stream cannot be read") from error

    def finish(self) -> None:
        """Take the end of the stream; StreamBroken unless the run had ended before."""
        if not self.ended:
            raise StreamBroken("the stream ended before the run")

    def _events(self, name: str, body: Object) -> Iterator[ResponseEvent]:
        if name in _ITEM:
            yield from self._item(body, done=_ITEM[name])
            return
        response = as_object(body.get("response"))
        if self.ref is None and (ref := self._ref_in(response)):
            self.ref = ref
            yield ResponseCreated(ref)
            yield from self._early
        if self.ref is None and _ENDS.get(name) is not ResponseStatus.FAILED:
            raise Malformed("the run does not say where it is")
        if name in _ENDS:
            yield self._end(name, body, response)

    def _ref_in(self, response: Object) -> ResponseRef | None:
        response_id = as_id(response.get("id"), response.get("response_id"))
        conversation = as_object(response.get("conversation")).get("id")
        conversation_id = as_id(response.get("conversation_id"), conversation, self._conversation_id)
        if response_id is None or conversation_id is None:
            return None
        return ResponseRef(self._space_id, conversation_id, response_id)

    def _item(self, body: Object, *, done: bool) -> Iterator[ResponseEvent]:
        seen = tuple(map(self._pairs.pair, items(require_object(body.get("item")), done=done)))
        if done:
            self._done |= {key(each): each for each in seen}
        if seen and self.ref is None:
            self._early.append(ItemSeen(seen, done))
        elif seen:
            yield ItemSeen(seen, done)

    def _end(self, name: str, body: Object, response: Object) -> ResponseEnded:
        told = response or body
        error = failure(told.get("error")) or (_told_by(body) if name == "error" else None)
        if self.ref is None:
            raise self._refusal(error or MessageError(""))
        status = status_of(response.get("status"))
        status = status if status.final else _ENDS[name]
        output = {key(item): item for item in output_of(as_list(response.get("output")))}
        whole = status is ResponseStatus.COMPLETED and output
        found = tuple((output if whole else self._done | output).values())
        self.ended = True
        return ResponseEnded(
            ref=self.ref,
            status=status,
            items=found,
            error=(error or failure_in(found)) if status is ResponseStatus.FAILED else None,
            reason=as_text(as_object(response.get("incomplete_details")).get("reason")),
        )

    def _refusal(self, error: MessageError) -> GenieError:
        """Return why nothing has begun; what is missing for a new conversation is Genie's, as a warehouse."""
        refusal = error_for_code(error.type, error.detail)
        if isinstance(refusal, NotFound) and not self._conversation_id:
            return GenieError(code=refusal.code, detail=refusal.detail)
        return refusal


def _told_by(body: Object) -> MessageError | None:
    """Read the event `error`, which is its own description; its type is but the name of the event."""
    return failure({name: value for name, value in body.items() if name != "type"})


def _named(frame: Frame) -> tuple[str, Object | None]:
    """Return the name of an event and what it holds, or None for what cannot be read.

    Its data knows its name better than the frame around it.
    """
    try:
        body = require_object(parse(frame.data))
    except Malformed:
        return frame.name, None
    return as_text(body.get("type")) or frame.name, body
