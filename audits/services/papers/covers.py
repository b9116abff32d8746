"""Stores the author's words on page 1 of a board paper: none are lost."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from audits.models import Audit, Cover, CoverVersion, User
from audits.models.covers import RISKS
from audits.scoring import Assessment
from audits.services.answers.answers import AuditLocked, locked_audit
from audits.services.due.covers import cover_of
from audits.services.people.times_of_day import today_shown
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.verdicts.assessments import assessment_of

# What says whether and when a board decides.
_DECIDES = frozenset(("decide_by", "meeting", "purpose"))
_NO_RISK = {"text": "", "owner": ""}


def board_day_of(audit: Any) -> date | None:
    """Return by when the board is to decide, as somebody entered; None once it is over.

    Args:
        audit: It says whether there is a page 1, so that most are not asked for it.
    """
    cover = cover_of(audit) if audit.has_page_one else None
    return cover.decide_by if cover and not cover.is_late(today_shown()) else None


def cover_versions(audit: Audit) -> QuerySet[CoverVersion]:
    """Return what was ever written on page 1 of an audit, the newest first."""
    return CoverVersion.objects.filter(audit=audit).select_related("by")


class CoverChanged(Exception):  # noqa: N818 - the state it is in, not a fault
    """Somebody else changed the same parts since the page was shown.

    `parts` names them; `mine` names all that the author changed.
    """

    def __init__(self, parts: set[str], mine: set[str]) -> None:
        super().__init__(", ".join(sorted(parts)))
        self.parts, self.mine = parts, mine


@transaction.atomic
def save_cover(
    *,
    audit: Audit,
    by: User,
    fields: Mapping[str, Any],
    shown: Mapping[str, Any] | None = None,
) -> Cover:
    """Store the author's words, and add the replaced ones to the history.

    A new sponsor has not agreed yet, unless the same saving says when.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who writes.
        fields: Values by name of the cover's field. Each risk is a separate part with
            its own place; an empty one leaves its place free.
        shown: The values that the author's page showed at first: unchanged fields stay
            as they are now. None replaces everything.

    Raises:
        AuditLocked: A newer audit exists; write its paper instead.
        CoverChanged: Others changed what the author changed; nothing is saved.
        ValidationError: A text or a risk is too long for the page, there are too many
            risks, or the day of an agreement has no sponsor or is still to come.
    """
    audit = locked_audit(audit)
    if audit.state == Audit.State.SUPERSEDED:
        raise AuditLocked
    cover = cover_of(audit)
    before = cover.words
    stored, sent = _apart(before), _apart(fields)
    seen = stored if shown is None else _apart(shown)
    mine = {part for part, value in sent.items() if value != seen.get(part)}
    overtaken = {part for part in mine if _is_overtaken(part, stored, seen, sent)}
    if overtaken:
        raise CoverChanged(overtaken, mine)
    together = stored | {part: sent[part] for part in mine}
    for name, value in _joined(together).items():
        setattr(cover, name, value)
    if cover.sponsor != before["sponsor"] and "sponsor_agreed_on" not in mine:
        cover.sponsor_agreed_on = None  # another person agreed on that day
    cover.full_clean(exclude=["organization", "audit"])
    changed = _keep(cover, before, by)
    cover.save()
    update_portfolio_row(audit, _counted_again(audit, changed))
    events.record(
        organization=audit.organization,
        actor=by,
        verb="cover.saved",
        subject=str(audit.pk),
        changed=changed,
        words=digest_of_words(cover),
    )
    return cover


def _counted_again(audit: Audit, changed: Collection[str]) -> Assessment | None:
    """Return the assessment where another day or purpose changes what is asked for."""
    is_same = audit.is_draft or _DECIDES.isdisjoint(changed)
    return None if is_same else assessment_of(audit)


def digest_of_words(cover: Cover) -> str:
    """Return the SHA-256 of all words of page 1, which the record stores."""
    return cover.words_digest


def _keep(cover: Cover, before: Mapping[str, Any], by: User) -> list[str]:
    """Keep what was changed as a version, so that nothing is ever replaced for good.

    Returns:
        The names of the fields that were changed.
    """
    stored = cover.as_stored
    changed = [name for name, value in cover.words.items() if value != before[name]]
    if changed:
        CoverVersion.objects.create(
            organization_id=cover.organization_id,
            audit_id=cover.audit_id,
            words={name: stored[name] for name in changed},
            by=by,
        )
    return changed


def _is_overtaken(
    part: str,
    stored: Mapping[str, Any],
    seen: Mapping[str, Any],
    sent: Mapping[str, Any],
) -> bool:
    """Return whether others changed a part that its author changed.

    Risks have no gaps between them, so one that others removed moves the next ones up.
    A place that its author clears may be empty by now because the risk moved, or was
    reworded where it moved to.
    """
    now, shown = stored.get(part), seen.get(part)
    if now == shown or now != sent[part]:
        return now != shown
    if not part.startswith("risk_") or now != _NO_RISK:
        return False
    known = [risk for place, risk in seen.items() if place.startswith("risk_")]
    others = [risk for place, risk in stored.items() if place.startswith("risk_")]
    return shown in others or any(risk not in known for risk in others)


def _apart(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of page 1 that two authors write independently."""
    parts = {name: value for name, value in fields.items() if name != "risks"}
    if "risks" in fields:
        risks = list(fields["risks"])
        risks += [_NO_RISK] * (RISKS - len(risks))
        parts |= {f"risk_{place}": risk for place, risk in enumerate(risks, start=1)}
    return parts


def _joined(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the cover from its parts."""
    risks = [parts[name] for name in sorted(parts) if name.startswith("risk_")]
    words = {name: part for name, part in parts.items() if not name.startswith("risk_")}
    return {**words, "risks": [risk for risk in risks if risk != _NO_RISK]}
