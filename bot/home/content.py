"""What one person sees on the Home tab: read from Redis, and from what the process knows of the spaces."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.identity.identities import UserIdentities
from bot.identity.model import NotSignedIn, SlackUser
from bot.identity.sign_in_messages import SignInMessages
from bot.records.progress import ANSWERED, INCOMPLETE, STOPPED, Progress, State
from bot.replies.watching.view import ViewOf
from bot.slack.permalinks import message_link
from bot.slack.users import question_text
from bot.spaces.catalog import Catalog
from bot.spaces.starters import starters_of
from bot.store.oversight.figures import FigureStore
from bot.store.people import Asked, PeopleStore
from bot.store.watches import WatchStore
from genie.errors import GenieError
from render.home.model import Entry, HomeContent, Settings, SignInState, SpaceCard, Status
from render.watch.model import WatchView

WAITING = frozenset({State.RECEIVED, State.ANNOUNCED})
ENDED = frozenset({State.SHOWN, State.DELIVERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInReader:
    """Reads whether a person has signed in to Databricks."""

    identities: UserIdentities
    messages: SignInMessages

    async def state(self, user: SlackUser) -> SignInState:
        """Return as whom a person asks, or a new link for one who is to sign in."""
        try:
            return SignInState(name=(await self.identities.signed_in(user)).databricks_user)
        except (NotSignedIn, GenieError):
            return SignInState(link=await self.messages.link_of_known(user))


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContents:
    """Reads what people see."""

    people: PeopleStore
    figures: FigureStore
    watches: WatchStore
    view_of: ViewOf
    """Shows a watch."""
    spaces: Callable[[], Sequence[SpaceCard]]
    is_admin: Callable[[str, str], Awaitable[bool]]
    sign_in: SignInReader | None
    """None where the bot asks for everybody."""
    always_private: bool
    """All answers are private, whatever people set."""
    never_charts: bool
    """No answer has a chart, whatever people set."""
    workspace_url: str
    bot_user: str

    async def of(self, user: SlackUser) -> HomeContent:
        """Return what a person sees; RedisError or NotStored without Redis."""
        entries, watches, settings, sign_in, is_admin = await asyncio.gather(
            self.entries(user),
            self.watched(user),
            self.settings(user),
            self._sign_in(user),
            self.is_admin(user.team, user.id),
        )
        return HomeContent(
            spaces=tuple(self.spaces()),
            entries=entries,
            watches=watches,
            settings=settings,
            sign_in=sign_in,
            figures=await self.figures.read() if is_admin else None,
        )

    async def entries(self, user: SlackUser) -> tuple[Entry, ...]:
        """Return the questions that a person asked last, newest first; RedisError without Redis."""
        return tuple(self._entry(each) for each in await self.people.recent(user.team, user.id))

    async def watched(self, user: SlackUser) -> tuple[WatchView, ...]:
        """Return what a person watches, oldest first; NotStored without Redis."""
        return tuple(map(self.view_of, await self.watches.of(user)))

    async def settings(self, user: SlackUser) -> Settings:
        """Return what a person has set; RedisError without Redis."""
        preferences = await self.people.preferences(user.team, user.id)
        return Settings(
            private=preferences.private,
            always_private=self.always_private,
            never_charts=self.never_charts,
            charts=preferences.charts,
            numbers=preferences.numbers,
            dates=preferences.dates,
            quiet=preferences.quiet,
        )

    async def _sign_in(self, user: SlackUser) -> SignInState | None:
        return await self.sign_in.state(user) if self.sign_in else None

    def _entry(self, asked: Asked) -> Entry:
        question, progress = asked.question, asked.progress
        place, thread = question.place, progress.thread or question.place.thread or ""
        return Entry(
            question_id=question.origin,
            text=progress.text or question_text(question.text, self.bot_user, {}),
            status=status_of(progress),
            at=question.written_at / 1_000_000,
            channel=question.asked_in or place.channel,
            private=place.is_direct,
            link=message_link(self.workspace_url, place.channel, thread, progress.ts or ""),
        )


def space_cards(catalog: Catalog, starters: tuple[str, ...], *, as_users: bool) -> tuple[SpaceCard, ...]:
    """Introduce the spaces that can be asked; `starters` are the operator's, for the default one."""
    return tuple(
        SpaceCard(
            id=info.space.id,
            title=info.name,
            description=info.description or info.space.description,
            alias=info.space.alias if catalog.several else "",
            starters=tuple(each.question for each in starters_of(info, catalog, starters, as_users=as_users)),
        )
        for info in catalog.usable
    )


def status_of(progress: Progress) -> Status:
    """Tell how far a question has come."""
    if progress.state is State.OVERDUE:
        return Status.OVERDUE
    if progress.outcome == STOPPED:
        return Status.STOPPED
    if progress.state in ENDED:
        # Records of the version before do not say how a question ended.
        answered = progress.outcome in {ANSWERED, INCOMPLETE} or bool(
            not progress.outcome and progress.message
        )
        return Status.ANSWERED if answered else Status.FAILED
    if progress.signing_in_at:
        return Status.SIGNS_IN
    return Status.WAITS if progress.state in WAITING else Status.WORKING
