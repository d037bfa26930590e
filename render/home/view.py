"""The Home tab, most useful first; never more blocks than Slack takes.

https://docs.slack.dev/surfaces/app-home
"""

from collections.abc import Iterator, Sequence

from render import words
from render.blockkit.blocks import Block, Element, actions, context, header, mrkdwn, section
from render.blockkit.buttons import OPEN_THREAD, about_question, button, question_buttons
from render.home.history import described
from render.home.model import Entry, Figures, HomeContent, Settings, SignInState, SpaceCard
from render.notices.sign_in import SIGN_IN, SIGN_OUT
from render.text.escape import one_line
from render.text.limits import BUTTON_TEXT, VIEW_BLOCKS, clip
from render.watch.message import watch_row
from render.watch.model import WatchView

STARTER, WITHDRAW, SETTINGS = "home_starter", "home_withdraw", "home_settings"
"""Action ids; that of a starter goes on with its space and its number."""
STARTERS_SHOWN, SPACES_SHOWN = 5, 8
STARTERS_OF_SEVERAL = 3
WAITING_SHOWN, RECENT_SHOWN = 10, 8
WATCHES_SHOWN = 20

DIVIDER: Block = {"type": "divider"}

said = words.home


def home_view(content: HomeContent) -> Block:
    """Show a person what is theirs."""
    parts = (
        _sign_in(content.sign_in) if content.sign_in and not content.sign_in.name else (),
        _spaces(content.spaces),
        _waiting([each for each in content.entries if each.status.may_be_withdrawn]),
        _ended(content.entries),
        _watches(content.watches),
        _settings(content.settings),
        _sign_in(content.sign_in) if content.sign_in and content.sign_in.name else (),
        (section(mrkdwn(words.sign_in.HOME_AS_BOT)),) if content.sign_in is None else (),
        _figures(content.figures) if content.figures else (),
        (context(mrkdwn(said.MORE)),),
    )
    shown = [[*part] for part in parts]
    return _view([block for part in shown if part for block in (*part, DIVIDER)][:-1])


def sentence_view(sentence: str) -> Block:
    """Say one thing, and show nothing else."""
    return _view([section(mrkdwn(sentence))])


def _view(blocks: Sequence[Block]) -> Block:
    return {"type": "home", "blocks": list(blocks[:VIEW_BLOCKS])}


def _spaces(spaces: Sequence[SpaceCard]) -> Iterator[Block]:
    """Welcome people with what the spaces say of themselves, and questions to press."""
    alone = len(spaces) == 1
    yield header((alone and spaces[0].title) or said.TITLE)
    if alone and (about := said.space("", spaces[0].description, "")):
        yield section(mrkdwn(about))
    yield section(mrkdwn(said.WELCOME))
    if any(each.starters for each in spaces):
        yield context(mrkdwn(said.STARTERS))
    for card in spaces[:SPACES_SHOWN]:
        if not alone:
            yield section(mrkdwn(said.space(card.title, card.description, card.alias)))
        most = STARTERS_SHOWN if alone else STARTERS_OF_SEVERAL
        if buttons := question_buttons(f"{STARTER}:{card.id}", card.starters, most):
            yield actions(*buttons)
    if (left := len(spaces) - SPACES_SHOWN) > 0:
        yield context(mrkdwn(said.more_spaces(left)))


def _waiting(entries: Sequence[Entry]) -> Iterator[Block]:
    if not entries:
        return
    yield header(said.WAITING_TITLE)
    for entry in entries[:WAITING_SHOWN]:
        withdraw = about_question(said.WITHDRAW, WITHDRAW, entry.question_id)
        yield _entry(entry, withdraw, said.WITHDRAW)
    if len(entries) > WAITING_SHOWN:
        yield context(mrkdwn(said.MORE_WAITING))


def _ended(entries: Sequence[Entry]) -> Iterator[Block]:
    ended = [each for each in entries if not each.status.may_be_withdrawn]
    lists = (
        (said.RECENT_TITLE, [each for each in ended if not each.private]),
        (said.PRIVATE_TITLE, [each for each in ended if each.private]),
    )
    for title, listed in lists:
        if listed:
            yield header(title)
            for entry in listed[:RECENT_SHOWN]:
                link = button(said.OPEN, OPEN_THREAD, url=entry.link) if entry.link else None
                yield _entry(entry, link, said.OPEN)
    if not entries:
        yield header(said.RECENT_TITLE)
        yield section(mrkdwn(said.NOTHING_ASKED))


def _watches(watches: Sequence[WatchView]) -> Iterator[Block]:
    if not watches:
        return
    yield header(words.watches.HOME_TITLE)
    yield from map(watch_row, watches[:WATCHES_SHOWN])
    if len(watches) > WATCHES_SHOWN:
        yield context(mrkdwn(words.watches.more_on_list(len(watches) - WATCHES_SHOWN)))


def _entry(entry: Entry, beside: Element | None, label: str) -> Block:
    """Show a question, with a button whose meaning a screen reader can tell from that of the others."""
    block = section(mrkdwn(described(entry)))
    if not beside:
        return block
    spoken = clip(f"{label}: {one_line(entry.text)}", BUTTON_TEXT)
    return block | {"accessory": beside | {"accessibility_label": spoken}}


def _settings(settings: Settings) -> Iterator[Block]:
    where = said.IN_DIRECT_MESSAGES if settings.private else said.IN_THREAD
    text = said.settings(
        said.ALWAYS_PRIVATE if settings.always_private else where,
        said.WITH_CHARTS if settings.charts and not settings.never_charts else said.WITHOUT_CHARTS,
        said.NUMBER_FORMATS.get(settings.numbers, said.AS_LANGUAGE),
        said.DATE_FORMATS.get(settings.dates, said.AS_LANGUAGE),
        words.watches.quiet_hours(*settings.quiet),
    )
    yield header(said.SETTINGS_TITLE)
    yield section(mrkdwn(text)) | {"accessory": button(said.CHANGE, SETTINGS)}


def _sign_in(state: SignInState) -> Iterator[Block]:
    """Show a person as whom Databricks is asked, or offer a link to sign in where one could be made."""
    if state.name:
        yield section(mrkdwn(words.sign_in.home_signed_in(state.name)))
        yield actions(button(words.sign_in.SIGN_OUT, SIGN_OUT))
    elif state.link:
        yield section(mrkdwn(words.sign_in.HOME_SIGNED_OUT))
        yield actions(button(words.sign_in.SIGN_IN, SIGN_IN, url=state.link) | {"style": "primary"})
    else:
        yield section(mrkdwn(words.sign_in.NOT_IN))


def _figures(figures: Figures) -> Iterator[Block]:
    now = said.now(figures.waiting, figures.working, figures.used, figures.capacity, figures.window)
    ended = said.ended(figures.days, figures.answered, figures.withdrawn, figures.failures)
    yield header(said.ADMIN_TITLE)
    yield section(mrkdwn("\n".join((now, ended, said.rated(figures.days, figures.good, figures.bad)))))
