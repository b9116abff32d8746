"""Re-scores a portfolio over the years; small ones at once, large ones in a worker.

It neither reads nor writes stored verdicts: it decides the entries with the market of
other days.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.db import transaction
from django.db.models import Count, Max, Sum, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.landscape.facts import FIRST_DAY
from audits.models import (
    Audit,
    AuditQuerySet,
    Organization,
    PortfolioRow,
    Rescore,
    User,
)
from audits.models.audits import counted_levels, values
from audits.models.clock import database_now
from audits.models.queries.written_once import written_once
from audits.scoring.history.capability import CapabilityReading, verdict_known_on
from audits.scoring.history.ending import EndingModels
from audits.scoring.history.portfolio_history import LeftOut, PortfolioHistory
from audits.scoring.history.time_machine import History, TimeMachine, refitted
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.scored.values import candidates_of
from audits.services.jobs import jobs, leases
from audits.services.portfolio.filters import passing

# The most use cases that are re-scored while a page waits.
AT_ONCE = 500
# How often a worker reports its progress.
CHUNK = 250
AHEAD = timedelta(days=365)
_FORM = 2  # of the result; one of another form is not found
_WHICH = ("pk", "framework", "framework_version")
_ENTRIES = ("answers", "levels", "numbers", "candidates")
_NUMBERS = _ENTRIES.index("numbers")
type Named = tuple[str, str, str]
_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The question: which use cases to re-score, with which framework.

    `filters` are the portfolio's, as in `passing`.
    `version` is "name/number" of a published framework; empty for each one's own.
    """

    filters: Mapping[str, Any]
    version: str = ""

    @property
    def digest(self) -> str:
        """The same digest for equal questions."""
        return _digest([_FORM, dict(self.filters), self.version])


_EVERYTHING = Question(filters={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """How many use cases a question covers, and a digest of their state."""

    count: int
    key: str


def portfolio_of(question: Question) -> Portfolio:
    """Return what a question is about as of now, in one query."""
    read = _state(_audits(question)) if question.filters else _state_of_all()
    state = next(iter(read), (0, None, None, None))
    today = timezone.localdate()
    facts = in_force.current().sha256
    parts = [question.digest, str(today), facts, *map(str, state)]
    return Portfolio(count=state[0], key=_digest(parts))


def _state(audits: AuditQuerySet) -> Any:
    """Return what changes with any of these audits, of the one organization."""
    ones = audits.order_by().values("organization")
    return ones.annotate(
        number=Count("pk"),
        saves=Sum("revision"),
        newest=Max("created_at"),
        scored=Max("scored_at"),
    ).values_list("number", "saves", "newest", "scored")


@written_once
def _state_of_all() -> Any:
    return _state(Audit.objects.current())


def build_history(
    question: Question, *, tell: Callable[[int], None] = lambda _: None
) -> PortfolioHistory:
    """Re-score the use cases of a question, from 2022 until a year from now.

    Args:
        question: Which use cases, under which framework.
        tell: Is told after every few how many are done.
    """
    view = _View.of(question)
    history = PortfolioHistory(FIRST_DAY, view.last)
    rows = _rows(question).values_list(*_WHICH, *_ENTRIES)
    for done, (audit, framework, version, *entries) in enumerate(
        rows.iterator(CHUNK), start=1
    ):
        _put(history, str(audit), _rescored(view, (framework, version), *entries))
        if not done % CHUNK:
            tell(done)
    return history


def history_for_page(
    question: Question,
    reading: CapabilityReading | None = None,
    named: list[Named] | None = None,
) -> tuple[PortfolioHistory, dict[str, str]]:
    """Re-score a few use cases while a page waits; return their names by audit too.

    A page is looked at again and again, so what equal entries came to is kept.

    Args:
        question: Which use cases, under which framework.
        reading: Counts the same use cases with what models could do on a day.
        named: Collects what `ending_models` reads.
    """
    view = _View.of(question)
    history = PortfolioHistory(FIRST_DAY, view.last)
    names = {}
    rows = _texts(_rows(question)) if question.filters else _all_texts()
    for audit, name, framework, version, *entries in rows:
        key = str(audit)
        names[key] = name
        texts = (view, (framework, version), *entries)
        found = _of_texts(*texts)
        if named is not None:
            named.append((key, name, entries[_NUMBERS]))
        _put(history, key, found)
        if reading and not isinstance(found, str):
            verdict, is_waiting = _known_of_texts(reading.day, *texts)
            reading.add(verdict, is_waiting=is_waiting)
    return history, names


def _put(history: PortfolioHistory, audit: str, found: History | LeftOut) -> None:
    """Add the history of one audit; a word says why it is left out."""
    if isinstance(found, str):
        history.leave_out(found)
    else:
        history.add(audit, found)


@transaction.atomic
def request_rescore(
    *, organization: Organization, by: User, question: Question
) -> tuple[Rescore, bool]:
    """Return the re-scoring of a portfolio as it is now, and whether to make it."""
    portfolio = portfolio_of(question)
    rescore, created = Rescore.objects.get_or_create(
        organization=organization,
        key=portfolio.key,
        defaults={
            "request_digest": question.digest,
            "filters": dict(question.filters),
            "version": question.version,
            "total": portfolio.count,
            "requested_by": by,
            "leased_until": database_now() + leases.PATIENCE,
        },
    )
    return rescore, created or jobs.queue_lost(job=rescore)


def newest_rescore(question: Question) -> Rescore | None:
    """Return the newest re-scoring of a question, finished or in progress.

    One that failed or was cancelled is returned only if there is no other.
    """
    asked = Rescore.objects.filter(request_digest=question.digest)
    newest = asked.order_by("-requested_at", "pk")
    useful = newest.filter(state__in=(Rescore.State.READY, *Rescore.WAITING))
    return useful.first() or newest.first()


def make_rescore(*, rescore: Rescore) -> None:
    """Re-score a request, and store the result if it is still needed.

    Raises:
        LeaseLost: It was cancelled, or another worker has it.
    """
    question = Question(filters=rescore.filters, version=rescore.version)
    history = build_history(
        question, tell=lambda done: leases.extend(job=rescore, done=done)
    )
    kept = leases.finish(
        job=rescore,
        state=Rescore.State.READY,
        done=rescore.total,
        result=history.to_json(),
    )
    if not kept:
        raise leases.LeaseLost


def cancel_rescore(*, rescore: Rescore) -> None:
    """Stop a re-scoring; its worker notices after its next few use cases."""
    Rescore.objects.filter(pk=rescore.pk).waiting().update(
        state=Rescore.State.CANCELLED, finished_at=timezone.now()
    )


def forget_old() -> int:
    """Remove re-scorings of earlier days; return how many there were."""
    before = timezone.now() - _KEPT
    old = Rescore.objects.filter(requested_at__lt=before)
    return old.exclude(state__in=Rescore.WAITING).delete()[0]


@dataclass(frozen=True, slots=True)
class _View:
    """From where audits are looked at: one framework, or each one's own; a last day."""

    only: tuple[str, int] | None
    last: date

    @classmethod
    def of(cls, question: Question) -> Self:
        return cls(_named(question.version), timezone.localdate() + AHEAD)


def _rescored(
    view: _View, own: tuple[str, int], *entries: dict[str, Any]
) -> History | LeftOut:
    """Re-score one audit, or say why it is left out."""
    framework = _shipped(view.only or own)
    if framework is None:
        return "no_framework"
    if not any(map(values, (entries[0], entries[-1]))):
        return "no_answers"
    inputs = _inputs(framework, own, *entries)
    machine = _machine(framework, view.last)
    return machine.history(inputs) if inputs.answered.codes else "nothing_fits"


def _inputs(
    framework: Framework, own: tuple[str, int], *entries: dict[str, Any]
) -> Inputs:
    """Return the entries of one audit as a framework reads them."""
    answers, _, numbers, candidates = (values(each) for each in entries)
    inputs = Inputs(
        codes=codes_of(answers),
        levels=counted_levels(entries[_ENTRIES.index("levels")]),
        numbers=numbers,
        candidates=candidates_of(candidates),
    )
    if (framework.name, framework.version) == own:
        return inputs
    return refitted(_shipped(own), framework, inputs)


@in_force.remembered(maxsize=2 * AT_ONCE, in_turn=True)
def _of_texts(view: _View, own: tuple[str, int], *texts: str) -> History | LeftOut:
    """Return the same of the texts of entries, which is kept."""
    return _rescored(view, own, *map(json.loads, texts))


@in_force.remembered(maxsize=2 * AT_ONCE, in_turn=True)
def _known_of_texts(
    day: date, view: _View, own: tuple[str, int], *texts: str
) -> tuple[Verdict, bool]:
    """Return what was known on a day, of the texts of entries, which is kept too."""
    framework = loader.published(*(view.only or own))
    inputs = _inputs(framework, own, *map(json.loads, texts))
    return verdict_known_on(_machine(framework, view.last), inputs, day)


@in_force.remembered(maxsize=16)
def ending_models(named: tuple[Named, ...], today: date) -> EndingModels:
    """Return the models that use cases name and that end, and who has calls to price.

    Args:
        named: Use cases: the audit, its name, and the text of its numbers.
        today: Today.
    """
    found = EndingModels(today)
    for audit, name, numbers in named:
        found.add(audit, name, values(json.loads(numbers)))
    return found


def _shipped(wanted: tuple[str, int]) -> Framework | None:
    try:
        return loader.published(*wanted)
    except LookupError:
        return None


@in_force.remembered(maxsize=4)
def _machine(framework: Framework, last: date) -> TimeMachine:
    return TimeMachine(framework, FIRST_DAY, last)


def _named(version: str) -> tuple[str, int] | None:
    name, _, number = version.partition("/")
    return (name, int(number)) if number.isdecimal() else None


def _audits(question: Question) -> AuditQuerySet:
    audits = Audit.objects.current()
    if question.filters:
        portfolio_rows = passing(PortfolioRow.objects.all(), question.filters)
        audits = audits.filter(portfolio_row__in=portfolio_rows)
    return audits


def _rows(question: Question) -> AuditQuerySet:
    return _audits(question).order_by("use_case__number")


def _texts(audits: AuditQuerySet) -> Any:
    """Return what a page needs of audits, their entries not yet read."""
    texts = (Cast(entries, TextField()) for entries in _ENTRIES)
    which, *own = _WHICH
    return audits.values_list(which, "use_case__name", *own, *texts)


@written_once
def _all_texts() -> Any:
    return _texts(_rows(_EVERYTHING))


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
