"""Laws of research as people see it: whatever Genie sends, Slack takes every message, and it is only text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.answer.context import Audience
from render.blockkit.buttons import ask_again, start_fresh
from render.blockkit.reply import Reply
from render.research.model import (
    Citation,
    Excerpt,
    NamedResult,
    ReportView,
    RunEnd,
    RunView,
    Step,
    StepStatus,
)
from render.research.passages import parted
from render.research.progress import progress
from render.research.report import report
from sandbox.slack.blocks.check import BlockRules, check_message
from tests.accepted import refusals
from tests.laws.render.answers import ASKER, law, tables, texts
from tests.laws.render.slack_sizes import faults
from tests.shown import alive, objects

pytestmark = pytest.mark.property

WEB = re.compile(r"https?://[a-z0-9.-]+(:\d+)?([/?#][^<>|\"\s]*)?", re.IGNORECASE)
ADDRESSES = (
    "https://docs.example/p?a=1&b=2", "http://docs.example", "javascript:alert(1)", "https://me@evil.example/",
    "https://a.example/|x>y", "https://\u0430pple.com/", "https://", "//docs.example", "https://a.example/ b",
)  # fmt: skip

HEAD = "| a | b |\n|---|---|\n"

counts = st.one_of(st.none(), st.sampled_from([0, 1, 100, 12_345]))
long = st.builds(lambda text, times: text * times, texts, st.sampled_from([1, 30, 400]))
markdown = st.one_of(
    long,
    st.builds(lambda cell, rows: HEAD + f"| {cell} | 1 |\n" * rows, texts, st.integers(0, 150)),
    st.lists(texts, max_size=6).map("\n\n".join),
)
passages = st.lists(
    st.one_of(
        markdown.map(lambda text: [*parted(text)]),
        st.builds(lambda title, table: [Excerpt(title, table)], texts, tables()),
    ),
    max_size=6,
).map(lambda parts: tuple(part for some in parts for part in some))
steps = st.builds(Step, texts, st.sampled_from(StepStatus), counts, st.booleans())
few = st.lists(steps, max_size=5)
many = st.builds(lambda one, count: [one] * count, steps, st.integers(0, 120))
runs = st.builds(
    RunView,
    question_id=st.just("T1.C1.1"),
    question=texts,
    asked_by=st.sampled_from(["", ASKER]),
    thought=long,
    steps=st.one_of(few, many).map(tuple),
    stopping=st.booleans(),
)
reports = st.builds(
    ReportView,
    question_id=st.just("T1.C1.1"),
    end=st.sampled_from(RunEnd),
    why=st.sampled_from(["", "Try again."]),
    again=st.sampled_from([None, ask_again("T1.C1.1"), start_fresh("T1.C1.1")]),
    passages=passages,
    citations=st.lists(
        st.builds(Citation, texts, st.one_of(st.sampled_from(ADDRESSES), texts)), max_size=30
    ).map(tuple),
    results=st.lists(st.builds(NamedResult, texts, counts, st.booleans()), max_size=8).map(tuple),
    not_shown=st.lists(texts, max_size=30).map(tuple),
    queries=st.integers(0, 200),
    seconds=st.floats(0, 4_000),
    genie_url=st.sampled_from(["", "https://dbc.example/genie", "https://dbc.example/" + "x" * 3_000]),
    question=texts,
    asked_by=st.sampled_from(["", ASKER]),
    note=texts,
    space_title=texts,
    audience=st.sampled_from(Audience),
    is_quiet=st.booleans(),
)


def check(reply: Reply, urls: tuple[str, ...] = ()) -> None:
    """Hold every variant against Slack's limits, and find nothing alive but the links that may be there."""
    assert 1 <= len(reply.text) <= 4_000
    for variant in reply.variants:
        blocks = list(variant.blocks)
        check_message(blocks, None, BlockRules())
        assert [*faults(blocks)] == []
        assert refusals(blocks) == []
        for part in objects(blocks, "mrkdwn"):
            part["text"] = re.sub(rf"<({WEB.pattern})\|([^<>]*)>", r"\4", part["text"], flags=re.IGNORECASE)
        assert alive(blocks, ASKER, urls=urls) == []
    assert not re.search(r"<[@#!]|<http", reply.text)


@law(30)
@given(runs)
def test_a_run_is_always_shown(run: RunView) -> None:
    """However many queries there are, and whatever Genie calls them."""
    check(progress(run))


@law(15)
@given(reports)
def test_a_report_is_always_shown(view: ReportView) -> None:
    """Of any length, with any tables and citations; only addresses of the web are links, whole and alone."""
    reply = report(view)
    urls = tuple(
        str(part["url"])
        for variant in reply.variants
        for part in objects(list(variant.blocks))
        if WEB.fullmatch(str(part.get("url", "")))
    )
    check(reply, urls)
    shown = [part for variant in reply.variants for part in objects(list(variant.blocks), "link")]
    assert all("@" not in part["url"].partition("/")[2].partition("/")[2].partition("/")[0] for part in shown)
    assert all(file.content for file in reply.files)
