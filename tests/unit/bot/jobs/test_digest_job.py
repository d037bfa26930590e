"""The digest comes once, with words that all of its readers may see."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from bot.jobs.digest.job import DigestJob
from bot.records.job import Job, JobKind, JobProgress, Stage
from bot.records.lease import JobLease
from bot.records.question import Place
from bot.slack.api import SlackRefused
from bot.slack.channels import ChannelAudience, ChannelKind
from bot.slack.messages import Posted
from bot.store.keys import DAY, QUESTION_LIFETIME
from render.digest.model import Entry, Fate
from render.words.operator import digest as words

DUE = 1_796_025_600_000
BERLIN = ZoneInfo("Europe/Berlin")
EXPERTS = Place("T1", "CEXPERTS", None)
JOB = Job(f"digest.{DUE}", JobKind.DIGEST, EXPERTS, "")
PUBLIC = ChannelAudience(ChannelKind.PUBLIC)
PRIVATE = ChannelAudience(ChannelKind.PRIVATE)


def lease(**saved: Any) -> JobLease:
    return JobLease(owner="w", now=DUE + 1, job=JOB, progress=JobProgress(stage=Stage.QUEUED, **saved))


@dataclass
class Everything:
    """What the job works with, and what it did."""

    entries: list[Entry] = field(default_factory=lambda: [Entry(asked_at=1, asker="U1", fate=Fate.ANSWERED)])
    audiences: dict[str, ChannelAudience] = field(default_factory=lambda: {EXPERTS.channel: PRIVATE})
    refusal: str = ""
    time_zone: str = "UTC"
    done: list[str] = field(default_factory=list)
    period: tuple[int, int] = (0, 0)
    may_see: Any = None

    def job(self) -> DigestJob:
        part = cast("Any", self)
        return DigestJob(
            queue=part,
            responder=part,
            entries=part.reader,
            channels=part,
            messages=part,
            files=part,
            time_zone=self.time_zone,
        )

    def reader(self, may_see: Any) -> "Everything":
        self.may_see = may_see
        return self

    async def between(self, since: int, until: int) -> list[Entry]:
        self.period = since, until
        return self.entries

    async def read(self, _team: str, channel: str) -> ChannelAudience:
        return self.audiences[channel]

    async def post(self, channel: str, thread: object, _reply: object, mark: str, *, seek: bool) -> Posted:
        if self.refusal == "message":
            raise SlackRefused("not_in_channel")
        self.done.append(f"post {channel} {thread} {mark} {seek}")
        return Posted("1.0")

    async def send(self, _file: object) -> str:
        if self.refusal == "file":
            raise SlackRefused("file_uploads_disabled")
        self.done.append("send")
        return "F1"

    async def share(self, file_id: str, _title: str, channel: str, thread: str) -> None:
        self.done.append(f"share {file_id} {channel} {thread}")

    async def advance(self, lease: JobLease, **saved: Any) -> JobLease:
        return replace(lease, progress=replace(lease.progress, **saved))

    save = advance

    async def close(self, _lease: JobLease, outcome: str) -> None:
        self.done.append(outcome)


async def test_the_message_is_posted_and_its_file_stands_below() -> None:
    """It is about the week before it was due."""
    all_parts = Everything()
    await all_parts.job().run(lease())
    assert all_parts.done == [
        f"post CEXPERTS None digest.{DUE} False",
        *("send", "share F1 CEXPERTS 1.0", "told"),
    ]
    assert all_parts.period == (DUE - 7 * DAY, DUE)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-10-26", 169), ("2026-11-02", 168), ("2027-03-29", 167)], ids=str
)
async def test_a_week_ends_where_the_next_one_begins(day: str, hours: int) -> None:
    """Also where a clock is put forward or back: no question is counted twice, and none is left out."""
    due = round(datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=BERLIN).timestamp() * 1000)
    all_parts = Everything(time_zone="Europe/Berlin")
    late = replace(lease(), now=due + 3_000_000, job=replace(JOB, id=f"digest.{due}"))
    await all_parts.job().run(late)
    assert all_parts.period == (due - hours * 3_600_000, due)


async def test_what_is_not_remembered_any_more_is_not_in_the_title() -> None:
    """After an outage of a day the digest is about what is left."""
    all_parts = Everything()
    await all_parts.job().run(replace(lease(), now=DUE + DAY))
    assert all_parts.period == (DUE + DAY - QUESTION_LIFETIME, DUE)


async def test_another_worker_goes_on_where_one_died() -> None:
    """A message that stands is not posted again, nor a file sent."""
    all_parts = Everything()
    await all_parts.job().run(lease(ts="1.0", attempts=1))
    assert all_parts.done == ["send", "share F1 CEXPERTS 1.0", "told"]
    saved = f'{{"{words.FILE_TITLE}": "F1"}}'
    for stands, more in ((True, []), (False, ["share F1 CEXPERTS 1.0"])):
        again = Everything()
        stand_in = cast("Any", again)

        async def shared(_file: str, _channel: str, _thread: str, stands: bool = stands) -> bool:  # noqa: FBT001
            return stands

        stand_in.shared = shared
        await again.job().run(lease(ts="1.0", files=saved, attempts=1))
        assert again.done == [*more, "told"]


async def test_a_week_without_questions_has_no_digest() -> None:
    """Nobody is told that nothing was."""
    all_parts = Everything(entries=[])
    await all_parts.job().run(lease())
    assert all_parts.done == ["nobody asked"]


@pytest.mark.parametrize(
    ("refusal", "done"),
    [("message", ["refused"]), ("file", [f"post CEXPERTS None digest.{DUE} False", "told"])],
)
async def test_a_slack_that_refuses_ends_it(refusal: str, done: list[str]) -> None:
    """Without the file there is still the message."""
    all_parts = Everything(refusal=refusal)
    await all_parts.job().run(lease())
    assert all_parts.done == done


@pytest.mark.parametrize(
    ("experts", "asked", "shown"),
    [
        (PRIVATE, PUBLIC, True),
        (PUBLIC, PUBLIC, True),
        (PRIVATE, PRIVATE, False),
        (PRIVATE, ChannelAudience(ChannelKind.GROUP), False),
        (PRIVATE, ChannelAudience(), False),
        (replace(PRIVATE, companies=1), PUBLIC, False),
        (replace(PUBLIC, guests=1), PUBLIC, False),
        (replace(PRIVATE, pending=True), PUBLIC, False),
    ],
)
async def test_words_are_shown_that_all_readers_may_see(
    experts: ChannelAudience, asked: ChannelAudience, *, shown: bool
) -> None:
    """Those of public channels, unless outsiders may read along with the experts."""
    all_parts = Everything(audiences={EXPERTS.channel: experts, "C1": asked})
    await all_parts.job().run(lease())
    assert await all_parts.may_see(Place("T1", "C1", "1.0")) is shown
    assert await all_parts.may_see(Place("T1", EXPERTS.channel, "1.0")) is not experts.may_have_outsiders
