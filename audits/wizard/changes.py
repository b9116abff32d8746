"""A person's answers that somebody else changed, or results: from what, to what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from audits.access.members import MemberRequest
from audits.frameworks.answering import flow
from audits.models import Audit, User, Version
from audits.models.audits import values
from audits.scoring.numbers.assumption_fields import ASSUMED
from audits.scoring.numbers.currency import currency_of
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.services.answers.answers import Saved
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Stored
from audits.services.answers.words import label_of, words_of
from audits.services.verdicts.assessments import framework_of
from audits.wizard.pages import question_url

# People read longer texts on their page.
_LONGEST_QUOTED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry that somebody else changed, or the person in another window."""

    label: str
    url: str
    by: User | None
    is_me: bool
    before: str
    after: str

    @property
    def is_quoted(self) -> bool:
        """Whether both texts fit into a sentence."""
        return max(len(self.before), len(self.after)) <= _LONGEST_QUOTED

    def __str__(self) -> str:
        who = "You" if self.is_me else str(self.by or "Somebody")
        how = f" from “{self.before}” to “{self.after}”" if self.is_quoted else ""
        where = " in another window" if self.is_me else ""
        return f"{who} changed “{self.label}”{how}{where}."


def changes_kept(saved: Saved, keys: Collection[Key], me: User) -> list[Change]:
    """Return the changes since the page was shown that were not overwritten."""
    by = {(v.kind, v.item): v.by for v in _current(saved.audit, keys)}
    return [
        _change(saved.audit, key, before=saved.sent[key].value, by=by.get(key), me=me)
        for key in keys
    ]


def changes_of_mine(audit: Audit, me: User) -> list[Change]:
    """Return the answers of a person that others changed since, in one query.

    It leaves out changes to an equal value, and questions that do not apply.
    """
    applicable = flow.applicable(framework_of(audit), audit.codes)
    asked = {question.id for question in applicable}
    keys = [
        (kind, item)
        for kind in Version.Kind.values
        for item, entry in audit.entries(kind).items()
        if entry.get("by") != me.pk and (kind == "number" or item in asked)
    ]
    mine = Version.objects.filter(
        audit=audit,
        kind=OuterRef("kind"),
        item=OuterRef("item"),
        by=me,
        set_aside=False,
    ).order_by("-number")
    found = _current(audit, keys).annotate(
        number_of_mine=Subquery(mine.values("number")[:1]),
        value_of_mine=Subquery(mine.values("value")[:1]),
    )
    return [
        _change(audit, (v.kind, v.item), before=v.value_of_mine, by=v.by, me=me)
        for v in found.exclude(number_of_mine=None)
        if v.value_of_mine != v.value
    ]


def _current(audit: Audit, keys: Collection[Key]) -> QuerySet[Version]:
    """Return the current versions of some entries, with their authors."""
    current = [
        Q(kind=kind, item=item, number=Stored.of(audit.entries(kind).get(item)).version)
        for kind, item in keys
    ]
    if not current:
        return Version.objects.none()
    found = Version.objects.filter(reduce(or_, current), audit=audit, set_aside=False)
    return found.select_related("by").order_by("kind", "item")


def number_url(audit: Audit, item: str) -> str:
    """Return the address of a number's row on its page."""
    page = "assumptions" if item in (*ASSUMED, GPU) else "numbers"
    return f"{reverse(page, args=(audit.pk,))}#row-{item}"


def _change(
    audit: Audit, key: Key, *, before: Any, by: User | None, me: User
) -> Change:
    framework, currency = framework_of(audit), currency_of(values(audit.numbers))
    kind, item = key
    after = Stored.of(audit.entries(kind).get(item)).value
    return Change(
        label=label_of(framework, kind, item),
        url=number_url(audit, item) if kind == "number" else question_url(audit, item),
        by=by,
        is_me=by == me,
        before=words_of(framework, kind, item, before, currency),
        after=words_of(framework, kind, item, after, currency),
    )


def tell_overruled(request: MemberRequest, labels: Iterable[str]) -> None:
    """Say which answers do not count, because the candidates give them."""
    for label in labels:
        said = (
            f"The test results answer “{label}”: the answer by hand is kept in the "
            "history and does not count."
        )
        messages.warning(request, said)
