"""What would follow if answers, levels, numbers or dates of an audit were others."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audits.access.audits import audit_for_editing, audit_for_viewing, list_of
from audits.access.members import MemberRequest, members_only
from audits.landscape import in_force
from audits.limits import STEPS, limited
from audits.models import Audit
from audits.results.scenarios import Original, Scenarios
from audits.scoring.money.states import plan_state
from audits.scoring.numbers.written_numbers import ENGLISH, Notation
from audits.scoring.what_if.changes import without_supposed
from audits.services.reviews.audits import ChangedSinceRead
from audits.services.reviews.drafts.scenarios import (
    NoPlaceToKeep,
    keep_as_copy,
    keep_scenario,
    may_keep,
    name_of_scenario,
)
from audits.services.use_cases.use_cases import last_number
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.written_fields.notations import notation_of

_DIGITS = 10
_CHANGED = (
    "Nothing was kept: somebody changed the draft after you compared. Look at the "
    "comparison again, then keep the changes."
)
_NO_PLACE = (
    "Nothing was kept: a new audit was started meanwhile, or this one is locked."
)
_COPIED = (
    "This is a copy of {} with the changes of your scenario. Files, links, test "
    "results and comments were not copied, and all its answers are asserted."
)


class WhatIf(Scenarios):
    """An audit, and the scenarios that an address names."""

    def __init__(
        self, audit: Audit, given: QueryDict, notation: Notation = ENGLISH
    ) -> None:
        framework, stored = framework_of(audit), assessment_of(audit)
        is_as_stored = (
            stored.landscape == in_force.current().edition
            and stored.content_hash == framework.content_hash
        )
        original = Original(
            framework=framework,
            inputs=audit.inputs,
            on=stored.on or timezone.localdate(),
            where=reverse("what_if", args=[audit.pk]),
            stored=stored if is_as_stored else None,
            is_as_stored=is_as_stored,
            state=plan_state(audit.use_case.stage),
        )
        super().__init__(original, given, notation)


@members_only
@require_GET
def what_if(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_viewing(request.membership, audit_id)
    if not audit.codes:
        return redirect("result", audit.pk)
    page = WhatIf(audit, request.GET, notation_of(request))
    context = {
        "nav": list_of(request.user, audit),
        "audit": audit,
        "name": audit.use_case.name,
        "use_case": audit.use_case,
        "back": reverse("result", args=[audit.pk]),
        "may_contribute": request.membership.may_contribute,
        "may_keep": may_keep(audit),
        "scenario_name": name_of_scenario(audit.use_case.name),
        "registered": partial(last_number, request.membership.organization),
    }
    return page.answer(request, context)


@members_only
@require_POST
@limited(STEPS)
def what_if_keep(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Save the changes of the edited scenario in a draft, and lead to its tasks."""
    audit = audit_for_editing(request.membership, audit_id)
    page = WhatIf(audit, QueryDict(request.POST.get("query", "")[:4000]))
    changes = page.reads[page.edited].changes
    is_copied = "copy" in request.POST
    kept = without_supposed(page.inputs, changes)
    if is_copied:
        kept = replace(changes, on=None)
    if page.problems or not kept:
        return redirect(page.address)
    compared_at = _number(request, "revision")
    keep: Callable[..., Audit] = keep_scenario
    if is_copied:
        keep = partial(keep_as_copy, shown=_number(request, "registered"))
    try:
        draft = keep(
            audit=audit, by=request.user, changes=changes, revision=compared_at
        )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect(page.address)
    except (ChangedSinceRead, NoPlaceToKeep) as error:
        said = _CHANGED if isinstance(error, ChangedSinceRead) else _NO_PLACE
        messages.warning(request, said)
        return redirect(page.address)
    if is_copied:
        messages.success(request, _COPIED.format(audit.use_case.reference))
    return redirect("tasks", draft.pk)


def _number(request: MemberRequest, name: str) -> int:
    """Return a whole number that a page has sent; -1 if it sent none."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < _DIGITS else -1
