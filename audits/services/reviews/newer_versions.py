"""Offers drafts a newer version of their framework, and moves them to it."""

from dataclasses import dataclass

from django.db import transaction

from audits.frameworks.answering.moving import moved
from audits.frameworks.answering.renewal import changed_questions
from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.models import Audit, User, Version
from audits.models.audits import values
from audits.scoring.inputs import codes_of
from audits.services.answers.answers import AuditLocked, locked_audit
from audits.services.answers.merging import Sender
from audits.services.answers.putting import put_entry
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.reviews.drafts.renewals import listed
from audits.services.verdicts.assessments import (
    SCORE_FIELDS,
    assess_today,
    framework_of,
    store_score,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewerVersion:
    """A version that a draft could move to, and how many questions differ in it."""

    framework: Framework
    added: int
    reworded: int


def newer_version_of(audit: Audit) -> NewerVersion | None:
    """Return the version that a draft may move to; None if it has the newest."""
    newest = loader.current()
    if not audit.is_draft or not _is_older(audit, newest):
        return None
    before = framework_of(audit)
    changed = changed_questions(before, newest)
    added = [c for c in changed if c.question.id not in before.question_by_id]
    return NewerVersion(
        framework=newest, added=len(added), reworded=len(changed) - len(added)
    )


@transaction.atomic
def move_draft(*, audit: Audit, by: User) -> Audit:
    """Move a draft and its answers to the current version; twice is one move.

    An answer that the version has in another form is given that form, as a version of
    its own. One that it does not ask for is taken back, and stays in the history.

    Raises:
        AuditLocked: The audit is not a draft.
    """
    audit, newest = locked_audit(audit), loader.current()
    if not audit.is_draft:
        raise AuditLocked
    if not _is_older(audit, newest):
        return audit
    before = audit.framework_version
    versions = _moved_answers(audit, newest, by)
    audit.framework_version = newest.version
    audit.framework_hash = newest.content_hash
    audit.revision += 1
    assessment = assess_today(audit, open_only=True)
    store_score(audit, assessment)
    audit.save(
        update_fields=[
            *("answers", "framework_version", "framework_hash", "revision"),
            *SCORE_FIELDS,
        ]
    )
    Version.objects.bulk_create(versions)
    update_portfolio_row(audit, assessment)
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.moved",
        subject=str(audit.pk),
        before=before,
        version=newest.version,
        answers=sorted(version.item for version in versions),
    )
    return audit


def _is_older(audit: Audit, newest: Framework) -> bool:
    return audit.framework == newest.name and audit.framework_version < newest.version


def _moved_answers(audit: Audit, newest: Framework, by: User) -> list[Version]:
    """Give every answer the form of a version; return the versions of what changed."""
    given = codes_of(values(audit.answers))
    codes = moved(framework_of(audit), newest, given)
    changed = [q for q in {**given, **codes} if given.get(q) != codes.get(q)]
    return [
        put_entry(
            audit,
            ("answer", question),
            listed(codes[question]) if question in codes else None,
            by=by,
            sender=Sender(),
        )
        for question in changed
    ]
