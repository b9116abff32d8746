"""What the page of an audit's outcome shows."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from audits.access.members import MemberRequest
from audits.landscape import in_force
from audits.models import Audit, Outcome, RemovedUsage, ResultsCheck, UsageUpload
from audits.outcomes.forms import ResultsFileForm
from audits.outcomes.range_bars import RangeBar, range_bars
from audits.scoring.retests.evidence import measured_conditions
from audits.scoring.retests.standing import standing
from audits.scoring.scored.words import name_of
from audits.scoring.tracking.calibration import held, range_message
from audits.scoring.tracking.outcome_words import weak_because
from audits.scoring.tracking.outcomes import ComparedMonth, months_of
from audits.scoring.tracking.said import NotComparedError
from audits.scoring.tracking.words import (
    STANDING_NAMES,
    cause_sentence,
    list_price_sentence,
    quiet_days,
    rest_sentence,
    said_sentences,
)
from audits.services.read_files.newer_results import steps_of
from audits.services.read_files.outcomes import said_in
from audits.services.read_files.signed_papers import signed_beside
from audits.services.read_files.usage_doubts import usage_repeated
from audits.services.read_files.usage_uploads import files_with_numbers
from audits.services.verdicts.assessments import framework_of
from audits.usage.spellings import spellings
from audits.usage.words import period
from audits.usage_forms import UsageFileForm

_MOST_CHECKS = 50
RESULTS_ID = "results_%s"  # beside another form with a file


def show_outcomes(
    request: MemberRequest,
    audit: Audit,
    *,
    form: UsageFileForm | None = None,
    results_form: ResultsFileForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show what the paper of an audit said, and what happened.

    Args:
        request: Whose request it is.
        audit: An audit that was signed off.
        form: The form for a usage file, if it was sent.
        results_form: That for a results file, likewise.
        status: The status of the answer.
    """
    outcome = outcome_of(audit)
    months = months_of(outcome.months) if outcome else ()
    files = [*_files_of(audit)]
    names = {str(kept.pk): kept.name for kept in files}
    before, own, after = signed_beside(audit)
    checks = [*ResultsCheck.objects.filter(audit=audit).select_related("by")]
    stands = standing(checks)
    contradicts = stands is not None and stands.state == ResultsCheck.State.DIFFERS
    context = {
        "nav": "portfolio",
        "audit": audit,
        "use_case": audit.use_case,
        **_said(audit),
        "paper": own,
        "before": before,
        "after": after,
        **_compared(months, names),
        "rest": rest_sentence(months[0].rest, of="each month")
        if months and months[0].rest
        else "",
        "has_synthetic": any(month.is_synthetic for month in months),
        "has_several": len({month.file for month in months}) > 1,
        "left_out": _left_out(outcome, files),
        "repeated": usage_repeated(audit.use_case) if files else (),
        "files": [*_file_rows(audit, files)],
        "removed": RemovedUsage.objects.filter(
            use_case=audit.use_case_id
        ).select_related("by"),
        "renewal": Audit.objects.renewals_of(audit).first() if contradicts else None,
        "may_begin": contradicts and audit.state == Audit.State.SIGNED_OFF,
        "may_contribute": request.membership.may_contribute,
        "form": form or UsageFileForm(),
        "results_form": results_form or ResultsFileForm(auto_id=RESULTS_ID),
        "conditions": measured_conditions(framework_of(audit), audit.inputs),
        "to_test": [name_of(row) for row in steps_of(audit)],
        "checks": checks[:_MOST_CHECKS],
        "stands": stands,
        "earlier_checks": max(len(checks) - _MOST_CHECKS, 0),
    }
    return render(request, "outcomes/outcomes.html", context, status=status)


def outcome_of(audit: Audit) -> Outcome | None:
    """Return what happened after an audit, as it is stored."""
    found: Outcome | None = Outcome.objects.filter(audit=audit).first()
    return found


def _files_of(audit: Audit) -> "QuerySet[UsageUpload]":
    own = UsageUpload.objects.filter(use_case=audit.use_case_id).without_days()
    return own.select_related("added_by").order_by("-added_at", "pk")


def _said(audit: Audit) -> dict[str, Any]:
    try:
        said = said_in(audit)
    except NotComparedError as error:
        return {"why_not": str(error)}
    return {"said": said.month.as_printed, "sentences": [*said_sentences(said)]}


def _message(months: Sequence[ComparedMonth]) -> str:
    """Say how often the range held; invented months count only where no others are."""
    real = [month for month in months if not month.is_synthetic]
    said = range_message(held(real or months))
    return f"{said}, of synthetic usage" if months and not real else said


def _compared(months: Sequence[ComparedMonth], names: dict[str, str]) -> dict[str, Any]:
    both = zip(months, range_bars(months), strict=True)
    rows = [_row(month, names, bar) for month, bar in both]
    return {"message": _message(months), "months": rows}


def _row(
    month: ComparedMonth, names: dict[str, str], bar: RangeBar | None
) -> dict[str, Any]:
    return {
        "month": month,
        "bar": bar,
        "standing": STANDING_NAMES[month.standing],
        "weak": weak_because(month),
        "computed": list_price_sentence(month.prices_checked)
        if month.is_at_list_prices and month.seen is not None
        else "",
        "causes": cause_sentence(month.parts),
        "quiet": quiet_days(month.quiet) if month.quiet else "",
        "file": names.get(month.file, ""),
    }


def _left_out(
    outcome: Outcome | None, files: list[UsageUpload]
) -> list[tuple[str, list[str]]]:
    said = outcome.left_out if outcome else {}
    found = [(kept.name, said.get(str(kept.pk), [])) for kept in files]
    return [(name, sentences) for name, sentences in found if sentences]


def _models(kept: UsageUpload) -> Iterator[str]:
    """Yield the models that count of a file, each with all of its spellings."""
    known = in_force.current().models
    for names in spellings(kept.counted_models, known):
        told = " and ".join(name or "one without a name" for name in names)
        model = known.get(kept.meant_models.get(names[0] or ""))
        yield f"{told} (counts as {model.name})" if model else told


def _file_rows(audit: Audit, files: list[UsageUpload]) -> Iterator[dict[str, Any]]:
    stays = files_with_numbers(audit.use_case, files)
    for kept in files:
        yield {
            "kept": kept,
            "period": period(kept.first, kept.last),
            "models": None if kept.counted_models is None else [*_models(kept)],
            "stays": kept.pk in stays,
        }
