"""Answers with a person's own rights: for that person alone, or where a setting says so, and shared."""

import pytest

from render import words
from tests.stories.identity.people import ANA, asking_as_themselves, direct, sign_in_when_offered
from tests.stories.privacy import share
from tests.stories.world import GENIE, SALES, World, words_of

pytestmark = pytest.mark.redis

QUESTION, GROUP = f"{GENIE} revenue by region", "C0GROUPDM8"
OF_ANA = words.readers.with_rights_of("Ana Ribeiro")


async def first_root(world: World) -> str:
    """Wait for the question in Ana's direct messages; return its `ts`."""

    def found() -> str | None:
        roots = world.slack.workspace.roots(direct(world, ANA))
        return next((each.ts for each in roots if words_of(each).startswith("You asked in")), None)

    return await world.slack.until(found)


async def test_an_answer_is_shared_on_purpose_and_says_whose_rights_it_has(redis_url: str) -> None:
    """The channel sees a line at first; its asker reads who will see the answer before the others do."""
    async with asking_as_themselves(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(QUESTION, ANA)
        await sign_in_when_offered(world, ANA)
        answer = await world.answer(await first_root(world), channel=direct(world, ANA))
        assert words.readers.AS_YOU in words_of(answer)
        assert [words_of(each) for each in world.ours(thread)] == [
            words.share.answered_privately("Ana Ribeiro")
        ]
        # Before anybody shares, so that the modal knows of guests.
        await world.slack.until(
            lambda: [each for each in world.slack.request_log if each.method == "conversations.members"]
        )
        said = await share(world, answer, ANA)
        assert words.readers.YOUR_RIGHTS in said
        assert OF_ANA in words_of(await world.answer(thread, 3))


async def test_a_setting_has_public_channels_answered_in_the_thread(redis_url: str) -> None:
    """And nothing else: in a group message the answer is private as before."""
    async with asking_as_themselves(redis_url) as world:
        await world.start_bot(USER_ANSWERS="thread")
        thread = await world.ask(QUESTION, ANA)
        await sign_in_when_offered(world, ANA)
        assert OF_ANA in words_of(await world.answer(thread))
        await world.ask(QUESTION, ANA, GROUP)
        await world.answer(await first_root(world), channel=direct(world, ANA))
        assert len(world.slack.thread(SALES, thread)) == 2
