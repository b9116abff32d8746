"""Stores values that do not count until their author has chosen."""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from audits.frameworks.answering import flow
from audits.models import Audit, Membership, User, Version
from audits.models.organizations import CONTRIBUTORS, in_role
from audits.models.queries.written_once import written_once
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Outcome, Sender, Sent
from audits.services.verdicts.assessments import framework_of

# So many answers of a person in an audit wait in every window that sent them.
MOST_WAITING = 50


def set_aside(
    audit: Audit,
    by: User,
    sent: Mapping[Key, Sent],
    outcomes: Mapping[Key, Outcome],
    sender: Sender,
) -> list[Version]:
    """Return the versions to store of values that do not count.

    Nobody has to choose about an overtaken value: its page has sent a newer one. Nor
    about the level of a waiting answer: it waits with its answer.
    """
    now = timezone.now()
    aside: dict[Key, Version] = {}
    for (kind, item), outcome in outcomes.items():
        if outcome not in ("conflict", "late"):
            continue
        entry = sent[kind, item]
        goes_along = kind == "level" and outcomes.get(("answer", item)) == "conflict"
        if goes_along and entry.value is None:
            continue
        version = version_of(audit, (kind, item), entry.value, entry.seen, by, at=now)
        version.set_aside, version.tab = True, sender.tab
        version.settled = goes_along or outcome == "late"
        aside[kind, item] = version
    return list(_not_kept(aside))


def waiting_versions(audit: Audit, by: User) -> QuerySet[Version]:
    """Return a person's answers that are set aside until they choose."""
    return Version.objects.filter(audit=audit, by=by, set_aside=True, settled=False)


def open_conflicts(audit: Audit) -> list[Version]:
    """Return the answers of all members that wait for a choice and would count.

    One to a question that does not apply changes nothing; nor does that of somebody who
    may not choose any more. Both stay in the history.
    """
    members = Membership.objects.filter(
        in_role(CONTRIBUTORS, team=audit.use_case.team_id),
        organization=audit.organization_id,
    )
    found = Version.objects.filter(
        audit=audit, by__in=members.values("user"), set_aside=True, settled=False
    ).select_related("by")
    framework = framework_of(audit)
    asked = {question.id for question in flow.applicable(framework, audit.codes)}
    return [
        version
        for version in found
        if version.item in asked or version.item not in framework.question_by_id
    ]


def keep_versions(audit: Audit, versions: list[Version]) -> None:
    """Store versions of an audit, as it is now, and let none wait without need."""
    if not versions:
        return
    settle_older(versions)
    Version.objects.bulk_create(versions)
    if getattr(audit, "has_waiting", True):
        _settle_equal(audit, {version.item for version in versions})


def _settle_equal(audit: Audit, items: Set[str]) -> None:
    """Let no answer wait that says the same as the one that counts.

    A level that was given with it must be the same, too.
    """
    waiting = [version for version in _unsettled(audit=audit) if version.item in items]
    levels = {v.pk: level for v in waiting if (level := level_with(v))}
    equal = [
        version.pk
        for version in waiting
        if version.value == _now(audit, version.kind, version.item)
        and (
            version.pk not in levels
            or levels[version.pk].value == _now(audit, "level", version.item)
        )
    ]
    if equal:
        Version.objects.filter(pk__in=equal).update(settled=True)


@written_once
def _unsettled(*, audit: Audit) -> Any:
    return Version.objects.filter(audit=audit, set_aside=True, settled=False)


def _now(audit: Audit, kind: str, item: str) -> Any:
    return audit.entries(kind).get(item, {}).get("value")


def number_waiting(audit: Audit, by: User) -> int:
    """Count what was set aside of a person's answers, until they choose."""
    return len(_waiting(audit=audit, by=by))


@written_once
def _waiting(*, audit: Audit, by: User) -> Any:
    return waiting_versions(audit, by).values_list("pk")


def settle_older(versions: Iterable[Version]) -> None:
    """Keep only the newest of a page's repeated values waiting for a choice.

    A page keeps its version until its author has chosen, so everything typed meanwhile
    is set aside each time. All of it stays in the history. A value from another window
    of the same person is not an older state of this page: it waits separately, as long
    as few wait. Beyond that, only the newest of an entry waits.
    """
    for new in versions:
        if new.set_aside and not new.settled:
            waiting = waiting_versions(new.audit, new.by)
            older = waiting.filter(kind=new.kind, item=new.item)
            if waiting.count() < MOST_WAITING:
                older = older.filter(number=new.number, tab=new.tab)
            older.update(settled=True)


def settle_repeated(version: Version) -> None:
    """Let a version wait no longer once a later one waits with the same value."""
    later = waiting_versions(version.audit, version.by).filter(
        kind=version.kind, item=version.item, pk__gt=version.pk
    )
    if any(other.value == version.value for other in later):
        waiting_versions(version.audit, version.by).filter(pk=version.pk).update(
            settled=True
        )


def level_with(version: Version) -> Version | None:
    """Return the level that was set aside with its answer, if there was one."""
    return levels_with([version]).get(version.pk)


def levels_with(versions: Iterable[Version]) -> dict[int, Version]:
    """Return the same of several versions of one person and audit, by their keys."""
    answers = [v for v in versions if v.kind == Version.Kind.ANSWER and v.set_aside]
    if not answers:
        return {}
    levels = Version.objects.filter(
        audit=answers[0].audit_id,
        kind=Version.Kind.LEVEL,
        by=answers[0].by_id,
        set_aside=True,
        at__in=[answer.at for answer in answers],
    )
    found = {(level.item, level.tab, level.at): level for level in levels}
    return {
        answer.pk: level
        for answer in answers
        if (level := found.get((answer.item, answer.tab, answer.at)))
    }


def version_of(
    audit: Audit,
    key: Key,
    value: Any,
    number: int,
    by: User,
    *,
    at: datetime | None = None,
) -> Version:
    """Return a version of an entry, not stored yet."""
    kind, item = key
    return Version(
        organization_id=audit.organization_id,
        audit=audit,
        kind=kind,
        item=item,
        number=number,
        value=value,
        by=by,
        at=at or timezone.now(),
    )


def _not_kept(aside: Mapping[Key, Version]) -> Iterable[Version]:
    """Leave out what a page that tries again has had set aside already."""
    for (kind, item), version in aside.items():
        if kind == "level" and ("answer", item) in aside:
            continue
        level = aside.get(("level", item)) if kind == "answer" else None
        if not _is_kept(version, level):
            yield version
            if level:
                yield level


def _is_kept(new: Version, level: Version | None) -> bool:
    found = Version.objects.filter(
        audit=new.audit,
        kind=new.kind,
        item=new.item,
        by=new.by,
        set_aside=True,
        settled=new.settled,
        tab=new.tab,
    )
    same = [kept for kept in found if kept.value == new.value]
    levels = levels_with(same)
    return any(_value(levels.get(kept.pk)) == _value(level) for kept in same)


def _value(level: Version | None) -> Any:
    return level.value if level else None
