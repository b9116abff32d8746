"""The tables about outcomes as CSV files."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.audits import signed_audit
from audits.access.members import MemberRequest, members_only
from audits.limits import EXPORTS, limited
from audits.models import UsageUpload
from audits.outcomes.calibration import UseCaseRow, calibrated
from audits.outcomes.page import outcome_of
from audits.scoring.tracking.outcomes import ComparedMonth, months_of
from audits.scoring.tracking.split import CAUSES
from audits.scoring.tracking.words import CAUSE_NAMES, PLACE_NAMES, causes_named
from audits.services.record.downloads import record_download
from audits.uploads.tables.cells import safe_cell

_MONTH_HEADINGS = (
    *("Month", "Said (USD)", "Range from (USD)", "Range to (USD)", "Cost (USD)"),
    *("Beside the range", "Difference (USD)"),
    *(f"By {CAUSE_NAMES[cause]} (USD)" for cause in CAUSES),
    *("By several causes together (USD)", "Which several causes", "Not known"),
    *("At list prices", "Synthetic", "File"),
)
_HEADINGS = (
    *("Reference", "Use case", "Team", "Synthetic", "Months compared", "Inside"),
    *("Above", "Below", "Without a range", "Difference (USD)", "Largest cause"),
    "By it (USD)",
)


@members_only
@limited(EXPORTS)
@require_GET
def outcomes_csv(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Send the months after a signed paper."""
    audit = signed_audit(request.membership, audit_id)
    found = outcome_of(audit)
    months = months_of(found.months) if found else ()
    own = UsageUpload.objects.filter(use_case=audit.use_case_id).without_days()
    names = {str(kept.pk): kept.name for kept in own}
    rows = [[*_month(month, names)] for month in months]
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="audit.exported",
        subject=str(audit.pk),
        kind="outcomes",
    )
    return _file(f"{audit.use_case.reference}-outcomes", _MONTH_HEADINGS, rows)


def _month(month: ComparedMonth, names: dict[str, str]) -> Iterator[object]:
    """Yield the cells of a month; its amounts by causes add up to the difference."""
    has_range = month.low != month.high
    yield f"{month.first:%Y-%m}"
    yield month.said
    yield from (month.low, month.high) if has_range else ("", "")
    yield _known(month.seen)
    yield PLACE_NAMES[month.place]
    yield _known(month.difference)
    single = {part.causes[0]: part for part in month.parts if len(part.causes) == 1}
    for cause in CAUSES:
        part = single.get(cause)
        yield _known(part.amount if part else None)
    several = [part for part in month.parts if len(part.causes) > 1]
    known = [part.amount for part in several if part.amount is not None]
    yield sum(known) if known else ""
    yield "; ".join(causes_named(x.causes) for x in several if x.amount is not None)
    yield "; ".join(causes_named(x.causes) for x in month.parts if x.amount is None)
    yield _yes(is_true=month.is_at_list_prices)
    yield _yes(is_true=month.is_synthetic)
    yield names.get(month.file, "")


@members_only
@limited(EXPORTS)
@require_GET
def calibration_csv(request: MemberRequest) -> HttpResponse:
    """Send how often ranges held, by use case."""
    found = calibrated()
    rows = [[*_use_case(row)] for row in (*found.rows, *found.synthetic)]
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="portfolio.exported",
        subject="calibration",
        kind="csv",
    )
    return _file(f"calibration-{timezone.localdate()}", _HEADINGS, rows)


def _use_case(row: UseCaseRow) -> Iterator[object]:
    use_case, found = row.use_case, row.held
    yield from (use_case.reference, use_case.name, str(use_case.team))
    yield _yes(is_true=row.is_synthetic)
    yield from (found.compared, found.inside, found.above, found.below)
    yield from (found.no_range, found.difference)
    yield causes_named(found.causes) if found.causes else ""
    yield found.by_causes if found.causes else ""


def _known(amount: object) -> object:
    return "" if amount is None else amount


def _yes(*, is_true: bool) -> str:
    return "yes" if is_true else "no"


def _file(
    name: str, headings: Iterable[str], rows: Iterable[Iterable[object]]
) -> HttpResponse:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([safe_cell(x) if isinstance(x, str) else x for x in row])
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),  # tells a spreadsheet the encoding
        content_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
