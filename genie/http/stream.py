"""Read a reply that comes as a stream of events, for as long as it lives.

There is no limit for the whole, because a run takes many minutes; a silence of five minutes ends it. Whatever
comes counts as life, also the comments that the server sends to keep the connection.
"""

from collections.abc import AsyncGenerator

import aiohttp

from genie.errors import StreamBroken
from genie.http.transport import Transport
from genie.protocol.agent.frames import Frame, FrameReader
from genie.protocol.requests import Request


async def frames(transport: Transport, request: Request) -> AsyncGenerator[Frame]:
    """Yield the frames of a reply up to its end; StreamBroken when it breaks off or falls silent.

    What comes before the first frame is an error as for any question. A caller that does not read to the end
    closes it (`contextlib.aclosing`).
    """
    reader, size = FrameReader(), 0
    async with await transport.open(request) as response:
        try:
            async for chunk in response.content.iter_any():
                size += len(chunk)
                if size > request.max_bytes:
                    raise StreamBroken("the stream is too large")
                for frame in reader.feed(chunk):
                    yield frame
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise StreamBroken(f"{StreamBroken.words} ({type(error).__name__})") from None
    for frame in reader.end():
        yield frame
