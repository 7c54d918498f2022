"""The family of errors.

    RegisterError              exit 2, HTTP 400
    +-- UsageError             exit 2, HTTP 400   the caller asked for something that cannot be
    +-- UnreadableInput        exit 3, HTTP 422   a delivery or file cannot be read at all
    +-- NotWritten             exit 2, HTTP 406   a format has no form for this kind of right
    +-- NotFound               exit 2, HTTP 404   no such record, delivery, office
    +-- Busy                   exit 4, HTTP 503   another process holds the register or the index
    +-- Damaged                exit 5, HTTP 500   stored data does not agree with itself
    +-- Unproven               exit 6, HTTP 422   a signature, hash or proof of what others gave does not hold

Errors are translated to exit codes and HTTP answers at the doors only.
"""


class RegisterError(Exception):
    """Anything that `ipregister` says itself; `place` names file, record and path where known."""

    exit_code = 2
    http_status = 400

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        stop = "" if text.endswith((".", "!", "?")) else "."
        return f"{text}{stop} What to do: {self.remedy}" if self.remedy else text


class UsageError(RegisterError):
    """The caller asked for something that cannot be done."""


class UnreadableInput(RegisterError):
    """A delivery or file cannot be read at all."""

    exit_code = 3
    http_status = 422


class NotWritten(RegisterError):
    """A format has no form for this kind of right."""

    http_status = 406


class NotFound(RegisterError):
    """There is no such record, delivery or office."""

    http_status = 404


class Busy(RegisterError):
    """Another process holds what is needed."""

    exit_code = 4
    http_status = 503


class Damaged(RegisterError):
    """Stored data does not agree with itself."""

    exit_code = 5
    http_status = 500


class Unproven(RegisterError):
    """A signature, hash or proof of what others gave does not hold."""

    exit_code = 6
    http_status = 422
