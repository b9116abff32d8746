"""The file in a paper that lets anybody recompute its verdict."""

from collections.abc import Sequence

from audits.models import Audit, Cover, Review
from audits.reports.typesetting.pdf import Enclosure
from audits.scoring import Assessment
from audits.scoring.exchange import provenance
from audits.scoring.exchange.page_one import (
    ConditionSays,
    OverrideSays,
    after_board,
    page_one_says,
)
from audits.scoring.exchange.provenance import Provenance, RecordLine
from audits.scoring.money.states import plan_state
from audits.services.due.asking import asking_of
from audits.services.due.board_decisions import said_by_board
from audits.services.due.contradictions import contradiction_of
from audits.services.due.overriding import overriding_of
from audits.services.verdicts.assessments import framework_of

DESCRIPTION = "The whole assessment and the answers needed to recompute it"


def provenance_of(
    audit: Audit,
    assessment: Assessment,
    template: str,
    record: RecordLine | None = None,
) -> Provenance:
    """Return the provenance of a submitted audit's assessment.

    Raises:
        ValueError: The audit is a draft.
    """
    if audit.submitted_at is None:
        message = "only a submitted audit has an assessment to come from"
        raise ValueError(message)
    return provenance.provenance(
        assessment,
        audit.given_codes,
        number=audit.use_case.reference,
        template=template,
        submitted_at=audit.submitted_at,
        record=record,
    )


def attachment_of(
    audit: Audit,
    assessment: Assessment,
    facts: Provenance,
    cover: Cover,
    reviews: Sequence[Review],
) -> Enclosure:
    """Return the file; equal papers have equal bytes of it."""
    framework, state = framework_of(audit), plan_state(audit.use_case.stage)
    asking = asking_of(audit, cover)
    says = page_one_says(
        framework,
        assessment,
        cover.decision_asked,
        state,
        asking,
        conditions=_conditions(reviews),
        review_due=found.sentence if (found := contradiction_of(audit)) else "",
        override=_override(audit),
    )
    if board := said_by_board(audit):
        says = after_board(says, is_decided=True, granted=board.granted)
    values = provenance.content(facts, assessment, audit.given_codes, says)
    return Enclosure(
        name=provenance.FILE_NAME,
        description=DESCRIPTION,
        content=provenance.written(values),
        dated=facts.submitted_at,
    )


def _override(audit: Audit) -> OverrideSays | None:
    found = overriding_of(audit)
    if found is None:
        return None
    return OverrideSays(
        verdict=found.verdict,
        by=found.by,
        on=found.on.isoformat(),
        words=found.words,
    )


def _conditions(reviews: Sequence[Review]) -> tuple[ConditionSays, ...]:
    """Return the conditions of the last review of a submission."""
    return tuple(
        ConditionSays(
            words=each.words,
            owner=str(each.owner),
            due_on=each.due_on.isoformat(),
            state=each.state,
            holds_money=each.holds_money,
        )
        for each in (reviews[-1].asked if reviews else ())
    )
