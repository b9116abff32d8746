"""Starts a new audit that is to replace a signed-off one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from audits.frameworks.answering.moving import moved
from audits.frameworks.answering.renewal import ChangedQuestion, changed_questions
from audits.frameworks.evaluation import Code
from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.models import Audit, Evidence, User, Version
from audits.models.audits import values
from audits.scoring.inputs import codes_of
from audits.scoring.numbers import numbers
from audits.services.answers.answers import locked_audit
from audits.services.answers.levels import mark_shown
from audits.services.answers.putting import LED
from audits.services.due.contradictions import due_by_market
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.reviews.drafts.copying import versions_of
from audits.services.verdicts.assessments import (
    SCORE_FIELDS,
    assess_today,
    framework_of,
    store_score,
)

type Entries = dict[str, dict[str, Any]]
# What a link or file is, and who added it when.
_COMES_ALONG = (
    *("link", "file", "name", "media_type", "size", "digest"),
    *("added_by_id", "added_at"),
)


class NotSignedOff(Exception):  # noqa: N818 - the state it is in, not a fault
    """Only a signed-off audit can be followed by a new one; a draft can be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """The audit that a new one follows, and the questions to look at first.

    `due` says which change of the market made its review due; it is empty without.
    `files` names the files that stay with the earlier audit: the question that each
    was behind is not asked any more.
    """

    before: Audit
    due: str
    changed: tuple[ChangedQuestion, ...]
    files: tuple[str, ...]


@transaction.atomic
def begin_again(*, audit: Audit, by: User) -> Audit:
    """Start a new draft with the current framework and the earlier answers.

    The signed-off audit stays in force, and does not change, until the new one is
    signed off. Answers that the framework no longer accepts are left out. Doing it
    twice has no further effect.

    Raises:
        NotSignedOff: The audit is a draft, in review, or superseded by another.
    """
    old = locked_audit(audit)
    if old.state != Audit.State.SIGNED_OFF:
        raise NotSignedOff
    if begun := Audit.objects.renewals_of(old).first():
        return begun
    new = _draft_after(old, loader.current(), by)
    Version.objects.bulk_create(versions_of(new))
    Evidence.objects.bulk_create(_evidence(old, new))
    assessment = assess_today(mark_shown(new, again=True))
    store_score(new, assessment)
    new.save(update_fields=["levels", *SCORE_FIELDS])
    update_portfolio_row(new, assessment)
    events.record(
        organization=new.organization,
        actor=by,
        verb="audit.begun_again",
        subject=str(new.pk),
        supersedes=str(old.pk),
        version=new.framework_version,
    )
    return new


def renewal_of(audit: Audit) -> Renewal | None:
    """Return the audit before; None for the first one of a use case."""
    if audit.supersedes_id is None:
        return None
    before: Audit = Audit.objects.get(pk=audit.supersedes_id)
    stored = Evidence.objects.filter(audit=before).exclude(file="")
    asked = framework_of(audit).question_by_id
    files = tuple(each.name for each in stored if each.question not in asked)
    changed = changed_questions(framework_of(before), framework_of(audit))
    return Renewal(
        before=before, due=due_by_market(before), changed=changed, files=files
    )


def _draft_after(old: Audit, framework: Framework, by: User) -> Audit:
    given = codes_of(values(old.answers))
    codes = moved(framework_of(old), framework, given)
    new: Audit = Audit.objects.create(
        organization=old.organization,
        use_case=old.use_case,
        supersedes=old,
        copied_from_id=old.copied_from_id,
        copied_number=old.copied_number,
        framework=framework.name,
        framework_version=framework.version,
        framework_hash=framework.content_hash,
        answers=_answers(old.answers, codes, by),
        levels=_entries(old.levels, framework.question_by_id),
        numbers=_entries(old.numbers, numbers.KEYS),
        notes=_entries(old.notes, framework.question_by_id),
        candidates=_entries(old.candidates, old.candidates),
        strength_before=old.strength,
    )
    return new


def _answers(before: Entries, codes: Mapping[str, Code], by: User) -> Entries:
    """Return answers as the first of a new audit, as its version has them.

    An answer that only follows from others is by the person who starts it.
    """
    now = {"by": by.pk, "at": timezone.now().isoformat(timespec="seconds")}
    return {
        question: {
            **before.get(question, now),
            "value": listed(code),
            "version": 1,
            "tab": "",
            "seq": 0,
        }
        for question, code in codes.items()
    }


def listed(code: Code) -> str | list[str]:
    """Return a code as the document of answers has it."""
    return code if isinstance(code, str) else list(code)


def _entries(before: Entries, wanted: Any) -> Entries:
    """Return entries as the first of a new audit; their authors and times stay."""
    return {
        item: {
            **{name: x for name, x in entry.items() if name != LED},
            "version": 1,
            "tab": "",
            "seq": 0,
        }
        for item, entry in before.items()
        if item in wanted and entry["value"] is not None
    }


def _evidence(old: Audit, new: Audit) -> Iterator[Evidence]:
    """Yield the links and files behind answers, of which no byte is stored again."""
    asked = framework_of(new).question_by_id
    for each in Evidence.objects.filter(audit=old):
        if each.question in asked:
            yield Evidence(
                organization_id=new.organization_id,
                audit=new,
                question=each.question,
                given_for=each.given_for,
                **{name: getattr(each, name) for name in _COMES_ALONG},
            )
