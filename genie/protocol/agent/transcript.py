"""From the stored items of a conversation of agent mode to the state of one of its runs.

The list holds every run of the conversation, one after the other, each behind the question that began it,
whose id ends in `_input`; its status is that of the last run.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from genie.agent_model import Prose, ResponseState, ResponseStatus
from genie.protocol.agent.items import is_input, words
from genie.protocol.agent.output import output_of
from genie.protocol.agent.status import failure, failure_in, status_of
from genie.protocol.coerce import Object, as_list, as_object, as_text, require_object

_INPUT = "_input"


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """One page of the list; `after` asks for the next one, "" if there is none."""

    items: tuple[Object, ...]
    status: ResponseStatus
    failure: Any
    after: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that began a run."""

    response_id: str
    """Empty where its id does not tell."""
    content: str


def page(reply: Any) -> ItemsPage:
    """Read a page; Malformed if it is none."""
    body = require_object(reply)
    items = tuple(item for item in map(as_object, as_list(body.get("data"))) if item)
    last = as_text(body.get("last_id")) or (as_text(items[-1].get("id")) if items else "")
    return ItemsPage(
        items, status_of(body.get("status")), body.get("error"), last if body.get("has_more") is True else ""
    )


def state(
    pages: Sequence[ItemsPage],
    response_id: str,
    is_asked: Callable[[str], bool] = lambda _words: False,
    others: Collection[str] = (),
) -> ResponseState:
    """Return how far a run is; where none has this id the last one whose words `is_asked` knows, or of all.

    One whose id is among the `others` is another: the list may lag behind the run that is meant. Any run
    before the last one has ended, since a conversation has one at a time, and its answer says how.
    """
    runs = _runs([item for page in pages for item in page.items])
    named = [n for n, run in enumerate(runs) if response_id and _response_id(run) == response_id]
    free = [n for n, run in enumerate(runs) if _response_id(run) not in others]
    asked = [n for n in free if runs[n] and is_input(runs[n][0]) and is_asked(words(runs[n][0]))]
    if not (named or free):
        return ResponseState(ResponseStatus.IN_PROGRESS, ())
    at = (named or asked or free)[-1]
    found = output_of(runs[at])
    if at < len(runs) - 1:
        answered = any(isinstance(item, Prose) and item.role != "system" for item in found)
        status, error = ResponseStatus.COMPLETED if answered else ResponseStatus.FAILED, None
    else:
        status, error = pages[-1].status, failure(pages[-1].failure)
    failed = status is ResponseStatus.FAILED
    return ResponseState(status, found, (error or failure_in(found)) if failed else None)


def questions(items: Sequence[Object]) -> tuple[Question, ...]:
    """Return the questions of a conversation in order."""
    return tuple(Question(_response_id([item]), words(item)) for item in items if is_input(item))


def _runs(items: Sequence[Object]) -> list[list[Object]]:
    """Split items where a question begins a run."""
    runs: list[list[Object]] = [[]]
    for item in items:
        if is_input(item) and runs[-1]:
            runs.append([])
        runs[-1].append(item)
    return runs


def _response_id(run: Sequence[Object]) -> str:
    """Return the id of the run that an input began, "" for none."""
    item_id = as_text(run[0].get("id")) if run and is_input(run[0]) else ""
    return item_id.removesuffix(_INPUT) if item_id.endswith(_INPUT) else ""
