"""What reviewers said beside a review, and with whom papers were shared."""

from collections.abc import Iterator, Sequence
from typing import cast

from audits.frameworks.named import named
from audits.frameworks.rules import Verdict
from audits.models import Audit, Event, Override, SecondOpinion, Share, User
from audits.services.papers.sharing import ENDED
from audits.services.timelines.moments import Moment
from audits.services.timelines.of_files import Numbered
from audits.services.verdicts.assessments import framework_of


def overrides_of(audits: Numbered) -> Iterator[Moment]:
    """Yield each override of a verdict and each taking back, with its reason.

    Note: one query.
    """
    found = Override.objects.filter(audit__in=audits).select_related("by")
    for each in found:
        number, audit = audits[each.audit_id]
        words = framework_of(audit).verdicts.get(cast("Verdict", each.verdict))
        yield Moment(
            kind="overridden" if each.verdict else "override_ended",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=number,
            verdict=named(words.family, words.mark, words.name) if words else None,
            named=_name(audit, each.computed),
            words=each.words,
        )


def opinions_of(audits: Numbered) -> Iterator[Moment]:
    """Yield each second opinion, with how its answers compare.

    Note: one query.
    """
    found = SecondOpinion.objects.filter(audit__in=audits).select_related("by")
    for each in found:
        yield Moment(
            kind="opinion",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=audits[each.audit_id][0],
            named=each.counted.said,
        )


def shares_of(audits: Numbered) -> Iterator[Moment]:
    """Yield with whom each paper was shared, and who ended that.

    Note: one query, and one more if something ended: the record has who ended it.
    """
    found = Share.objects.filter(report__audit__in=audits)
    shares = list(found.select_related("by", "reader", "report"))
    enders = _enders([each for each in shares if each.ended_at])
    for each in shares:
        if each.report is None:
            continue
        audit = each.report.audit_id
        shared = Moment(
            kind="shared",
            at=each.at,
            by=each.by,
            audit=audit,
            number=audits[audit][0],
            name=str(each),
            about=str(each.report_id),
            named="" if each.reader_id else "link",
        )
        yield shared
        if each.ended_at:
            yield Moment(
                kind="share_ended",
                at=each.ended_at,
                by=enders.get(str(each.public_id)),
                audit=audit,
                number=shared.number,
                name=shared.name,
                about=shared.about,
            )


def _enders(shares: Sequence[Share]) -> dict[str, User | None]:
    subjects = [str(each.public_id) for each in shares]
    ended = Event.objects.filter(verb=ENDED, subject__in=subjects)
    lines = ended.select_related("actor") if subjects else ()
    return {line.subject: line.actor for line in lines}


def _name(audit: Audit, verdict: str) -> str:
    words = framework_of(audit).verdicts.get(cast("Verdict", verdict))
    return words.name if words else verdict
