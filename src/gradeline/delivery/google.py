"""Google's APIs with a service account: opening them, and their errors as ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import google_auth_httplib2
import httplib2
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.oauth2 import service_account
from googleapiclient import discovery, discovery_cache
from googleapiclient.errors import Error, HttpError

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused, DeliveryUnknown

_TIMEOUT_S = 60
_SCOPES = (
    "https://www.googleapis.com/auth/drive",
    "https://www.googleapis.com/auth/spreadsheets",
)
#: Reasons of a 403 that pass by themselves.
_LIMITS = {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"}
_STORAGE = {"storageQuotaExceeded", "quotaExceeded"}
_DISABLED = {"accessNotConfigured", "SERVICE_DISABLED"}


class GoogleAccount:
    """A service account; opens APIs, and says who it is where something is not shared with it."""

    def __init__(self, key: Mapping[str, Any], *, base_url: str = "") -> None:
        """Take the JSON of the account's key; `base_url` is the address of a simulated Google.

        Raises:
            DeliveryRefused: the JSON is no key of a service account.
        """
        self._base_url = base_url.rstrip("/")
        token_uri = {"token_uri": f"{self._base_url}/token"} if base_url else {}
        try:
            made: Any = service_account.Credentials
            self._credentials = made.from_service_account_info({**key, **token_uri}, scopes=_SCOPES)
        except (ValueError, KeyError, GoogleAuthError):
            raise DeliveryRefused(
                "GOOGLE_SERVICE_ACCOUNT_KEY is no key of a service account.",
                hint="Download a JSON key of the account in Google Cloud under IAM, Service"
                " Accounts, Keys.",
            ) from None
        self.email: str = self._credentials.service_account_email

    def open(self, name: str, version: str) -> Any:
        """Return the API of that name and version, as its own description declares it."""
        described = json.loads(discovery_cache.get_static_doc(name, version))
        # The client writes every type out for its help texts, with all types inside: 80 MB.
        described["schemas"] = {each: {"id": each} for each in described["schemas"]}
        if self._base_url:
            described["rootUrl"] = f"{self._base_url}/"
            described["baseUrl"] = f"{self._base_url}/{described['servicePath']}"
            described.pop("mtlsRootUrl", None)
        http = google_auth_httplib2.AuthorizedHttp(
            self._credentials, http=httplib2.Http(timeout=_TIMEOUT_S)
        )
        return discovery.build_from_document(described, http=http)

    @contextmanager
    def errors(self, what: str, *, sends: bool = False) -> Iterator[None]:
        """Raise our errors for Google's in the block.

        Args:
            what: the file, folder or sheet that is asked for, for the message.
            sends: whether an answer that is lost may hide something done.
        """
        try:
            yield
        except HttpError as error:
            raise self._of_status(error, what, sends=sends) from None
        except RefreshError as error:
            raise self._bad_key(str(error)) from None
        except (GoogleAuthError, httplib2.ServerNotFoundError, ConnectionRefusedError):
            raise DeliveryLater("Google does not answer.", hint="It is tried again.") from None
        except (Error, OSError, httplib2.HttpLib2Error):
            if sends:
                raise DeliveryUnknown("Google's answer was lost.") from None
            raise DeliveryLater("Google's answer was lost.", hint="It is tried again.") from None

    def _bad_key(self, words: str = "") -> DeliveryRefused:
        """Return the error for a key that Google does not take; `words` are Google's own."""
        what = f"Google does not take the key of {self.email}."
        if "iat" in words or "short-lived" in words:
            hint = "This machine's clock is wrong. Set it, and run again."
            return DeliveryRefused(what, hint=hint, case="the-clock-is-wrong")
        return DeliveryRefused(
            what,
            hint="Make a new key of the service account and set GOOGLE_SERVICE_ACCOUNT_KEY.",
            case="google-has-no-credentials",
        )

    def _of_status(self, error: HttpError, what: str, *, sends: bool) -> DeliveryError:
        status, reasons = error.status_code, set(_reasons(error))
        if status == 429 or (status == 403 and reasons & _LIMITS):
            wait = error.resp.get("retry-after", "")
            asked = float(wait) if wait.isdigit() else None
            return DeliveryLater("Google asks to wait.", retry_after_s=asked)
        if status >= 500 or status == 408:
            lost = f"Google answered with status {status}."
            return DeliveryUnknown(lost) if sends else DeliveryLater(lost)
        return self._refusal(status, reasons, what)

    def _refusal(self, status: int, reasons: set[str], what: str) -> DeliveryRefused:
        if reasons & _STORAGE:
            return DeliveryRefused(
                f"The service account has no storage of its own for {what}.",
                hint="Use a shared drive: set GOOGLE_SHARED_DRIVE_ID and add the account"
                f" {self.email} to it as a content manager.",
            )
        if reasons & _DISABLED:
            return DeliveryRefused(
                "An API is not enabled in the account's Google Cloud project.",
                hint="Enable the Google Sheets API and the Google Drive API there.",
                case="a-google-api-is-not-enabled",
            )
        if status in (403, 404):
            return DeliveryRefused(
                f"Google does not show {what} to {self.email}.",
                hint=f"Share it with {self.email} as an editor, or correct its id.",
                case="google-does-not-show-a-folder-or-spreadsheet",
            )
        if status == 401:
            return self._bad_key()
        return DeliveryRefused(
            f"Google refuses {what} with status {status}.", hint="Correct its id in the settings."
        )


def _reasons(error: HttpError) -> Iterator[str]:
    """Yield the reasons that Google gives, in either of its forms."""
    details = error.error_details
    for each in details if isinstance(details, list) else ():
        if isinstance(each, dict):
            yield str(each.get("reason", ""))


def checked(call: Callable[[], object]) -> tuple[DeliveryError, ...]:
    """Return the error that a call raises, if it does."""
    try:
        call()
    except DeliveryError as error:
        return (error,)
    return ()
