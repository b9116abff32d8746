"""Freezes for a pack what happened after the signed papers of its use cases."""

from typing import Any

from django.utils import timezone

from audits.models import AuditQuerySet, Outcome, UsageUpload


def frozen_outcomes(audits: AuditQuerySet) -> dict[str, dict[str, Any]]:
    """Return the months that usage files say of use cases, by the id of a use case.

    Each has its `name`, its `months` as `scoring.tracking.outcomes` stores them, those
    of its oldest paper first, the days on which these papers were `signed`, what it is
    counted with a month `now`, and the names of its usage `files`, by id. A use case
    without such months has none.

    Args:
        audits: The current audits of the use cases.
    """
    use_cases = audits.order_by().values("use_case_id")
    shown: Any = Outcome.objects.exclude(months=[]).filter(
        audit__use_case__in=use_cases
    )
    found: dict[str, dict[str, Any]] = {}
    for each in (
        shown.select_related("audit__use_case")
        .only("months", "audit__use_case__name", "audit__signed_off_at")
        .order_by("audit__signed_off_at", "pk")
    ):
        use_case = each.audit.use_case
        begun: dict[str, Any] = {"months": [], "signed": [], "files": {}, "now": None}
        kept = found.setdefault(str(use_case.pk), {"name": use_case.name, **begun})
        kept["months"] += each.months
        if signed := each.audit.signed_off_at:
            kept["signed"].append(timezone.localdate(signed).isoformat())
    if found:
        _name_files(found, use_cases)
        _count_now(found, audits)
    return found


def _name_files(found: dict[str, dict[str, Any]], use_cases: Any) -> None:
    named = UsageUpload.objects.filter(use_case__in=use_cases)
    names = {str(pk): name for pk, name in named.values_list("pk", "name")}
    for kept in found.values():
        used = dict.fromkeys(month["file"] for month in kept["months"])
        kept["files"] = {file: names[file] for file in used}


def _count_now(found: dict[str, dict[str, Any]], audits: AuditQuerySet) -> None:
    rows = audits.order_by().values_list("use_case_id", "portfolio_row__spend")
    for use_case, spend in rows:
        if (kept := found.get(str(use_case))) and spend is not None:
            kept["now"] = str(spend)
