"""Answers of every shape, as generated examples: hostile texts, odd types, results of any size."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from genie.model import Answer, Column, MessageRef, Parameter, Query, Table, Thought, Visualization
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.blockkit.reply import Reply
from tests import hostile
from tests.laws.examples import examples

ASKER = "U0123ABCD"
TYPES = (
    "STRING", "LONG", "INT", "DECIMAL", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP", "STRUCT", "ARRAY",
    "INTERVAL", "BINARY", "VARIANT", "NEW", "",
)  # fmt: skip
NAMES = (
    "customer_id", "revenue_eur", "revenue_usd", "growth_pct", "share", "year", "month", "day", "zip",
    "weight_kg", "duration_ms", "country", "latitude", "Price (CHF)", "weekday", "hour", "quarter",
    "is_active", "orders",
)  # fmt: skip
_LARGE = (5_000, 100)

texts = st.one_of(
    st.sampled_from(hostile.SHORT),
    st.builds(lambda text, times: (text * times)[:2_500], st.sampled_from(hostile.SHORT), st.integers(2, 40)),
    st.text(max_size=40),
    st.text(alphabet="*_~`<>!@#|[]()&\\-. ab\n\ud800\u202e", max_size=60),
)
names = st.one_of(st.sampled_from(NAMES), texts)
cells = st.one_of(
    st.none(),
    texts,
    st.integers().map(str),
    st.integers(0, 100).map(str),
    st.floats().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
    st.sampled_from(["true", "false"]),
)


@st.composite
def sizes(draw: st.DrawFn) -> tuple[int, int]:
    """Any number of rows and columns: mostly few, now and then as many as Genie gives."""
    if draw(st.integers(0, 200)) == 200:
        return _LARGE
    rows = draw(st.one_of(st.integers(0, 8), st.sampled_from([20, 99, 100, 101, 102, 400])))
    return rows, draw(st.one_of(st.integers(0, 4), st.integers(5, 40)))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any table: few rows are drawn and repeated, so that large ones cost little to make."""
    count, width = draw(sizes())
    drawn = min(width, 12)
    some = [
        Column(draw(names), draw(st.sampled_from(TYPES)), scale=draw(st.sampled_from([None, 0, 2])))
        for _ in range(drawn)
    ]
    pattern = draw(st.lists(st.tuples(*[cells] * drawn), min_size=1, max_size=3))
    repeats = -(-width // drawn) if drawn else 0
    rows = [(row * repeats)[:width] for row in pattern]
    total = draw(st.sampled_from([None, 0, count, count + 5, 1_000_000]))
    return Table(
        tuple((some * repeats)[:width]),
        tuple((rows * (count // len(rows) + 1))[:count]),
        total,
        truncated=draw(st.booleans()),
    )


thoughts = st.builds(Thought, st.just("THOUGHT_TYPE_UNDERSTANDING"), texts)
queries = st.builds(
    Query,
    attachment_id=st.just("a"),
    title=texts,
    description=texts,
    sql=texts,
    parameters=st.lists(st.builds(Parameter, texts, texts, texts), max_size=2).map(tuple),
    thoughts=st.lists(thoughts, max_size=2).map(tuple),
)
answers = st.builds(
    Answer,
    ref=st.just(MessageRef("s", "c", "m")),
    texts=st.lists(texts, max_size=3).map(tuple),
    clarification=st.one_of(st.none(), texts),
    query=st.one_of(st.none(), queries),
    table=st.one_of(st.none(), tables()),
    visualization=st.one_of(st.none(), st.builds(Visualization, st.just("v"), texts)),
    suggestions=st.lists(texts, max_size=6).map(tuple),
)


def law(few: int) -> settings:
    """Check with `few` examples in the usual run, and with 50,000 in `make laws`."""
    return settings(max_examples=examples(few), deadline=None, suppress_health_check=list(HealthCheck))


def reply_to(answer: Answer, said: str = "") -> Reply:
    """Compose an answer with `said` wherever somebody else says something."""
    return compose(
        AnswerContext(
            answer, asked_by=ASKER, question=said, note=said, space_title=said, question_id="k" * 40
        )
    )
