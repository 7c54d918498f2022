"""Compressed texts of every age are read; what cannot be read is told."""

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from ipregister.model.errors import Damaged
from ipregister.store.compression import (
    DICTIONARY,
    squeeze,
    squeeze_evidence,
    unsqueeze,
    unsqueeze_evidence,
)

RECORD = b'{"application_date":"2019-03-07","mark":{"verbal":[{"lang":"lo","text":"x"}]},"office":"LA"}'


@given(st.binary(max_size=5000))
def test_what_is_compressed_comes_back(plain: bytes) -> None:
    assert unsqueeze(squeeze(plain)) == plain
    assert unsqueeze(memoryview(squeeze(plain))) == plain


@pytest.mark.parametrize("level", [1, 3, 19])
def test_a_text_from_before_the_dictionary_is_read(level: int) -> None:
    old = zstandard.ZstdCompressor(level=level).compress(RECORD * 20)
    assert unsqueeze(old) == RECORD * 20
    assert unsqueeze(squeeze(RECORD)) == RECORD


def test_a_short_record_is_smaller_with_the_dictionary_that_is_named_in_it() -> None:
    packed = squeeze(RECORD)
    assert zstandard.get_frame_parameters(packed).dict_id == DICTIONARY
    assert len(packed) < len(zstandard.ZstdCompressor(level=19).compress(RECORD))


def test_a_dictionary_that_is_not_here_is_told() -> None:
    other = zstandard.train_dictionary(2000, [RECORD[at:] * 5 for at in range(60)], dict_id=DICTIONARY + 1)
    packed = zstandard.ZstdCompressor(dict_data=other).compress(RECORD)
    with pytest.raises(Damaged, match=str(DICTIONARY + 1)):
        unsqueeze(packed)


def test_evidence_comes_back() -> None:
    evidence: dict[str, int | str | tuple[int | str, ...]] = {"/a": 1, "/b": "3@x", "/c": (4, "lang:lo")}
    assert unsqueeze_evidence(squeeze_evidence(evidence, ("entity",))) == (evidence, ("entity",))
