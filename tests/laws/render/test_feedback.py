"""Laws of what reviewers read: in whatever words somebody rated, Slack takes it and nobody is pinged."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from render.notices.feedback import review
from render.words.feedback import REASONS, reason
from sandbox.slack.blocks.check import BlockRules, check_message
from tests import hostile

pytestmark = pytest.mark.property

long_texts = st.text(alphabet="<!@>|*_`\n\ud800\u202e a\u58f2", min_size=1_000, max_size=3_000)
texts = st.one_of(st.text(max_size=60), st.sampled_from(hostile.SHORT), long_texts)


@settings(deadline=None)
@given(texts, texts, texts, st.lists(st.sampled_from([*REASONS, "unknown"]), max_size=6))
def test_a_review_is_only_text(name: str, question: str, words: str, chosen: list[str]) -> None:
    """It keeps to every limit, holds nothing that Slack parses, and its text outside is escaped."""
    reply = review(name, question, reason(chosen, words), "https://x.slack.com/archives/C1/p1")
    [variant] = reply.variants
    check_message(list(variant.blocks), None, BlockRules())
    assert len(json.dumps(variant.blocks)) < 11_500
    assert "mrkdwn" not in json.dumps([block["type"] for block in variant.blocks])
    assert 1 <= len(reply.text) <= 3_000
    assert not {"<", ">"} & set(reply.text)
