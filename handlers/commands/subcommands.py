"""The subcommands of `/genie`: the table of all, and the help that is made of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_bolt.async_app import AsyncBoltContext

from bot.replies.introduce_spaces import introduced
from bot.store.listening import ThreadReplies
from handlers.commands import asking, confirmed, person, spaces, threads, watches
from handlers.payloads.commands import Argument, Command
from handlers.services import Services
from render import words
from render.blockkit.reply import Reply
from render.notices.help import command_help

Run = Callable[[Services, AsyncBoltContext, Command], Awaitable[Reply | str]]
"""Does what a subcommand says; returns what the user is told, nothing if that has been done."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What decides which subcommands the help shows."""

    several_spaces: bool = False
    admin: bool = False
    """The user sets the bot up."""
    as_users: bool = False
    """People ask as themselves."""
    all_private: bool = False
    """Each command is answered privately."""
    experts: bool = False
    """There are experts to ask."""
    takes_replies: bool = True
    """Replies in a thread may be questions without a mention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcommand:
    """One subcommand."""

    name: str
    run: Run
    argument: Argument = Argument.NOTHING
    form: str = ""
    """How the help writes it; by its name alone if that is empty."""
    help: str = ""
    """What it does, in the help."""
    shown: Callable[[Installation], bool] = lambda _here: True
    """Whether the help shows it; it is understood everywhere."""
    aliases: tuple[str, ...] = ()
    without_redis: str = ""
    """What the user is told while Redis does not answer, if not what all commands say then."""
    takes_away: bool = False
    """It only takes away what is the user's own: it serves whom the bot does not answer, too."""


async def show_help(services: Services, _context: AsyncBoltContext, command: Command) -> Reply:
    """Show what this installation has for the user."""
    here = Installation(
        several_spaces=services.catalog.several,
        admin=await services.access.is_admin(command.place.team, command.user),
        as_users=services.as_users,
        all_private=services.private,
        experts=bool(services.expert_channel),
        takes_replies=services.listening.replies is not ThreadReplies.MENTIONS,
    )
    lines = [
        words.commands.line(row.form or row.name, row.help)
        for row in SUBCOMMANDS
        if row.help and row.shown(here)
    ]
    return command_help(lines, services.starters, introduced(services.catalog))


SUBCOMMANDS = (
    Subcommand(
        name="ask",
        run=asking.ask,
        argument=Argument.QUESTION,
        form=words.commands.ASK_FORM,
        help=words.commands.ASK,
    ),
    Subcommand(
        name="private",
        run=asking.ask_privately,
        argument=Argument.QUESTION,
        form=words.commands.PRIVATE_FORM,
        help=words.commands.PRIVATE,
        shown=lambda here: not here.all_private,
    ),
    Subcommand(
        name=words.research.WORD,
        run=asking.research,
        argument=Argument.AFTER_COLON,
        form=words.research.FORM,
        help=words.research.HELP,
    ),
    Subcommand(
        name="spaces",
        run=spaces.list_spaces,
        help=words.commands.SPACES,
        shown=lambda here: here.several_spaces,
    ),
    Subcommand(
        name="use",
        run=spaces.use_space,
        argument=Argument.WORD,
        form=words.commands.USE_FORM,
        help=words.commands.USE,
        shown=lambda here: here.several_spaces and here.admin,
    ),
    Subcommand(name="new", run=threads.start_fresh, help=words.commands.NEW),
    Subcommand(name="watches", run=watches.list_watches, help=words.watches.WATCHES),
    Subcommand(
        name="schedule",
        run=watches.schedule,
        argument=Argument.SCHEDULE,
        form=words.watches.SCHEDULE_FORM,
        help=words.watches.SCHEDULE,
    ),
    Subcommand(name="history", run=person.show_history, help=words.commands.HISTORY),
    Subcommand(name="cancel", run=threads.cancel, help=words.commands.CANCEL, takes_away=True),
    Subcommand(
        name="quiet", run=threads.be_quiet, help=words.commands.QUIET, shown=lambda here: here.takes_replies
    ),
    Subcommand(
        name="listen", run=threads.listen, help=words.commands.LISTEN, shown=lambda here: here.takes_replies
    ),
    Subcommand(
        name="status",
        run=person.show_status,
        help=words.commands.STATUS,
        without_redis=words.commands.DATABASE_DOWN,
    ),
    Subcommand(name="forget", run=threads.forget, help=words.commands.FORGET),
    Subcommand(name="forget me", run=person.forget_me, help=words.commands.FORGET_ME, takes_away=True),
    Subcommand(
        name=words.commands.SIGN_IN_FORM,
        run=person.sign_in,
        help=words.commands.SIGN_IN,
        shown=lambda here: here.as_users,
        aliases=("sign in", "signin"),
    ),
    Subcommand(
        name=words.commands.SIGN_OUT_FORM,
        run=person.sign_out,
        help=words.commands.SIGN_OUT,
        shown=lambda here: here.as_users,
        aliases=("sign out", "signout"),
        takes_away=True,
    ),
    Subcommand(
        name="confirmed",
        run=confirmed.list_confirmed,
        help=words.experts.CONFIRMED_COMMAND,
        shown=lambda here: here.experts and here.admin,
    ),
    Subcommand(name="help", run=show_help, aliases=("",)),
)
"""In the order of the help."""

BY_NAME = {name: row for row in SUBCOMMANDS for name in (row.name, *row.aliases)}
FORMS = {name: row.argument for name, row in BY_NAME.items()}
