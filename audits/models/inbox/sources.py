"""The rows of an inbox, which are stored elsewhere already.

Nothing is copied. What waits is there as long as it waits, and nobody reads about what
they may not see any more.
"""

import functools
import operator
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from audits.models.audits import Audit, number_of
from audits.models.discussion import AnswerRequest, Comment
from audits.models.events import Event
from audits.models.inbox.columns import Reader, Source, text_of
from audits.models.inbox.given import given_away
from audits.models.inbox.in_review import in_review
from audits.models.inbox.late import late
from audits.models.inbox.marks import NoticeKind
from audits.models.inbox.not_ready import not_ready
from audits.models.inbox.of_board import of_board, recorded
from audits.models.inbox.second_looks import second_looks
from audits.models.portfolio.filters import TRAINING_AT_RISK
from audits.models.portfolio.rows import PortfolioRow, PortfolioRowQuerySet
from audits.models.sign_offs.conditions import ConditionStep, SignOffCondition
from audits.models.sign_offs.reviews import Review
from audits.models.sign_offs.submissions import Submission
from audits.models.use_cases import Stage
from audits.models.versions import Version

WAITS = models.Q(set_aside=True, settled=False)

type Columns = models.QuerySet[Any, tuple[Any, ...]]


def state() -> Any:
    """Return a text that changes with what any inbox of the organization has.

    It is a part of a query that is asked on every page. Each change that an inbox
    reports adds a line to the record in its transaction, so the digest of the last line
    is enough. Only answers that wait for a choice add none; they are few.
    """
    last = Event.objects.order_by("-number").values("digest")[:1]
    waiting = Version.objects.filter(WAITS).order_by()
    newest = models.Func(models.F("pk"), function="MAX")
    return Concat(
        models.Subquery(last),
        text_of(" "),
        Cast(number_of(waiting), models.CharField()),
        text_of(" "),
        Cast(models.Subquery(waiting.values_list(newest)), models.CharField()),
        output_field=models.CharField(),
    )


def number_unread(reader: Reader) -> Any:
    """Return the number of unread rows, as a part of a query."""
    counts = (number_of(source.unread(reader)) for source in sources(reader))
    return functools.reduce(operator.add, counts)


def listed(
    reader: Reader,
    kinds: Container[str],
    *,
    unread: bool = False,
    waiting: bool = False,
) -> Columns | Sequence[tuple[Any, ...]]:
    """Return rows of some kinds in the columns of a Notice, what has a day first.

    These are in the order of their days, and then the latest first.
    """
    found = [
        source.listed(reader, unread=unread, waiting=waiting)
        for source in sources(reader)
        if source.kind in kinds
    ]
    if not found:
        return ()
    first, *others = found
    together: Columns = first.union(*others, all=True) if others else first
    return together.order_by("column_16", "-column_02", "column_01")


def sources(reader: Reader) -> Iterator[Source]:
    """Yield what a reader may see in their inbox, a source for each kind."""
    yield from _asked(reader)
    yield from _said(reader)
    yield from _reviewed(reader)
    yield from _of_portfolio(reader)
    yield from second_looks(reader)
    yield _to_meet(reader)
    yield _met(reader)
    discarded = Audit.objects.discarded_with_work_of(reader.person)
    yield Source(
        kind=NoticeKind.DISCARDED,
        rows=discarded.filter(discarded_at__gte=reader.horizon).select_related(None),
        subject="id",
        at="discarded_at",
        audit="",
        who="discarded_by",
    )


def _asked(reader: Reader) -> Iterator[Source]:
    asks, me = AnswerRequest.objects.all(), reader.person
    still_open = models.Q(closed_at=None)
    if reader.contributes:
        yield Source(
            kind=NoticeKind.ASKED,
            rows=asks.filter(
                still_open | models.Q(closed_at__gte=reader.horizon), of=me
            ),
            subject="id",
            at="at",
            who="by",
            text="message",
            flag="closed_as",
            done="closed_at",
            waits=still_open,
            section="section",
            item="question",
        )
        yield from not_ready(reader)
        yield _conflicts(reader)
        yield _not_kept(reader)
    closed = asks.filter(closed_by__isnull=False, closed_at__gte=reader.horizon)
    yield Source(
        kind=NoticeKind.ANSWERED,
        rows=closed.filter(by=me).exclude(closed_by=me),
        subject="id",
        at="closed_at",
        who="closed_by",
        flag="closed_as",
        section="section",
        item="question",
    )


def _conflicts(reader: Reader) -> Source:
    """Return the answers that wait for a choice: the reader's, and to their cases."""
    me = reader.person
    waiting = Version.objects.filter(WAITS, audit__state=Audit.State.DRAFT)
    mine = models.Case(
        models.When(by=me, then=text_of("mine")), default=text_of("theirs")
    )
    return Source(
        kind=NoticeKind.CONFLICT,
        rows=waiting.filter(
            models.Q(by=me) | models.Q(audit__use_case__owner=me)
        ).annotate(whose=mine),
        subject="public_id",
        at="at",
        who="by",
        section="kind",
        item="item",
        flag="whose",
    )


def _not_kept(reader: Reader) -> Source:
    """Return what replaced an answer of the reader once its author had chosen."""
    entry = {name: models.OuterRef(name) for name in ("audit", "kind", "item")}
    counted = Version.objects.filter(set_aside=False)
    chosen_about = Version.objects.filter(
        **entry,
        set_aside=True,
        by=models.OuterRef(models.OuterRef("by")),
        at__gte=models.OuterRef("at"),
        at__lte=models.OuterRef(models.OuterRef("at")),
    )
    mine = counted.filter(by=reader.person)
    before = mine.filter(
        models.Exists(chosen_about),
        **entry,
        number=models.OuterRef("number") - 1,
    )
    replaced = counted.filter(
        models.Exists(before),
        audit__in=mine.filter(at__gte=reader.horizon).values("audit"),
        kind__in=(Version.Kind.ANSWER, Version.Kind.NUMBER),
        at__gte=reader.horizon,
    ).exclude(by=reader.person)
    return Source(
        kind=NoticeKind.NOT_KEPT,
        rows=replaced,
        subject="public_id",
        at="at",
        who="by",
        section="kind",
        item="item",
    )


def _said(reader: Reader) -> Iterator[Source]:
    me = reader.person
    recent = Comment.objects.filter(at__gte=reader.horizon).exclude(by=me)
    before = Comment.objects.filter(
        audit=models.OuterRef("audit"),
        question=models.OuterRef("question"),
        by=me,
        at__lt=models.OuterRef("at"),
    )
    named = Comment.mentioned.through._base_manager.filter(
        comment=models.OuterRef("pk"), user=me
    )
    about = models.Q(audit__use_case__owner=me) | models.Exists(before)
    for kind, rows in (
        (NoticeKind.COMMENTED, recent.filter(about, ~models.Exists(named))),
        (NoticeKind.MENTIONED, recent.filter(mentioned=me)),
    ):
        yield Source(
            kind=kind,
            rows=rows,
            subject="public_id",
            at="at",
            who="by",
            item="question",
            text="text",
        )


def _reviewed(reader: Reader) -> Iterator[Source]:
    me, outcomes = reader.person, Review.Outcome
    submitted = Submission.objects.filter(
        audit=models.OuterRef("audit"), by=me, at__lte=models.OuterRef("at")
    )
    about = models.Q(audit__use_case__owner=me) | models.Exists(submitted)
    others = Review.objects.exclude(by=me).filter(about)
    yield _sent_back(reader, others.filter(outcome=outcomes.SENT_BACK))
    signed = (outcomes.APPROVED, outcomes.CONDITIONS)
    yield Source(
        kind=NoticeKind.SIGNED,
        rows=others.filter(outcome__in=signed, at__gte=reader.horizon),
        subject="id",
        at="at",
        who="by",
        text="words",
        flag="outcome",
    )


def _sent_back(reader: Reader, rows: models.QuerySet[Review]) -> Source:
    """Return what reviewers sent back: it waits until it is submitted again.

    For who may not answer, it only happened.
    """
    later = Review.objects.filter(
        audit=models.OuterRef("audit"), at__gt=models.OuterRef("at")
    )
    waits = models.Q(~models.Exists(later), audit__state=Audit.State.DRAFT)
    if not reader.contributes:
        waits = models.Q(pk=None)
    over = Coalesce("audit__submitted_at", "audit__discarded_at", "at")
    return Source(
        kind=NoticeKind.SENT_BACK,
        rows=rows.filter(waits | models.Q(at__gte=reader.horizon)).annotate(
            over_at=models.Case(models.When(waits, then=None), default=over)
        ),
        subject="id",
        at="at",
        who="by",
        text="words",
        flag="outcome",
        done="over_at",
        waits=waits,
    )


def _to_meet(reader: Reader) -> Source:
    """Return the open conditions of the reader; one that is overdue is new again.

    So is one that somebody handed to them, whom the row names.
    """
    told = models.Case(
        models.When(late_from__lte=reader.today, then="late_from"),
        default=Coalesce("handed_at", "review__at"),
        output_field=models.DateTimeField(),
    )
    asked = SignOffCondition.objects.asked_of(reader.person)
    return Source(
        kind=NoticeKind.CONDITION,
        rows=asked.annotate(
            told_at=told,
            day=Cast("due_on", models.CharField(max_length=10)),
            giver=_giver(reader),
        ),
        subject="id",
        at="told_at",
        who="review__by",
        item="giver",
        text="words",
        flag="day",
        due="due_on",
    )


def _giver(reader: Reader) -> models.Case:
    """Return who handed a condition over; empty where nobody else did."""
    nobody = models.Q(handed_by=None) | models.Q(handed_by=reader.person)
    name = NullIf("handed_by__name", models.Value(""))
    return models.Case(
        models.When(nobody, then=models.Value("")),
        default=Coalesce(name, "handed_by__email", output_field=models.CharField()),
        output_field=models.CharField(),
    )


def _met(reader: Reader) -> Source:
    """Return the conditions that the reader asked for and others say are met.

    Each waits until the reader, or who else may sign off, confirms it.
    """
    last = models.Q(kind=ConditionStep.Kind.MET, condition__met_at=models.F("at"))
    in_force = models.Q(condition__audit__state=Audit.State.SIGNED_OFF)
    waits = models.Q(condition__confirmed_at=None)
    asked = ConditionStep.objects.filter(
        last, in_force, condition__review__by=reader.person
    ).exclude(by=reader.person)
    return Source(
        kind=NoticeKind.MET,
        rows=asked.filter(waits | models.Q(at__gte=reader.horizon)),
        subject="condition_id",
        at="at",
        audit="condition__audit__",
        who="by",
        text="condition__words",
        flag="link",
        done="condition__confirmed_at",
        waits=waits,
    )


def _of_portfolio(reader: Reader) -> Iterator[Source]:
    me, rows = reader.person, PortfolioRow.objects.all()
    mine = rows.filter(owner=me)
    if reader.reviews or reader.reviews_teams:
        yield from (*in_review(reader), *recorded(reader))
    yield Source(
        kind=NoticeKind.DUE,
        rows=mine.filter(
            state=Audit.State.SIGNED_OFF, audit__review_due_at__isnull=False
        ),
        subject="audit_id",
        at="audit__review_due_at",
        text="review_cause",
        flag="stage",
    )
    yield from (late(reader, mine), *of_board(reader, mine), *given_away(reader))
    yield from _retires(reader, mine)


def _retires(reader: Reader, mine: PortfolioRowQuerySet) -> Iterator[Source]:
    """Yield the models of an owner that are shut down soon.

    No plan waits that the verdict advises against, if it is one to train that does not
    run yet, or if what replaces it is carried out.
    """
    if reader.ending:
        replaced = models.Q(at_risk=True, board_state="carried_out")
        against = models.Q(stage=Stage.STOPPED) | TRAINING_AT_RISK | replaced
        going_on = mine.exclude(against)
        ends = going_on.filter(model__in=[*reader.ending])
        told = {model: at for model, at in reader.ending.items() if at}
        yield Source(
            kind=NoticeKind.RETIRES,
            rows=ends.annotate(told_at=_moments(told)) if told else ends,
            subject="audit_id",
            at="told_at" if told else "",
            item="model",
        )


def _moments(told: Mapping[str, datetime]) -> models.Case:
    """Return the moment from which owners are told that their model ends."""
    moment = models.DateTimeField()
    return models.Case(
        *(
            # A moment, or its place in a query that is written once.
            models.When(model=model, then=at)
            for model, at in told.items()
        ),
        output_field=moment,
    )
