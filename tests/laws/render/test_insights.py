"""Laws of figures and insights: any result and any words of a model make messages that Slack takes."""

import json
import statistics
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie.model import Answer, Column, Table
from genie.protocol.completions import Completion
from render.insights.message import stats, study, with_words, without_words
from render.insights.prompt import MOST_BYTES
from render.words.insights import MODEL_AWAY
from sandbox.slack.blocks.check import BlockRules, check_message
from tests.laws.render.answers import answers, law, texts
from tests.laws.render.slack_sizes import faults
from tests.rendered import figures_of
from tests.shown import UNSEEN, alive, foreign, strings

pytestmark = [pytest.mark.property, pytest.mark.many]
READY = BlockRules(file_ready=lambda _: True)
NOBODY = "U0000NOBODY"
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=2)


@law(100)
@given(answers, texts, texts, st.booleans())
def test_slack_takes_insights_of_any_answer(answer: Answer, question: str, written: str, cut: bool) -> None:  # noqa: FBT001
    """Each variant keeps to the limits, and nothing in it is alive, whatever the rows and the model say."""
    studied = study(answer, question, date(2026, 1, 1))
    if studied is None:
        return
    json.loads(studied.messages[1].content)
    assert len(studied.messages[1].content.encode()) <= MOST_BYTES
    completion = Completion(written, "model", cut=cut)
    for reply in (stats(studied), without_words(studied, MODEL_AWAY), with_words(studied, completion)):
        assert 1 <= len(reply.text) <= 3_000
        assert foreign(reply.text) == []
        for variant in reply.variants:
            assert [*faults(list(variant.blocks))] == []
            check_message(list(variant.blocks), None, READY)
            assert alive(list(variant.blocks), NOBODY) == []
            assert not any(map(UNSEEN.search, strings(variant.blocks)))


@law(100)
@given(st.lists(amounts, min_size=3, max_size=60))
def test_figures_agree_with_the_textbook(values: list[Decimal]) -> None:
    """Of any amounts: total, mean, median and range, by Python's own exact fractions."""
    table = Table((Column("revenue", "DECIMAL", scale=2),), tuple((str(value),) for value in values))
    found = figures_of(table, date(2026, 1, 1))
    assert found
    [measure] = found.measures
    assert (measure.low.value, measure.high.value) == (min(values), max(values))
    exact = [int(value * 100) for value in values]
    if len(values) > 1:  # one value has nothing to be added to
        assert measure.total is not None
        assert int(measure.total.value * 100) == sum(exact)
    assert measure.mean is not None
    assert measure.median is not None
    assert float(measure.mean) == pytest.approx(sum(exact) / len(exact) / 100)
    assert float(measure.median) == pytest.approx(statistics.median(exact) / 100)
