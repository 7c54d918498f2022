"""What the protocol calls an error: said in the answer, never by the status of HTTP."""

CODES = (
    "badArgument",
    "badResumptionToken",
    "badVerb",
    "cannotDisseminateFormat",
    "idDoesNotExist",
    "noRecordsMatch",
    "noMetadataFormats",
    "noSetHierarchy",
)
"""Every code there is; a repository with sets never says `noSetHierarchy`."""


class OaiError(ValueError):
    """A request that the protocol answers with a code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class BadArgument(OaiError):
    """An argument is missing, repeated, unknown, or cannot be read."""

    def __init__(self, message: str) -> None:
        super().__init__("badArgument", message)
