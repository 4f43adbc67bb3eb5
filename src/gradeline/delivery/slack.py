"""Slack: a message with its files in a thread, through Slack's own client.

Files go up in three steps (https://docs.slack.dev/messaging/working-with-files): ask for an
address, send the bytes there, complete the upload into a channel. A message carries its key as
metadata, by which it is found again; that needs the scope `channels:history`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

import httpx2
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.channel import Envelope, Limits, Traits
from gradeline.delivery.message import Document, Receipt
from gradeline.delivery.slack_blocks import slack_blocks, slack_text

_ID = re.compile(r"[CGD][A-Z0-9]{8,}")
_EVENT = "gradeline_message"
_PAGE = 200
_TIMEOUT_S = 30
#: Below Slack's 40,000, and below 50 blocks of sections.
_LIMITS = Limits(text_characters=30_000)

#: Errors of Slack that only a person can fix → what to do.
_REFUSALS = {
    "channel_not_found": "Name a channel that exists, and invite the bot to it: /invite @bot.",
    "not_in_channel": "Invite the bot to the channel: /invite @bot.",
    "is_archived": "Name a channel that is not archived.",
    "invalid_auth": "Correct SLACK_BOT_TOKEN: it is on the app's page under OAuth & Permissions.",
    "not_authed": "Set SLACK_BOT_TOKEN: it is on the app's page under OAuth & Permissions.",
    "account_inactive": "Install the app into the workspace again and set SLACK_BOT_TOKEN.",
    "token_revoked": "Install the app into the workspace again and set SLACK_BOT_TOKEN.",
    "token_expired": "Install the app into the workspace again and set SLACK_BOT_TOKEN.",
    "missing_scope": "Add the scope to the app under OAuth & Permissions and install it again.",
    "restricted_action": "Ask the owner of the workspace to let the app write there.",
}
#: Statuses and errors after which Slack may have done it: 408 came after messages had arrived.
_UNCLEAR = frozenset({408, *range(500, 600)})
_UNCLEAR_CODES = frozenset({"internal_error", "fatal_error", "request_timeout"})
#: Scopes without which nothing can be sent.
_SCOPES = ("chat:write", "files:write")
#: Errors that the troubleshooting page has a case of.
_CASES = {
    **dict.fromkeys(("not_in_channel", "channel_not_found"), "slack-the-bot-is-not-in-the-channel"),
    "missing_scope": "slack-the-app-lacks-a-scope",
}
#: Errors after which Slack has done nothing.
_NOTHING_DONE = {"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org"}


class SlackChannel:
    """Writes to channels of one workspace, as one bot."""

    name = "slack"
    traits = Traits(can_find=True)
    limits = _LIMITS
    identity = ""

    def __init__(self, token: str, *, base_url: str = WebClient.BASE_URL) -> None:
        # Its own handlers repeat a post whose answer was lost; here that is looked up first.
        self._client = WebClient(token, base_url, timeout=_TIMEOUT_S, retry_handlers=[])

    def resolve(self, address: str) -> str:
        """Return the id of a channel by its name; the list of channels is asked only here."""
        if _ID.fullmatch(address):
            return address
        name = address.lstrip("#").casefold()
        cursor = ""
        while True:
            page = self._call(
                "conversations.list",
                limit=_PAGE,
                cursor=cursor,
                exclude_archived=True,
                types="public_channel,private_channel",
            )
            for channel in page.get("channels", []):
                if channel["name"].casefold() == name:
                    return str(channel["id"])
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                raise DeliveryRefused(
                    f"Slack has no channel {address} that the bot can see.",
                    hint=_REFUSALS["channel_not_found"],
                    case=_CASES["channel_not_found"],
                )

    def send(self, envelope: Envelope) -> Receipt:
        """Post the text, then complete the upload of all files into its thread."""
        posted = envelope.done.get("text") or self._post(envelope)
        if envelope.message.documents and "files" not in envelope.done:
            ids = [
                envelope.done.get(_step(document)) or self._upload(envelope, document)
                for document in envelope.message.documents
            ]
            self._complete(envelope, ids, posted)
        return self._receipt(envelope, posted)

    def find(self, envelope: Envelope) -> Receipt | None:
        """Look for the text by its key, and for the files by the ids that they were given."""
        posted = envelope.done.get("text") or self._find_text(envelope)
        if posted is None:
            return None
        documents = envelope.message.documents
        if documents and "files" not in envelope.done:
            ids = [envelope.done.get(_step(document)) for document in documents]
            if not all(each is not None and self._is_shared(each) for each in ids):
                return None
            envelope.record_step("files", ",".join(filter(None, ids)))
        return self._receipt(envelope, posted)

    def check(self, address: str) -> Sequence[DeliveryError]:
        """Try the token, its scopes, and whether the bot is in the channel."""
        return tuple(self._troubles(address))

    def _troubles(self, address: str) -> Iterator[DeliveryError]:
        try:
            response = self._client.auth_test()
            info = self._call("conversations.info", channel=self.resolve(address))
        except DeliveryError as error:
            yield error
            return
        except (SlackClientError, OSError, HTTPException) as error:
            yield _mapped(error, sent=False)
            return
        if not info["channel"].get("is_member", True):
            yield _refusal("not_in_channel", address)
        named = {name.casefold(): value for name, value in response.headers.items()}
        granted = named.get("x-oauth-scopes", ",".join(_SCOPES)).replace(" ", "").split(",")
        for scope in _SCOPES:
            if scope not in granted:
                yield _refusal("missing_scope", address, scope)

    def _post(self, envelope: Envelope) -> str:
        message = envelope.message
        posted = self._call(
            "chat.postMessage",
            sends=True,
            channel=envelope.address,
            text=slack_text(f"{message.subject}\n{message.text}"),
            blocks=list(slack_blocks(message.subject, message.text)),
            metadata={"event_type": _EVENT, "event_payload": {"key": envelope.key}},
            unfurl_links=False,
        )
        envelope.record_step("text", posted["ts"])
        return str(posted["ts"])

    def _upload(self, envelope: Envelope, document: Document) -> str:
        """Send the bytes of a file; nobody sees it before the upload is completed."""
        place = self._call(
            "files.getUploadURLExternal",
            form={"filename": document.name, "length": str(len(document.content))},
        )
        try:
            sent = httpx2.post(place["upload_url"], content=document.content, timeout=_TIMEOUT_S)
        except httpx2.HTTPError:
            raise DeliveryLater(
                "Slack does not take files now.", hint="It is tried again."
            ) from None
        if sent.status_code != 200:
            raise DeliveryLater(f"Slack did not take {document.name}: status {sent.status_code}.")
        envelope.record_step(_step(document), place["file_id"])
        return str(place["file_id"])

    def _complete(self, envelope: Envelope, ids: Sequence[str], thread: str) -> None:
        titles = [document.name for document in envelope.message.documents]
        files: list[dict[str, str | None]] = [
            {"id": each, "title": title} for each, title in zip(ids, titles, strict=True)
        ]
        try:
            self._client.files_completeUploadExternal(
                files=files, channel_id=envelope.address, thread_ts=thread
            )
        except (SlackClientError, OSError, HTTPException) as error:
            raise _mapped(error, sent=True, place=envelope.address) from None
        envelope.record_step("files", ",".join(ids))

    def _find_text(self, envelope: Envelope) -> str | None:
        try:
            page = self._call(
                "conversations.history",
                channel=envelope.address,
                include_all_metadata=True,
                limit=_PAGE,
            )
        except DeliveryRefused as refused:
            raise DeliveryUnknown(
                "Slack does not let the bot read what it wrote.",
                hint="Add the scope channels:history (groups:history for a private channel).",
            ) from refused
        for message in page.get("messages", []):
            metadata = message.get("metadata") or {}
            if metadata.get("event_payload", {}).get("key") == envelope.key:
                envelope.record_step("text", message["ts"])
                return str(message["ts"])
        return None

    def _is_shared(self, file_id: str) -> bool:
        try:
            shares = self._call("files.info", file=file_id)["file"].get("shares", {})
        except DeliveryRefused as refused:
            raise DeliveryUnknown(
                "Slack does not let the bot read its files.", hint="Add the scope files:read."
            ) from refused
        return any(shares.values())

    def _receipt(self, envelope: Envelope, posted: str) -> Receipt:
        return Receipt(provider_id=f"{envelope.address}/{posted}")

    def _call(
        self, method: str, *, sends: bool = False, form: dict[str, str] | None = None, **values: Any
    ) -> dict[str, Any]:
        """Call a method; map its errors. `sends` = an answer that is lost may hide a message."""
        try:
            if form is not None:
                response = self._client.api_call(method, data=form)
            else:
                response = self._client.api_call(method, **_body(method, values))
        except (SlackClientError, OSError, HTTPException) as error:
            raise _mapped(error, sent=sends, place=str(values.get("channel", ""))) from None
        data: Any = response.data
        return dict(data) if isinstance(data, dict) else {}


def _body(method: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return how a method takes its values: those that write as JSON, those that read as a form."""
    return {"json": values} if method == "chat.postMessage" else {"data": values}


def _step(document: Document) -> str:
    return f"file:{document.name}"


def _mapped(error: Exception, *, sent: bool, place: str = "") -> DeliveryError:
    """Return our error for one of the client's, without its text: that may hold the request."""
    if isinstance(error, SlackApiError):
        code = str(error.response.get("error", ""))
        if error.response.status_code == 429 or code in _NOTHING_DONE:
            wait = error.response.headers.get("Retry-After") or error.response.headers.get(
                "retry-after"
            )
            return DeliveryLater("Slack asks to wait.", retry_after_s=float(wait) if wait else None)
        if error.response.status_code not in _UNCLEAR and code not in _UNCLEAR_CODES:
            needed = str(error.response.get("needed", ""))
            return _refusal(code, place, needed)
    refused = isinstance(error, URLError) and isinstance(error.reason, ConnectionRefusedError)
    if refused or not sent:
        return DeliveryLater("Slack does not answer.", hint="It is tried again.")
    return DeliveryUnknown("Slack's answer was lost.")


def _refusal(code: str, place: str = "", needed: str = "") -> DeliveryRefused:
    where = f" for {place}" if place else ""
    scope = f" ({needed})" if needed else ""
    hint = _REFUSALS.get(code, "See https://docs.slack.dev for this error of Slack.")
    what = f"Slack refuses{where}: {code or 'unknown'}{scope}."
    return DeliveryRefused(what, hint=hint, case=_CASES.get(code, ""))
