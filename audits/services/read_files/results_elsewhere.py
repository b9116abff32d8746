"""Finds other use cases of an organization with the same results files or cases."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from audits.evaluations.numbered import identifies
from audits.models import Audit, ResultsFile, Version
from audits.scoring.told.elsewhere_results import TestedElsewhere
from audits.services.verdicts.assessments import verdict_shown

_MOST_READ = 200
_ROW = "use_case__portfolio_row"
_READ = (
    *("digest", "cases", "use_case__number", "use_case__name", f"{_ROW}__use_case"),
    *(
        f"{_ROW}__audit__{name}"
        for name in (
            *("framework", "framework_version"),
            *("verdict", "comes_first", "override"),
        )
    ),
)


def results_elsewhere(
    audit: Audit, kept: ResultsFile | None = None
) -> tuple[TestedElsewhere, ...]:
    """Return the other use cases with files of an audit, or with the same cases.

    Args:
        audit: The audit.
        kept: A file of it of which nothing may be saved yet, which is looked for alone.

    Each member sees every use case of the organization, so all are named. Cases that
    are merely numbered, as in an empty template, are the same in no two files. A file
    counts once a result was saved from it. What was saved after the submission is none
    of it: what a paper says does not change.

    Note: one query, and none where no candidate is from a file.
    """
    rows = audit.given_candidates.rows
    saved = {row.sha256 for row in rows if row.sha256}
    digests = saved if kept is None else {kept.digest}
    if not digests:
        return ()
    files = ResultsFile.objects.filter(organization=audit.organization_id)
    own = files.filter(use_case=audit.use_case_id, digest__in=digests)
    cases = own.exclude(cases="").order_by().values("cases")
    others = files.exclude(use_case=audit.use_case_id).filter(
        Q(digest__in=digests) | Q(cases__in=cases)
    )
    others = others.filter(Exists(_saved_from(audit)))
    found: dict[int, TestedElsewhere] = {}
    read = others.select_related(f"{_ROW}__audit").only(*_READ)
    for each in read.order_by("use_case__number", "pk")[:_MOST_READ]:
        number, is_same = each.use_case.number, each.digest in digests
        if is_same or (number not in found and identifies(each.cases)):
            found[number] = _found(each, is_same=is_same)
    return tuple(found.values())


def _saved_from(audit: Audit) -> QuerySet[Version]:
    """Return the candidates that were saved from the file of an outer query."""
    saved = Version.objects.annotate(sha256=KeyTextTransform("sha256", "value")).filter(
        kind=Version.Kind.CANDIDATE,
        set_aside=False,
        audit__use_case=OuterRef("use_case"),
        sha256=OuterRef("digest"),
    )
    return saved.filter(at__lte=audit.submitted_at) if audit.submitted_at else saved


def _found(kept: ResultsFile, *, is_same: bool) -> TestedElsewhere:
    verdict = verdict_shown(kept.use_case.portfolio_row.audit)
    return TestedElsewhere(
        reference=kept.use_case.reference,
        name=kept.use_case.name,
        verdict=verdict.name if verdict else "",
        cases=None if is_same else int(kept.cases.partition("-")[0]),
    )
