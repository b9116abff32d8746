"""What was said and what happened: a file is read, chosen from, counted, removed."""

from datetime import date, timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django_scopes import scope

from audits.models import (
    Audit,
    Event,
    Evidence,
    Outcome,
    RemovedUsage,
    Role,
    UsageUpload,
)
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.timelines.timeline import timeline_of
from tests.casting import CANARY, Cast
from tests.examples import all_but
from tests.outcomes.signed import (
    MODEL,
    counted,
    month_after,
    sheet_of,
    sign,
    signed,
    signed_again,
    signed_and_counted,
    upload,
)
from tests.pages import html_of
from tests.signed_in import sign_in


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return signed(cast.ours)


def page_of(client: Client, audit: Audit) -> str:
    return html_of(client.get(reverse("outcomes", args=[audit.pk])))


def months_of(cast: Cast, audit: Audit) -> list[tuple[str, str, str | None]]:
    """Return the first day, the place and the cost of each stored month."""
    with scope(organization=cast.ours.organization):
        found = Outcome.objects.filter(audit=audit).first()
    return [(x["first"], x["place"], x["seen"]) for x in found.months] if found else []


def test_page_says_what_the_paper_said(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.people[Role.VIEWER])

    page = page_of(client, audit)

    assert "the paper said $1,354 a month ($904 to $2,104)." in page
    assert "does not say how likely a cost inside the range is." in page
    assert "No monthly cost is compared yet." in page
    assert 'type="file"' not in page


@pytest.mark.thorough
def test_file_counts_once_models_are_chosen_and_changes_nothing_signed(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    content = sheet_of("1200", "9000", models=f"{MODEL}+in-house")
    before = (audit.numbers, audit.answers, audit.assessment, audit.revision)

    shown = upload(client, audit, content)
    there = shown.request["PATH_INFO"]
    nothing = client.post(there, {})
    unread = months_of(cast, audit)
    response = client.post(there, {"models": ["0"]}, follow=True)

    assert (
        "cost $1,950: weak test (inside the range; a usage file can check"
        in html_of(shown)
    )
    assert nothing.status_code == 422
    assert "Choose at least one model" in html_of(nothing)
    assert unread == []
    first, second = month_after(1), month_after(2)
    assert months_of(cast, audit) == [
        (second.isoformat(), "above", "9750"),
        (first.isoformat(), "inside", "1950"),
    ]
    page = html_of(response)
    assert "From <bdi>" not in page
    assert f"usage.csv counts for {first:%B %Y} and {second:%B %Y}." in page
    table = page.split('id="months"')[1]
    assert table.index(f"{second:%B %Y}") < table.index(f"{first:%B %Y}")
    for words in (
        "$1,950",
        "Above",
        "+$596",
        "$604 more from volume, $8 less because the bill",
    ):
        assert words in page
    with scope(organization=cast.ours.organization):
        now = fresh_audit(audit)
        [kept] = UsageUpload.objects.filter(use_case=audit.use_case)
        verbs = Event.objects.filter(subject=str(kept.pk)).values_list(
            "verb", flat=True
        )
        assert [*verbs.order_by("number")] == ["usage.read", "usage.counted"]
    assert kept.counted_models == [MODEL]
    assert before == (now.numbers, now.answers, now.assessment, now.revision)


@pytest.mark.thorough
def test_newer_file_counts_for_a_month_that_two_have_and_the_page_says_so(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    counted(audit, cast.ours, sheet_of("1200", "1300"), "old.csv")
    counted(audit, cast.ours, sheet_of("700"), "new.csv")

    page = page_of(client, audit)

    first, second = month_after(1), month_after(2)
    assert months_of(cast, audit) == [
        (second.isoformat(), "inside", "2050"),
        (first.isoformat(), "inside", "1450"),
    ]
    said = f"{first:%B %Y} stays with new.csv, which is newer."
    assert page.count(said) == 1
    assert page.index("old.csv</bdi></dt>") < page.index(said)
    assert page.count("From <bdi>old.csv</bdi>") == 1
    assert page.count("From <bdi>new.csv</bdi>") == 1


@pytest.mark.thorough
def test_rehearsal_hides_no_real_month_and_is_said_to_be_one(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    counted(audit, cast.ours, sheet_of("9000"), "real.csv")
    made_up = sheet_of("700", "700")
    counted(audit, cast.ours, made_up, "made-up.csv", is_synthetic=True)

    page = page_of(client, audit)

    first, second = month_after(1), month_after(2)
    assert months_of(cast, audit) == [
        (second.isoformat(), "inside", "1450"),
        (first.isoformat(), "above", "9750"),
    ]
    assert page.count('class="small">Synthetic</span>') == 1
    assert "Months marked “Synthetic” were invented for practice" in page
    assert "CSV, synthetic, added by" in page


def test_removed_file_takes_its_months_along_and_the_older_file_counts_again(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    counted(audit, cast.ours, sheet_of("1200"), "old.csv")
    new = counted(audit, cast.ours, sheet_of("700", "700"), "new.csv")
    there = reverse("remove_outcome_file", args=[audit.pk, new.pk])
    first, second = month_after(1), month_after(2)

    asked = html_of(client.get(there))
    unchanged = months_of(cast, audit)
    page = html_of(client.post(there, follow=True))

    assert f"{first:%B %Y} will be from old.csv." in asked
    assert f"{second:%B %Y} will no longer be compared: no other file" in asked
    assert [x[2] for x in unchanged] == ["1450", "1450"]
    assert f"new.csv is removed. {first:%B %Y} is now from old.csv." in page
    assert f"{second:%B %Y} is no longer compared" in page
    assert months_of(cast, audit) == [(first.isoformat(), "inside", "1950")]
    with scope(organization=cast.ours.organization):
        event = Event.objects.get(verb="usage.removed")
        assert (event.subject, event.details["sha256"]) == (str(new.pk), new.digest)
        gone = RemovedUsage.objects.get(pk=event.subject)
        assert (gone.name, gone.digest) == ("new.csv", new.digest)
        told = [(x.kind, x.name) for x in timeline_of(audit.use_case)]
        kinds = [kind for kind, name in told if name == "new.csv"]
        assert sorted(kinds) == ["usage", "usage_removed"]
    assert gone.by == cast.ours.contributor
    assert f"<bdi>new.csv</bdi>, removed by <bdi>{gone.by}</bdi> on" in page_of(
        client, audit
    )


@pytest.mark.on_both
def test_file_that_an_audit_has_numbers_from_stays(client: Client, cast: Cast) -> None:
    sign_in(client, cast.ours.contributor)
    audit = signed_and_counted(cast.ours, "1200")
    with scope(organization=cast.ours.organization):
        kept = UsageUpload.objects.get(use_case=audit.use_case)
        requests = audit.numbers["requests"]["value"]
        UsageUpload.objects.update(measured={"requests": requests})

    there = reverse("remove_outcome_file", args=[audit.pk, kept.pk])
    page = html_of(client.post(there, follow=True))

    assert "An audit has numbers from this file, so it stays." in page
    assert "Stays: an audit has numbers from it" in page
    assert client.get(reverse("outcomes_csv", args=[audit.pk])).status_code == 200
    assert len(months_of(cast, audit)) == 1


@pytest.mark.on_both
def test_months_from_a_newer_paper_on_are_compared_with_that_one(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    counted(audit, cast.ours, sheet_of("1200", "1300"))
    first, second = month_after(1), month_after(2)
    new = signed_again(audit, cast.ours, second)

    assert [x[0] for x in months_of(cast, audit)] == [first.isoformat()]
    assert [x[0] for x in months_of(cast, new)] == [second.isoformat()]
    page = page_of(client, audit)
    assert "1 month began on or after" in page
    assert "a newer paper was signed, so it belongs to that paper." in page
    assert (
        f"Months that began on {second.day} {second:%B %Y} or later are compared"
        in page
    )
    assert reverse("outcomes", args=[new.pk]) in page
    _, _, shown = page_of(client, new).partition("</h1>")
    first_words = f"Months that began before {second.day} {second:%B %Y} are compared"
    assert "which was in force then" in shown
    assert shown.index(first_words) < shown.index("the paper said")
    assert f'<a href="{reverse("outcomes", args=[audit.pk])}">open them</a>' in shown


@pytest.mark.thorough
def test_sign_off_compares_files_that_were_there_before(
    cast: Cast,
) -> None:
    audit = signed_and_counted(cast.ours, "1200")
    with scope(organization=cast.ours.organization):
        new = begin_again(audit=audit, by=cast.ours.contributor)
        new = sign(submit_audit(audit=new, by=cast.ours.contributor), cast.ours)

    # Both papers are of today, so the month is the newer one's.
    assert months_of(cast, audit) == []
    assert months_of(cast, new) == [(month_after().isoformat(), "inside", "1950")]


@pytest.mark.on_both
def test_newer_paper_without_a_file_has_no_months(cast: Cast, audit: Audit) -> None:
    new = signed_again(audit, cast.ours, month_after())

    assert months_of(cast, audit) == months_of(cast, new) == []


@pytest.mark.thorough
def test_part_of_a_month_is_left_out_with_the_reason(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    whole = sheet_of("1200").decode().splitlines()
    counted(audit, cast.ours, "\n".join([*whole[:9], ""]).encode())

    page = page_of(client, audit)

    month = f"{month_after():%B %Y}"
    assert f"The file has a part of {month}, so that month is not compared." in page
    assert months_of(cast, audit) == []


@pytest.mark.parametrize("content", all_but([b"", b"hello"], [b"hello"]))
def test_other_file_is_refused_in_one_sentence(
    client: Client, cast: Cast, audit: Audit, content: bytes
) -> None:
    sign_in(client, cast.ours.contributor)

    response = upload(client, audit, content)

    assert response.status_code == 422
    assert "There is a problem" in html_of(response)
    with scope(organization=cast.ours.organization):
        assert not UsageUpload.objects.filter(use_case=audit.use_case).exists()


def test_file_counts_in_the_quota_of_the_organization(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    upload(client, audit, sheet_of("1200"))
    with scope(organization=cast.ours.organization):
        [kept] = UsageUpload.objects.filter(use_case=audit.use_case)
        others = Evidence.objects.all().total_size()

    with override_settings(EVIDENCE_QUOTA=others + 2 * kept.size - 1):
        response = upload(client, audit, sheet_of("1201"))

    assert response.status_code == 422
    assert "MB for files, and this file needs" in html_of(response)


def test_outcomes_are_erased_with_their_use_case(cast: Cast) -> None:
    audit = signed_and_counted(cast.ours, "1200")
    with scope(organization=cast.ours.organization):
        assert Outcome.objects.count() == 1
        audit.reviews.all().delete()
        audit.use_case.delete()

        assert Outcome.objects.count() == 0


@pytest.mark.thorough
def test_csv_has_amounts_that_add_up(client: Client, cast: Cast, audit: Audit) -> None:
    sign_in(client, cast.ours.people[Role.VIEWER])
    counted(audit, cast.ours, sheet_of("1200"), "=1+1.csv")

    response = client.get(reverse("outcomes_csv", args=[audit.pk]))

    head, row = response.content.decode("utf-8-sig").splitlines()
    assert head.startswith(
        "Month,Said (USD),Range from (USD),Range to (USD),Cost (USD)"
    )
    assert row == (
        f"{month_after():%Y-%m},1354,904,2104,1950,Weak test,596,604,0,0,0,0,-8"
        f",,,,no,{_days_of(month_after()) - 1},no,'=1+1.csv,604,1200,"
        '"inside the range; a usage file can check only $604 of the paper’s $1,354",'
    )
    with scope(organization=cast.ours.organization):
        event = Event.objects.get(verb="audit.exported")
    assert event.details == {"kind": "outcomes"}


def _days_of(first: date) -> int:
    return ((first + timedelta(days=31)).replace(day=1) - first).days


# Method, route, what a reader gets, and who may contribute; the last one removes.
ROUTES = [
    ("GET", "outcomes", 200, 200),
    ("POST", "outcomes", 403, 422),
    ("GET", "outcomes_csv", 200, 200),
    ("GET", "check_results", 302, 302),
    ("POST", "check_results", 403, 422),
    ("GET", "outcome_file", 403, 200),
    ("POST", "outcome_file", 403, 422),
    ("GET", "remove_outcome_file", 403, 200),
    ("POST", "remove_outcome_file", 403, 302),
]


def test_readers_read_and_contributors_change_what_is_signed(
    client: Client, cast: Cast
) -> None:
    audit = signed_and_counted(cast.ours, "1200")
    with scope(organization=cast.ours.organization):
        kept = UsageUpload.objects.get(use_case=audit.use_case)
    for method, name, reader, others in ROUTES:
        of_file = name in {"outcome_file", "remove_outcome_file"}
        there = reverse(name, args=[audit.pk, kept.pk] if of_file else [audit.pk])
        people = {
            cast.ours.people[Role.VIEWER]: reader,
            cast.theirs.people[Role.ADMIN]: 404,
            cast.ours.contributor: others,
        }
        for person, status in people.items():
            sign_in(client, person)
            answer = client.generic(method, there)
            assert answer.status_code == status, (person, method, name)


def test_file_of_another_organization_is_not_found(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    theirs = signed(cast.theirs)
    kept = counted(theirs, cast.theirs, sheet_of("1200"))

    for name in ("outcome_file", "remove_outcome_file"):
        there = reverse(name, args=[audit.pk, kept.pk])
        assert client.post(there).status_code == 404
    assert CANARY not in page_of(client, audit)
    with scope(organization=cast.theirs.organization):
        assert UsageUpload.objects.filter(pk=kept.pk).exists()


def test_unsigned_audit_has_no_outcomes(client: Client, cast: Cast) -> None:
    sign_in(client, cast.ours.contributor)

    for audit in (cast.ours.draft, cast.ours.submitted):
        response = client.get(reverse("outcomes", args=[audit.pk]))
        assert response.status_code == 404
