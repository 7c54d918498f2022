"""Who may do what on the staff pages: nobody anything, unless a role of the office says so."""

import datetime as dt
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ipregister.model.errors import UsageError
from ipregister.portal import keys
from ipregister.portal.models import Assignment, AuditEntry, Upload
from ipregister.portal.staff.access import ANYBODY, NODE, RANKS
from ipregister.portal.staff.deliveries import _finding
from ipregister.portal.staff.pages import STAFF
from ipregister.portal.staff.people import make_user
from ipregister.quality.report import FindingCount, Sample
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.installations import HOSTS, point
from tests.sparing import few

SignIn = Callable[..., Client]
PASSWORD = "a long enough phrase"
NO_UPLOAD: list[object] = ["00000000-0000-4000-8000-000000000000"]
ARGUMENTS: dict[str, list[object]] = {
    "staff-delivery": [1],
    "staff-report": [1, "json"],
    "staff-slice": [1],
    "staff-roles": [1],
    "staff-close": [1],
    "staff-upload-state": NO_UPLOAD,
    "staff-upload-part": NO_UPLOAD,
    "staff-upload-cancel": NO_UPLOAD,
}


def address(name: str) -> str:
    return reverse(name, args=ARGUMENTS.get(name, []))


@pytest.mark.parametrize(("name", "methods"), [(page[2], page[4]) for page in STAFF])
def test_strangers_are_sent_to_sign_in(own: Options, client: Client, name: str, methods: list[str]) -> None:
    for method in methods:
        answer = client.generic(method, address(name))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/staff/sign-in")


@pytest.mark.parametrize(("name", "role", "methods"), [(page[2], page[3], page[4]) for page in STAFF])
def test_every_page_asks_for_its_role(
    own: Options, signed_in: SignIn, name: str, role: str, methods: list[str]
) -> None:
    if role == ANYBODY:
        return
    lower = [one for one, rank in RANKS.items() if role == NODE or rank < RANKS[role]]
    for client in (signed_in(), *(signed_in(one, "LA") for one in lower)):
        for method in methods:
            assert client.generic(method, address(name)).status_code == 403, (name, method)


@pytest.mark.parametrize("name", [page[2] for page in STAFF if "GET" in page[4] and page[2] not in ARGUMENTS])
def test_pages_answer_for_an_administrator(own: Options, signed_in: SignIn, name: str) -> None:
    answer = signed_in("admin").get(address(name))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("name", "methods"), few(((page[2], page[4]) for page in STAFF), 6))
def test_public_role_has_no_staff_pages(own: Options, client: Client, name: str, methods: list[str]) -> None:
    point(Options(data=own.data, role="public", allowed_hosts=HOSTS))
    for method in methods:
        assert client.generic(method, address(name)).status_code == 404
    assert client.get("/staff/sign-in").status_code == 404
    assert "/staff" not in client.get("/").content.decode()


@pytest.mark.parametrize(("name", "methods"), few(((page[2], page[4]) for page in STAFF), 6))
def test_forms_need_their_token(own: Options, signed_in: SignIn, name: str, methods: list[str]) -> None:
    if "POST" in methods:
        assert signed_in("admin", check_token=True).post(address(name)).status_code == 403


def test_a_clerk_sees_the_own_office_only(own: Options, signed_in: SignIn) -> None:
    clerk = signed_in("clerk", "LA")
    by_office = {head.office: head.id for head in site().register.deliveries()}
    assert clerk.get(f"/staff/deliveries/{by_office['LA']}").status_code == 200
    assert clerk.get(f"/staff/deliveries/{by_office['KH']}").status_code == 403
    assert clerk.get(f"/staff/deliveries/{by_office['KH']}/report.csv").status_code == 403
    assert clerk.get("/staff/deliveries?office=KH").status_code == 403
    assert clerk.get("/staff/quarantine?office=KH").status_code == 403
    shown = clerk.get("/staff/deliveries").context["deliveries"]
    assert {line["head"].office for line in shown} == {"LA"}
    held = next(iter(site().register.quarantine(office="KH", limit=1)))
    assert clerk.get(f"/staff/quarantine/{held.id}").status_code == 403
    held = next(iter(site().register.quarantine(office="LA", limit=1)))
    assert clerk.get(f"/staff/quarantine/{held.id}").status_code == 200


def test_staff_pages_are_in_lao(own: Options, signed_in: SignIn) -> None:
    admin = signed_in("admin")
    admin.get("/language?to=lo&next=/")
    for link, english in (("/staff", "Latest deliveries"), ("/staff/people", "New person"), ("/staff/password", "Your roles"),
                          ("/staff/quarantine", "Quarantine"), ("/staff/upload", "Send a delivery")):  # fmt: skip
        shown = admin.get(link).content.decode()
        assert "ໜ້າສຳລັບພະນັກງານ" in shown
        assert english not in shown


@pytest.mark.parametrize("role", ["", *RANKS])
def test_the_menu_shows_only_what_opens(own: Options, signed_in: SignIn, role: str) -> None:
    person = signed_in(role, "LA" if role else "")
    menu = person.get("/staff").content.decode().partition("Staff pages")[2].partition("</nav>")[0]
    links = re.findall(r'href="([^"]+)"', menu)
    assert {"/staff", "/staff/password"} <= set(links)
    assert ("/staff/upload" in links) is (role in {"operator", "admin"})
    assert ("/staff/people" in links) is (role == "admin")
    for link in links:
        assert person.get(link).status_code == 200


def test_the_account_page_tells_the_roles(own: Options, signed_in: SignIn) -> None:
    shown = signed_in("clerk", "LA").get("/staff/password").content.decode()
    assert "clerk · LA" in shown
    assert "operator: also sends deliveries" in shown
    assert "no role yet" in signed_in().get("/staff/password").content.decode()


def test_only_administrators_of_all_offices_see_closing(own: Options, signed_in: SignIn) -> None:
    make_user("noy", PASSWORD, "clerk", "LA")
    assert "Close the account" not in signed_in("admin", "LA").get("/staff/people").content.decode()
    assert "Close the account" in signed_in("admin").get("/staff/people").content.decode()


def test_a_refusal_leaves_no_traceback(
    own: Options, signed_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    clerk = signed_in("clerk", "LA")
    with caplog.at_level("DEBUG"):
        for refused in ("/staff/people", "/staff/deliveries?office=KH"):
            assert clerk.get(refused).status_code == 403
            told = clerk.get(refused, headers={"accept": "application/json"})
            assert (told.status_code, told.json()["error"]) == (403, "forbidden")
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("lang", ["en", "lo", "ru"])
def test_report_of_a_delivery(own: Options, signed_in: SignIn, lang: str) -> None:
    clerk = signed_in("clerk", "LA")
    clerk.get(f"/language?to={lang}&next=/")
    head = next(head for head in site().register.deliveries("LA") if head.counts.findings)
    page = clerk.get(f"/staff/deliveries/{head.id}")
    assert sum(row["count"] for row in page.context["findings"]) == head.counts.findings
    told = clerk.get(f"/staff/deliveries/{head.id}/report.json").json()
    assert told["facts"]["taken"] == head.counts.taken
    lines = clerk.get(f"/staff/deliveries/{head.id}/report.csv").getvalue().decode()
    assert lines.startswith("\ufeff")
    assert len(lines.strip().splitlines()) >= head.counts.findings
    assert clerk.get(f"/staff/deliveries/{head.id}/report.xlsx").content[:2] == b"PK"
    assert clerk.get(f"/staff/deliveries/{head.id}/report.exe").status_code == 404
    assert clerk.get("/staff/deliveries/99999").status_code == 404


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_a_finding_is_headed_by_what_it_means(own: Options, signed_in: SignIn, lang: str) -> None:
    clerk = signed_in("clerk", "TH")
    clerk.get(f"/language?to={lang}&next=/")
    head = max(site().register.deliveries("TH"), key=lambda head: head.counts.findings or 0)
    page = clerk.get(f"/staff/deliveries/{head.id}")
    summaries = re.findall(r"<summary>(.*?)</summary>", page.content.decode(), re.DOTALL)
    several = 0
    for item, summary in zip(page.context["findings"], summaries, strict=False):
        heading, _, rest = html.unescape(summary).partition('<span class="how">')
        assert f"{item['text']} " in heading
        assert f"<code>{item['code']}</code>" in rest
        assert item["code"] not in heading
        told = {one["text"] for one in item["samples"]}
        assert item["count"] > 1 or told == {item["text"]}
        several += item["count"] > 1 and len(told) > 1 and item["text"] not in told
    assert several


def test_a_heading_is_short_and_the_trend_has_its_sign() -> None:
    def line(value: str, previous: float | None, lang: str = "en") -> dict[str, Any]:
        sample = Sample("la-1", 0, "/kind", value)
        return _finding(FindingCount("kind-unknown", "error", 1, 1, 0.125, previous, (sample,)), lang)

    assert line("Wort", None)["text"] == "“Wort” is no kind of mark."
    assert line("x" * 300, None)["text"] == "“…” is no kind of mark."
    assert "x" * 300 in line("x" * 300, None)["samples"][0]["text"]
    shares = (None, 0.125, 0.1, 0.15)
    assert [line("x", share)["trend"] for share in shares] == ["", "±0", "+2.5", "-2.5"]
    assert line("x", 0.1, "ru")["trend"] == "+2,5"


def test_an_administrator_of_one_office_stays_in_it(own: Options, signed_in: SignIn) -> None:
    admin = signed_in("admin", "LA")
    new = {"name": "noy", "password": PASSWORD, "role": "clerk"}
    assert admin.post("/staff/people", new | {"office": ""}).status_code == 403
    assert admin.post("/staff/people", new | {"office": "KH"}).status_code == 403
    assert admin.post("/staff/people", new | {"office": "LA"}).status_code == 302
    given = Assignment.objects.get(user__username="noy")
    assert (given.role, given.office) == ("clerk", "LA")
    roles = reverse("staff-roles", args=[given.user_id])
    assert admin.post(roles, {"role": "admin", "office": ""}).status_code == 403
    assert admin.post(roles, {"role": "operator", "office": "LA"}).status_code == 302
    assert admin.post(roles, {"take": str(given.pk)}).status_code == 302
    assert [one.role for one in Assignment.objects.filter(user__username="noy")] == ["operator"]
    assert admin.post(reverse("staff-close", args=[given.user_id])).status_code == 403
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"user-added", "role-given", "role-taken"} <= actions


def test_closed_accounts_cannot_sign_in(own: Options, client: Client, signed_in: SignIn) -> None:
    user = make_user("noy", PASSWORD, "clerk", "LA")
    signed_in("admin").post(reverse("staff-close", args=[user.pk]))
    assert client.post("/staff/sign-in", {"name": "noy", "password": PASSWORD}).status_code == 403


def test_signing_in_and_out(own: Options, client: Client) -> None:
    make_user("noy", PASSWORD, "clerk", "LA")
    form = {"name": "noy", "password": PASSWORD}
    assert client.post("/staff/sign-in", form | {"next": "https://example.org/"})["Location"] == "/staff"
    assert client.get("/staff").status_code == 200
    assert client.get("/staff/sign-out").status_code == 405
    assert client.post("/staff/sign-out").status_code == 302
    assert client.get("/staff").status_code == 302
    assert (
        client.post("/staff/sign-in", form | {"next": "/staff/deliveries"})["Location"] == "/staff/deliveries"
    )


def test_guessing_passwords_is_slowed_down(own: Options, client: Client) -> None:
    make_user("noy", PASSWORD, "clerk", "LA")
    wrong = {"name": "noy", "password": "guess"}
    assert [client.post("/staff/sign-in", wrong).status_code for _ in range(6)] == [403] * 5 + [429]
    assert client.post("/staff/sign-in", {"name": "Noy", "password": PASSWORD}).status_code == 429
    assert AuditEntry.objects.filter(action="sign-in-failed").count() == 5


def test_one_password_is_changed(own: Options, client: Client) -> None:
    make_user("noy", PASSWORD, "clerk", "LA")
    client.post("/staff/sign-in", {"name": "noy", "password": PASSWORD})
    new = {
        "old_password": PASSWORD,
        "new_password1": "another long phrase",
        "new_password2": "another long phrase",
    }
    assert client.post("/staff/password", new | {"old_password": "wrong"}).status_code == 200
    assert client.post("/staff/password", new).status_code == 302
    assert client.get("/staff").status_code == 200


@pytest.mark.parametrize(
    ("name", "password", "role", "office"),
    [("", PASSWORD, "clerk", ""), ("a b c!", PASSWORD, "clerk", ""), ("noy", "short", "clerk", ""),
     ("noy", PASSWORD, "king", ""), ("noy", PASSWORD, "clerk", "ZZ")],
)  # fmt: skip
def test_users_that_cannot_be(own: Options, name: str, password: str, role: str, office: str) -> None:
    with pytest.raises(UsageError):
        make_user(name, password, role, office)


def test_uploads_of_others_are_theirs(own: Options, signed_in: SignIn) -> None:
    begun = signed_in("operator", "LA").post(
        "/staff/uploads/begin", {"office": "LA", "filename": "a.zip", "size": "10"}
    )
    number = begun.json()["id"]
    other = signed_in("operator", "")
    assert other.post(f"/staff/uploads/{number}/cancel").status_code == 403
    assert signed_in("clerk", "KH").get(f"/staff/uploads/{number}").status_code == 403
    assert Upload.objects.get(pk=number).state == "receiving"


def test_keys_of_programs_are_revoked_by_who_runs_the_installation(own: Options, signed_in: SignIn) -> None:
    number = keys.make("harvester", ["read"], dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).split("_")[1]
    assert signed_in("admin", "LA").get("/staff/programs").status_code == 403
    assert signed_in("admin", "LA").post("/staff/programs", {"key": number}).status_code == 403
    admin = signed_in("admin")
    assert number in admin.get("/staff/programs").content.decode()
    assert "revoked" in admin.post("/staff/programs", {"key": number}, follow=True).content.decode()
    assert "no such key" in admin.post("/staff/programs", {"key": number}, follow=True).content.decode()
    assert AuditEntry.objects.filter(action="api-key-revoked", object=number).count() == 1
