"""The states of the pages about what happened after a sign-off."""

from collections.abc import Callable

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page

from audits.models import UsageUpload
from tests.casting import Cast
from tests.e2e.states.state import LEAD, LONG_NAME, PROBLEM, VIEWER, State, at, press
from tests.outcomes.signed import MODEL, counted, month_after, sheet_of, signed

_MODELS = f"{MODEL}+{LONG_NAME}"


def of_signed(route: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(route, args=[cast.ours.draft.pk])


def of_file(cast: Cast) -> str:
    with scope(organization=cast.ours.organization):
        kept = UsageUpload.objects.get(name=LONG_NAME)
    return reverse("outcome_file", args=[cast.ours.draft.pk, kept.pk])


def of_removal(cast: Cast) -> str:
    with scope(organization=cast.ours.organization):
        kept = UsageUpload.objects.get(name=LONG_NAME)
    return reverse("remove_outcome_file", args=[cast.ours.draft.pk, kept.pk])


def signed_alone(cast: Cast) -> None:
    signed(cast.ours)


def months_followed(cast: Cast) -> None:
    """Compare months of three files: one is newer, and one is synthetic."""
    audit = signed(cast.ours)
    tenant = cast.ours
    counted(audit, tenant, sheet_of("1200", "9000", models=_MODELS), LONG_NAME)
    counted(audit, tenant, sheet_of("10"), "newer.csv")
    late = sheet_of("700", first=month_after(3))
    counted(audit, tenant, late, "made-up.csv", is_synthetic=True)


def check_results(page: Page) -> None:
    """Send a results file in which the candidate fails."""
    rows = [f"{n},{MODEL},{'yes' if n < 60 else 'no'}" for n in range(200)]
    sheet = "\n".join(["case,candidate,passed", *rows, ""]).encode()
    file = FilePayload(name=f"{LONG_NAME}.csv", mimeType="text/csv", buffer=sheet)
    page.get_by_label("Results file").set_input_files(file)
    press("Check the results file")(page)


OUTCOME_STATES = {
    "outcomes_new": State(
        "No monthly cost is compared", of_signed("outcomes"), LEAD, signed_alone
    ),
    "outcomes": State("Month by month", of_signed("outcomes"), LEAD, months_followed),
    "outcomes_read": State(
        "Month by month", of_signed("outcomes"), VIEWER, months_followed
    ),
    "outcomes_refused": State(
        PROBLEM,
        of_signed("outcomes"),
        LEAD,
        months_followed,
        press("Read the usage file"),
    ),
    "outcomes_checked": State(
        "no longer holds", of_signed("outcomes"), LEAD, months_followed, check_results
    ),
    "outcome_file": State("beside the paper", of_file, LEAD, months_followed),
    "outcome_file_removed": State(
        "no longer be compared", of_removal, LEAD, months_followed
    ),
    "result_followed": State(
        "What happened since", of_signed("result"), VIEWER, months_followed
    ),
    "calibration": State(
        "2 months are too few", at("calibration"), VIEWER, months_followed
    ),
    "calibration_new": State(
        "No month has been compared yet", at("calibration"), VIEWER
    ),
}
