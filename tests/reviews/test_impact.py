"""What a framework not in force yet would change; nothing is stored."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from audits.frameworks.loading import loader
from audits.models import Audit, Event, PortfolioRow, Role
from audits.scoring.history.version_causes import SAID
from audits.services.answers.answers import save_answers
from audits.services.verdicts.impact import impact_of
from tests.casting import CANARY, Cast
from tests.frameworks.edited_pack import NEWEST, changed
from tests.pages import html_of
from tests.scoring.worked_cases import FIRST_TRAINING_CASE, TRAINING_CASE
from tests.signed_in import sign_in

RULE = next(
    rule for rule in loader.current().context_rules if rule.id == "facts_exceed"
)


@pytest.fixture
def second() -> str:
    """A further version in which facts that do not fit give few-shot."""
    place = NEWEST.index(f"name: {RULE.name}")
    at = NEWEST.index("layer: rag", place)
    text = NEWEST[:at] + NEWEST[at:].replace("layer: rag", "layer: few_shot", 1)
    return text.replace("\nversion: 2\n", "\nversion: 3\n")


@pytest.fixture
def file(tmp_path: Path, second: str) -> Path:
    file = tmp_path / "v3.yaml"
    file.write_text(second, "utf-8")
    return file


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[Role.ADMIN])
    return client


def upload(text: str) -> dict[str, SimpleUploadedFile]:
    return {"framework": SimpleUploadedFile("v3.yaml", text.encode())}


def everything() -> list[object]:
    with scopes_disabled():
        rows = (
            model.objects.order_by("pk").values() for model in (Audit, PortfolioRow)
        )
        return [*map(list, rows), Event.objects.count()]


@pytest.mark.thorough
@pytest.mark.once
def test_flip_names_before_after_and_the_rule(cast: Cast, file: Path) -> None:
    before = everything()
    with scope(organization=cast.ours.organization):
        save_answers(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=TRAINING_CASE
        )
        before = everything()

        found = impact_of(loader.load(file))

    assert found.use_cases == 2
    [flip] = found.flips
    assert flip.audit == cast.ours.submitted
    assert (flip.before, flip.after) == ("rag", "few_shot")
    assert flip.rule == RULE.name
    assert everything() == before


@pytest.mark.once
def test_same_framework_flips_nothing(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        found = impact_of(loader.current())

    assert (found.use_cases, found.flips) == (1, ())


@pytest.mark.thorough
@pytest.mark.once
def test_no_more_are_rescored_than_asked_for(cast: Cast, file: Path) -> None:
    framework = loader.load(file)
    with scope(organization=cast.ours.organization):
        none, one = (impact_of(framework, most=most) for most in (0, 1))

    assert (none.use_cases, none.left_out) == (0, 1)
    assert (one.use_cases, one.left_out) == (1, 0)


@pytest.mark.on_both
def test_command_goes_through_every_organization(cast: Cast, file: Path) -> None:
    out = StringIO()

    call_command("impact", "fine_tuning", str(file), stdout=out)

    ours, theirs, cause, last = out.getvalue().splitlines()
    said = "The rules differ"
    flip = f"UC-0002: Retrieval (RAG) -> Few-shot, by “{RULE.name}”. {said}"
    assert (ours, theirs) == (f"northgate {flip}", f"zanzibar {flip}")
    assert cause == f"2: {said}"
    assert last == "2 use cases, 2 changed verdicts"


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "version", "says"),
    [
        ("fine_tuning", "99", "no framework fine_tuning version 99"),
        ("fine_tuning", "/no/such.yaml", "cannot be read"),
        ("other", "FILE", "it is a framework fine_tuning, not other"),
    ],
)
def test_command_refuses_in_words(
    cast: Cast, file: Path, name: str, version: str, says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("impact", name, version.replace("FILE", str(file)))


def test_page_shows_our_flips_and_none_of_theirs_and_how_many_are_left_out(
    cast: Cast, admin: Client, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "Only the newest audits are included; 1 older one is left out."
    with scope(organization=cast.ours.organization):
        save_answers(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=TRAINING_CASE
        )
    before = everything()

    page = html_of(admin.post(reverse("impact"), upload(second)))
    monkeypatch.setattr("audits.reviews.impact_views.MOST_AUDITS", 1)
    part = html_of(admin.post(reverse("impact"), upload(second)))

    assert "<h1>2 use cases, 1 changed verdict" in page
    assert "Northgate handbook" in page
    assert RULE.name in page
    assert CANARY not in page
    assert told not in page
    assert "<h1>1 use case," in part
    assert told in part
    assert everything() == before


def first_version(cast: Cast, answers: dict[str, Any]) -> None:
    """Let our draft be one of version 1, with these answers."""
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=cast.ours.draft.pk).update(framework_version=1)
        save_answers(audit=cast.ours.draft, by=cast.ours.contributor, answers=answers)


@pytest.mark.once
@pytest.mark.parametrize(
    ("answers", "verdicts", "cause"),
    [
        (FIRST_TRAINING_CASE, ("fine_tune", "gather_evidence"), "levels"),
        (
            {"goal": ["cost_latency"], "volume": "gt_10m", "state": "planned"},
            ("gather_evidence", "prompt_long_context"),
            "open",
        ),
        (
            {"goal": ["style"], "state": "live_tuned", "platform": "closing"},
            ("stop_fine_tuning", "migrate"),
            "new_verdict",
        ),
    ],
)
def test_cause_says_why_version_2_gives_another_verdict(
    cast: Cast, answers: dict[str, Any], verdicts: tuple[str, str], cause: str
) -> None:
    first_version(cast, answers)

    with scope(organization=cast.ours.organization):
        found = impact_of(loader.current())

    [flip] = found.flips
    assert ((flip.before, flip.after), flip.cause) == (verdicts, cause)
    [group] = found.by_cause
    assert (group.flips, group.said) == ((flip,), SAID[flip.cause])


@pytest.mark.on_both
def test_page_shows_what_the_newest_version_changes_in_older_audits(
    cast: Cast, admin: Client
) -> None:
    first_version(cast, FIRST_TRAINING_CASE)
    before = everything()

    page = html_of(admin.post(reverse("impact"), {"newest": "2"}))

    assert "2 use cases, 1 changed verdict" in page
    assert f"{SAID['levels']}: 1 verdict" in page
    assert "Northgate triage" in page
    assert everything() == before


@pytest.mark.once
def test_page_refuses_a_broken_file_with_its_lines(admin: Client) -> None:
    broken = changed(("\nversion: 2\n", "\nverison: 2\n"), pack=NEWEST)

    response = admin.post(reverse("impact"), upload(broken))

    assert response.status_code == 422
    assert "Line " in html_of(response)


@pytest.mark.once
def test_page_refuses_a_framework_that_no_audit_is_held_against(
    admin: Client, second: str
) -> None:
    other = second.replace("\nname: fine_tuning\n", "\nname: vendor_choice\n")

    response = admin.post(reverse("impact"), upload(other))

    said = html_of(response)
    assert response.status_code == 422
    assert "No audit uses “vendor_choice”" in said
    assert "Choose a version of fine_tuning" in said
    assert "0 use cases" not in said


@pytest.mark.once
def test_page_refuses_what_is_too_large(admin: Client) -> None:
    response = admin.post(reverse("impact"), upload("x" * (256 * 1024 + 1)))

    assert response.status_code == 422
    assert "Select a file of at most 256 kB" in html_of(response)
