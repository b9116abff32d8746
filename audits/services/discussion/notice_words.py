"""What a row of an inbox is about, in words that every page says alike."""

from collections.abc import Iterable
from datetime import date
from typing import cast
from uuid import UUID

from audits.frameworks.loading import loader
from audits.frameworks.questions import Question
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.models import BoardDecision, NoticeKind
from audits.models.inbox.columns import Notice

_OTHERS = {"number": "A number", "candidate": "Test results"}


def label_of(notice: Notice) -> str:
    """Return the question, section, model or verdict of a row; empty without one."""
    if notice.kind == NoticeKind.RETIRES:
        return in_force.current().models[notice.item].name
    if notice.kind == NoticeKind.OVERRIDDEN:
        return _verdict(notice)
    if question := question_of(notice):
        return question.label
    framework = _framework(notice)
    if framework and framework.in_section(notice.section):
        return next(s for s in framework.sections if s.id == notice.section).title
    return _OTHERS.get(notice.section, "")


def ends_on(notice: Notice) -> date | None:
    """Return when a model is shut down, or by when a condition or a decision is due.

    It is None for all other rows.
    """
    if notice.kind == NoticeKind.RETIRES:
        retires = in_force.current().models[notice.item].retires
        return retires.day if retires else None
    with_day = (
        *(NoticeKind.CONDITION, NoticeKind.LATE),
        *(NoticeKind.NOT_DONE, NoticeKind.CARRY_OUT),
    )
    has_day = notice.kind in with_day
    return date.fromisoformat(notice.flag) if has_day else None


def granted_of(notices: Iterable[Notice]) -> dict[UUID, str]:
    """Return what a board approved, by audit, for those who have to carry it out.

    Note: one query, only where somebody has to.
    """
    kinds = (NoticeKind.CARRY_OUT, NoticeKind.NOT_DONE)
    audits = {notice.audit_id for notice in notices if notice.kind in kinds}
    found = BoardDecision.objects.in_force().filter(audit__in=audits) if audits else ()
    return {each.audit_id: each.granted for each in found}


def question_of(notice: Notice) -> Question | None:
    """Return the question that a row is about; None without one."""
    framework = _framework(notice)
    return framework.question_by_id.get(notice.item) if framework else None


def _verdict(notice: Notice) -> str:
    """Return the verdict that a reviewer chose; empty for a taking back."""
    framework = _framework(notice)
    if framework is None:
        return ""
    words = framework.verdicts.get(cast("Verdict", notice.flag))
    return words.name if words else ""


def _framework(notice: Notice) -> Framework | None:
    try:
        return loader.published(notice.framework, notice.framework_version)
    except LookupError:  # one that this release no longer ships
        return None
