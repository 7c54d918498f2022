"""JSON of thousands of brackets in brackets, as a foreign publisher may serve: told as what it is not."""

from collections.abc import Callable

import pytest

from ipregister.model.errors import RegisterError, Unproven, UnreadableInput
from ipregister.publication.bulk import manifest
from ipregister.publication.extract import check_copy
from ipregister.publication.mirroring import confirming

DEEP = b'{"format":' + b"[" * 5000 + b"]" * 5000 + b"}"


@pytest.mark.parametrize(
    ("read", "error"),
    [
        (lambda: manifest.read(DEEP, "x"), UnreadableInput),
        (lambda: check_copy(DEEP, None, "x"), Unproven),
        (lambda: confirming.read(DEEP[10:-1]), Unproven),
    ],
)
def test_deep_answers_are_refused(read: Callable[[], object], error: type[RegisterError]) -> None:
    with pytest.raises(error):
        read()
