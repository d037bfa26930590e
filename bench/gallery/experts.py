"""Pictures of questions that go to experts, and of what comes back."""

from bench.gallery.case import DARK, PHONE, Case, Found, phone_too
from bench.gallery.charts import BARS

SETTINGS = {"EXPERT_CHANNEL": "C0FINANCE2", "CHARTS": "off"}
_OTHER = Found(
    BARS.title, BARS.columns, BARS.rows, says=BARS.says, sql="SELECT region, revenue\nFROM sales.raw.orders"
)

CASES = (
    *phone_too(
        Case(
            "expert-card",
            "Revenue by region for the board",
            "The card: who asks what, how Genie read it, its SQL, no rows, what can be pressed.",
            BARS,
            move="asks_expert",
        ),
        "Revenue by region for the board, on my phone",
    ),
    Case(
        "expert-taken",
        "Orders that were late",
        "The card says who has it.",
        BARS,
        move="expert_takes",
        view=DARK,
    ),
    Case(
        "expert-confirmed",
        "Revenue by region in EUR",
        "Confirmed: the thread is told, and the answer says so.",
        BARS,
        move="expert_confirms",
    ),
    Case(
        "expert-other-sql",
        "Revenue by region in EUR?",
        "The same question later: Genie wrote other SQL, and the confirmed one stands beside it.",
        _OTHER,
    ),
    Case(
        "expert-similar",
        "Revenue by country in EUR",
        "A similar question: what is confirmed is offered as a button.",
        BARS,
    ),
    Case(
        "expert-form",
        "Margin by product group",
        "The form of a correction begins with Genie's SQL.",
        BARS,
        move="expert_opens_form",
    ),
    Case(
        "expert-corrected",
        "Churn of the last quarter",
        "Corrected, on a phone: words and SQL in the thread, both queries below the answer.",
        BARS,
        move="expert_corrects",
        view=PHONE,
    ),
    Case(
        "expert-card-decided",
        "Returns by warehouse",
        "A card that is decided: who said what, and no more buttons but the link.",
        BARS,
        move="expert_declines",
    ),
)
