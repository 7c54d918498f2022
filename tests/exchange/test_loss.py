"""The loss checker finds what a reader drops, invents or moves; it knows no reader."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipregister.exchange import loss, st96
from ipregister.exchange.origin import raw_value
from ipregister.exchange.st66 import read
from ipregister.model.errors import Damaged
from ipregister.model.evidence import Origin, Reading, split_origin
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from tests.exchange.documents import HEAD, IPAS, ipas, record_of

LA = office("LA")


def reading_of(raw: bytes, evidence: dict[str, Origin] | None = None, **changes: object) -> Reading:
    """A reading with other evidence or other values than the reader gave."""
    made = read(raw, LA)
    assert isinstance(made.record, Trademark)
    record = msgspec.structs.replace(made.record, **changes)
    return Reading(record, {**made.evidence, **(evidence or {})}, (), made.slice_repairs)


def test_a_dropped_value_is_lost() -> None:
    made = read(ipas(), LA)
    evidence = {pointer: origin for pointer, origin in made.evidence.items() if pointer != "/office_status"}
    found = loss.check(ipas(), Reading(made.record, evidence), LA)
    assert [place.text for place in found.lost] == ["Registered"]
    assert [broken.pointer for broken in found.broken] == ["/office_status"]


def test_an_altered_value_breaks_its_evidence() -> None:
    found = loss.check(ipas(), reading_of(ipas(), office_status="Expired"), LA)
    assert [broken.pointer for broken in found.broken] == ["/office_status"]
    assert [place.text for place in found.lost] == ["Registered"]


def test_evidence_must_lead_somewhere() -> None:
    found = loss.check(
        ipas(),
        reading_of(ipas(), {"/nothing": 3, "/office_status": 9999, "/filing_place": (3, "nosuch")}),
        LA,
    )
    assert {broken.pointer for broken in found.broken} == {"/nothing", "/office_status", "/filing_place"}


def test_a_value_that_a_reader_calls_markup_is_lost_all_the_same() -> None:
    reading = reading_of(ipas(), registration_number="")
    pointer = "/registration_number"
    kept = {place: origin for place, origin in reading.evidence.items() if place != pointer}
    position = split_origin(reading.evidence[pointer])[0]
    sabotaged = Reading(reading.record, kept, used=(position,))
    assert [place.position for place in loss.check(ipas(), sabotaged, LA).lost] == [position]


def test_what_says_how_a_document_is_made_is_told_apart() -> None:
    raw = st96.write(record_of(ipas()), LA)
    found = loss.check(raw, st96.read(raw, LA), LA)
    assert not found.lost
    assert {place.path.rpartition("/")[2] for place in found.made} >= {"@st96Version"}


def test_a_refused_slice_has_nothing_to_lose() -> None:
    assert loss.check(b"", read(b"", LA), LA).total == 0


def test_the_same_text_twice_counts_twice() -> None:
    places = loss.texts_of(ipas())
    assert len([place for place in places.values() if place.text == "LA"]) == 2


def test_positions_are_those_of_the_origin() -> None:
    raw = (HEAD + '<a x="1"><!-- c -->t<b>u<c y="2"/>v</b>w<b>z</b></a>').encode()
    for position, place in loss.texts_of(raw).items():
        path, text = raw_value(raw, (), position)
        assert text == place.text
        assert path.partition("[")[0].rstrip("~").startswith(place.path.partition("/")[0])
    assert raw_value(raw, (), "3") == ("a/b[2]", "z")
    assert raw_value(raw, (), "2@y") == ("a/b[1]/c/@y", "2")
    assert raw_value(raw, (), "1~") == ("a/b[1]~", "w")


@pytest.mark.parametrize("position", ["99", "0@nosuch"])
def test_a_place_that_is_not_there_is_an_error(position: str) -> None:
    with pytest.raises(Damaged):
        raw_value(ipas(), (), position)


@pytest.mark.parametrize("name", ["Odd", "Odd\U00010400"])
def test_attributes_of_one_local_name_have_places_of_their_own(name: str) -> None:
    odd = (f'<{name} xmlns:a="urn:a" xmlns:b="urn:b" b:languageCode="second" a:languageCode="first" a:other="else" '
           'languageCode="plain"/></TradeMark>')  # fmt: skip
    raw = ipas().replace(b"</TradeMark>", odd.encode(), 1)
    made = read(raw, LA)
    assert isinstance(made.record, Trademark)
    assert sorted(one.text for one in made.record.extra) == ["else", "first", "plain", "second"]
    for index, one in enumerate(made.record.extra):
        position = str(made.evidence[f"/extra/{index}/text"])
        assert raw_value(raw, (), position)[1] == one.text
        assert loss.texts_of(raw)[position].text == one.text
    assert loss.check(raw, made, LA).broken == ()
    assert loss.check(raw, made, LA).lost == ()
    positions = {str(made.evidence[f"/extra/{n}/text"]).partition("@")[2] for n in range(4)}
    assert positions == {"{urn:a}languageCode", "{urn:b}languageCode", "languageCode", "other"}


def test_slice_repairs_are_done_again() -> None:
    raw = ipas((">CHAMPA<", ">AT&T &nosuch;<"))
    made = read(raw, LA)
    assert raw_value(raw, made.slice_repairs, "49")[1] == "AT&T &nosuch;"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_document_is_read_without_loss_or_refused(data: st.DataObject) -> None:
    """Damage at random: texts replaced, pieces cut out, put in or repeated. Never an exception."""
    raw = (HEAD + IPAS).encode()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 200)))
        put = data.draw(
            st.sampled_from(
                [b"", b"-", b"\x00", b"&nbsp;", b"<x y='1'>z</x>", b"\xff", b"<![CDATA[a&b]]>", b"&", b"<"]
            )
            | st.binary(max_size=6)
        )
        raw = raw[:start] + put + raw[end:]
    made = read(raw, LA)
    assert (made.record is None) == bool(made.refusal)
    found = loss.check(raw, made, LA)
    assert (found.lost, found.broken) == ((), ())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_text_in_any_place_is_read_without_loss(data: st.DataObject) -> None:
    texts = st.text(
        st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="<>&\ufffe\uffff"),
        max_size=12,
    )
    odd = st.sampled_from(
        ["-", "N/A", "9,35", "LA-", "2560-02-29", " x ", "a\nb", "IRN:1504436", "Nice", "M/123456", "໒໐"]
    )
    pieces = IPAS.split("<")
    for _ in range(data.draw(st.integers(1, 5))):
        index = data.draw(st.integers(1, len(pieces) - 1))
        tag, _, text = pieces[index].partition(">")
        pieces[index] = (
            f"{tag}>{data.draw(texts | odd)}"
            if not text.strip("\n ") or data.draw(st.booleans())
            else pieces[index]
        )
    raw = (HEAD + "<".join(pieces)).encode()
    made = read(raw, LA)
    found = loss.check(raw, made, LA)
    assert (found.lost, found.broken) == ((), ())
