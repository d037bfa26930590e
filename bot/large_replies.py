"""Large results go from the network to the disk, are decoded in the studio and wait in files for it.

The event loop only ever holds a small part of one.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

from bot.spool import Spool, save
from bot.studio import Studio, StudioError
from genie.apart import decoded_apart, parcels
from genie.errors import Malformed
from genie.lenient import parse

log = logging.getLogger(__name__)

T = TypeVar("T")


class LargeReplies:
    """What `genie.client` is given for replies with many rows."""

    def __init__(self, studio: Studio, spool: Spool) -> None:
        """Decode in `studio`, by way of files in `spool`."""
        self._studio, self._spool = studio, spool

    async def store(self, parts: AsyncIterator[bytes]) -> Path:
        """Write a reply to a file."""
        path = await self._spool.file()
        try:
            await save(parts, path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    async def decode(self, decode: Callable[[Any], T], path: Path) -> T:
        """Return what `decode` makes of a file, which is gone then; or raise Malformed."""
        packed = path.with_suffix(".rows")
        try:
            done = await self._studio.run(decoded_apart, decode, path, packed)
        except StudioError as error:
            log.warning("rows.decoded_here", extra={"error": str(error)})
            packed.unlink(missing_ok=True)
            return await asyncio.to_thread(lambda: decode(parse(path.read_bytes())))
        except BaseException:
            packed.unlink(missing_ok=True)
            raise
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        if isinstance(done, Malformed):
            raise done
        for parcel in parcels(done):
            parcel.own()
        return done
