"""The errors that reach a person: each has a code, a sentence to act on, and an HTTP status.

The HTTP handler turns them into RFC 9457 problem documents; the CLI prints the sentence and exits with 1.
"""

from typing import ClassVar


class AmtslotseError(Exception):
    """Base of all errors with a meaning for users.

    `message` is one sentence (German where citizens can see it, English on the operator's side) that says
    what to do next.
    """

    code: ClassVar[str] = "failed"
    http_status: ClassVar[int] = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInputError(AmtslotseError):
    """What was asked for cannot be processed as it stands."""

    code = "invalid_input"
    http_status = 422


class ForbiddenError(AmtslotseError):
    """Whoever asks may not do this."""

    code = "forbidden"
    http_status = 403


class NotFoundError(AmtslotseError):
    """The named thing does not exist here."""

    code = "not_found"
    http_status = 404


class UnknownTenantError(NotFoundError):
    """No municipality of that name is configured."""

    code = "unknown_tenant"


class BusyError(AmtslotseError):
    """The bounded queue is full; `retry_after_s` says when to come back (seconds)."""

    code = "busy"
    http_status = 503

    def __init__(self, message: str, retry_after_s: int = 5) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class TooManyRequestsError(AmtslotseError):
    """More was asked from one place than its limit allows; `retry_after_s` says when to come back (seconds)."""

    code = "too_many_requests"
    http_status = 429

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class NotReadyError(AmtslotseError):
    """The service runs, but nothing is published or a model is missing."""

    code = "not_ready"
    http_status = 503


class ProviderError(AmtslotseError):
    """The sign-in provider can't be reached or does not do what was agreed; why is in the log."""

    code = "sign_in_provider"
    http_status = 502


class CancelledError(AmtslotseError):
    """The client went away; the work was stopped and nothing was recorded."""

    code = "cancelled"
    http_status = 499


class ConfigurationError(AmtslotseError):
    """A setting, tenant file or prompt file is wrong; the message names the file and the fix."""

    code = "configuration"


class KnowledgeError(AmtslotseError):
    """Source texts cannot be published; the message names file, line and fix."""

    code = "knowledge"


class GenerationError(AmtslotseError):
    """A published generation cannot be opened (damaged, or built for another embedding model)."""

    code = "index"


class ModelError(AmtslotseError):
    """A model file is missing, damaged, or cannot be loaded."""

    code = "model"


class LockedError(AmtslotseError):
    """Another process holds the lock; the message names it."""

    code = "locked"
    http_status = 409


class RecordsError(AmtslotseError):
    """The answer log is damaged or cannot be written."""

    code = "records"
