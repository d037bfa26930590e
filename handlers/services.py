"""Dependencies of the listeners: the stores, the worker, and some settings."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.home.tab import HomeTab
from bot.identity.sign_in_actions import SignInActions
from bot.replies.access import Access
from bot.replies.answer_privacy import AnswerPrivacy
from bot.replies.asker_guard import AskerGuard
from bot.slack.modal import ModalRequest
from bot.slack.users import Users
from bot.spaces.catalog import Catalog
from bot.store.changes import QuestionChanges
from bot.store.experts import ConfirmedStore, ReviewStore
from bot.store.feedback import FeedbackStore
from bot.store.jobs import JobStore
from bot.store.listening import ListeningStore
from bot.store.oversight.heard import HeardStore
from bot.store.people import PeopleStore
from bot.store.questions import QuestionStore
from bot.store.spaces import SpaceStore
from bot.store.watches import WatchStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Given to every listener; the composition root builds it once."""

    questions: QuestionStore
    changes: QuestionChanges
    catalog: Catalog
    spaces: SpaceStore
    jobs: JobStore
    feedback: FeedbackStore
    reviews: ReviewStore
    confirmed: ConfirmedStore
    listening: ListeningStore
    heard: HeardStore
    users: Users
    guard: AskerGuard
    access: Access
    privacy: AnswerPrivacy
    home: HomeTab
    people: PeopleStore
    sign_in: SignInActions | None
    """None where the bot asks for everybody."""
    explain: Callable[[ModalRequest, str], bool]
    """Begin to show a user how the answer to a question came about; False when too many are waiting."""
    watches: WatchStore
    watch_form: Callable[[ModalRequest, str, str], bool]
    """Begin to show a user the form to watch the answer to a question; False when too many are waiting."""
    works: Callable[[], Awaitable[Mapping[str, bool]]]
    """Tell which of Slack, Databricks and Redis answer now."""
    wake: Callable[[], None]
    """Wake this process's worker: there is work."""
    as_users: bool = False
    """People ask as themselves, so that answers and threads have owners."""
    starters: Sequence[str] = ()
    """Questions that the help offers."""
    expert_channel: str = ""
    """The channel whose members are the experts; empty without one."""
    reviewed: bool = False
    """People besides the authors of the Genie space read the reasons for bad ratings."""
    allowed_bots: Collection[str] = ()
    """Ids of apps and workflows that may ask."""
    private: bool = False
    """`/genie` answers in direct messages, with or without the word `private`."""
