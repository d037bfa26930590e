"""`files.*`: the upload in three steps, whose end comes later than its answer.

https://docs.slack.dev/messaging/working-with-files#uploading_files
"""

import asyncio
from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.methods.arguments import Arguments
from sandbox.slack.methods.method import Method
from sandbox.slack.operations import messages
from sandbox.slack.platform import Platform
from sandbox.slack.state.objects import file_object
from sandbox.slack.state.records import Channel, File

LARGEST = 1_000_000_000
ALT_TEXT = 1_000


def get_upload_url(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Begin an upload: give the file's id and where its bytes go."""
    name = arguments.required("filename")
    length = arguments.integer("length", 0, LARGEST)
    alt_txt = arguments.text("alt_txt")
    if len(alt_txt) > ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = File(platform.workspace.next_id("F"), name, length, alt_txt=alt_txt)
    platform.workspace.files[file.id] = file
    return {"upload_url": f"{platform.base_url}/upload/v1/{file.id}", "file_id": file.id}


def receive(platform: Platform, file_id: str, content: bytes) -> bool:
    """Take the bytes of an upload; whether they were expected and complete."""
    file = platform.workspace.files.get(file_id)
    if file is None or file.completed or len(content) != file.length:
        return False
    file.content = content
    return True


def complete_upload(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """End an upload; the file gets its type and is shared a moment after the answer."""
    listed = arguments.data("files", "invalid_arguments")
    if not isinstance(listed, list) or not listed:
        raise SlackError("invalid_arguments")
    files = [_uploaded(platform, each) for each in listed]
    channel = _share_with(platform, arguments)
    thread_ts = arguments.text("thread_ts") or None
    if thread_ts is not None:
        if channel is None:
            raise SlackError("invalid_arguments")
        platform.workspace.message(channel.id, thread_ts)
    for file, each in zip(files, listed, strict=True):
        file.completed, file.title = True, str(each.get("title") or file.name)
    comment = arguments.text("initial_comment")
    platform.outbox.background(_finish(platform, files, channel, thread_ts, comment))
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def info(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Describe a file as far as Slack has got with it."""
    file = _known(platform, arguments.required("file"))
    return {"file": file_object(platform.workspace, file, platform.base_url), "comments": []}


def delete(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Delete a file; messages keep their text."""
    file = _known(platform, arguments.required("file"))
    for channel, stamps in file.shares.items():
        for ts in stamps:
            message = platform.workspace.messages[channel].get(ts)
            if message is not None:
                kept = tuple(each for each in message.files if each != file.id)
                messages.edit(platform, message, files=kept)
    del platform.workspace.files[file.id]
    return {}


async def _finish(
    platform: Platform, files: list[File], channel: Channel | None, thread_ts: str | None, comment: str
) -> None:
    await asyncio.sleep(platform.settings.file_delay)
    for file in files:
        file.ready = True
    platform.changes.wake()
    if channel is None:
        return
    ids = tuple(file.id for file in files)
    made = messages.from_bot(
        platform, channel.id, comment, files=ids, thread_ts=thread_ts, subtype="file_share"
    )
    for file in files:
        file.shares.setdefault(channel.id, []).append(made.ts)
    messages.post(platform, made)


def _known(platform: Platform, file_id: str) -> File:
    file = platform.workspace.files.get(file_id)
    if file is None or not file.completed:
        raise SlackError("file_not_found")
    return file


def _uploaded(platform: Platform, each: Any) -> File:
    file = platform.workspace.files.get(each.get("id", "")) if isinstance(each, dict) else None
    if file is None or file.content is None or file.completed:
        raise SlackError("file_not_found")
    return file


def _share_with(platform: Platform, arguments: Arguments) -> Channel | None:
    wanted = arguments.text("channel_id") or arguments.text("channels")
    if not wanted:
        return None
    channel = platform.workspace.channels.get(wanted)
    if channel is None:
        raise SlackError("channel_not_found")
    if platform.workspace.bot_user_id not in channel.members:
        raise SlackError("not_in_channel" if channel.kind == "channel" else "channel_not_found")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, "tier4", "files:write", takes_json=False),
    "files.completeUploadExternal": Method(complete_upload, "tier4", "files:write"),
    "files.info": Method(info, "tier4", "files:read", takes_json=False),
    "files.delete": Method(delete, "tier3", "files:write"),
}
