"""Re-scores a portfolio over the years; small ones at once, large ones by a worker.

Nothing that is stored of a verdict is read or written here: the entries are read, and
held against the market of other days.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.utils import timezone

from audits.frameworks import loader
from audits.frameworks.schema import Framework
from audits.landscape import loader as landscape
from audits.landscape.facts import FIRST_DAY
from audits.models import (
    Audit,
    AuditQuerySet,
    Organization,
    PortfolioRow,
    Rescore,
    User,
)
from audits.models.audits import codes_of, values
from audits.models.clock import database_now
from audits.scoring.history.capability import CapabilityReading
from audits.scoring.history.portfolio_history import PortfolioHistory
from audits.scoring.history.time_machine import History, TimeMachine, refitted
from audits.scoring.inputs import Inputs
from audits.services.jobs import jobs, leases
from audits.services.portfolio.filters import passing

# So many use cases are re-scored while the page is waited for.
AT_ONCE = 500
# After so many a worker says how far it is.
CHUNK = 250
AHEAD = timedelta(days=365)
_FORM = 1  # of the result; another one is made anew
_FIELDS = ("pk", "framework", "framework_version", "answers", "levels", "numbers")
_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the use cases that filters let through, by which framework.

    `filters` are the portfolio's, as `passing` takes them.
    `version` is "name/number" of a published framework; empty for each one's own.
    """

    filters: Mapping[str, Any]
    version: str = ""

    @property
    def digest(self) -> str:
        """One name for equal questions."""
        return _digest([dict(self.filters), self.version])


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """How many use cases a question is about, and the state that they are in."""

    count: int
    key: str


def portfolio_of(question: Question) -> Portfolio:
    """Return what a question is about as of now, in one query."""
    state = _audits(question).aggregate(
        Count("pk"), Sum("revision"), Max("created_at"), Max("scored_at")
    )
    today = timezone.localdate()
    facts = landscape.current().as_of
    parts = [question.digest, _FORM, str(today), str(facts), *map(str, state.values())]
    return Portfolio(count=state["pk__count"], key=_digest(parts))


def build_history(
    question: Question,
    *,
    tell: Callable[[int], None] = lambda _: None,
    for_page: bool = False,
    reading: CapabilityReading | None = None,
) -> PortfolioHistory:
    """Re-score the use cases a question is about, from 2022 until a year from now.

    Args:
        question: Which use cases, under which framework.
        tell: Is told after every few how many are done.
        for_page: Whether a page waits for a few, which looks at them again and again:
            what equal inputs came to is kept then.
        reading: Counts the same use cases with what models could do on a day.
    """
    last = timezone.localdate() + AHEAD
    history = PortfolioHistory(FIRST_DAY, last)
    machines = _Machines(question.version, last, for_page=for_page, reading=reading)
    for done, (audit, *given) in enumerate(_rows(question), start=1):
        machines.add(history, str(audit), *given)
        if not done % CHUNK:
            tell(done)
    return history


@transaction.atomic
def request_rescore(
    *, organization: Organization, by: User, question: Question
) -> tuple[Rescore, bool]:
    """Return the re-scoring of a portfolio as it is, and whether it has to be made."""
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
    """Return the newest re-scoring of a question that is there or under way.

    One that failed or was cancelled is returned only if there is no other.
    """
    asked = Rescore.objects.filter(request_digest=question.digest)
    newest = asked.order_by("-requested_at", "pk")
    useful = newest.filter(state__in=(Rescore.State.READY, *Rescore.WAITING))
    return useful.first() or newest.first()


def make_rescore(*, rescore: Rescore) -> None:
    """Re-score what was asked for, and keep the result, if it is still wanted.

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


class _Machines:
    """A time machine for each framework that audits are held against."""

    def __init__(
        self,
        version: str,
        last: date,
        *,
        for_page: bool,
        reading: CapabilityReading | None,
    ) -> None:
        self._reading = reading
        self._only = _named(version)
        self._last = last
        self._retell = _retold if for_page else TimeMachine.history
        self._made: dict[tuple[str, int], TimeMachine | None] = {}

    def add(
        self,
        history: PortfolioHistory,
        audit: str,
        framework: str,
        version: int,
        *entries: dict[str, Any],
    ) -> None:
        """Re-score one audit, or count it as left out."""
        own = (framework, version)
        machine = self._of(self._only or own)
        answers, levels, numbers = (values(each) for each in entries)
        if machine is None:
            history.leave_out("no_framework")
            return
        if not answers:
            history.leave_out("no_answers")
            return
        inputs = Inputs(codes=codes_of(answers), levels=levels, numbers=numbers)
        if self._only and self._only != own:
            inputs = refitted(_shipped(own), machine.framework, inputs)
        if not inputs.codes:
            history.leave_out("nothing_fits")
            return
        history.add(audit, self._retell(machine, inputs))
        if self._reading:
            self._reading.add(machine, inputs)

    def _of(self, wanted: tuple[str, int]) -> TimeMachine | None:
        if wanted not in self._made:
            framework = _shipped(wanted)
            self._made[wanted] = _machine(framework, self._last) if framework else None
        return self._made[wanted]


def _shipped(wanted: tuple[str, int]) -> Framework | None:
    try:
        return loader.published(*wanted)
    except LookupError:
        return None


@lru_cache(maxsize=4)
def _machine(framework: Framework, last: date) -> TimeMachine:
    return TimeMachine(framework, FIRST_DAY, last)


def _retold(machine: TimeMachine, inputs: Inputs) -> History:
    """Return a history, which is kept for those who give the same."""
    return _kept_history(
        machine,
        tuple(inputs.codes.items()),
        tuple(inputs.levels.items()),
        tuple(inputs.numbers.items()),
    )


type _Items = tuple[tuple[str, Any], ...]


@lru_cache(maxsize=2 * AT_ONCE)
def _kept_history(
    machine: TimeMachine, codes: _Items, levels: _Items, numbers: _Items
) -> History:
    inputs = Inputs(codes=dict(codes), levels=dict(levels), numbers=dict(numbers))
    return machine.history(inputs)


def _named(version: str) -> tuple[str, int] | None:
    name, _, number = version.partition("/")
    return (name, int(number)) if number.isdecimal() else None


def _audits(question: Question) -> AuditQuerySet:
    audits = Audit.objects.current()
    if question.filters:
        portfolio_rows = passing(PortfolioRow.objects.all(), question.filters)
        audits = audits.filter(portfolio_row__in=portfolio_rows)
    return audits


def _rows(question: Question) -> Iterator[tuple[Any, ...]]:
    rows = _audits(question).order_by("use_case__number").values_list(*_FIELDS)
    return rows.iterator(chunk_size=CHUNK)


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
