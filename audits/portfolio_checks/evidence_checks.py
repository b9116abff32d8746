"""The check of evidence that has become old."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, Q

from audits.frameworks.loading import loader
from audits.models import Evidence, PortfolioRow, PortfolioRowQuerySet, ResultsFile
from audits.models.portfolio.filters import STOPPED
from audits.portfolio_checks.check import PortfolioCheck
from audits.scoring.days import in_words

_YEAR = timedelta(days=365)


def _old(rows: PortfolioRowQuerySet, today: date) -> PortfolioRowQuerySet:
    """Return the rows with old evidence behind a measurement, and no newer one."""
    last = today - _YEAR
    behind = Evidence.objects.filter(
        audit=OuterRef("audit"), question__in=_measurements()
    )
    newer = Evidence.objects.filter(
        audit=OuterRef("audit"),
        question=OuterRef("question"),
        added_at__date__gte=last,
    )
    old = behind.filter(~Exists(newer), added_at__date__lt=last)
    results = ResultsFile.objects.filter(use_case=OuterRef("use_case"))
    all_old = Exists(results) & ~Exists(results.filter(added_at__date__gte=last))
    return rows.filter(Q(Exists(old)) | Q(all_old)).exclude(STOPPED)


def _measurements() -> list[str]:
    return sorted(loader.current().measurements)


def _tell(rows: Sequence[PortfolioRow], today: date) -> Mapping[int, str]:
    last = today - _YEAR
    newest = (
        Evidence.objects.filter(
            audit__in=[row.audit_id for row in rows], question__in=_measurements()
        )
        .order_by()
        .values_list("audit", "question")
        .annotate(newest=Max("added_at"))
    )
    labels = {x.id: x.label for x in loader.current().questions}
    said: dict[object, list[str]] = defaultdict(list)
    for audit, question, at in newest:
        if at.date() < last:
            said[audit].append(f"“{labels[question]}” of {in_words(at.date())}")
    files = (
        ResultsFile.objects.filter(use_case__in=[row.use_case_id for row in rows])
        .order_by()
        .values_list("use_case")
        .annotate(newest=Max("added_at"))
    )
    for use_case, at in files:
        if at.date() < last:
            said[use_case].append(f"test results of {in_words(at.date())}")
    return {
        row.pk: "; ".join((*said[row.audit_id], *said[row.use_case_id])) for row in rows
    }


EVIDENCE_CHECKS = (
    PortfolioCheck(
        id="old-evidence",
        name="Old evidence",
        severity="medium",
        text="The link or file behind a measurement, or all its test results, are "
        "older than a year.",
        mend="Measure again, or say that it still holds and add newer evidence.",
        find=_old,
        tell=_tell,
    ),
)
