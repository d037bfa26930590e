"""Headless Chromium for tests of the sandbox's page and for pictures of it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

PROGRAMS = ("chromium", "chromium-headless-shell", "google-chrome")
TIMEOUT_MS = 40_000
"""For what a page has to show; on a busy machine an answer takes long."""


@asynccontextmanager
async def open_browser(environment: dict[str, str | float | bool] | None = None) -> AsyncIterator[Browser]:
    """Start Chromium with `environment` besides our own; LookupError where it is not installed."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise LookupError(f"needs one of {', '.join(PROGRAMS)}")
    expect.set_options(timeout=TIMEOUT_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"], env={**os.environ, **(environment or {})}
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def open_page(
    browser: Browser, *, width: int = 1400, height: int = 900, scale: float = 1, dark: bool = False
) -> AsyncIterator[Page]:
    """Open a page without cookies or storage of another; an error in a script of the page fails here."""
    errors: list[str] = []
    context = await browser.new_context(
        viewport=ViewportSize(width=width, height=height),
        device_scale_factor=scale,
        locale="en-US",
        timezone_id="UTC",
        color_scheme="dark" if dark else "light",
    )
    page = await context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    await context.close()
    assert errors == []
