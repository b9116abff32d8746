"""Which verdict the answers of a second opinion give."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from audits.frameworks.evaluation import Code
from audits.models import Audit, SecondOpinion, User
from audits.models.queries.written_once import written_once
from audits.models.sign_offs.second_opinions import how_it_compares
from audits.scoring import Assessment
from audits.scoring.proposals.counted_words import listed
from audits.services.verdicts.assessments import (
    assess_inputs,
    assessment_of,
    framework_of,
)


def own_verdict(audit: Audit, opinion: SecondOpinion) -> str:
    """Say which verdict the answers of an opinion give, and whether it is another.

    They count in place of the submission's, with its evidence. What the reviewer does
    not know keeps the answer of the submission, and so does what prices or test results
    answer.

    Args:
        audit: The audit.
        opinion: A second opinion on its submission that waits.
    """
    now, then = assessment_of(audit), _then(audit, opinion)
    return " ".join(filter(None, (_verdict_said(now, then), _not_known(opinion))))


def dissent_on(audit: Audit, by: User | None = None) -> str:
    """Say which other verdict second opinions on a submission give; empty if none does.

    Args:
        audit: The audit, which waits or is signed off.
        by: Whose opinion is meant; without anybody, all are.

    Note: one query, and none of a draft.
    """
    if audit.submitted_at is None:
        return ""
    found = _given_on(audit=audit.pk, submitted=audit.submitted_at)
    others = {
        opinion.by: name
        for opinion in found
        if by in (None, opinion.by) and (name := other_verdict(audit, opinion))
    }
    if not others:
        return ""
    if by:
        return f"Your second opinion gives another verdict: {others[by]}."
    said = listed([f"{name}, by {person}" for person, name in others.items()])
    return f"A second opinion gives another verdict: {said}."


@written_once
def _given_on(*, audit: UUID, submitted: datetime) -> QuerySet[SecondOpinion]:
    found = SecondOpinion.objects.filter(audit=audit, submitted_at=submitted)
    return found.select_related("by").order_by("at", "pk")


def other_verdict(audit: Audit, opinion: SecondOpinion) -> str:
    """Return the verdict that the answers of an opinion give; empty if it is the same.

    Args:
        audit: The audit.
        opinion: A second opinion on its current submission.
    """
    then = _then(audit, opinion)
    return "" if then.named == assessment_of(audit).named else then.named.name


def _then(audit: Audit, opinion: SecondOpinion) -> Assessment:
    """Return what is decided with the answers of an opinion."""
    framework, now = framework_of(audit), assessment_of(audit)
    own = {
        row["question"]: _code(row, framework.question_by_id[row["question"]].kind)
        for row in opinion.rows
        if how_it_compares(row) == "differs" and not row.get("worked_out")
    }
    inputs = replace(audit.inputs, codes={**audit.inputs.codes, **own})
    return assess_inputs(framework, inputs, now.on or timezone.localdate())


def _code(row: Mapping[str, Any], kind: str) -> Code:
    return str(row["own"][0]) if kind == "one" else tuple(row["own"])


def _verdict_said(now: Assessment, then: Assessment) -> str:
    more = then.provisional is not None and now.provisional is None
    until = ", until what they bring up is answered" if more else ""
    if then.named == now.named:
        return f"With these answers, the verdict is the same: {now.named.name}{until}."
    return (
        f"With these answers, the verdict is another: {then.named.name} instead of "
        f"{now.named.name}{until}."
    )


def _not_known(opinion: SecondOpinion) -> str:
    """Name what the reviewer does not know; empty if they know all."""
    names = [
        f"“{row['label']}”"
        for row in opinion.rows
        if how_it_compares(row) == "not known" and not row.get("worked_out")
    ]
    if not names:
        return ""
    keeps = "keeps the answer" if len(names) == 1 else "keep the answers"
    return f"Not known to {opinion.by}: {listed(names)}, which {keeps} of the team."
