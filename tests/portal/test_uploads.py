"""Sending a delivery: in one piece, in pieces, broken off and taken up again; then loaded and reported."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from ipregister.capture.naming import latest_day
from ipregister.demonstration.region import write_office
from ipregister.portal.models import AuditEntry, Upload
from ipregister.portal.staff import receiving, working
from ipregister.portal.staff.receiving import looks_delivered, safe_name
from ipregister.web.options import Options
from ipregister.web.tasks import queue_unfinished
from ipregister.web.urls import site

SignIn = Callable[..., Client]


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    return write_office(tmp_path / "made", "PH", 12, seed=5)[0].path


def begin(client: Client, delivery: Path, office: str = "PH") -> dict[str, Any]:
    form = {"office": office, "filename": delivery.name, "size": str(delivery.stat().st_size)}
    told: dict[str, Any] = client.post("/staff/uploads/begin", form).json()
    return told


def send(client: Client, number: object, offset: object, piece: bytes) -> dict[str, object]:
    told: dict[str, object] = client.post(
        f"/staff/uploads/{number}/part", piece, content_type="application/octet-stream",
        headers={"upload-offset": str(offset)},
    ).json()  # fmt: skip
    return told


def test_plain_form_loads_and_reports(own: Options, signed_in: SignIn, delivery: Path) -> None:
    client = signed_in("operator", "PH")
    sent = client.post(
        "/staff/upload", {"office": "PH", "file": SimpleUploadedFile(delivery.name, delivery.read_bytes())}
    )
    assert sent.status_code == 302
    assert DBTaskResult.objects.count() == 1
    number = sent["Location"].rpartition("/")[2]
    assert client.get(sent["Location"]).context["moving"]
    working.load_upload(site(), number)
    state = client.get(f"{sent['Location']}?format=json").json()
    assert state["state"] == "done"
    assert state["report"]["in"] == state["report"]["stored"] + state["report"]["quarantined"] > 0
    assert client.get(f"/staff/deliveries/{state['delivery']}").status_code == 200
    assert not receiving.folder(site(), Upload.objects.get(pk=number)).exists()
    assert {"upload-begun", "delivery-loaded"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_broken_off_and_taken_up_again(own: Options, signed_in: SignIn, delivery: Path) -> None:
    client, data = signed_in("operator", "PH"), delivery.read_bytes()
    number = begin(client, delivery)["id"]
    half = len(data) // 2
    assert send(client, number, 0, data[:half])["received"] == half
    again = begin(client, delivery)
    assert (again["id"], again["received"]) == (number, half)
    assert send(client, number, 0, data[:half]) == {"error": "misplaced", "received": half}
    assert send(client, number, half + 1, data[half:])["error"] == "misplaced"
    for wrong in ("", "-1", "9" * 5000):
        assert send(client, number, wrong, data[half:]) == {"error": "no offset"}
    part = receiving.folder(site(), Upload.objects.get(pk=number)) / receiving.PART_NAME
    with part.open("ab") as file:
        file.write(b"bytes that no row knows of, as after a crash")
    assert send(client, number, half, data[half:])["state"] == "waiting"
    assert receiving.delivered(site(), Upload.objects.get(pk=number)).read_bytes() == data


def test_more_bytes_than_announced_are_refused(own: Options, signed_in: SignIn, delivery: Path) -> None:
    client, data = signed_in("operator", "PH"), delivery.read_bytes()
    number = begin(client, delivery)["id"]
    assert "larger" in str(send(client, number, 0, data + b"x")["error"])
    assert Upload.objects.get(pk=number).received == 0


@pytest.mark.parametrize("size", ["0", "-1", "x", str(1 << 60)])
def test_impossible_sizes(own: Options, signed_in: SignIn, size: str) -> None:
    answer = signed_in("operator", "PH").post(
        "/staff/uploads/begin", {"office": "PH", "filename": "a.zip", "size": size}
    )
    assert answer.status_code == 400


def test_too_large_and_empty_by_the_form(own: Options, signed_in: SignIn) -> None:
    site().upload_limit = 10
    client = signed_in("operator", "PH")
    big = SimpleUploadedFile("a.zip", b"PK\x03\x04" + b"x" * 100)
    assert client.post("/staff/upload", {"office": "PH", "file": big}).status_code == 400
    assert client.post("/staff/upload", {"office": "PH"}).status_code == 400
    huge = client.generic("POST", "/staff/upload", b"", CONTENT_LENGTH=str(1 << 40))
    assert huge.status_code == 413


def test_what_is_no_delivery_is_refused(own: Options, signed_in: SignIn) -> None:
    client = signed_in("operator", "PH")
    sent = client.post("/staff/upload", {"office": "PH", "file": SimpleUploadedFile("a.zip", b"MZ program")})
    state = client.get(f"{sent['Location']}?format=json").json()
    assert (state["state"], state["message"]) == ("failed", "not-a-delivery")
    assert DBTaskResult.objects.count() == 0


def test_a_damaged_zip_fails_with_its_reason(own: Options, signed_in: SignIn) -> None:
    client = signed_in("operator", "PH")
    sent = client.post(
        "/staff/upload", {"office": "PH", "file": SimpleUploadedFile("a.zip", b"PK\x03\x04 no more")}
    )
    working.load_upload(site(), sent["Location"].rpartition("/")[2])
    page = client.get(sent["Location"])
    assert page.context["upload"].state == "failed"
    assert page.context["message"]


def test_the_day_of_the_data_is_said_where_the_name_does_not(
    own: Options, signed_in: SignIn, delivery: Path
) -> None:
    """Refused without it, on the page and for programs, in the words of who reads; taken with it."""
    client, data = signed_in("operator", "PH"), delivery.read_bytes()

    def sent(name: str, content: bytes, day: str = "") -> str:
        file = SimpleUploadedFile(name, content)
        address = client.post("/staff/upload", {"office": "PH", "file": file, "day": day})["Location"]
        working.load_upload(site(), address.rpartition("/")[2])
        return str(address)

    field = client.get("/staff/upload").content.decode()
    assert f'name="day" type="date" max="{latest_day()}"' in field
    assert client.get(f"{sent(delivery.name, data)}?format=json").json()["state"] == "done"
    refused = sent("more.zip", packed(delivery, "of another content"))
    plain = client.get(f"{refused}?format=json").json()
    assert (plain["state"], plain["message"], plain["day"]) == ("failed", "day-untold", "")
    assert (
        "tells no day, and other deliveries of this office do. Send it again with"
        in client.get(refused).content.decode()
    )
    assert "не называет дату" in client.get(refused, headers={"accept-language": "ru"}).content.decode()
    taken = sent("more.zip", packed(delivery, "of another content"), "2025-12-31")
    plain = client.get(f"{taken}?format=json").json()
    assert (plain["state"], plain["day"]) == ("done", "2025-12-31")
    assert site().register.delivery(plain["delivery"]).extracted == "2025-12-31"
    begun = AuditEntry.objects.filter(action="upload-begun").latest("at")
    assert begun.details["day"] == "2025-12-31"


def packed(delivery: Path, remark: str) -> bytes:
    """The delivery as another file."""
    out = io.BytesIO(delivery.read_bytes())
    with zipfile.ZipFile(out, "a") as made:
        made.comment = remark.encode()
    return out.getvalue()


def test_a_delivery_dated_after_today_is_refused(own: Options, signed_in: SignIn, delivery: Path) -> None:
    client, data = signed_in("operator", "PH"), delivery.read_bytes()
    ahead, held = latest_day() + dt.timedelta(days=1), len(site().register.deliveries())
    for day in (ahead.isoformat(), "31.1.2026"):
        form = {"office": "PH", "file": SimpleUploadedFile(delivery.name, data), "day": day}
        answer = client.post("/staff/upload", form)
        assert answer.status_code == 400
        assert "day of the data" in answer.context["error"]
        told = {"office": "PH", "filename": delivery.name, "size": "5", "day": day}
        assert client.post("/staff/uploads/begin", told).status_code == 400
    assert not Upload.objects.exists()
    file = SimpleUploadedFile(f"PH.{ahead:%Y%m%d}_01.zip", data)
    address = client.post("/staff/upload", {"office": "PH", "file": file})["Location"]
    working.load_upload(site(), address.rpartition("/")[2])
    assert Upload.objects.get().message == f"day-ahead {ahead}"
    page = client.get(address).content.decode()
    assert f"The day of the data, {ahead}, is after today. Send it again with the right day" in page
    assert len(site().register.deliveries()) == held


def test_a_day_may_still_be_said_when_an_upload_goes_on(
    own: Options, signed_in: SignIn, delivery: Path
) -> None:
    client, data = signed_in("operator", "PH"), delivery.read_bytes()
    number = begin(client, delivery)["id"]
    send(client, number, 0, data[:10])
    again = client.post("/staff/uploads/begin", {"office": "PH", "filename": delivery.name, "size": str(len(data)),
                                                 "day": "2026-01-15"}).json()  # fmt: skip
    assert (again["id"], again["received"], again["day"]) == (number, 10, "2026-01-15")
    assert Upload.objects.get().day == dt.date(2026, 1, 15)


def test_other_offices_are_refused(own: Options, signed_in: SignIn, delivery: Path) -> None:
    client = signed_in("operator", "PH")
    form = {"office": "LA", "file": SimpleUploadedFile(delivery.name, delivery.read_bytes())}
    assert client.post("/staff/upload", form).status_code == 403
    assert (
        client.post("/staff/uploads/begin", {"office": "LA", "filename": "a", "size": "5"}).status_code == 403
    )


def test_a_load_cut_off_by_a_crash_is_queued_again(own: Options, signed_in: SignIn, delivery: Path) -> None:
    client = signed_in("operator", "PH")
    client.post(
        "/staff/upload", {"office": "PH", "file": SimpleUploadedFile(delivery.name, delivery.read_bytes())}
    )
    Upload.objects.update(state="loading")
    queue_unfinished()
    assert DBTaskResult.objects.count() == 2
    upload = Upload.objects.get()
    working.load_upload(site(), str(upload.pk))
    working.load_upload(site(), str(upload.pk))
    assert Upload.objects.get().state == "done"


def test_cancelled_uploads_leave_nothing(own: Options, signed_in: SignIn, delivery: Path) -> None:
    client = signed_in("operator", "PH")
    number = begin(client, delivery)["id"]
    send(client, number, 0, b"PK")
    assert client.post(f"/staff/uploads/{number}/cancel").status_code == 302
    assert not receiving.folder(site(), Upload.objects.get(pk=number)).exists()
    assert send(client, number, 2, b"x")["error"] == "misplaced"


def test_retry_reads_a_quarantine_anew(own: Options, signed_in: SignIn) -> None:
    register = site().register
    held = register.quarantine(office="LA", limit=0)
    answer = signed_in("operator", "LA").post(
        "/staff/quarantine/retry", {"office": "LA", "reason": held[0].reason}
    )
    assert answer.status_code == 302
    assert DBTaskResult.objects.count() == 1
    working.retry_quarantine(site(), "LA", held[0].reason)
    assert len(register.quarantine(office="LA", limit=0)) <= len(held)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\data\\LA_20260131.zip", "LA_20260131.zip"), ("", "delivery"),
     ("..", "delivery"), ("a\0b.zip", "a_b.zip"), ("ລາວ 2026.zip", "ລາວ 2026.zip"),
     ("ຊຸດທີ່ 1.zip", "ຊຸດທີ່ 1.zip"), ("បញ្ជី<>.zip", "បញ្ជី_.zip")],
)  # fmt: skip
def test_names_lead_nowhere(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_what_begins_like_a_delivery() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    assert looks_delivered(box.getvalue())
    assert looks_delivered(b"\xef\xbb\xbf  <?xml version='1.0'?><a/>")
    assert looks_delivered("\ufeff<a/>".encode("utf-16-le"))
    assert not looks_delivered(b"%PDF-1.7")
    assert not looks_delivered(b"")
