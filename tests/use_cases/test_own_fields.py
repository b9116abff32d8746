"""An administrator adds fields to use cases; they are entered, found and exported."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook
from pytest_django import Settings

from audits.models import Event, Import, Organization, Role, UseCase
from audits.models.fields.own_fields import OwnField, fields_of
from audits.portfolio_filter import portfolio_rows_of
from tests.casting import Cast
from tests.imports.conftest import upload
from tests.pages import html_of
from tests.portfolio.portfolio_pages import names, page
from tests.signed_in import sign_in
from tests.wizard.page_forms import send

FIELDS = (
    ("Cost centre", "text", ""),
    ("Seats", "number", ""),
    ("Go-live", "date", ""),
    ("Region", "choice", "EU\nUS\neu"),
)


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[Role.ADMIN])
    return client


def add(admin: Client, name: str, kind: str = "text", choices: str = "") -> Any:
    fields = {"new-name": name, "new-kind": kind, "new-choices": choices}
    return admin.post(reverse("own_fields"), {"do": "save", "key": "", **fields})


def stored(cast: Cast) -> dict[str, OwnField]:
    organization = Organization.objects.get(pk=cast.ours.organization.pk)
    return {field.name: field for field in fields_of(organization.own_fields)}


@pytest.fixture
def keys(cast: Cast, admin: Client) -> dict[str, str]:
    """The keys of a field of each kind, by their names."""
    for field in FIELDS:
        assert add(admin, *field).status_code == 302
    return {name: field.key for name, field in stored(cast).items()}


def save(client: Client, cast: Cast, which: str, **own: str) -> Any:
    audit = getattr(cast.ours, which)
    url = reverse("use_case_details", args=[audit.pk])
    fields = {"name": audit.use_case.name, "team": str(cast.ours.team.public_id)}
    return send(client, url, **fields, **own)


@pytest.mark.on_both
def test_values_are_entered_shown_filtered_and_exported(
    cast: Cast, client: Client, keys: dict[str, str]
) -> None:
    text, seats, day, region = (keys[name] for name, *_ in FIELDS)
    draft = {text: "CC-12 North", seats: "12.5", day: "2027-01-31", region: "EU"}
    save(client, cast, "draft", **draft)
    save(client, cast, "submitted", **{text: "CC-1", seats: "200", day: "2026-02-01"})

    one, two = (
        cast.ours.draft.use_case.name,
        cast.ours.submitted.use_case.name,
    )
    with scope(organization=cast.ours.organization):
        own = UseCase.objects.get(pk=cast.ours.draft.use_case_id).own
        assert own == {
            text: "CC-12 North",
            seats: 12.5,
            day: "2027-01-31",
            region: "EU",
        }
        line = Event.objects.filter(verb="use_case.changed").latest("number")
        assert line.details["own"] == [
            {},
            {text: "CC-1", seats: 200, day: "2026-02-01"},
        ]
    for query, found in (
        ({f"own_{text}": "north"}, [one]),
        ({f"own_{text}": "cc-1"}, sorted((one, two))),
        ({f"own_{text}": "“cc-1”"}, [two]),
        ({f"own_{seats}_from": "12.5", f"own_{seats}_to": "100"}, [one]),
        ({f"own_{seats}_from": "100"}, [two]),
        ({f"own_{day}_to": "2026-12-31"}, [two]),
        ({f"own_{day}_from": "2027-01-31"}, [one]),
        ({f"own_{region}": "EU"}, [one]),
        # Nothing passes what is no number, or a field that there is not.
        ({f"own_{seats}_from": "many"}, []),
        ({"own_f00": "x"}, []),
    ):
        assert sorted(names(page(client, **query))) == found, query
    dated = " ".join(page(client, **{f"own_{day}_from": "2027-01-31"}).split())
    assert "Go-live, from: 31 January 2027." in dated
    said = " ".join(
        html_of(client.get(reverse("tasks", args=[cast.ours.draft.pk]))).split()
    )
    assert "<bdi>Go-live</bdi>: <bdi>31 January 2027</bdi>" in said
    assert "<bdi>Seats</bdi>: <bdi>12.5</bdi>" in said
    body = b"".join(client.get(reverse("portfolio_csv")).streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert {(row["Seats"], row["Go-live"]) for row in rows} == {
        ("12.5", "2027-01-31"),
        ("200", "2026-02-01"),
    }
    body = b"".join(client.get(reverse("portfolio_json")).streaming_content)  # type: ignore[attr-defined]
    assert json.loads(body)["columns"][region] == {"name": "Region", "unit": ""}
    assert client.get(reverse("portfolio_xlsx")).status_code == 200


@pytest.mark.on_both
def test_own_fields_are_columns_that_sort_and_are_exported(
    cast: Cast, client: Client, keys: dict[str, str]
) -> None:
    text, seats, day, _ = (keys[name] for name, *_ in FIELDS)
    save(client, cast, "draft", **{text: "CC-12", seats: "12.5", day: "2027-01-31"})
    save(client, cast, "submitted", **{text: "CC-1", seats: "200"})
    one, two = cast.ours.draft.use_case.name, cast.ours.submitted.use_case.name
    columns = f"columns=verdict&columns={seats}&columns={day}"

    usual = page(client)
    said = html_of(client.get(f"{reverse('portfolio')}?{columns}"))

    assert "12.5<" not in usual
    assert f'id="column-{seats}"' in usual
    assert '<td class="num" data-label="Seats">12.5</td>' in said
    assert "31 Jan 2027" in said
    assert 'data-label="Cost centre"' not in said
    for sort, found in (
        (seats, [one, two]),
        (f"-{seats}", [two, one]),
        (text, [two, one]),
        (day, [one, two]),  # what has no day comes last either way
        (f"-{day}", [one, two]),
    ):
        assert names(page(client, sort=sort)) == found, sort
    file: Any = client.get(f"{reverse('portfolio_csv')}?{columns}&sort=-{seats}")
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0].endswith(",Seats,Go-live")
    assert [row.rsplit(",", 2)[1:] for row in rows[1:]] == [
        ["200", ""],
        ["12.5", "2027-01-31"],
    ]


@pytest.mark.once
def test_wrong_values_are_refused_with_the_field_and_nothing_is_lost(
    cast: Cast, client: Client, keys: dict[str, str]
) -> None:
    text, seats, day, region = (keys[name] for name, *_ in FIELDS)

    refused = save(
        client,
        cast,
        "draft",
        **{text: "kept", seats: "a lot", day: "soon", region: "Mars"},
    )

    said = html_of(refused)
    assert refused.status_code == 422
    assert "Seats: write “a lot” in digits, such as 1200 or 12.5" in said
    assert "Go-live: write “soon” as a day such as 2027-01-31" in said
    assert 'value="a lot"' in said
    assert 'value="kept"' in said
    with pytest.raises(ValidationError, match="Seats: write"):
        OwnField(key="f", name="Seats", kind="number").read("1,200")
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.get(pk=cast.ours.draft.use_case_id).own == {}


@pytest.mark.once
def test_fields_are_renamed_moved_archived_and_limited(
    cast: Cast, client: Client, admin: Client, keys: dict[str, str]
) -> None:
    there, text = reverse("own_fields"), keys["Cost centre"]
    save(client, cast, "draft", **{text: "CC-1"})

    admin.post(there, {"do": "save", "key": text, f"{text}-name": "Budget code"})
    admin.post(there, {"do": "up", "key": keys["Go-live"]})
    assert list(stored(cast)) == ["Budget code", "Go-live", "Seats", "Region"]
    assert stored(cast)["Region"].choices == ("EU", "US")
    admin.post(there, {"do": "archive", "key": text})
    assert "Budget code" not in html_of(client.get(reverse("portfolio")))
    save(client, cast, "draft", **{keys["Seats"]: "3"})
    with scope(organization=cast.ours.organization):
        own = UseCase.objects.get(pk=cast.ours.draft.use_case_id).own
        assert own == {text: "CC-1", keys["Seats"]: 3}
        verbs = Event.objects.filter(subject=text).values_list("verb", flat=True)
        assert list(verbs) == [
            f"own_field.{x}" for x in ("added", "changed", "archived")
        ]
        # A stored view that filters by it must not show more than was chosen.
        for query, found in ((f"own_{text}=CC", 0), ("", 2)):
            assert portfolio_rows_of(QueryDict(query)).count() == found
    admin.post(there, {"do": "restore", "key": text})
    assert not stored(cast)["Budget code"].is_archived
    for name, kind, reason in (
        ("", "text", "Enter a name for the field"),
        ("budget CODE", "text", "There is a field “budget CODE” already"),
        ("X" * 41, "text", "Use 40 characters or fewer"),
        ("Colour", "choice", "Enter the choices, one on each line"),
    ):
        refused = add(admin, name, kind)
        assert (refused.status_code, reason in html_of(refused)) == (422, True), name
    for number in range(16):
        add(admin, f"Field {number}")
    assert "There are 20 fields already" in html_of(admin.get(there))
    assert add(admin, "One more").status_code == 422


@pytest.mark.on_both
def test_own_fields_of_many_are_changed_at_once_and_put_back(
    cast: Cast, client: Client, keys: dict[str, str]
) -> None:
    text, seats, day = (keys[name] for name in ("Cost centre", "Seats", "Go-live"))
    save(client, cast, "draft", **{text: "CC-1", seats: "3"})
    there = reverse("change_many")
    dated = {"chosen": "which=all", day: "2027-01-15"}
    preview = html_of(client.get(str(client.post(there, dated)["Location"])))
    assert "<bdi>15 January 2027</bdi></td>" in preview
    assert "from “<bdi>none</bdi>” to “<bdi>15 January 2027</bdi>”" in " ".join(
        preview.split()
    )
    wrong = client.post(there, {"chosen": "which=all", seats: "lots"})
    assert "Seats: write “lots” in digits" in html_of(wrong)

    planned = client.post(there, {"chosen": "which=all", text: "CC-9", seats: "3"})

    there = str(planned["Location"])
    said = " ".join(html_of(client.get(there)).split())
    assert "Cost centre: from “<bdi>CC-1</bdi>” to “<bdi>CC-9</bdi>”" in said
    shown = said.partition('name="shown" value="')[2][:64]
    client.post(f"{there}write/", {"shown": shown})
    with scope(organization=cast.ours.organization):
        own = UseCase.objects.order_by("number").values_list("own", flat=True)
        assert list(own.all()) == [{text: "CC-9", seats: 3}] * 2
        line = Event.objects.filter(verb="use_case.changed").latest("number")
        assert line.details["changed"] == ["own"]
        save(client, cast, "submitted", **{text: "CC-9", seats: "4"})
        client.post(f"{there}undo/")
        # What somebody changed since stays.
        assert list(own.all()) == [{text: "CC-1", seats: 3}, {seats: 4}]


@pytest.mark.once
def test_import_matches_own_fields_by_name(
    cast: Cast, client: Client, keys: dict[str, str], settings: Settings
) -> None:
    backend = "django.tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": backend}}
    reference = cast.ours.draft.use_case.reference
    raw = (
        "Reference,Name,Team,What it does,seats,Region,Go-live\n"
        f"{reference},Sorts,Northgate claims,Sorts,40,eu,\n"
        "A-1,New,Northgate claims,Sorts,,Mars,31 January\n"
    )
    there = upload(client, raw.encode())
    columns = {
        "reference": "Reference",
        "name": "Name",
        "team": "Team",
        "summary": "What it does",
        keys["Seats"]: "seats",
        keys["Region"]: "Region",
        keys["Go-live"]: "Go-live",
    }
    guessed = html_of(client.get(there))
    assert guessed.count("selected>") >= 6
    client.post(there, columns)
    checked = " ".join(html_of(client.get(there)).split())
    assert "Region: “Mars” is not one of EU, US." in checked
    assert "Go-live: write “31 January” as a day such as 2027-01-31." in checked
    shown = checked.partition('name="shown" value="')[2][:64]

    client.post(f"{there}write/", {"shown": shown, "rows": "good"})

    with scope(organization=cast.ours.organization):
        use_case = UseCase.objects.get(pk=cast.ours.draft.use_case_id)
        assert use_case.own == {keys["Seats"]: 40, keys["Region"]: "EU"}
    client.post(f"{there}undo/")
    with scope(organization=cast.ours.organization):
        use_case.refresh_from_db()
        assert use_case.own == {}


@pytest.mark.once
def test_portfolio_file_is_imported_again_with_other_values(
    cast: Cast, client: Client, keys: dict[str, str], settings: Settings
) -> None:
    backend = "django.tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": backend}}
    file = client.get(reverse("portfolio_xlsx"))
    book = load_workbook(io.BytesIO(b"".join(file.streaming_content)))  # type: ignore[attr-defined]
    sheet = book.worksheets[0]
    places = {cell.value: cell.column or 0 for cell in sheet[1]}
    for line in (2, 3):
        sheet.cell(line, places["Seats"], 40 + line)
        sheet.cell(line, places["Go-live"], date(2027, 2, line))
    changed = io.BytesIO()
    book.save(changed)

    there = upload(client, changed.getvalue(), "portfolio.xlsx")
    with scope(organization=cast.ours.organization):
        columns = Import.objects.get(file_name="portfolio.xlsx").columns
        before = list(UseCase.objects.values_list("name", "summary", "team", "stage"))
    assert columns.keys() >= {"name", "team", keys["Seats"], keys["Go-live"]}
    assert "summary" not in columns
    client.post(there, columns)
    page = " ".join(html_of(client.get(there)).split())
    assert "Every row is valid: 0 to register, 2 to change" in page
    shown = page.partition('name="shown" value="')[2][:64]
    client.post(f"{there}write/", {"shown": shown})

    with scope(organization=cast.ours.organization):
        own = [x.own for x in UseCase.objects.order_by("pk")]
        assert sorted(each[keys["Seats"]] for each in own) == [42, 43]
        days = sorted(each[keys["Go-live"]] for each in own)
        assert days == ["2027-02-02", "2027-02-03"]
        after = list(UseCase.objects.values_list("name", "summary", "team", "stage"))
        assert after == before
    # A new one needs what it does, and the page says so before the rows are read.
    there = upload(client, b"Reference,Name,Team\nA-1,New,Claims\n")
    refused = client.post(there, {"reference": "Reference", "name": "Name"})
    said = html_of(refused)
    assert refused.status_code == 422
    assert "What it does. 1 row registers a new use case" in said
    template = client.get(reverse("import_template"), {"kind": "csv"}).content
    assert b"Seats" in template.splitlines()[0]
    there = upload(client, template)
    assert html_of(client.get(there)).count("selected>") >= len(keys)
