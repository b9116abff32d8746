"""Use cases of one team with one name, of which the later may hide the earlier."""

from audits.models import Audit, UseCase
from audits.services.verdicts.assessments import verdict_shown

_MOST_NAMED = 5
_READ = ("framework", "framework_version", "verdict", "comes_first", "override")


def namesakes_said(use_case: UseCase) -> str:
    """Return which other use cases of the same team have the same name; may be empty.

    Its case does not matter. Nothing is refused: a team may have a good reason.

    Note: one query.
    """
    others = UseCase.objects.filter(team=use_case.team_id, name__iexact=use_case.name)
    others = others.exclude(pk=use_case.pk).select_related("portfolio_row__audit")
    fields = (f"portfolio_row__audit__{name}" for name in _READ)
    read = others.only("number", "portfolio_row__use_case", *fields)
    found = [*read.order_by("number")[: _MOST_NAMED + 1]]
    if not found:
        return ""
    is_one = len(found) == 1
    whose = f"of {use_case.team} {'has' if is_one else 'have'} this name"
    named = [_named(each) for each in found[:_MOST_NAMED]]
    more = ["and more"] if len(found) > _MOST_NAMED else []
    what = "Another use case" if is_one else "Other use cases"
    return f"{what} {whose}: {', '.join([*named, *more])}."


def _named(use_case: UseCase) -> str:
    audit: Audit = use_case.portfolio_row.audit
    verdict = verdict_shown(audit)
    said = f"verdict “{verdict.name}”" if verdict else "no verdict yet"
    return f"{use_case.reference} ({said})"
