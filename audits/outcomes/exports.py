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
from audits.outcomes.calibration import Calibration, PaperRow, calibrated
from audits.outcomes.coverage import Coverage, NotCompared
from audits.outcomes.page import outcome_of
from audits.scoring.causes.split import CAUSES
from audits.scoring.tracking.calibration import Held
from audits.scoring.tracking.outcome_words import cause_of, weak_because
from audits.scoring.tracking.outcomes import ComparedMonth, months_of
from audits.scoring.tracking.words import CAUSE_NAMES, STANDING_NAMES, causes_named
from audits.services.record.downloads import record_download
from audits.uploads.tables.cells import safe_cell

_MONTH_HEADINGS = (
    *("Month", "Said (USD)", "Range from (USD)", "Range to (USD)", "Cost (USD)"),
    *("Against the range", "Difference (USD)"),
    *(f"From {CAUSE_NAMES[cause]} (USD)" for cause in CAUSES),
    *("From several causes together (USD)", "Which several causes", "Not known"),
    *("No bill: computed at list prices", "Days without use", "Synthetic", "File"),
    *("Usage said (USD)", "Usage (USD)", "Why a weak test"),
    "List prices checked on",
)
_COUNTS = (
    *("Months compared", "Inside", "Above", "Below", "Weak tests", "Without a range"),
    *("First month", "Last month", "Said (USD)", "Cost (USD)", "Difference (USD)"),
    *("More (USD)", "Less (USD)", "Widest gap in a month and its largest cause"),
)
_HEADINGS = (
    *("Reference", "Use case", "Team", "Paper", "Synthetic", *_COUNTS),
    *("What runs, live and signed off (USD a month)", "Why not compared"),
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
    yield STANDING_NAMES[month.standing]
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
    yield month.quiet
    yield _yes(is_true=month.is_synthetic)
    yield names.get(month.file, "")
    yield month.usage_said
    yield _known(month.usage)
    yield weak_because(month)
    yield month.prices_checked.isoformat() if month.prices_checked else ""


@members_only
@limited(EXPORTS)
@require_GET
def calibration_csv(request: MemberRequest) -> HttpResponse:
    """Send how often ranges held, by paper, with all of real usage as the last."""
    found = calibrated()
    rows = [
        *([*_paper(row, found.coverage)] for row in found.rows),
        *([*_paper(row, found.coverage)] for row in found.synthetic),
        *([*_not_compared(each)] for each in found.coverage.others),
        [*_all(found)],
    ]
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="portfolio.exported",
        subject="calibration",
        kind="csv",
    )
    return _file(f"calibration-{timezone.localdate()}", _HEADINGS, rows)


def _paper(row: PaperRow, coverage: Coverage) -> Iterator[object]:
    use_case = row.use_case
    yield from (use_case.reference, use_case.name, str(use_case.team), row.name)
    yield _yes(is_true=row.is_synthetic)
    yield from _counts(row.held)
    is_covered = row.held.compared > 0 and not row.is_synthetic
    yield _known(coverage.months.get(row.audit.pk)) if is_covered else ""
    yield ""


def _not_compared(each: NotCompared) -> Iterator[object]:
    """Yield the cells of a use case that is live and has no compared month."""
    yield from (each.row.reference, each.row.name, str(each.row.team), "", "")
    yield from ("" for _ in _COUNTS)
    yield from (_known(each.month), each.why)


def _all(found: Calibration) -> Iterator[object]:
    """Yield the cells of all real usage together."""
    yield from ("", "All that is not synthetic", "", "", _yes(is_true=False))
    yield from _counts(found.held)
    yield from (found.coverage.month, "")


def _counts(found: Held) -> Iterator[object]:
    yield from (found.compared, found.inside, found.above, found.below)
    yield from (found.weak, found.no_range)
    yield from (f"{x:%Y-%m}" if x else "" for x in (found.first, found.last))
    yield from (found.said, found.seen, found.difference, found.more, found.less)
    yield cause_of(found)


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
