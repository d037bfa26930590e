"""What counts as a question: each row of the table, and messages as people write them."""

from dataclasses import dataclass, replace

import pytest

from bot.records.question import Surface
from bot.store.listening import Choice, Heard, ThreadReplies
from handlers.events.rules import ANYWHERE, RULES, Decision, decide
from handlers.payloads.content import Content, content_of
from handlers.payloads.messages import Message, read_message
from tests.unit.handlers.slack_app import BOT, TEAM, TS, event

QUIET = Heard(known=True)
TALKED = Heard(known=True, others_wrote=True)
ASKED_BACK = Heard(known=True, has_asked=True, asked_back=True)
ANOTHERS = Heard(known=True, anothers=True)
SHOWN_TO_ALL = replace(ANOTHERS, shows_answers=True, has_asked=True, choice=Choice.ASK)
FOREIGN = Heard()
FILE = ({"id": "F1"},)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A message, the thread in which it stands, and what is right."""

    rule: str
    text: str
    decision: Decision
    heard: Heard = QUIET
    channel_type: str = "channel"
    files: tuple[dict[str, str], ...] = ()
    bot_id: str | None = None
    external: bool = False


AT_US = f"<@{BOT}>"
ASK, IGNORE, HELP = Decision.ASK, Decision.IGNORE, Decision.HELP
CASES = (
    Case(rule="asked already", text="by month?", decision=IGNORE, heard=replace(TALKED, asked=True)),
    Case(rule="an app answers one of ours", text=f"{AT_US} why?", decision=IGNORE, bot_id="B9"),
    Case(rule="an app mentions us", text=f"{AT_US} why?", decision=ASK, bot_id="B9", heard=FOREIGN),
    Case(rule="an app says anything else", text="done", decision=IGNORE, bot_id="B9", heard=FOREIGN),
    Case(rule="an app says anything else", text=AT_US, decision=IGNORE, bot_id="B9", heard=FOREIGN),
    Case(rule="a reply in a thread of others", text="by month?", decision=IGNORE, heard=FOREIGN),
    Case(rule="stop said to somebody else", text="<@U0BEN> never mind", decision=IGNORE),
    Case(rule="stop or cancel alone", text="Stop!", decision=Decision.CANCEL),
    Case(rule="stop or cancel alone", text=f"{AT_US} cancel", decision=Decision.CANCEL),
    Case(rule="stop or cancel alone", text="abbrechen", decision=Decision.CANCEL, channel_type="im"),
    Case(rule="an answer to Genie's own question", text=":+1:", decision=ASK, heard=ASKED_BACK),
    Case(rule="a reply that asks nothing", text=":tada:", decision=IGNORE, heard=ASKED_BACK),
    Case(rule="a reply that asks nothing", text=":+1:", decision=IGNORE),
    Case(rule="an answer to Genie's own question", text="2024", decision=ASK, heard=ASKED_BACK),
    Case(rule="an answer to Genie's own question", text="yes", decision=ASK, heard=ASKED_BACK),
    Case(rule="an answer to Genie's own question", text="yes, thanks!", decision=ASK, heard=ASKED_BACK),
    Case(
        rule="an answer to Genie's own question",
        text="<mailto:anna@ex.com|anna@ex.com>",
        decision=ASK,
        heard=ASKED_BACK,
    ),
    Case(
        rule="an answer to Genie's own question",
        text="the net one",
        decision=ASK,
        heard=replace(ASKED_BACK, others_wrote=True, replies=ThreadReplies.MENTIONS),
    ),
    Case(rule="an answer to Genie's own question", text=f"{AT_US} ok", decision=ASK, heard=ASKED_BACK),
    Case(
        rule="an answer to Genie's own question",
        text="ja",
        decision=ASK,
        heard=ASKED_BACK,
        channel_type="im",
    ),
    Case(rule="help, a greeting or nothing, to us", text=AT_US, decision=HELP, heard=FOREIGN),
    Case(rule="help, a greeting or nothing, to us", text=f"{AT_US} help", decision=HELP, heard=FOREIGN),
    Case(rule="help, a greeting or nothing, to us", text=f"hi {AT_US}!", decision=HELP, heard=FOREIGN),
    Case(rule="help, a greeting or nothing, to us", text=f"{AT_US} what can you do?", decision=HELP),
    Case(rule="help, a greeting or nothing, to us", text="Hallo", decision=HELP, channel_type="im"),
    Case(rule="a file without words, to us", text=AT_US, decision=Decision.NO_FILES, files=FILE),
    Case(
        rule="a file without words, to us",
        text="",
        decision=Decision.NO_FILES,
        files=FILE,
        channel_type="im",
    ),
    Case(rule="thanks with a mention", text=f"thanks {AT_US} :tada:", decision=Decision.THANK),
    Case(rule="a mention", text=f"{AT_US} thanks, and by month?", decision=ASK),
    Case(rule="a mention", text=f"{AT_US} what did <@U0BEN> sell?", decision=ASK, heard=FOREIGN),
    Case(
        rule="a mention",
        text=f"{AT_US} by month?",
        decision=ASK,
        heard=replace(TALKED, replies=ThreadReplies.MENTIONS, choice=Choice.MENTIONS),
    ),
    Case(rule="a mention", text=f"{AT_US} by month?", decision=ASK, heard=ANOTHERS),
    Case(
        rule="a mention in another person's thread",
        text=f"{AT_US} by month?",
        decision=Decision.OFFER_AS_MYSELF,
        heard=SHOWN_TO_ALL,
    ),
    Case(rule="thanks with a mention", text=f"{AT_US} thanks", decision=Decision.THANK, heard=SHOWN_TO_ALL),
    Case(rule="thanks in a direct message", text="thanks!", decision=IGNORE, channel_type="im"),
    Case(rule="a direct message", text="revenue?", decision=ASK, channel_type="im", heard=FOREIGN),
    Case(rule="a reply of another company", text="by month?", decision=IGNORE, external=True),
    Case(rule="a mention", text=f"{AT_US} by month?", decision=ASK, external=True),
    Case(rule="a reply to somebody else", text="<@U0BEN> can you check this?", decision=IGNORE),
    Case(rule="a reply to somebody else", text="<@U0BEN> net?", decision=IGNORE, heard=ASKED_BACK),
    Case(rule="a reply to somebody else", text="<!subteam^S1|@finance> right?", decision=IGNORE),
    Case(rule="a reply that asks nothing", text="thanks!", decision=IGNORE),
    Case(rule="a reply that asks nothing", text=":tada: :100:", decision=IGNORE),
    Case(rule="a reply that asks nothing", text="ok great", decision=IGNORE),
    Case(rule="a reply that asks nothing", text="danke dir", decision=IGNORE),
    Case(rule="a reply that asks nothing", text="no, thanks", decision=IGNORE, heard=ASKED_BACK),
    Case(rule="a reply that asks nothing", text="thanks!", decision=IGNORE, heard=ASKED_BACK),
    Case(rule="a reply that asks nothing", text="<https://ex.com/a|ex.com/a>", decision=IGNORE),
    Case(
        rule="a thread that listens to mentions only",
        text="by month?",
        decision=IGNORE,
        heard=replace(QUIET, replies=ThreadReplies.MENTIONS),
    ),
    Case(
        rule="a thread that listens to mentions only",
        text="by month?",
        decision=IGNORE,
        heard=replace(QUIET, choice=Choice.MENTIONS),
    ),
    *(
        Case(rule="a reply perhaps to somebody else", text=text, decision=Decision.OFFER, heard=heard)
        for text in ("Can you check this <@U0BEN>?", "what do you think <@U0BEN> ?", "is this net, <@U0BEN>")
        for heard in (QUIET, ASKED_BACK)
    ),
    Case(rule="a reply", text="revenue of <@U0BEN>", decision=ASK),
    Case(rule="a reply", text="and <@U0BEN>?", decision=ASK),
    Case(rule="a reply", text="not sure, <@U0BEN>?", decision=ASK, heard=replace(QUIET, choice=Choice.ASK)),
    Case(rule="a mention", text=f"{AT_US} what do you think <@U0BEN>?", decision=ASK),
    Case(rule="a file while people talk", text="", decision=IGNORE, heard=TALKED, files=FILE),
    Case(
        rule="a reply while people talk", text="since March, I think", decision=Decision.OFFER, heard=TALKED
    ),
    Case(rule="a file without words", text="ok", decision=Decision.TELL_NO_FILES, files=FILE),
    Case(rule="a call for help", text="help", decision=HELP),
    *(
        Case(
            rule="a reply in another person's thread",
            text=text,
            decision=Decision.OFFER_AS_MYSELF,
            heard=heard,
        )
        for text in ("and by month?", "thanks, and by month?")
        for heard in (ANOTHERS, SHOWN_TO_ALL, replace(ANOTHERS, replies=ThreadReplies.ALL))
    ),
    Case(rule="a reply that asks nothing", text="thanks!", decision=IGNORE, heard=ANOTHERS),
    Case(rule="a reply to somebody else", text="<@U0BEN> net?", decision=IGNORE, heard=ANOTHERS),
    Case(
        rule="a reply while people talk",
        text="since March, I think",
        decision=Decision.OFFER,
        heard=replace(ANOTHERS, others_wrote=True),
    ),
    Case(rule="a reply", text="by month?", decision=ASK, heard=replace(ANOTHERS, has_asked=True)),
    Case(rule="a reply", text="by month?", decision=ASK, heard=replace(ANOTHERS, choice=Choice.ASK)),
    Case(
        rule="a reply in another person's thread",
        text="by month?",
        decision=Decision.OFFER_AS_MYSELF,
        heard=replace(ANOTHERS, choice=Choice.ASK, told=True),
    ),
    Case(rule="a reply", text="and by month?", decision=ASK),
    Case(rule="a reply", text="thanks, and by month?", decision=ASK),
    Case(rule="a reply", text="as in this file", decision=ASK, files=FILE),
    Case(rule="a reply", text="by month?", decision=ASK, heard=replace(TALKED, choice=Choice.ASK)),
    Case(rule="a reply", text="by month?", decision=ASK, heard=replace(TALKED, replies=ThreadReplies.ALL)),
)


def message(case: Case) -> Message:
    """Return the message of a case, which is a reply."""
    body = event(
        "message",
        ts="1700000009.000100",
        thread_ts=TS,
        text=case.text,
        channel_type=case.channel_type,
        files=list(case.files),
        bot_id=case.bot_id,
        user_team="T2" if case.external else TEAM,
        _is_ext_shared_channel=case.external,
    )
    read = read_message(body, BOT, ("B9",))
    assert read
    return read


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.text}")
def test_each_row_decides_what_it_says(case: Case) -> None:
    """The first row that matches is the one of which the case is an example."""
    first = next(rule for rule in RULES if rule.matches(message(case), case.heard))
    assert (first.name, decide(message(case), case.heard)) == (case.rule, case.decision)


def test_each_row_has_an_example() -> None:
    """None is left without a test, and none is there that no message reaches."""
    assert {case.rule for case in CASES} == {rule.name for rule in RULES}


def test_some_row_matches_every_message() -> None:
    """Wherever it stands and whatever it says."""
    read = message(CASES[0])
    for surface in ANYWHERE:
        for content in Content:
            for heard in (FOREIGN, QUIET, TALKED, ASKED_BACK, ANOTHERS, SHOWN_TO_ALL):
                assert decide(replace(read, surface=Surface(surface), content=content), heard)


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (
            Content.THANKS,
            "thanks! | Thank you so much :) | thx a lot, team | merci beaucoup ! | Vielen Dank 🙏",
        ),
        (
            Content.THANKS,
            "muchas gracias | muito obrigada | grazie mille | dank je wel | 谢谢！ | ありがとうございます。",
        ),
        (
            Content.AGREEMENT,
            "ok great | sooo good | d’accord | genau | いいね | 好的 | perfecto | no",
        ),
        (Content.AGREEMENT, "👍🏽 | +1 | :+1::skin-tone-3: | :-1: | ✅ :ok_hand:"),
        (Content.GREETING, "hi | Good morning everyone | Grüß dich | bonjour à tous | こんにちは | 你好"),
        (
            Content.HELP,
            "help | What can you do? | hi, who are you | Was kannst du? | ¿Qué puedes hacer? | 使い方は？",
        ),
        (Content.STOP, "stop | Cancel! | please cancel that | abbrechen | annuler | キャンセル | 取消"),
        (Content.EMOJI, ":tada: :100: | 🎉 | :-) | &lt;3 | :+1: :tada: | 👍 👎"),
        (Content.LINK, "<https://ex.com/a> | <https://ex.com/a|ex.com/a> | <mailto:a@b.c|a@b.c> thanks"),
        (Content.NOTHING, "?! | … | <@U0BEN>"),
        (
            Content.WORDS,
            "thanks, and by month? | ok and by month | top 5 | why? | 2024 | only EMEA | 谢谢，按月呢？",
        ),
        (
            Content.THANKS,
            "thanks all | merci à tous | 감사합니다 | спасибо! | tack | dziękuję | kiitos | ευχαριστώ",
        ),
        (
            Content.AGREEMENT,
            "very helpful, thanks | that’s helpful | bitte | of course | oops | 네 | tak | top! | OKです",
        ),
        (
            Content.STOP,
            "forget it | never mind, found it | cancel my question | can you stop | hör auf | やめてください",
        ),
        (
            Content.WORDS,
            "show all | top all | top, please | start again | no, all | ja, alle | nickel please",
        ),
        (Content.WORDS, "€ | %? | ok, $? | (top 8) | 8d? | x3 | true? | great, again | right now | dag"),
        (
            Content.WORDS,
            "help me with revenue | stop losses by month | hi, revenue by region | see <https://ex.com>",
        ),
        (Content.WORDS, f"thanks {'very ' * 30}much"),
    ],
)
def test_what_a_text_says_in_the_languages_of_the_readers(content: Content, texts: str) -> None:
    """Only what consists of such phrases alone is small talk; one other word makes it a question."""
    assert {text: content_of(text) for text in texts.split(" | ")} == dict.fromkeys(
        texts.split(" | "), content
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (":+1:", "yes"),
        (f"{AT_US} 👍🏽", "yes"),
        (":thumbsdown::skin-tone-2: :x:", "no"),
        ("✔️", "yes"),
        (":+1: :-1:", ":+1: :-1:"),
        (":+1: net", ":+1: net"),
        ("-1", "-1"),
    ],
)
def test_genie_reads_a_thumb_as_a_word(text: str, said: str) -> None:
    """Only where it stands alone, and says one thing."""
    read = message(Case(rule="", text=text, decision=ASK))
    assert read.question().text == said
