"""How a framework that is not in force yet would change today's audits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils import timezone

from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.models import Audit, AuditQuerySet
from audits.scoring.assess_on import assess_on
from audits.scoring.history.time_machine import TimeMachine, refitted
from audits.scoring.history.version_causes import SAID, VersionCause, version_cause
from audits.scoring.inputs import Inputs
from audits.scoring.summary.why import deciding_step

_READ = (
    *("framework", "framework_version", "answers", "levels", "numbers"),
    "candidates",
    *("use_case__name", "use_case__number"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactFlip:
    """A use case whose verdict would change, the deciding rule, and why."""

    audit: Audit
    before: Verdict
    after: Verdict
    after_name: str
    before_name: str
    rule: str
    cause: VersionCause


@dataclass(frozen=True, slots=True, kw_only=True)
class CausedFlips:
    """The flips that have one cause."""

    said: str
    flips: tuple[ImpactFlip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """How many use cases were re-scored on a day, and those that flip.

    `left_out` is how many are older than as many as were asked for.
    """

    framework: Framework
    on: date
    use_cases: int
    flips: tuple[ImpactFlip, ...]
    left_out: int = 0

    @property
    def by_cause(self) -> tuple[CausedFlips, ...]:
        """The flips, by what caused them."""
        found = (
            CausedFlips(said=said, flips=tuple(f for f in self.flips if f.cause == key))
            for key, said in SAID.items()
        )
        return tuple(each for each in found if each.flips)


def impact_of(framework: Framework, most: int | None = None) -> Impact:
    """Re-score the current audits in view under a framework; nothing is stored.

    Both verdicts are of today's market and of the same answers, so that only the
    framework tells them apart. Answers move to a newer version; those that it does not
    take do not count.

    Args:
        framework: The framework, published or not.
        most: How many audits to re-score at most, the newest first.
    """
    today = timezone.localdate()
    machine = TimeMachine(framework, today, today)
    use_cases, flips = 0, []
    for audit, before in _verdicts(framework.name, today, most):
        use_cases += 1
        inputs = refitted(before.framework, framework, audit.inputs)
        if machine.verdict(inputs, today) != before.verdict:
            flips.append(_flip(machine, audit, inputs, before, today))
    return Impact(
        framework=framework,
        on=today,
        use_cases=use_cases,
        flips=tuple(flips),
        left_out=_left_out(framework.name, most),
    )


@dataclass(frozen=True, slots=True)
class _Before:
    framework: Framework
    verdict: Verdict

    @property
    def name(self) -> str:
        return self.framework.verdicts[self.verdict].name


def _verdicts(
    name: str, today: date, most: int | None
) -> Iterator[tuple[Audit, _Before]]:
    """Yield the audits of a framework that have answers, and their verdict today."""

    @cache
    def machine(version: int) -> TimeMachine:
        return TimeMachine(loader.published(name, version), today, today)

    rows = (
        _current(name)
        .select_related("use_case")
        .only(*_READ)
        .order_by("-created_at", "pk")
    )
    for audit in rows[:most].iterator(chunk_size=500):
        try:
            own = machine(audit.framework_version)
        except LookupError:  # a version that this release no longer ships
            continue
        yield audit, _Before(own.framework, own.verdict(audit.inputs, today))


def _left_out(name: str, most: int | None) -> int:
    return 0 if most is None else max(0, _current(name).count() - most)


def _current(name: str) -> AuditQuerySet:
    return Audit.objects.current().filter(framework=name).exclude(verdict="")


def _flip(
    machine: TimeMachine, audit: Audit, inputs: Inputs, before: _Before, today: date
) -> ImpactFlip:
    found = assess_on(machine.framework, inputs, today, open_only=True)
    return ImpactFlip(
        audit=audit,
        before=before.verdict,
        before_name=before.name,
        after=found.verdict,
        after_name=found.verdict_name,
        rule=deciding_step(machine.framework, found).name,
        cause=version_cause(before.framework, machine, inputs, found, today),
    )
