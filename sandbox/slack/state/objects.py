"""How users, channels, messages, files and views look in Slack's JSON."""

from typing import Any

from sandbox.slack.state.records import OTHER_APP, OTHER_BOT, Channel, File, Message, User, View
from sandbox.slack.state.workspace import Workspace

_MIMETYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
    "sql": "text/plain",
}


def user_object(workspace: Workspace, user: User, *, email: bool = True) -> dict[str, Any]:
    """Give a user object; the e-mail address needs its own scope, and is not told of other companies' people.

    Of those, and of deactivated accounts, Slack tells less, such as the name in the profile alone. A person
    of another company is a stranger only as long as the app sees no channel with that person.
    https://docs.slack.dev/reference/objects/user-object
    """
    team = user.team_id or workspace.team_id
    profile = {"real_name": user.real_name, "display_name": user.name, "team": team}
    if email and user.email and not user.team_id:
        profile["email"] = user.email
    if user.is_bot:
        profile |= {"api_app_id": workspace.app_id, "bot_id": workspace.bot_id}
    form = {
        "id": user.id,
        "team_id": team,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }
    if user.team_id:
        return form | {"is_stranger": not workspace.shares_channel(user)}
    if user.deleted:
        return form
    return form | {
        "color": user.color,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_offset": 3_600,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
    }


def channel_object(workspace: Workspace, channel: Channel) -> dict[str, Any]:
    """Give a conversation object as the bot sees it."""
    form: dict[str, Any] = {
        "id": channel.id,
        "created": 1_700_000_000,
        "is_archived": channel.is_archived,
        "is_im": channel.is_im,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private or channel.is_im,
        "is_org_shared": False,
        "is_ext_shared": bool(channel.connected),
        "is_shared": bool(channel.connected),
        "is_pending_ext_shared": False,
        "context_team_id": workspace.team_id,
    }
    if channel.is_im:
        return form | {"user": channel.user, "is_user_deleted": False, "priority": 0}
    return (
        form
        | {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": not channel.is_private,
            "is_group": False,
            "is_general": False,
            "is_member": workspace.bot_user_id in channel.members,
            "creator": workspace.people[0].id,
            "topic": {"value": channel.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }
        | _sharing(workspace, channel)
    )


def _sharing(workspace: Workspace, channel: Channel) -> dict[str, Any]:
    teams = [workspace.team_id, *channel.connected]
    form: dict[str, Any] = {"shared_team_ids": teams, "pending_connected_team_ids": [], "pending_shared": []}
    connected = {"connected_team_ids": teams, "conversation_host_id": workspace.team_id}
    return form | (connected if channel.connected else {})


def message_object(
    workspace: Workspace, message: Message, base_url: str, *, metadata: bool = False
) -> dict[str, Any]:
    """Give a message object."""
    form: dict[str, Any] = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": workspace.team_of(message.user),
    }
    if form["team"] != workspace.team_id:
        form |= {"user_team": form["team"], "source_team": form["team"]}
    optional: dict[str, Any] = {
        "subtype": message.subtype,
        "hidden": message.subtype == "tombstone",
        "client_msg_id": message.client_msg_id,
        "edited": message.edited and dict(message.edited),
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
        "files": [file_object(workspace, workspace.files[id_], base_url) for id_ in message.files],
        "metadata": message.metadata if metadata else None,
        "reactions": [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ],
    }
    form |= {key: value for key, value in optional.items() if value}
    if message.bot_id == OTHER_BOT:
        del form["user"]
        form |= {"bot_id": OTHER_BOT, "app_id": OTHER_APP, "username": "Alerts"}
    elif message.bot_id is not None:
        form |= _bot(workspace, message.bot_id)
    return form | _threading(workspace, message)


def _bot(workspace: Workspace, bot_id: str) -> dict[str, Any]:
    bot = workspace.users[workspace.bot_user_id]
    profile = {
        "id": bot_id,
        "app_id": workspace.app_id,
        "user_id": bot.id,
        "name": bot.real_name,
        "deleted": False,
        "team_id": workspace.team_id,
    }
    return {"bot_id": bot_id, "app_id": workspace.app_id, "bot_profile": profile}


def _threading(workspace: Workspace, message: Message) -> dict[str, Any]:
    if message.for_user is not None:
        return {"thread_ts": message.thread_ts} if message.thread_ts else {}
    if not message.is_root:
        parent = workspace.messages[message.channel].get(message.thread_ts or "")
        form: dict[str, Any] = {"thread_ts": message.thread_ts}
        return form | ({"parent_user_id": parent.user} if parent else {})
    replies = workspace.replies(message.channel, message.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users[:5],
        "latest_reply": replies[-1].ts,
    }


def file_object(workspace: Workspace, file: File, base_url: str) -> dict[str, Any]:
    """Give a file object; type, addresses and shares are missing until Slack has finished with it."""
    kind = file.name.rsplit(".", 1)[-1].lower() if "." in file.name else "txt"
    form: dict[str, Any] = {
        "id": file.id,
        "created": 1_700_000_000,
        "timestamp": 1_700_000_000,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": "",
        "filetype": "",
        "user": workspace.bot_user_id,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "editable": False,
    }
    if not file.ready:
        return form
    address = f"{base_url}/files-pri/{file.id}/{file.name}"
    shares = {id_: [{"ts": ts} for ts in stamps] for id_, stamps in file.shares.items()}
    public = {id_: each for id_, each in shares.items() if workspace.channels[id_].kind == "channel"}
    private = {id_: each for id_, each in shares.items() if id_ not in public}
    return form | {
        "mimetype": _MIMETYPES.get(kind, "application/octet-stream"),
        "filetype": kind,
        "pretty_type": kind.upper(),
        "alt_txt": file.alt_txt,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        "channels": list(public),
        "groups": [id_ for id_ in private if workspace.channels[id_].kind in ("group", "mpim")],
        "ims": [id_ for id_ in private if workspace.channels[id_].kind == "im"],
        "shares": {name: each for name, each in (("public", public), ("private", private)) if each},
    }


def view_object(workspace: Workspace, view: View) -> dict[str, Any]:
    """Give a view object with the ids that Slack adds."""
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "state": {"values": {}},
        "private_metadata": "",
        "callback_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        **view.content,
        "hash": view.hash,
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": workspace.app_id,
        "external_id": view.content.get("external_id", ""),
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
