"""What a colleague answered of what they were asked."""

from collections.abc import Sequence
from uuid import UUID

from audits.frameworks.loading import loader
from audits.models import AnswerRequest, Version


def labels_answered(asks: Sequence[AnswerRequest]) -> dict[UUID, list[str]]:
    """Return the questions that were answered of each closed request, in their order.

    They are those that who closed it has answered since it was made. All others had
    their answers before, or have none.

    Args:
        asks: Requests with their audits.
    """
    closed = [ask for ask in asks if ask.closed_at and ask.closed_by_id]
    if not closed:
        return {}
    given = Version.objects.filter(
        audit__in={ask.audit_id for ask in closed},
        by__in={ask.closed_by_id for ask in closed},
        kind=Version.Kind.ANSWER,
        set_aside=False,
        value__isnull=False,
    )
    found = [*given.values_list("audit", "by", "item", "at")]
    return {
        ask.pk: _labels(
            ask,
            {
                item
                for audit, by, item, at in found
                # Answers are stamped to the second.
                if (audit, by) == (ask.audit_id, ask.closed_by_id)
                and ask.at.replace(microsecond=0) <= at
                and ask.closed_at
                and at <= ask.closed_at
            },
        )
        for ask in closed
    }


def _labels(ask: AnswerRequest, items: set[str]) -> list[str]:
    framework = loader.published(ask.audit.framework, ask.audit.framework_version)
    return [
        question.label
        for question in framework.questions
        if question.id in items
        and question.section == ask.section
        and ask.question in ("", question.id)
    ]
