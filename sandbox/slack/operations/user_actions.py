"""What users do in Slack: write, edit, click, use commands, react, open the Home tab."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.operations import events, inputs, interactions
from sandbox.slack.operations.messages import edit, from_bot, post, remove, show_ephemeral
from sandbox.slack.operations.response_urls import answer_command
from sandbox.slack.platform import Platform
from sandbox.slack.state.objects import view_object
from sandbox.slack.state.records import OTHER_BOT, Blocks, Channel, File, Message
from sandbox.slack.state.rich_text import rich_text
from sandbox.slack.transport.outbox import NotAcknowledgedError

_REFUSALS = {"timeout": "operation_timeout", "http_timeout": "operation_timeout"}


class UserActions:
    """What users do in a workspace; refusals are `SlackError`s."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._workspace = platform.workspace

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write a message, escaped as Slack escapes it, with mentions as `<@U...>`; gives its ts."""
        place = self._place(user, channel)
        if not text.strip():
            raise SlackError("no_text")
        if thread_ts is not None:
            thread_ts = self._workspace.message(place.id, thread_ts).thread_ts or thread_ts
        ts = self._workspace.next_ts()
        blocks = (rich_text(text, ts[-5:]),)
        id_ = str(uuid.uuid4())
        post(
            self._platform,
            Message(ts, place.id, user, text, blocks, thread_ts=thread_ts, client_msg_id=id_),
        )
        self._invite_hint(place, user, text, thread_ts)
        return ts

    async def say_me(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write a message with `/me`, which comes without blocks; gives its ts."""
        return self._post(user, channel, text, thread_ts, subtype="me_message")

    async def say_to_channel(self, user: str, channel: str, text: str, thread_ts: str) -> str:
        """Write a reply that is also sent to the channel; gives its ts."""
        return self._post(user, channel, text, thread_ts, subtype="thread_broadcast")

    async def share_file(
        self, user: str, channel: str, name: str, text: str = "", thread_ts: str | None = None
    ) -> str:
        """Share a file, with words or without; gives the ts of its message."""
        id_ = self._workspace.next_id("F")
        self._workspace.files[id_] = File(id_, name, 1, content=b"1", completed=True, ready=True)
        ts = self._post(user, channel, text, thread_ts, subtype="file_share", files=(id_,))
        self._workspace.files[id_].shares.setdefault(channel, []).append(ts)
        return ts

    async def app_says(
        self,
        channel: str,
        text: str,
        attachments: Blocks = (),
        thread_ts: str | None = None,
        blocks: Blocks = (),
    ) -> str:
        """Let another app of the workspace write, as a webhook does; gives the ts."""
        made = {"bot_id": OTHER_BOT, "subtype": "bot_message", "attachments": attachments, "blocks": blocks}
        return self._post("", channel, text, thread_ts, **made)

    def _post(self, user: str, channel: str, text: str, thread_ts: str | None, **fields: Any) -> str:
        place = self._place(user, channel) if user else self._workspace.channel(channel)
        ts = self._workspace.next_ts()
        post(self._platform, Message(ts, place.id, user, text, thread_ts=thread_ts, **fields))
        return ts

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change one's own message."""
        message = self._own(user, channel, ts)
        mark = {"user": user, "ts": f"{int(time.time())}.000000"}  # Slack tells whole seconds
        edit(self._platform, message, text=text, blocks=(rich_text(text, ts[-5:]),), edited=mark)

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        remove(self._platform, self._own(user, channel, ts))

    async def join(self, user: str, channel: str) -> None:
        """Join a public channel, or bring the bot into one; Slack posts a line about it."""
        place = self._workspace.channel(channel)
        if user not in place.members:
            place.members.add(self._workspace.user(user).id)
            ts = self._workspace.next_ts()
            words = f"<@{user}> has joined the channel"
            post(self._platform, Message(ts, place.id, user, words, subtype="channel_join"))
            events.member_joined(self._platform, user, place)

    async def share_channel(self, channel: str, team: str) -> None:
        """Let another company into a channel, as an admin does."""
        place = self._workspace.channel(channel)
        place.connected = (*place.connected, team)
        events.channel_shared(self._platform, place, team)

    async def command(
        self, user: str, channel: str, command: str, text: str = "", *, thread_ts: str | None = None
    ) -> None:
        """Use a slash command; what the app answers at once appears to its user only."""
        place = self._place(user, channel)
        if thread_ts is not None:
            raise SlackError("not_supported_in_threads")
        if self._workspace.user(user).team_id:
            raise SlackError("unknown_command")  # Slack offers the app's commands to its own workspace
        if command not in {known for known, _, _ in self._platform.settings.commands}:
            raise SlackError("unknown_command")
        payload = interactions.slash_command(self._platform, user, place.id, command, text)
        try:
            answer = await self._platform.outbox.once("slash_commands", payload)
        except NotAcknowledgedError as error:
            refusal = _REFUSALS.get(error.reason, "dispatch_failed")
            self._show_ephemeral(place, user, f'{command} failed with the error "{refusal}"')
            raise SlackError(refusal) from None
        answer_command(self._platform, user, place.id, answer)

    async def message_shortcut(self, user: str, channel: str, message_ts: str, callback_id: str) -> None:
        """Choose a shortcut from the menu of a message, in a thread or not; ephemeral messages have none."""
        place = self._place(user, channel)
        message = self._workspace.message(place.id, message_ts)
        self._offered(user, "message", callback_id)
        await self._interact(interactions.message_action(self._platform, user, message, callback_id))

    async def global_shortcut(self, user: str, callback_id: str) -> None:
        """Choose a shortcut beside the field one writes in, or from the search."""
        self._offered(user, "global", callback_id)
        await self._interact(interactions.shortcut(self._platform, user, callback_id))

    def _offered(self, user: str, kind: str, callback_id: str) -> None:
        """Refuse a shortcut that Slack would not show: it offers the app's own to its own workspace."""
        known = {(each.type, each.callback_id) for each in self._platform.settings.shortcuts}
        if self._workspace.user(user).team_id or (kind, callback_id) not in known:
            raise SlackError("unknown_shortcut")

    async def click(
        self,
        user: str,
        channel: str,
        message_ts: str,
        action_id: str,
        block_id: str | None = None,
        value: str | None = None,
        selected_option: Mapping[str, Any] | str | None = None,
    ) -> None:
        """Click a button or choose from a menu of a message, ephemeral ones included."""
        place = self._place(user, channel)
        message = self._seen(user, place, message_ts)
        action = interactions.action_on(message.blocks, action_id, block_id, value, selected_option)
        await self._interact(interactions.in_message(self._platform, user, message, action))

    async def click_in_view(
        self,
        user: str,
        view_id: str,
        action_id: str,
        block_id: str | None = None,
        value: str | None = None,
        selected_option: Mapping[str, Any] | str | None = None,
        values: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Click inside a modal or on the Home tab, with `values` typed into its inputs before."""
        home = self._workspace.homes.get(user)
        view = home if home is not None and home.id == view_id else self._workspace.views.get(view_id)
        if view is None or view.user != user:
            raise SlackError("not_found")
        blocks = tuple(view.content["blocks"])
        action = interactions.action_on(blocks, action_id, block_id, value, selected_option)
        inputs.keep(view, values or {})
        inputs.keep(view, {action["block_id"]: {action["action_id"]: action}})
        await self._interact(interactions.in_view(self._platform, user, view, action))

    async def react(self, user: str, channel: str, ts: str, name: str, *, add: bool = True) -> None:
        """Add or take back a reaction."""
        place = self._place(user, channel)
        react(self._platform, self._workspace.message(place.id, ts), user, name, add=add)

    async def stop_session(self, user: str, channel: str, thread_ts: str) -> None:
        """Press Stop, which Slack shows while an agent that hears of it works in a thread."""
        place = self._place(user, channel)
        session = self._workspace.sessions.get((place.id, thread_ts))
        heard = "agent_session_stopped" in self._platform.settings.events
        if not heard or session is None or session.status != "processing":
            raise SlackError("not_found")
        events.session_stopped(self._platform, user, place, thread_ts)

    async def change_user(self, user: str, **fields: Any) -> None:
        """Let an admin change fields of an account, such as `email` or `deleted`; the app is told."""
        changed = replace(self._workspace.user(user), **fields)
        self._workspace.users[user] = changed
        self._platform.changes.publish(type="user_change", id=user)
        events.user_changed(self._platform, changed)

    async def open_home(self, user: str, tab: str = "home") -> None:
        """Open the app's Home tab (or its Messages tab)."""
        home = self._workspace.homes.get(self._workspace.user(user).id)
        form = view_object(self._workspace, home) if home is not None and tab == "home" else None
        events.app_home_opened(self._platform, user, tab, form)

    async def _interact(self, payload: dict[str, Any]) -> None:
        try:
            await self._platform.outbox.once("interactive", payload)
        except NotAcknowledgedError as error:
            raise SlackError(_REFUSALS.get(error.reason, "dispatch_failed")) from None

    def _place(self, user: str, channel: str) -> Channel:
        place = self._workspace.channel(channel)
        if self._workspace.user(user).deleted:
            raise SlackError("account_inactive")
        if user not in place.members:
            raise SlackError("not_in_channel" if place.kind == "channel" else "channel_not_found")
        if place.is_archived:
            raise SlackError("is_archived")
        return place

    def _own(self, user: str, channel: str, ts: str) -> Message:
        message = self._workspace.message(self._place(user, channel).id, ts)
        if message.user != user:
            raise SlackError("cant_update_message")
        return message

    def _seen(self, user: str, place: Channel, ts: str) -> Message:
        for message in self._workspace.ephemerals:
            if message.ts == ts and message.for_user == user and message.channel == place.id:
                return message
        return self._workspace.message(place.id, ts)

    def _show_ephemeral(self, place: Channel, user: str, text: str, thread_ts: str | None = None) -> None:
        show_ephemeral(
            self._platform, from_bot(self._platform, place.id, text, for_user=user, thread_ts=thread_ts)
        )

    def _invite_hint(self, place: Channel, user: str, text: str, thread_ts: str | None) -> None:
        bot = self._workspace.bot_user_id
        if f"<@{bot}>" in text and bot not in place.members:
            self._show_ephemeral(
                place, user, f"You mentioned <@{bot}>, but they’re not in this channel.", thread_ts
            )


def react(platform: Platform, message: Message, user: str, name: str, *, add: bool) -> None:
    """Change the reactions of a message; `already_reacted` or `no_reaction` when nothing would change."""
    users = message.reactions.get(name, ())
    if add == (user in users):
        raise SlackError("already_reacted" if add else "no_reaction")
    users = (*users, user) if add else tuple(each for each in users if each != user)
    reactions = {**message.reactions, name: users}
    kept = {each: who for each, who in reactions.items() if who}
    platform.workspace.change(message, reactions=kept)
    platform.changes.publish(
        type="reaction", channel=message.channel, ts=message.ts, name=name, users=list(users)
    )
    events.reaction_changed(platform, message, user, name, add=add)
