"""The modal of a person's settings.

https://docs.slack.dev/surfaces/modals
"""

from collections.abc import Mapping, Sequence
from typing import Any

from render import words
from render.blockkit.blocks import Block, Element, context, input_block, modal, mrkdwn, plain, section
from render.blockkit.buttons import option
from render.home.model import HOURS, Settings
from render.text.locales import Dates, Numbers

CALLBACK = "home_settings"
WHERE, CHARTS, NUMBERS, DATES = "where", "charts", "numbers", "dates"
QUIET_FROM, QUIET_TO = "quiet_from", "quiet_to"
"""Block ids of the inputs."""
CHOICE = "choice"
"""Action id of each."""
YES, NO = "yes", "no"
LANGUAGE = "language"
"""Stands for the empty value, which Slack does not take."""

said = words.home


def settings_modal(settings: Settings, team: str) -> Block:
    """Offer a person's settings, as they are, to change; `team` comes back with them."""
    where = ((NO, said.IN_THREAD), (YES, said.IN_DIRECT_MESSAGES))
    numbers = ((LANGUAGE, said.AS_LANGUAGE), *said.NUMBER_FORMATS.items())
    dates = ((LANGUAGE, said.AS_LANGUAGE), *said.DATE_FORMATS.items())
    hours = [(str(hour), words.watches.clock(hour)) for hour in range(HOURS)]
    begins, ends = map(str, settings.quiet)
    until = _input(QUIET_TO, words.watches.QUIET_TO, "static_select", hours, ends)
    inputs = [
        _input(WHERE, said.WHERE, "radio_buttons", where, YES if settings.private else NO),
        _input(
            CHARTS,
            said.CHARTS,
            "radio_buttons",
            ((YES, said.WITH_CHARTS), (NO, said.WITHOUT_CHARTS)),
            YES if settings.charts else NO,
        ),
        _input(NUMBERS, said.NUMBERS, "static_select", numbers, settings.numbers or LANGUAGE),
        _input(DATES, said.DATES, "static_select", dates, settings.dates or LANGUAGE),
        _input(QUIET_FROM, words.watches.QUIET_FROM, "static_select", hours, begins),
        until | {"hint": plain(words.watches.QUIET_HINT)},
    ]
    moot = {WHERE: settings.always_private, CHARTS: settings.never_charts}
    shown = [each for each in inputs if not moot.get(each["block_id"])]
    return modal(
        said.SETTINGS_TITLE,
        [*shown, context(mrkdwn(said.SAVED_FROM_NOW))],
        said.CANCEL,
        submit=said.SAVE,
        callback_id=CALLBACK,
        private_metadata=team,
    )


def read_settings(values: Mapping[str, Any], before: Settings) -> Settings:
    """Read what a person has chosen; what the modal did not ask stays as it was."""

    def chosen(block: str, default: str) -> str:
        picked = (values.get(block) or {}).get(CHOICE, {}).get("selected_option") or {}
        return str(picked.get("value") or default)

    numbers, dates = chosen(NUMBERS, before.numbers or LANGUAGE), chosen(DATES, before.dates or LANGUAGE)
    return Settings(
        private=chosen(WHERE, YES if before.private else NO) == YES,
        charts=chosen(CHARTS, YES if before.charts else NO) == YES,
        numbers=Numbers("" if numbers == LANGUAGE else numbers),
        dates=Dates("" if dates == LANGUAGE else dates),
        quiet=(
            int(chosen(QUIET_FROM, str(before.quiet[0]))),
            int(chosen(QUIET_TO, str(before.quiet[1]))),
        ),
    )


def result_modal(sentence: str) -> Block:
    """Say in the same modal what came of it."""
    return modal(said.SETTINGS_TITLE, [section(mrkdwn(sentence))], said.CLOSE)


def notice_modal(sentence: str) -> Block:
    """Tell a person something who pressed where no message can answer."""
    return modal(said.NOTICE_TITLE, [section(mrkdwn(sentence))], said.CLOSE)


def _input(block_id: str, label: str, kind: str, choices: Sequence[tuple[str, str]], now: str) -> Block:
    options = [option(value, text) for value, text in choices]
    chosen = next((each for each in options if each["value"] == now), options[0])
    element: Element = {"type": kind, "action_id": CHOICE, "options": options, "initial_option": chosen}
    return input_block(block_id, label, element)
