"""Lists of items: each item once, in order, and each output with the call that it belongs to."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from genie.agent_model import Item, ToolCall, ToolOutput
from genie.protocol.agent.items import is_input, items
from genie.protocol.agent.status import status_of
from genie.protocol.coerce import Object, as_object, as_text

Key = tuple[type[Item], str]


def key(item: Item) -> Key:
    """Return what makes an item the same as an earlier one."""
    return type(item), item.id


class CallPairs:
    """Finds the call of an output that does not name it: the first one that has no output yet."""

    def __init__(self) -> None:
        self._waiting: dict[str, bool] = {}
        """Every call, and whether its output is still to come."""
        self._of: dict[str, str] = {}
        """The call of each output, by the output's id."""

    def pair(self, item: Item) -> Item:
        """Return an item, an output with its call."""
        if isinstance(item, ToolCall):
            self._waiting.setdefault(item.call_id, True)
        if not isinstance(item, ToolOutput):
            return item
        next_call = next((call for call, waiting in self._waiting.items() if waiting), "")
        call_id = item.call_id or self._of.get(item.id, next_call)
        if item.complete:
            self._waiting[call_id] = False
            self._of[item.id] = call_id
        return replace(item, call_id=call_id)


def output_of(listed: Iterable[Any]) -> tuple[Item, ...]:
    """Read the items of a run, the question left out; a later one takes the place of the same before."""
    pairs, found = CallPairs(), dict[Key, Item]()
    for body in map(as_object, listed):
        if not is_input(body):
            read = map(pairs.pair, items(body, done=_is_done(body)))
            found |= {key(item): item for item in read}
    return tuple(found.values())


def _is_done(body: Object) -> bool:
    """Tell whether a listed item is whole; one without a status is."""
    status = as_text(body.get("status"))
    return not status or status_of(status).final
