"""Which verdict the entries of an audit led to after people had entered them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.utils import timezone

from audits.frameworks.named import NamedVerdict
from audits.models import Audit, Evidence, RemovedEvidence, Version
from audits.models.audits import counted_levels
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.scored.values import candidates_of
from audits.services.timelines.contributions import DECIDE, brought_until
from audits.services.timelines.moments import Moment
from audits.services.verdicts.assessments import assess_inputs, framework_of

_MOST = 12  # moments of one audit that are assessed, the newest


class _Entries:
    """All entries of some audits with their moments, and what showed answers then.

    Note: three queries.
    """

    def __init__(self, audits: Iterable[UUID]) -> None:
        found = Version.objects.filter(audit__in=audits, set_aside=False)
        rows = found.exclude(kind=Version.Kind.NOTE).order_by("at", "number")
        self._rows: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
        for audit, *row in rows.values_list("audit", "at", "kind", "item", "value"):
            self._rows[audit].append(tuple(row))
        self._shown: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
        there = Evidence.objects.filter(audit__in=audits).order_by()
        gone = RemovedEvidence.objects.filter(audit__in=audits).order_by()
        shown: tuple[tuple[Any, ...], ...] = (
            *there.values_list("audit", "question", "added_at"),
            *gone.values_list("audit", "question", "added_at", "removed_at"),
        )
        for audit, *each in shown:
            self._shown[audit].append(tuple(each))

    def at(self, audit: UUID, moment: datetime) -> Inputs:
        """Return the inputs of an audit at a moment."""
        given: dict[str, dict[str, Any]] = {kind: {} for kind in Version.Kind.values}
        for at, kind, item, value in self._rows[audit]:
            if at > moment:
                break
            given[kind][item] = value
        now = {
            kind: {item: value for item, value in items.items() if value is not None}
            for kind, items in given.items()
        }
        shown = {
            question
            for question, added, *removed in self._shown[audit]
            if added <= moment and all(moment < each for each in removed)
        }
        marked = {
            item: {"value": level, "shown": item in shown}
            for item, level in now[Version.Kind.LEVEL].items()
        }
        return Inputs(
            codes=codes_of(now[Version.Kind.ANSWER]),
            levels=counted_levels(marked),
            numbers=now[Version.Kind.NUMBER],
            candidates=candidates_of(now[Version.Kind.CANDIDATE]),
        )


def with_verdicts(
    audits: Mapping[UUID, Audit], moments: Sequence[Moment]
) -> Iterator[Moment]:
    """Yield moments, and the verdict of those whose entries led to another one.

    Each is assessed with the market of its day. Only the last of each audit are.

    Args:
        audits: The audits by id.
        moments: What people entered in them.
    """
    of_audits: dict[UUID, list[Moment]] = defaultdict(list)
    for each in moments:
        if each.kind in DECIDE and each.audit:
            of_audits[each.audit].append(each)
        else:
            yield each
    entries = _Entries(of_audits)
    for audit, entered in of_audits.items():
        *older, _ = ordered = sorted(entered, key=attrgetter("at"))
        yield from ordered[:-_MOST]
        begun = brought_until(audits[audit])
        before = None
        if len(ordered) > _MOST:
            before = _verdict(audits[audit], entries, older[-_MOST].at)
        elif begun:
            before = _verdict(audits[audit], entries, begun)
        for each in ordered[-_MOST:]:
            verdict = _verdict(audits[audit], entries, each.at)
            is_new = verdict != before
            yield replace(each, verdict=verdict, before=before) if is_new else each
            before = verdict


def _verdict(audit: Audit, entries: _Entries, moment: datetime) -> NamedVerdict | None:
    """Return the verdict at a moment; None before anything was answered."""
    inputs, day = entries.at(audit.pk, moment), timezone.localdate(moment)
    if not inputs.codes:
        return None
    return assess_inputs(framework_of(audit), inputs, day, open_only=True).named
