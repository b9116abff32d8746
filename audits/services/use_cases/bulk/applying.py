"""Writes what is planned of many use cases: their rows, page 1, and the record."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import Model

from audits.models import (
    Audit,
    Cover,
    CoverVersion,
    PortfolioRow,
    Stage,
    Team,
    UseCase,
    User,
)
from audits.models.fields.own_fields import merged
from audits.models.fields.tags import keys_of
from audits.services.portfolio.rows import follow_use_cases, replace_columns
from audits.services.record import events
from audits.services.use_cases.alike import update_alike
from audits.services.use_cases.bulk.plans import OF_USE_CASE, OWN, Planned
from audits.services.use_cases.bulk.reading import BATCH, audits_of

_IDS = frozenset(("owner", "team"))


def lock_cases(ids: Sequence[str], *, with_audits: bool) -> None:
    """Lock use cases, the audits that change, and the rows, in this order."""
    pks = sorted(UUID(each) for each in ids)
    _lock(UseCase, "pk", pks)
    if with_audits:
        _lock(Audit, "pk", sorted(audits_of(pks)))
    _lock(PortfolioRow, "use_case_id", pks)


def _lock(model: type[Model], key: str, values: Sequence[UUID]) -> None:
    rows = model._default_manager.filter(**{f"{key}__any_of": values})
    list(rows.order_by(key).values_list("pk").select_for_update(no_key=True))


def apply(
    plan: Sequence[Planned], by: User, told: Mapping[UUID, Mapping[str, Any]]
) -> list[events.Entry]:
    """Write a plan whose use cases are locked; return the lines of the record.

    Args:
        plan: What becomes of each use case.
        by: Who changes them.
        told: What their owners are told, as columns of the use case; written with the
            rest, since each row of many that is written twice takes twice the time.
    """
    changing = [each for each in plan if each.changed]
    _write_use_cases(changing, told)
    _write_own(changing)
    _write_reviews(changing)
    return [*_lines(changing), *_write_covers(changing, by)]


def _write_use_cases(
    plan: Sequence[Planned], told: Mapping[UUID, Mapping[str, Any]]
) -> None:
    after = {
        UUID(each.case.id): {
            what: each.changed[what][1] for what in OF_USE_CASE if what in each.changed
        }
        for each in plan
    }
    after = {pk: values for pk, values in after.items() if values}
    columns = {pk: {**_columns(x), **told.get(pk, {})} for pk, x in after.items()}
    update_alike(UseCase, "pk", columns)
    dated = _with_dates(pk for pk, values in after.items() if "stage" in values)
    follow_use_cases(UseCase.objects.filter(pk__any_of=[*dated]) if dated else ())
    rows = {pk: _row(values) for pk, values in after.items() if pk not in dated}
    update_alike(PortfolioRow, "use_case_id", rows)


def _write_own(plan: Sequence[Planned]) -> None:
    """Write the values of own fields; each use case may have others besides."""
    after = {UUID(each.case.id): _own(each)[1] for each in plan}
    after = {pk: values for pk, values in after.items() if values}
    for some in batched(after, BATCH, strict=False):
        use_cases = list(UseCase.objects.filter(pk__in=some))
        for use_case in use_cases:
            use_case.own = merged(use_case.own, after[use_case.pk])
        replace_columns(UseCase, use_cases, ("own",))


def _write_reviews(plan: Sequence[Planned]) -> None:
    """Write the day of each review, and the next date that follows from it."""
    after = {
        UUID(each.case.id): (UUID(each.case.in_force), each.changed["review"][1])
        for each in plan
        if "review" in each.changed
    }
    days = {pk: _day(text) for pk, (_, text) in after.items()}
    audits = {audit: {"valid_until": days[pk]} for pk, (audit, _) in after.items()}
    update_alike(Audit, "pk", audits)
    read = ("use_case_id", "condition_due_on", "board_due_on")
    rows = PortfolioRow.objects.order_by().values_list(*read)
    found = rows.filter(use_case_id__any_of=[*after])
    due = {pk: filter(None, (days[pk], *others)) for pk, *others in found}
    columns = {pk: {"due_on": min(x, default=None)} for pk, x in due.items()}
    update_alike(PortfolioRow, "use_case_id", columns)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _own(each: Planned) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values of own fields before and after, by their keys."""
    changed = {
        what.removeprefix(OWN): both
        for what, both in each.changed.items()
        if what.startswith(OWN)
    }
    return (
        {key: both[0] for key, both in changed.items()},
        {key: both[1] for key, both in changed.items()},
    )


def _with_dates(pks: Iterable[UUID]) -> set[UUID]:
    """Return those whose next date may change with their stage: the board decided."""
    decided = PortfolioRow.objects.exclude(board_state="")
    found = decided.filter(use_case_id__any_of=[*pks])
    return set(found.values_list("use_case_id", flat=True))


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{w}_id" if w in _IDS else w: value for w, value in values.items()}


def _row(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = _columns(values)
    if "stage" in values:
        columns["stage_rank"] = Stage.values.index(values["stage"])
    if "tags" in values:
        columns["tag_keys"] = keys_of(values["tags"])
    return columns


def _lines(plan: Sequence[Planned]) -> list[events.Entry]:
    """Return a line for each use case, as a single change writes it."""
    teams = _team_names(plan)
    lines: list[events.Entry] = []
    for each in plan:
        told: dict[str, list[Any]] = {
            what: [teams.get(value, value) for value in each.changed[what]]
            if what == "team"
            else list(each.changed[what])
            for what in (*OF_USE_CASE, "review")
            if what in each.changed
        }
        if any(own := _own(each)):
            told["own"] = [merged({}, values) for values in own]
        if told:
            details: dict[str, Any] = {"changed": list(told), **told}
            if others := len(plan) - 1:
                details["others"] = others
            lines.append(
                events.Entry(
                    verb="use_case.changed",
                    subject=each.case.reference,
                    details=details,
                )
            )
    return lines


def _team_names(plan: Sequence[Planned]) -> dict[int, str]:
    moved = [each.changed["team"] for each in plan if "team" in each.changed]
    ids = {team for pair in moved for team in pair}
    found = Team.objects.filter(pk__in=ids) if ids else ()
    return {team.pk: team.name for team in found}


def _write_covers(plan: Sequence[Planned], by: User) -> list[events.Entry]:
    """Write the sponsor on page 1 of audits, each with a version and a line.

    Another sponsor has not agreed to anything yet.
    """
    after = {
        UUID(each.case.audit): (each.changed["sponsor"][1], each.case)
        for each in plan
        if "sponsor" in each.changed
    }
    lines = []
    for some in batched(after, BATCH, strict=False):
        covers = {c.audit_id: c for c in Cover.objects.filter(audit__in=some)}
        audits = Audit.objects.filter(pk__in=some).values_list("pk", "organization_id")
        new = [Cover(audit_id=a, organization_id=o) for a, o in audits]
        new = [cover for cover in new if cover.audit_id not in covers]
        covers |= {cover.audit_id: cover for cover in new}
        changed = {pk: _named(x, after[pk][0]) for pk, x in covers.items()}
        _store(covers, new, changed, by)
        lines += [_line_of(covers[pk], changed[pk]) for pk in some if pk in covers]
    return lines


def _named(cover: Cover, sponsor: str) -> dict[str, Any]:
    """Name another sponsor, who has not agreed yet; return what that changes."""
    changed: dict[str, Any] = {"sponsor": sponsor}
    if cover.sponsor_agreed_on:
        changed["sponsor_agreed_on"] = None
    for name, value in changed.items():
        setattr(cover, name, value)
    return changed


def _store(
    covers: Mapping[UUID, Cover],
    new: Sequence[Cover],
    changed: Mapping[UUID, Mapping[str, Any]],
    by: User,
) -> None:
    stored = {c.pk: changed[pk] for pk, c in covers.items() if c.pk}
    update_alike(Cover, "pk", stored)
    Cover.objects.bulk_create(new)
    CoverVersion.objects.bulk_create(
        CoverVersion(
            organization_id=cover.organization_id,
            audit_id=cover.audit_id,
            words=changed[pk],
            by=by,
        )
        for pk, cover in covers.items()
    )


def _line_of(cover: Cover, changed: Mapping[str, Any]) -> events.Entry:
    return events.Entry(
        verb="cover.saved",
        subject=str(cover.audit_id),
        details={"changed": [*changed], "words": cover.words_digest},
    )
