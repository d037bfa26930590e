"""What a person reads before sharing a private answer."""

import pytest

from render import words
from render.notices.share_modal import Readers, confirmation_modal
from tests.stories.world import texts

MAY_HAVE_GUESTS, UNKNOWN = words.readers.MAY_HAVE_GUESTS, words.readers.UNKNOWN


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ((214, 3, 0), ["Everybody in <#C1> will see this answer: 214 people, 3 of them guests."]),
        ((1, 0, 0), ["Everybody in <#C1> will see this answer: 1 person."]),
        (
            (1200, None, 0),
            ["Everybody in <#C1> will see this answer: 1,200 people.", MAY_HAVE_GUESTS],
        ),
        (
            (9, 1, 2),
            [
                "Everybody in <#C1> will see this answer: 9 people, 1 of them a guest.",
                ":warning: Among them are people of 2 other companies.",
            ],
        ),
        ((None, None, None), ["Everybody in <#C1> will see this answer.", UNKNOWN]),
    ],
)
def test_the_readers_are_named_as_far_as_they_are_known(
    known: tuple[int | None, int | None, int | None], said: list[str]
) -> None:
    """How many, and who among them may not be meant to read it; then whose rights were used."""
    people, guests, companies = known
    readers = Readers(channel="C1", people=people, guests=guests, companies=companies)
    for own_rights, rights in ((True, words.readers.YOUR_RIGHTS), (False, words.readers.OF_THE_BOT)):
        view = confirmation_modal(readers, "about", own_rights=own_rights)
        assert [*texts(view["blocks"])] == [*said, rights]
