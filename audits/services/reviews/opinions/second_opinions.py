"""Second opinions: who may give one, and on which questions.

The reviewer sees the questions, the evidence and the notes, and neither the answers nor
the verdict (docs/decisions/0167).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audits.frameworks.questions import UNKNOWN, Question
from audits.models import Audit, Organization, SecondOpinion, User
from audits.models.sign_offs.second_opinions import Counted
from audits.scoring.summary.sureness import deciding_questions
from audits.services.answers.answers import locked_audit
from audits.services.record import events
from audits.services.reviews.authorship import answers_by_person
from audits.services.reviews.opinions.own_verdict import own_verdict
from audits.services.verdicts.assessments import assessment_of, framework_of

_OWN = "You submitted this audit, so a second opinion takes somebody else."
_ANSWERED = "You answered questions of this audit, so you know its answers."
GIVEN = "You have given your second opinion on this submission."


class NotBlind(Exception):  # noqa: N818 - the state it is in, not a fault
    """The person may not give a second opinion; the text says why."""


class NotWaiting(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit is not in review, or another submission of it is by now."""


class LacksOpinion(Exception):  # noqa: N818 - the state it is in, not a fault
    """The organization asks for a second opinion before a sign-off."""


def why_no_opinion(audit: Audit, reviewer: User) -> str:
    """Return why a reviewer may give no second opinion; empty if they may."""
    if audit.submitted_by_id == reviewer.pk:
        return _OWN
    if answers_by_person(audit).get(reviewer.pk):
        return _ANSWERED
    own = SecondOpinion.objects.of_submission(audit).filter(by=reviewer)
    return GIVEN if own.exists() else ""


def questions_of(audit: Audit) -> tuple[Question, ...]:
    """Return the deciding questions of a submission, as page 1 counts them."""
    framework = framework_of(audit)
    deciding = deciding_questions(framework, assessment_of(audit))
    return tuple(q for q in framework.questions if q.id in deciding)


def worked_out(audit: Audit) -> frozenset[str]:
    """Return the questions that no person answered: prices or test results did."""
    known = assessment_of(audit).codes.keys()
    return frozenset(known - audit.given_codes.keys())


@transaction.atomic
def give_second_opinion(
    *,
    audit: Audit,
    by: User,
    answers: Mapping[str, Iterable[str]],
    read: str,
    knew: str,
) -> SecondOpinion:
    """Keep a reviewer's own answers, and compare them with those of the submission.

    Args:
        audit: The audit; its row is read again and locked.
        by: The reviewer.
        answers: The codes that they chose of each question; none is "not known".
        read: When what they read was submitted, as text.
        knew: What they say that they had read of the submission before.

    Raises:
        NotWaiting: It is not in review, or was submitted again.
        NotBlind: They submitted or answered it, or have an opinion on it already.
    """
    audit = locked_audit(audit)
    if audit.state != Audit.State.IN_REVIEW or str(audit.submitted_at) != read:
        raise NotWaiting
    if why_not := why_no_opinion(audit, by):
        raise NotBlind(why_not)
    found = _stored(audit, by, _rows(audit, answers), SecondOpinion.Knew(knew))
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.second_opinion",
        subject=str(audit.pk),
        asked=found.asked,
        **asdict(found.counted),
        knew=found.knew,
    )
    return found


def _rows(audit: Audit, answers: Mapping[str, Iterable[str]]) -> list[dict[str, Any]]:
    codes = {**assessment_of(audit).codes, **audit.given_codes}
    by_nobody = worked_out(audit)
    return [
        {
            "question": each.id,
            "label": each.label,
            "team": _codes(codes[each.id]),
            "own": _codes(list(answers.get(each.id, ()))),
            **({"worked_out": True} if each.id in by_nobody else {}),
        }
        for each in questions_of(audit)
    ]


def _stored(
    audit: Audit, by: User, rows: list[dict[str, Any]], knew: SecondOpinion.Knew
) -> SecondOpinion:
    if audit.submitted_at is None:
        raise NotWaiting
    try:
        with transaction.atomic():
            return SecondOpinion.objects.create(
                organization=audit.organization,
                audit=audit,
                submitted_at=audit.submitted_at,
                by=by,
                rows=rows,
                knew=knew,
                asked=len(rows),
                alike=Counted.of(rows).alike,
            )
    except IntegrityError:
        raise NotBlind(GIVEN) from None


def _codes(code: Any) -> list[str]:
    """Return the codes of an answer in one order; none where it is not known."""
    codes = [code] if isinstance(code, str) else [*code]
    return sorted({*codes} - {UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A second opinion as the page of the sign-off shows it.

    `counted` says how many answers are alike, differ, or are not known to the reviewer;
    `apart` are those that are not alike. It is on the submission `of` an earlier day;
    None: on the one that waits for the sign-off. `verdict` says which verdict its
    answers give of that one; empty of another.
    """

    of: date | None
    by: str
    on: date
    asked: int
    counted: str
    knew: str
    apart: tuple[tuple[str, str, str], ...]
    verdict: str


def opinions_of(audit: Audit) -> tuple[Compared, ...]:
    """Return the second opinions on a submission and on those before it, in words."""
    asked = framework_of(audit).question_by_id
    return tuple(
        Compared(
            of=(
                timezone.localdate(each.submitted_at)
                if each.submitted_at != audit.submitted_at
                else None
            ),
            by=str(each.by),
            on=timezone.localdate(each.at),
            asked=each.asked,
            counted=each.counted.said,
            knew=each.knew,
            apart=tuple(
                (
                    row["label"],
                    _in_words(asked.get(row["question"]), row["team"]),
                    _in_words(asked.get(row["question"]), row["own"]),
                )
                for row in each.apart
            ),
            verdict=(
                own_verdict(audit, each)
                if each.submitted_at == audit.submitted_at
                else ""
            ),
        )
        for each in SecondOpinion.objects.of_any_submission(audit)
    )


def _in_words(question: Question | None, codes: list[str]) -> str:
    if not codes:
        return "Not known"
    names: dict[str, str] = {}
    if question:
        names |= {tick.id: tick.name for tick in question.ticks}
        names |= {option.id: option.name for option in question.options}
    return ", ".join(names.get(code, code) for code in codes)


def opinions_on(audit: Audit) -> list[str]:
    """Return what tells the second opinions on a submission from others."""
    given = SecondOpinion.objects.of_submission(audit).values_list("pk", flat=True)
    return [f"second opinion {pk}" for pk in given]


def lacks_opinion(audit: Audit, reviewer: User) -> bool:
    """Return whether the organization asks for an opinion of somebody else first."""
    if audit.organization.second_opinion_since is None:
        return False
    given = SecondOpinion.objects.of_submission(audit)
    return not given.exclude(by=reviewer).exists()


def require_opinion(audit: Audit, reviewer: User) -> None:
    """Refuse a sign-off that lacks a second opinion.

    Raises:
        LacksOpinion: The organization asks for one of somebody else, and there is none.
    """
    if lacks_opinion(audit, reviewer):
        raise LacksOpinion


@transaction.atomic
def ask_for_second_opinions(
    *, organization: Organization, by: User, asked: bool
) -> None:
    """Ask for a second opinion before each sign-off, or no longer.

    Args:
        organization: The organization; its row is read again and locked.
        by: The administrator.
        asked: Whether one is needed; what is so already leaves no event.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(
        pk=organization.pk
    )
    if (organization.second_opinion_since is not None) is asked:
        return
    organization.second_opinion_since = timezone.localdate() if asked else None
    organization.save(update_fields=["second_opinion_since"])
    events.record(
        organization=organization,
        actor=by,
        verb="organization.second_opinion",
        subject=str(organization.pk),
        asked=asked,
    )
