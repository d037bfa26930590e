"""Laws of how an answer came about: whatever Genie noted, Slack takes it, and it is only text."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genie.model import Parameter, Query, Thought
from render.explain.model import Source
from render.explain.query import read_sql
from render.explain.view import explain, read
from render.sql.layout import laid_out
from sandbox.slack.blocks.check import BlockRules, check_message, view_faults
from tests import hostile
from tests.laws.examples import examples

pytestmark = pytest.mark.property

WORDS = (
    "SELECT", "FROM", "WHERE", "AND", "OR", "(", ")", ",", "a", "`b c`", "'x  y'", "BETWEEN", "CASE", "END",
    "--x\n", "/* y */", "UNION", "EXCEPT", "JOIN", "LEFT", "WITH", "AS", "GROUP BY", ";", "1", ".", "::",
    "\n", '"', "'", "*",
)  # fmt: skip
DATE = re.compile(r"<!date\^\d+\^\{date_short_pretty\} at \{time\}\|[\d :-]+ UTC>")

texts = st.one_of(
    st.sampled_from(hostile.SHORT),
    st.text(max_size=40),
    st.builds(lambda text, times: text * times, st.sampled_from(hostile.SHORT), st.sampled_from([5, 200])),
)
sql = st.one_of(texts, st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
queries = st.builds(
    Query,
    attachment_id=st.just("a"),
    description=texts,
    sql=sql,
    parameters=st.lists(st.builds(Parameter, texts, texts, texts), max_size=3).map(tuple),
    thoughts=st.lists(st.builds(Thought, texts, texts), max_size=8).map(tuple),
    row_count=st.sampled_from([None, 0, 1, 5_000]),
    truncated=st.booleans(),
)
sources = st.builds(
    Source,
    question=texts,
    query=st.one_of(st.none(), queries),
    read_at=st.one_of(st.none(), st.floats(allow_nan=True)),
    link=st.sampled_from(
        ["", "https://dbc.example/genie/rooms/s/chats/c", "https://dbc.example/" + "x" * 3_000]
    ),
)
law = settings(max_examples=examples(80, 80), deadline=None, suppress_health_check=list(HealthCheck))


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside blocks."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from objects(inner)


@law
@given(sources)
def test_slack_takes_it_and_it_is_only_text(source: Source) -> None:
    """Both views and both variants keep to every limit, and nothing in them pings or links but our button."""
    shown = explain(source, read(source))
    for view in shown.views:
        assert view_faults(view["blocks"], "modal", BlockRules()) == ()
        assert len(json.dumps(view)) < 240_000
    for variant in shown.message.variants:
        check_message(list(variant.blocks), None, BlockRules())
        assert len(json.dumps(variant.blocks)) < 11_500
    for each in objects([*shown.views, *(list(variant.blocks) for variant in shown.message.variants)]):
        assert each.get("type") not in {"link", "user", "broadcast", "channel", "emoji", "usergroup"}
        assert "url" not in each or (each["action_id"] == "open_genie" and each["url"] == source.link)
        if each.get("type") == "mrkdwn":
            assert each["verbatim"]
            assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", DATE.sub("", each["text"]))


@law
@given(sql)
def test_layout_changes_nothing_but_white_space(text: str) -> None:
    """Whatever is laid out, its other characters stay in their order, and reading it never fails."""
    text = text[:2_000]
    assert "".join(laid_out(text).split()) == "".join(text.split())
    read_sql(text)
