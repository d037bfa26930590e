"""A real Prometheus for tests, with the files that operators take."""

import asyncio
import shutil
import socket
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp
import yaml

FOLDER = Path(__file__).parents[3] / "monitoring"
PROGRAMS = ("prometheus", "promtool")
WITHIN_SECONDS = 60.0
"""On a busy machine."""


def program(name: str) -> str:
    """Return where a program is; LookupError where it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise LookupError(f"needs {name}, which the Debian package prometheus has")
    return found


class Prometheus:
    """A server that scrapes twice a second."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        """Ask it at `url`."""
        self._url, self._http = url, http

    async def query(self, query: str) -> list[dict[str, Any]]:
        """Return the series that a query finds now; AssertionError for one that it does not understand."""
        async with self._http.get(f"{self._url}/api/v1/query", params={"query": query}) as answer:
            found = await answer.json()
        assert found["status"] == "success", f"{query}: {found}"
        return [*found["data"]["result"]]

    async def until(self, query: str, condition: Callable[[float], bool]) -> float:
        """Wait until a query has a value of which something holds."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + WITHIN_SECONDS
        while True:
            found = await self.query(query)
            if any(condition(float(each["value"][1])) for each in found):
                return float(found[0]["value"][1])
            assert loop.time() < ends, f"{query}: {found}"
            await asyncio.sleep(0.2)

    async def answers(self) -> bool:
        """Tell whether it is ready."""
        try:
            async with self._http.get(f"{self._url}/-/ready") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


@asynccontextmanager
async def scraping(folder: Path, target: str, token: str = "") -> AsyncIterator[Prometheus]:
    """Run one, by our `prometheus.yml`, that scrapes `target`; LookupError where it is not installed."""
    config: dict[str, Any] = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    config["global"] = {"scrape_interval": "500ms", "scrape_timeout": "500ms", "evaluation_interval": "500ms"}
    config["rule_files"] = [str(FOLDER / each) for each in config["rule_files"]]
    [job] = config["scrape_configs"]
    job["static_configs"] = [{"targets": [target]}]
    if token:
        job["authorization"] = {"credentials": token}
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = await asyncio.create_subprocess_exec(
        program("prometheus"),
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={address}",
        "--log.level=error",
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    try:
        async with aiohttp.ClientSession() as http:
            server = Prometheus(f"http://{address}", http)
            async with asyncio.timeout(WITHIN_SECONDS):
                while not await server.answers():
                    assert process.returncode is None, "Prometheus did not start"
                    await asyncio.sleep(0.1)
            yield server
    finally:
        process.terminate()
        await process.wait()
