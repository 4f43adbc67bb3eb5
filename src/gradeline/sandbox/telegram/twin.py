"""The twin of the Telegram Bot API: one bot, the groups it is in, people who talk with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from gradeline.sandbox.exchange import Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.school.school import School
from gradeline.sandbox.telegram.answers import attached, error, ok, values_of
from gradeline.sandbox.telegram.chats import Chats, TelegramMessage, read_buttons
from gradeline.sandbox.telegram.markup import shown_text
from gradeline.sandbox.telegram.updates import Updates, Webhook

TOKEN = "5000000001:sandbox-telegram-token"  # noqa: S105 - of a simulated system
CHAT = "-1002200000001"
#: A group that has become the supergroup `CHAT`.
OLD_CHAT = "-4400001"
_RETRY_AFTER_S = 7
_CAPTION, _TEXT = 1_024, 4_096
#: Methods that write into a chat: a fault of the twin's own is of these.
_WRITING = ("send", "editMessage")


class TelegramTwin:
    """Serves `/bot<token>/<method>`.

    Its own faults: `retry-after` (429), `blocked` (403) and `lost` (an error after the message was
    posted). A mix draws none: they end a delivery.
    """

    name = "telegram"
    faults: Mapping[str, bool] = {
        **dict.fromkeys(TRANSPORT, False),
        "retry-after": False,
        "blocked": False,
        "lost": False,
        "timed-out": False,
    }
    settings: Mapping[str, str] = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_CHAT_ID": CHAT}

    def __init__(self, school: School | None = None, pace: Pace | None = None) -> None:  # noqa: ARG002 - as all twins
        self._pace = pace or Pace()
        self._numbers = count(1)
        self.groups = {CHAT}  #: those that the bot is in
        self.moved = {OLD_CHAT: CHAT}  #: groups that became supergroups: old number → new one
        self.messages: list[TelegramMessage] = []  #: of groups
        self.chats = Chats()  #: private ones
        self.updates = Updates(self._pace)
        self.toasts: list[str] = []  #: what appeared over a chat for a moment
        self.commands: dict[str, list[dict[str, str]]] = {}  #: by language; empty = all others
        #: faults of the next messages, the next first: for who cannot wait for the dice
        self.next_faults: list[str] = []

    def respond(self, request: Request) -> Response:
        """Answer one method of the bot."""
        bot, method = (*request.parts, "", "")[:2]
        if bot != f"bot{TOKEN}":
            return error(401, "Unauthorized")
        answer = self._methods.get(method)
        if answer is None:
            return error(404, "Not Found")
        fault = request.fault
        if method.startswith(_WRITING) and self.next_faults:
            fault = self.next_faults.pop(0)
        if fault == "retry-after":
            wait = self._pace.whole_seconds(_RETRY_AFTER_S)
            return error(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        if fault == "blocked":
            return error(403, "Forbidden: bot was blocked by the user")
        response = answer(self, values_of(request))
        if fault == "timed-out":
            return error(408, "Request Timeout")
        return error(500, "Internal Server Error") if fault == "lost" else response

    def bot(self) -> dict[str, object]:
        """Return the bot as `getMe` does."""
        return {
            "id": int(TOKEN.partition(":")[0]),
            "is_bot": True,
            "first_name": "Gradeline",
            "username": "gradeline_sandbox_bot",
        }

    def next_number(self) -> int:
        """Return a number that nothing has yet."""
        return next(self._numbers)

    def next_message(self, chat_id: object, text: str, **more: Any) -> TelegramMessage:
        """Return a message with a number of its own."""
        return TelegramMessage(
            message_id=self.next_number(), chat_id=str(chat_id), text=text, **more
        )

    def _me(self, _values: Mapping[str, Any]) -> Response:
        return ok(self.bot())

    def _chat(self, values: Mapping[str, Any]) -> Response:
        if values.get("chat_id") in self.moved:
            return self._moved(values["chat_id"])
        private = self.chats.find(values.get("chat_id"))
        if private is None and values.get("chat_id") not in self.groups:
            return error(400, "Bad Request: chat not found")
        kind = (
            {"type": "supergroup", "title": "Reports"} if private is None else {"type": "private"}
        )
        return ok(
            {
                "id": int(values["chat_id"]),
                **kind,
                "accent_color_id": 0,
                "max_reaction_count": 1,
                "accepted_gift_types": _NO_GIFTS,
            }
        )

    def _text(self, values: Mapping[str, Any]) -> Response:
        shown = _shown(values)
        return self._keep(values, **shown) if isinstance(shown, dict) else shown

    def _document(self, values: Mapping[str, Any]) -> Response:
        return self._file(values, "document")

    def _photo(self, values: Mapping[str, Any]) -> Response:
        return self._file(values, "photo")

    def _file(self, values: Mapping[str, Any], name: str) -> Response:
        file_name, content = attached(values, name)
        if not content:
            return error(400, "Bad Request: file must be non-empty")
        shown = _shown(values, "caption", _CAPTION)
        if isinstance(shown, Response):
            return shown
        return self._keep(values, **shown, file_name=file_name, content=content)

    def _edit(self, values: Mapping[str, Any]) -> Response:
        shown = _shown(values)
        return self._change(values, **shown) if isinstance(shown, dict) else shown

    def _edit_buttons(self, values: Mapping[str, Any]) -> Response:
        return self._change(values)

    def _change(self, values: Mapping[str, Any], **changed: Any) -> Response:
        chat = self.chats.find(values.get("chat_id"))
        buttons = read_buttons(values.get("reply_markup", ""))
        if chat is None or buttons is None:
            return error(400, "Bad Request: message to edit not found")
        number = int(values.get("message_id", 0))
        before = next((one for one in chat.messages if one.message_id == number), None)
        same = {**changed, "buttons": buttons}
        if before is not None and all(getattr(before, k) == v for k, v in same.items()):
            return error(400, "Bad Request: message is not modified")
        edited = self.chats.edit(chat, number, **same)
        if edited is None:
            return error(400, "Bad Request: message to edit not found")
        return ok(_message(edited, chat.profile.chat()))

    def _answer_button(self, values: Mapping[str, Any]) -> Response:
        self.toasts.append(str(values.get("text", "")))
        return ok(True)

    def _updates(self, values: Mapping[str, Any]) -> Response:
        numbers = (int(values.get(name, 0)) for name in ("offset", "limit", "timeout"))
        offset, limit, timeout = numbers
        return self.updates.poll(offset, limit or 100, timeout)

    def _set_webhook(self, values: Mapping[str, Any]) -> Response:
        webhook = Webhook(url=str(values.get("url", "")), secret=values.get("secret_token", ""))
        self.updates.post_to(webhook)
        return ok(True)

    def _delete_webhook(self, _values: Mapping[str, Any]) -> Response:
        self.updates.stop_posting()
        return ok(True)

    def _webhook(self, _values: Mapping[str, Any]) -> Response:
        webhook = self.updates.webhook
        return ok(
            {
                "url": webhook.url if webhook else "",
                "has_custom_certificate": False,
                "pending_update_count": len(self.updates.waiting),
            }
        )

    def _set_commands(self, values: Mapping[str, Any]) -> Response:
        self.commands[str(values.get("language_code", ""))] = json.loads(values["commands"])
        return ok(True)

    def _delete_commands(self, values: Mapping[str, Any]) -> Response:
        self.commands.pop(str(values.get("language_code", "")), None)
        return ok(True)

    def _moved(self, chat: str) -> Response:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        return error(400, text, migrate_to_chat_id=int(self.moved[chat]))

    def _keep(self, values: Mapping[str, Any], **shown: Any) -> Response:
        number = values.get("chat_id")
        if number in self.moved:
            return self._moved(str(number))
        buttons = read_buttons(values.get("reply_markup", ""))
        if buttons is None:
            return error(400, "Bad Request: BUTTON_DATA_INVALID")
        private = self.chats.find(number)
        if private is None and number not in self.groups:
            return error(400, "Bad Request: chat not found")
        if private is not None and private.is_blocked:
            return error(403, "Forbidden: bot was blocked by the user")
        message = self.next_message(number, shown.pop("text"), buttons=buttons, **shown)
        if private is None:
            self.messages.append(message)
            group = {"id": int(message.chat_id), "type": "supergroup", "title": "Reports"}
            return ok(_message(message, group))
        self.chats.post(private, message)
        return ok(_message(message, private.profile.chat()))

    _methods: Mapping[str, Answer] = {
        "getMe": _me,
        "getChat": _chat,
        "sendMessage": _text,
        "sendDocument": _document,
        "sendPhoto": _photo,
        "editMessageText": _edit,
        "editMessageReplyMarkup": _edit_buttons,
        "answerCallbackQuery": _answer_button,
        "getUpdates": _updates,
        "setWebhook": _set_webhook,
        "deleteWebhook": _delete_webhook,
        "getWebhookInfo": _webhook,
        "setMyCommands": _set_commands,
        "deleteMyCommands": _delete_commands,
    }


#: A method of the twin.
Answer = Callable[[TelegramTwin, Mapping[str, Any]], Response]
_NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def _shown(
    values: Mapping[str, Any], name: str = "text", most: int = _TEXT
) -> dict[str, str] | Response:
    """Return a text as it is shown and as it was sent, or the error that Telegram gives."""
    sent = text = str(values.get(name, ""))
    if values.get("parse_mode") == "HTML":
        shown = shown_text(sent)
        if shown is None:
            return error(400, "Bad Request: can't parse entities")
        text = shown
    if not text and most == _TEXT:
        return error(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > most:
        what = "message" if most == _TEXT else "message caption"
        return error(400, f"Bad Request: {what} is too long")
    return {"text": text, "html": sent if text != sent else ""}


def _message(message: TelegramMessage, chat: Mapping[str, object]) -> dict[str, object]:
    return {
        "message_id": message.message_id,
        "date": 1_700_000_000,
        "chat": chat,
        "text": message.text,
    }
