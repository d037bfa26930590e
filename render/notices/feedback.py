"""Messages about a rating: its confirmation, the modal for a reason, the note for reviewers.

https://docs.slack.dev/surfaces/modals
"""

from render import words
from render.blockkit import blocks
from render.blockkit.blocks import Block, Element
from render.blockkit.buttons import open_thread
from render.blockkit.reply import Reply, Variant
from render.text.escape import clean, code_parts, escape, one_line
from render.text.limits import INPUT_TEXT, SECTION_TEXT, VIEW_TITLE, clip, clip_wire

CALLBACK = "feedback_reason"
REASONS, WORDS = "reasons", "words"
"""The two inputs of the modal, as blocks and as actions."""

_NAME = 80
_QUESTION_WIRE = 2_000
_COMMENT_WIRE = 8_000
"""JSON that the parts of a review may take; Genie has every reason whole."""


def reason_modal(about: str, *, reviewed: bool) -> Block:
    """Ask what was wrong; `about` comes back with the reason, which reviewers read if it is `reviewed`."""
    seen_by = words.feedback.SEEN_BY_REVIEWERS if reviewed else words.feedback.SEEN_BY_AUTHORS
    reasons = [
        {"text": blocks.plain(text, VIEW_TITLE * 3), "value": value}
        for value, text in words.feedback.REASONS.items()
    ]
    boxes = {"type": "checkboxes", "action_id": REASONS, "options": reasons}
    field = {"type": "plain_text_input", "action_id": WORDS, "multiline": True, "max_length": INPUT_TEXT}
    shown = [
        blocks.section(blocks.mrkdwn(words.feedback.EXPLAINED)),
        _optional(REASONS, words.feedback.REASONS_LABEL, boxes),
        _optional(WORDS, words.feedback.WORDS_LABEL, field),
        blocks.context(blocks.mrkdwn(seen_by)),
    ]
    return blocks.modal(
        words.feedback.TITLE,
        shown,
        words.feedback.SKIP,
        submit=words.feedback.SEND,
        callback_id=CALLBACK,
        private_metadata=about,
    )


def result_modal(sentence: str) -> Block:
    """Say in the same modal what came of it."""
    shown = [blocks.section(blocks.mrkdwn(sentence))]
    return blocks.modal(words.feedback.TITLE, shown, words.feedback.CLOSE)


def review(name: str, question: str, comment: str, link: str) -> Reply:
    """Show reviewers who rated what and why, and lead them there; nothing of the answer itself."""
    said = words.feedback.rated_bad(clip(one_line(name), _NAME))
    parts = [
        blocks.header(said),
        blocks.quote(clip_wire(one_line(question), _QUESTION_WIRE)),
        *(
            blocks.section(blocks.plain(part))
            for part in code_parts(clip_wire(clean(comment), _COMMENT_WIRE), SECTION_TEXT)
        ),
        *([blocks.actions(open_thread(link))] if link else []),
    ]
    return Reply(text=escape(said), variants=(Variant(tuple(parts), chart_at=len(parts)),))


def _optional(name: str, label: str, element: Element) -> Block:
    return blocks.input_block(name, label, element) | {"optional": True}
