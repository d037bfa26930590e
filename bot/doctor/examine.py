"""Runs every look at once, each within its time: one that fails or hangs hides no other."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from itertools import chain
from pathlib import Path

from bot.doctor.looks import LOOKS, Subject
from bot.doctor.model import Finding, green, red, yellow
from bot.doctor.settings import ReadSettings, read_settings
from bot.doctor.surroundings import Clock, Surroundings, open_surroundings
from render.words.operator import check as words

LOOK_SECONDS = 15.0
"""For all that one look does."""
_SHORTEST_SECRET = 8
"""Of a secret that a sentence can hold by more than chance, in characters."""


async def examine(
    environ: Mapping[str, str],
    env_file: Path | None = Path(".env"),
    *,
    clock: Clock = time.time,
    seconds: float = LOOK_SECONDS,
) -> list[Finding]:
    """Return what there is to say about an installation, without any secret; takes `seconds` at most."""
    read = read_settings(environ, env_file)
    findings = [red("settings", sentence) for sentence in read.wrong.values()]
    findings = findings or [green("settings", words.SETTINGS)]
    if read.settings is None:
        return findings
    async with open_surroundings(read.settings, clock) as around:
        found = await asyncio.gather(*(_looked_at(each, around, read, seconds) for each in LOOKS))
    findings += chain.from_iterable(found)
    return [_safe(each, read.settings.secrets) for each in findings]


async def _looked_at(
    subject: Subject, around: Surroundings, read: ReadSettings, seconds: float
) -> list[Finding]:
    """Return what a look finds until it has ended, failed or used its time up."""
    if missing := [name for name in subject.needs if name in read.wrong]:
        return [yellow(subject.name, words.not_looked_at([name.upper() for name in missing]))]
    findings: list[Finding] = []
    try:
        async with asyncio.timeout(seconds), aclosing(subject.look(around)) as looking:
            async for finding in looking:
                findings.append(finding)  # noqa: PERF401 - those before its end count
    except TimeoutError:
        findings.append(red(subject.name, words.took_longer(seconds)))
    except Exception as fault:  # noqa: BLE001 - whatever a look raises, the others are told
        findings.append(red(subject.name, words.failed(type(fault).__name__)))
    return findings


def _safe(finding: Finding, secrets: Sequence[str]) -> Finding:
    """Take out what other servers may have put into a sentence: what steers a terminal, and our secrets."""
    text = "".join(each if each.isprintable() else " " for each in finding.text)
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "…")
    return replace(finding, text=text)
