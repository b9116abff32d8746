"""Works out the months that were not counted, from what is stored since then.

Which verdict was signed off or waited at the end of a month is stored, and so is what a
team or stage was before each change. Money is not worked out: it is None, not zero.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import (
    Audit,
    Event,
    Organization,
    Snapshot,
    Submission,
    Team,
    UseCase,
)
from audits.scoring.history.on_a_day import Run, Submitted, counted_at, value_at

MOST_MONTHS = 12  # that the portfolio shows
_CHANGES = models.Q(verb="use_case.changed") | models.Q(verb__startswith="board_step.")
_TOLD = ("team", "stage")

type _Changes = dict[str, list[tuple[datetime, str]]]


@dataclass(slots=True)
class _Case:
    """A use case: since when there is one, what it is now, and what was before."""

    number: int
    since: datetime
    team: str
    stage: str
    runs: list[Run] = field(default_factory=list)
    changes: _Changes = field(default_factory=lambda: {name: [] for name in _TOLD})

    def was(self, name: str, moment: datetime) -> str:
        return value_at(getattr(self, name), self.changes[name], moment)


def work_out_months(today: date) -> int:
    """Work out the missing months of organizations not counted today.

    Returns:
        How many months were worked out.
    """
    month = today.replace(day=1)
    with scopes_disabled():
        done = Snapshot.objects.filter(team=None, month=month, taken_on=today)
        due = list(Organization.objects.exclude(pk__in=done.values("organization")))
    return sum(work_out_months_of(organization, today) for organization in due)


def work_out_months_of(organization: Organization, today: date) -> int:
    """Work out the months that an organization lacks since its first use case.

    A month that was counted at the time stays as it is.

    Note: two queries where no month is missing, else eleven, whatever it has.
    """
    with scope(organization=organization), transaction.atomic():
        if not _missing(today):
            return 0
        Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
        months = _missing(today)
        cases = _cases(months)
        teams = dict(Team.objects.values_list("name", "pk"))
        shots = [
            shot
            for month in months
            for shot in _shots(organization, month, cases, teams)
        ]
        Snapshot.objects.bulk_create(shots, batch_size=500)
    return len(months)


def _missing(today: date) -> list[date]:
    """Return the first days of the months without a count, the earliest first."""
    first = UseCase.objects.aggregate(first=models.Min("created_at"))["first"]
    if first is None:
        return []
    since = timezone.localdate(first).replace(day=1)
    months: list[date] = []
    month = today.replace(day=1)
    while len(months) < MOST_MONTHS and month > since:
        month = (month - timedelta(days=1)).replace(day=1)
        months.append(month)
    if not months:
        return []
    found = Snapshot.objects.filter(team=None, month__in=months)
    return sorted({*months} - {*found.values_list("month", flat=True)})


def _end(month: date) -> datetime:
    """Return the moment at which a month is over."""
    following = (month + timedelta(days=31)).replace(day=1)
    return timezone.make_aware(datetime.combine(following, time.min))


def _cases(months: Sequence[date]) -> list[_Case]:
    """Read all that says what use cases were then, with one query of a kind."""
    if not months:
        return []
    found = UseCase.objects.filter(created_at__lt=_end(months[-1]))
    rows = found.values_list("pk", "number", "created_at", "team__name", "stage")
    cases, references = {}, {}
    for pk, number, since, team, stage in rows:
        cases[pk] = references[UseCase.reference_of(number)] = _Case(
            number, since, team, stage
        )
    audits = _add_runs(cases)
    _add_changes(_end(months[0]), references, audits)
    return list(cases.values())


def _add_runs(cases: dict[Any, _Case]) -> dict[str, _Case]:
    """Give each use case its audits; return the use cases by audit."""
    sent: dict[Any, list[tuple[datetime, datetime | None, str]]] = defaultdict(list)
    rows: Any = Submission.objects.order_by().values_list(
        "audit", "at", "returned_at", "verdict"
    )
    for audit, *each in rows.iterator():
        sent[audit].append(tuple(each))
    by_audit = {}
    audits: Any = Audit.objects.order_by().values_list(
        "pk", "use_case", "verdict", "signed_off_at", "discarded_at"
    )
    for pk, use_case, verdict, signed_at, discarded_at in audits.iterator():
        if case := cases.get(use_case):
            by_audit[str(pk)] = case
            submissions = tuple(
                Submitted(verdict=of, since=at, until=returned or discarded_at)
                for at, returned, of in sent[pk]
            )
            run = Run(submissions=submissions, signed_at=signed_at, verdict=verdict)
            case.runs.append(run)
    return by_audit


def _add_changes(
    since: datetime, references: dict[str, _Case], audits: dict[str, _Case]
) -> None:
    """Give each use case what the record says of its team and stage since a moment."""
    lines = Event.objects.readable().filter(_CHANGES, at__gte=since)
    rows: Any = lines.order_by("number").values_list("subject", "details", "at")
    for subject, details, at in rows.iterator():
        case = references.get(subject) or audits.get(str(details.get("audit")))
        for name in _TOLD:
            change = details.get(name)
            if case and isinstance(change, list):
                case.changes[name].append((at, str(change[0])))


def _shots(
    organization: Organization,
    month: date,
    cases: Sequence[_Case],
    teams: dict[str, int],
) -> Iterator[Snapshot]:
    """Yield a month's counts, of all and of each team that still has its name."""
    moment = _end(month)
    counts: dict[int | None, list[tuple[str, str, str]]] = defaultdict(list)
    kept: dict[str, tuple[str, None]] = {}
    for case in cases:
        if case.since < moment:
            then = counted_at(case.runs, moment)
            each = (then.verdict, then.state, case.was("stage", moment))
            kept[str(case.number)] = (then.verdict, None)
            for team in {None, teams.get(case.was("team", moment))}:
                counts[team].append(each)
    for team, counted in counts.items():
        verdicts, states, stages = map(Counter, zip(*counted, strict=True))
        yield Snapshot(
            organization=organization,
            team_id=team,
            month=month,
            taken_on=timezone.localdate(moment) - timedelta(days=1),
            worked_out=True,
            use_cases=len(counted),
            verdicts=verdicts,
            states=states,
            stages=stages,
            each={} if team else kept,
        )
