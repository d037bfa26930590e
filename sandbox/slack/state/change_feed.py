"""Change feed of the workspace: for the page's event stream and for waiting tests."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

Change = dict[str, Any]
"""One line of the event stream, as the page takes it."""

_T = TypeVar("_T")


class ChangeFeed:
    """Tells watchers what happened and wakes those who wait for a condition."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[Change | None]] = set()
        self._waiting: set[asyncio.Event] = set()

    def publish(self, **happening: Any) -> None:
        """Tell every watcher, and wake those who wait."""
        for watcher in self._watchers:
            watcher.put_nowait(happening)
        self.wake()

    def wake(self) -> None:
        """Let those who wait look again: something changed that the page does not show."""
        for event in self._waiting:
            event.set()

    def finish(self) -> None:
        """Let every watcher know that there will be nothing more."""
        for watcher in self._watchers:
            watcher.put_nowait(None)

    @contextmanager
    def watch(self) -> Iterator[asyncio.Queue[Change | None]]:
        """Receive happenings from now on; None is the end."""
        watcher: asyncio.Queue[Change | None] = asyncio.Queue()
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    async def until(self, predicate: Callable[[], _T | None], timeout: float = 10) -> _T:  # noqa: ASYNC109 - part of the promise: it says what was awaited
        """Wait until the predicate gives something true, and give that; TimeoutError after `timeout` s."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            async with asyncio.timeout(timeout):
                while not (result := predicate()):
                    event.clear()
                    await event.wait()
        except TimeoutError:
            raise TimeoutError(f"Not so within {timeout} s: {_described(predicate)}") from None
        finally:
            self._waiting.discard(event)
        return result


def _described(predicate: Callable[[], Any]) -> str:
    code = getattr(predicate, "__code__", None)
    where = f"{code.co_filename}:{code.co_firstlineno}" if code else ""
    return f"{getattr(predicate, '__qualname__', predicate)} {where}".strip()
