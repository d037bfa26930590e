"""Laws of a composed answer: whatever Genie says, Slack takes it and nobody is pinged."""

import csv
import io
from operator import ge

import pytest
from hypothesis import given

from genie.model import Answer
from render.blockkit.blocks import image
from sandbox.slack.blocks.check import BlockRules, check_message
from tests.accepted import refusals
from tests.laws.render.answers import ASKER, answers, law, reply_to, texts
from tests.laws.render.slack_sizes import faults
from tests.shown import UNSEEN, alive, foreign, without_marks

pytestmark = [pytest.mark.property, pytest.mark.many]
READY = BlockRules(file_ready=lambda _: True)


@law(100)
@given(answers, texts)
def test_slack_takes_every_variant_and_nothing_in_it_is_alive(answer: Answer, said: str) -> None:
    """Each variant keeps to every limit, its picture included, and holds no mention or link but ours.

    The local Slack accepts it, and so do the models of others that know its blocks.
    """
    reply = reply_to(answer, said)
    assert len(reply.variants) == 4
    assert 1 <= len(reply.text) <= 3_000
    assert foreign(reply.text) == []
    assert not UNSEEN.search(reply.text)
    pictures = [drawn for drawn in (reply.picture, reply.picture and reply.picture.chart) if drawn]
    for variant in reply.variants:
        assert 0 <= variant.chart_at <= len(variant.blocks)
        for picture in [[], *([image("F0123456789", drawn.alt_text)] for drawn in pictures)]:
            shown = [*variant.blocks[: variant.chart_at], *picture, *variant.blocks[variant.chart_at :]]
            assert [*faults(shown)] == []
            check_message(shown, None, READY)
        assert alive(shown, ASKER) == []
        assert refusals(shown) == []
    assert {block["type"] for block in reply.variants[-1].blocks} == {"section"}


@law(100)
@given(answers, texts)
def test_a_file_holds_every_row_that_we_have(answer: Answer, said: str) -> None:
    """Files have names and contents, and the CSV gives back all cells; no file is there for nothing."""
    reply = reply_to(answer, said)
    assert all(file.content and file.name and file.title for file in reply.files)
    assert len({file.name for file in reply.files}) == len(reply.files)
    for file in reply.files:
        if file.name.endswith(".csv"):
            assert answer.table
            text = io.StringIO(file.content.decode("utf-8-sig"), newline="")
            head, *rows = csv.reader(text, strict=True)
            assert len(head) == len(set(head)) == len(answer.table.columns)
            assert len(rows) == len(answer.table.rows)
            for read, row in zip(rows, answer.table.rows, strict=True):
                wanted = [(cell or "").encode("utf-8", errors="replace").decode() for cell in row]
                if read != wanted:
                    assert [*map(without_marks, read)] == [*map(without_marks, wanted)]
                    assert all(map(ge, map(len, read), map(len, wanted)))
