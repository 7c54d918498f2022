"""Claims, descriptions and abstracts of a publication come by themselves: they join its record, or wait for it."""

from itertools import permutations
from pathlib import Path

import pytest

from ipregister.capture.kept import read_slice
from ipregister.commands.belt import waited_line
from ipregister.exchange import loss
from ipregister.exchange.st36 import reader as st36
from ipregister.intake.checking import check
from ipregister.intake.findings import kinds
from ipregister.intake.loading import LoadResult, load
from ipregister.intake.rereading import reload
from ipregister.intake.waiting import settled
from ipregister.model.joined import holding
from ipregister.model.offices import Office, office
from ipregister.model.parts import contents, contradict
from ipregister.model.patent import Patent
from ipregister.quality.messages import LANGUAGES, why_held
from ipregister.store.register import Register
from tests.intake.proving import proved
from tests.intake.test_publications import A1, B1, EP, delivery, exchange, member, present
from tests.sparing import few

KEY = "ep-pat-20-123456"
CLAIMS = "<claims lang='EN'><claim><claim-text>1. A wheel.</claim-text></claim></claims>"
GERMAN = "<claims lang='DE'><claim><claim-text>1. Ein Rad.</claim-text></claim></claims>"
OTHER = "<claims lang='EN'><claim><claim-text>1. A cart.</claim-text></claim></claims>"
GRANTED = "<claims lang='EN'><claim><claim-text>1. A granted wheel.</claim-text></claim></claims>"
DESCRIPTION = "<description lang='EN'><p>Wheels turn.</p></description>"


def part(text: str, number: str = "3000001", kind: str = "A1") -> str:
    """A full-text document: a publication's number, and one of its texts."""
    return (
        "<fulltext-document><bibliographic-data><publication-reference><document-id><country>EP</country>"
        f"<doc-number>{number}</doc-number><kind>{kind}</kind></document-id></publication-reference></bibliographic-data>"
        f"{text}</fulltext-document>"
    )


def parts(path: Path, *texts: str) -> Path:
    """A file of full-text documents."""
    path.write_text(f"<fulltext-documents>{''.join(texts)}</fulltext-documents>", encoding="utf-8")
    return path


def taken(register: Register, path: Path, scratch: Path, facts: Office = EP) -> LoadResult:
    """Load a delivery, and take what waited."""
    return settled(register, facts, load(register, facts, path, scratch=scratch), scratch=scratch)[0]


def waiting(register: Register) -> list[tuple[str, str]]:
    """Reasons and words of what is in quarantine."""
    return [(one.reason, one.detail) for one in register.quarantine(limit=0)]


def claims(record: Patent) -> list[str]:
    """The texts of the claims."""
    return [text.text for one in record.claims for text in one.texts]


def test_parts_wait_without_alarm_and_join_when_their_publication_comes(
    register: Register, tmp_path: Path, scratch: Path
) -> None:
    early = parts(tmp_path / "20240101.xml", part(CLAIMS), part(DESCRIPTION))
    first = taken(register, early, scratch)
    assert (first.counts.taken, first.counts.quarantined, first.counts.findings) == (2, 2, 2)
    assert waiting(register) == [("publication-parts", "3000001 A1")] * 2
    assert {one.finding.severity for one in register.findings(delivery=first.id)} == {"notice"}
    second = taken(register, delivery(tmp_path / "20240201.xml", A1), scratch)
    assert (second.counts.stored, waiting(register)) == (1, [])
    record = present(register)
    assert (claims(record), [one.texts[0].text for one in record.description]) == (
        ["1. A wheel."],
        ["Wheels turn."],
    )
    assert [one.text for one in record.titles] == ["Apparatus"]
    after = register.delivery(first.id)
    assert (after.counts.stored, after.counts.quarantined, after.counts.findings) == (2, 0, 0)
    assert register.tally(first.id) == []


@pytest.mark.parametrize("order", few((order,) for order in permutations(range(4))))
def test_the_order_of_arrival_makes_no_difference(
    small: Register, tmp_path: Path, scratch: Path, order: tuple[int, ...]
) -> None:
    files = [
        delivery(tmp_path / "20240101.xml", A1), parts(tmp_path / "20240102.xml", part(CLAIMS)),
        delivery(tmp_path / "20240103.xml", B1), parts(tmp_path / "20240104.xml", part(GRANTED, kind="B1")),
    ]  # fmt: skip
    for at in order:
        taken(small, files[at], scratch)
    record = present(small)
    assert waiting(small) == []
    assert claims(record) == ["1. A granted wheel."]
    assert [one.kind_code for one in record.publications] == ["B1", "A1"]
    assert [one.text for one in record.abstracts] == ["It turns."]


@pytest.mark.parametrize("first", [True, False])
def test_parts_in_the_delivery_of_their_publication_join_in_any_order(
    small: Register, tmp_path: Path, scratch: Path, first: bool
) -> None:
    folder = tmp_path / "20240101"
    folder.mkdir()
    parts(folder / ("a.xml" if first else "z.xml"), part(CLAIMS))
    delivery(folder / "m.xml", A1)
    result = taken(small, folder, scratch)
    assert (result.counts.stored, result.counts.quarantined) == (2, 0)
    assert claims(present(small)) == ["1. A wheel."]


def test_only_what_an_earlier_delivery_left_has_waited(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    def waited(path: Path) -> int:
        return settled(small, EP, load(small, EP, path, scratch=scratch), scratch=scratch)[1].stored

    folder = tmp_path / "20240101"
    folder.mkdir()
    parts(folder / "a.xml", part(CLAIMS))
    delivery(folder / "m.xml", A1)
    assert waited(folder) == 0
    assert claims(present(small)) == ["1. A wheel."]
    assert waited(parts(tmp_path / "20240201.xml", part(GRANTED, kind="B1"))) == 0
    assert waited(delivery(tmp_path / "20240301.xml", B1)) == 1
    assert waited_line(1) == "1 document of an earlier delivery that waited for its right was taken"
    assert waited_line(2).startswith("2 documents of earlier deliveries")


def test_a_dry_run_counts_what_the_load_does(small: Register, tmp_path: Path, scratch: Path) -> None:
    folder = tmp_path / "20240101"
    folder.mkdir()
    parts(folder / "a.xml", part(CLAIMS), part(DESCRIPTION, number="3999999"))
    delivery(folder / "m.xml", A1, B1)

    def dry() -> list[int]:
        counts = check(small, EP, folder, scratch=scratch, report=lambda *_: None).counts
        return [counts.stored, counts.unchanged, counts.quarantined]

    assert dry() == [3, 0, 1]
    counts = taken(small, folder, scratch).counts
    assert (counts.stored, counts.unchanged, counts.quarantined) == (3, 0, 1)
    assert dry() == [0, 3, 1]


def test_parts_said_again_are_unchanged_and_corrected_ones_replace_them(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    taken(small, delivery(tmp_path / "20240101.xml", A1), scratch)
    taken(small, parts(tmp_path / "20240102.xml", part(CLAIMS)), scratch)
    again = taken(small, parts(tmp_path / "20240103.xml", part(CLAIMS), part(DESCRIPTION)), scratch)
    assert (again.counts.stored, again.counts.unchanged) == (1, 1)
    mended = taken(small, parts(tmp_path / "20240104.xml", part(OTHER)), scratch)
    assert (mended.counts.stored, claims(present(small))) == (1, ["1. A cart."])
    assert len(present(small).description) == 1


def test_what_a_further_document_adds_is_no_correction(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    taken(small, delivery(tmp_path / "20240101.xml", A1), scratch)
    taken(small, parts(tmp_path / "20240102.xml", part(CLAIMS)), scratch)
    taken(small, parts(tmp_path / "20240103.xml", part(OTHER)), scratch)
    taken(small, delivery(tmp_path / "20240104.xml", B1), scratch)
    told = sorted((one.number, one.cause) for one in small.history(KEY))
    assert [cause for _, cause in told] == [
        "first", "document", "addition", "document", "correction", "document", "legal-event"]  # fmt: skip


@pytest.mark.parametrize("batch", few([1, 1000, 2]))
def test_the_size_of_a_batch_makes_no_difference(
    small: Register, tmp_path: Path, scratch: Path, batch: int
) -> None:
    folder = tmp_path / "20240101"
    folder.mkdir()
    parts(folder / "a.xml", part(CLAIMS), part(GERMAN))
    delivery(folder / "m.xml", A1, B1)
    parts(folder / "z.xml", part(DESCRIPTION))
    settled(small, EP, load(small, EP, folder, scratch=scratch, batch=batch), scratch=scratch)
    made = sorted((one.number, one.cause) for one in small.history(KEY))
    assert [cause for _, cause in made] == [
        "first", "document", "legal-event", "document", "addition", "document", "addition", "document", "addition",
    ]  # fmt: skip
    raw = {one.number: one.raw.member for one in small.history(KEY) if one.cause in ("first", "document")}
    assert [raw[number] for number in sorted(raw)] == ["m.xml", "m.xml", "a.xml", "a.xml", "z.xml"]
    assert sorted(claims(present(small))) == ["1. A wheel.", "1. Ein Rad."]


def test_the_same_text_in_two_languages_stands_in_both(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    taken(small, delivery(tmp_path / "20240101.xml", A1), scratch)
    taken(small, parts(tmp_path / "20240102.xml", part(CLAIMS), part(GERMAN)), scratch)
    assert sorted(claims(present(small))) == ["1. A wheel.", "1. Ein Rad."]


def test_two_texts_of_one_language_in_one_delivery_collide(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    taken(small, delivery(tmp_path / "20240101.xml", A1), scratch)
    taken(small, parts(tmp_path / "20240102.xml", part(CLAIMS), part(OTHER)), scratch)
    assert [reason for reason, _ in waiting(small)] == ["key-collision"]
    assert claims(present(small)) == ["1. A wheel."]


def test_parts_of_another_kind_or_number_wait(small: Register, tmp_path: Path, scratch: Path) -> None:
    taken(small, delivery(tmp_path / "20240101.xml", A1), scratch)
    strange = parts(tmp_path / "20240102.xml", part(GRANTED, kind="B1"), part(CLAIMS, number="30000011"))
    assert taken(small, strange, scratch).counts.quarantined == 2
    assert claims(present(small)) == []
    taken(small, delivery(tmp_path / "20240103.xml", B1), scratch)
    assert (claims(present(small)), waiting(small)) == (
        ["1. A granted wheel."],
        [("publication-parts", "30000011 A1")],
    )


def test_parts_of_a_publication_that_two_records_tell_wait(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    twice = "".join(exchange(*A1) for _ in "12").replace("20123456", "20123457", 1)
    file = tmp_path / "20240101.xml"
    file.write_text(f"<exchange-documents>{twice}</exchange-documents>", encoding="utf-8")
    taken(small, file, scratch)
    assert taken(small, parts(tmp_path / "20240102.xml", part(CLAIMS)), scratch).counts.quarantined == 1


def test_parts_of_another_office_are_told_as_such(small: Register, tmp_path: Path, scratch: Path) -> None:
    taken(small, delivery(tmp_path / "20240101.xml", A1), scratch)
    foreign = part(CLAIMS).replace("<country>EP<", "<country>US<")
    taken(small, parts(tmp_path / "20240102.xml", foreign), scratch)
    assert waiting(small) == [("member-of-another-office", "US")]
    assert claims(present(small)) == []


def test_a_publication_is_found_however_its_number_is_written(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    taken(small, delivery(tmp_path / "20240101.xml", A1), scratch)
    taken(small, parts(tmp_path / "20240102.xml", part(CLAIMS, number="EP 3000001")), scratch)
    record = present(small)
    assert (claims(record), len(record.publications)) == (["1. A wheel."], 1)
    for typed in ("3000001", "EP3000001", "EP 3000001 A1", "3000001A1"):
        assert [one.key for one in small.resolve(typed)] == [KEY]


def test_parts_are_read_again_with_their_record(small: Register, tmp_path: Path, scratch: Path) -> None:
    taken(small, delivery(tmp_path / "20240101.xml", A1), scratch)
    result = taken(small, parts(tmp_path / "20240102.xml", part(CLAIMS)), scratch)
    done = reload(small, small.delivery(result.id), scratch=scratch)
    assert (done.read, done.changed, done.refused) == (1, 0, 0)
    assert claims(present(small)) == ["1. A wheel."]


def test_a_delivery_with_parts_loaded_twice_changes_nothing(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    folder = tmp_path / "20240101"
    folder.mkdir()
    parts(folder / "a.xml", part(CLAIMS))
    delivery(folder / "m.xml", A1)
    taken(small, folder, scratch)
    before = small.digest()
    taken(small, folder, scratch)
    assert small.digest() == before


def family(path: Path, *members: str) -> Path:
    """A list of a family."""
    path.write_text(f"<patent-family>{''.join(members)}</patent-family>", encoding="utf-8")
    return path


def test_an_entry_in_a_list_of_a_family_is_no_collision_and_replaces_nothing(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    folder = tmp_path / "20240101"
    folder.mkdir()
    delivery(folder / "a.xml", A1)
    family(folder / "b.xml", member("EP", "20123456", "3000001", "A1", "20200101"))
    assert taken(small, folder, scratch).counts.stored == 2
    later = family(tmp_path / "20240201.xml", member("EP", "20123456", "3000001", "A1", "20200101"))
    assert taken(small, later, scratch).counts.unchanged == 1
    record = present(small)
    assert [one.text for one in record.titles] == ["Apparatus"]
    assert [one.family for one in record.family] == ["777"]
    assert [one.text for one in record.abstracts] == ["It turns."]


def test_an_entry_of_another_day_contradicts(small: Register, tmp_path: Path, scratch: Path) -> None:
    folder = tmp_path / "20240101"
    folder.mkdir()
    delivery(folder / "a.xml", A1)
    family(folder / "b.xml", member("EP", "20123456", "3000001", "A1", "20200109"))
    taken(small, folder, scratch)
    assert [reason for reason, _ in waiting(small)] == ["key-collision"]


def test_what_contradicts_is_told_by_the_documents_alone() -> None:
    def read(text: str) -> Patent:
        record = st36.read(text.encode(), EP).record
        assert isinstance(record, Patent)
        return record

    whole, titled = read(exchange(*A1)), read(exchange(*A1[:2], "Something else", *A1[3:]))
    wheel, cart, german = read(part(CLAIMS)), read(part(OTHER)), read(part(GERMAN))
    assert contents(wheel) == {"claims en"}
    assert contents(whole) == {"bibliography", "abstracts en"}
    assert contradict(whole, titled)
    assert contradict(wheel, cart)
    assert not contradict(wheel, german)
    assert not contradict(whole, wheel)
    days = ["2024-01-01", "2024-01-02", "2024-01-03"]
    assert holding([whole, wheel, cart], days) == [0, 2]
    assert holding([wheel, cart, whole], days) == [1, 2]
    assert holding([whole, whole, wheel], days) == [1, 2]


def test_what_waits_says_so_in_every_language() -> None:
    for lang in LANGUAGES:
        told, remedy = why_held("publication-parts", "3000001 A1", "", lang, kinds())
        assert "3000001 A1" in told
        assert remedy
        if lang != "en":
            assert told != why_held("publication-parts", "3000001 A1", "", "en", kinds())[0]
            assert remedy != why_held("publication-parts", "3000001 A1", "", "en", kinds())[1]


ANSWERS = (
    ("<o:world-patent-data xmlns:o='http://ops.epo.org'><o:meta name='x' value='y'/><o:biblio-search total-result-count='3'>"
     "<o:query>ti=wheel</o:query></o:biblio-search></o:world-patent-data>", "service-answer", "biblio-search"),
    ("<world-patent-data><standardization inputFormat='docdb'><output/></standardization></world-patent-data>",
     "service-answer", "standardization"),
    ("<fault xmlns='http://ops.epo.org'><code>SERVER.EntityNotFound</code><message>No results\nfound</message></fault>",
     "service-error", "SERVER.EntityNotFound No results found"),
    ("<world-patent-data><fault><code>CLIENT.X</code></fault></world-patent-data>", "service-error", "CLIENT.X"),
    ("<All><Other/></All>", "no-record", ""),
)  # fmt: skip


@pytest.mark.parametrize("code", ["EP", "US"])
@pytest.mark.parametrize(("text", "reason", "detail"), ANSWERS)
def test_an_answer_of_a_service_is_told_as_such(
    small: Register, tmp_path: Path, scratch: Path, text: str, reason: str, detail: str, code: str
) -> None:
    file = tmp_path / "20240101.xml"
    file.write_text(text, encoding="utf-8")
    result = taken(small, file, scratch, office(code))
    assert (result.counts.taken, result.counts.quarantined, waiting(small)) == (1, 1, [(reason, detail)])
    (finding,) = [one.finding for one in small.findings(delivery=result.id) if one.finding.code == reason]
    assert finding.severity == kinds()[reason].severity


@pytest.mark.data
def test_answers_of_the_european_service_are_one_record(
    small: Register, tmp_path: Path, scratch: Path, test_data: Path
) -> None:
    folder = test_data / "data" / "epo-ops-xml" / "examples"
    counts = taken(small, folder, scratch).counts
    assert (counts.taken, counts.stored, counts.quarantined) == (23, 8, 15)
    assert {reason for reason, _ in waiting(small)} == {"service-answer", "member-of-another-office"}
    version = proved(small, "ep-pat-10-167109")
    record = small.record(version)
    assert isinstance(record, Patent)
    told = (
        len(record.titles),
        len(record.abstracts),
        len(record.claims),
        len(record.description),
        len(record.citations),
    )
    assert told == (3, 1, 15, 38, 6)
    assert [one.kind_code for one in record.publications] == ["B1", "A1"]
    assert [one.key for one in small.resolve("EP2400812A1")] == ["ep-pat-10-167109"]
    for head in small.history("ep-pat-10-167109"):
        if head.cause in ("first", "document"):
            with small.open_container(head.raw.blob) as container:
                raw = read_slice(container, head.raw.member, head.raw.offset, head.raw.length)
            found = loss.check(raw, st36.read(raw, office("EP")), office("EP"))
            assert (found.lost, found.broken) == ((), ())
