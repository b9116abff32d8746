"""Second opinions: giving one blind, and how alike they are."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from audits.access.audits import audit_for_opinion
from audits.access.members import MemberRequest, members_only
from audits.frameworks.questions import UNKNOWN, Option, Question, Tick
from audits.models import Audit, Evidence, SecondOpinion
from audits.models.audits import values
from audits.services.reviews.opinions.agreement import agreements
from audits.services.reviews.opinions.second_opinions import (
    GIVEN,
    NotBlind,
    NotWaiting,
    give_second_opinion,
    questions_of,
    why_no_opinion,
    worked_out,
)

_OVERTAKEN = "This submission is no longer in review, so nothing was stored."
_DONE = "Your second opinion is stored: {counted}."
_DONT_KNOW = (UNKNOWN, "I don’t know")


class OpinionForm(forms.Form):
    """One field for each deciding question; none has an answer before."""

    read = forms.CharField(widget=forms.HiddenInput)
    knew = forms.ChoiceField(
        choices=SecondOpinion.Knew.choices,
        label="What had you read of this submission before?",
        widget=forms.RadioSelect({"class": "form-check-input"}),
        error_messages={"required": "Say what you had read before"},
    )

    def __init__(
        self, questions: tuple[Question, ...], submitted: str, data: Any = None
    ) -> None:
        super().__init__(data, initial={"read": submitted})
        self.questions = questions
        for each in questions:
            self.fields[f"q-{each.id}"] = _field(each)

    @property
    def answers(self) -> dict[str, list[str]]:
        """The codes that were chosen of each question."""
        found = {x.id: self.cleaned_data[f"q-{x.id}"] for x in self.questions}
        return {
            question: [code] if isinstance(code, str) else code
            for question, code in found.items()
        }


def _field(question: Question) -> forms.Field:
    parts = question.ticks or question.options
    choices = [*((part.id, _choice(part)) for part in parts), _DONT_KNOW]
    needed = {"required": f"Answer “{question.label}”, or say that you don’t know"}
    if question.kind == "one":
        return forms.ChoiceField(
            choices=choices,
            label=question.text,
            widget=forms.RadioSelect({"class": "form-check-input"}),
            error_messages=needed,
        )
    return forms.MultipleChoiceField(
        choices=choices,
        label=question.text,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        error_messages=needed,
    )


def _choice(part: Option | Tick) -> str:
    """Return an answer with what its name does not say, such as how many points."""
    text = (part.text or "").rstrip(".")
    return f"{part.name}: {text}" if text else part.name


def _posted(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


@members_only
@require_http_methods(["GET", "POST"])
def second_opinion(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Ask a reviewer the deciding questions, without the answers and the verdict."""
    audit = audit_for_opinion(request.membership, audit_id)
    if audit.state != Audit.State.IN_REVIEW:
        return redirect("result", audit.pk)
    if why_not := why_no_opinion(audit, request.user):
        return _refused(request, audit, why_not)
    questions = questions_of(audit)
    form = OpinionForm(questions, str(audit.submitted_at), _posted(request))
    if form.is_valid():
        return _store(request, audit, form)
    return _show(request, audit, form)


def _refused(request: MemberRequest, audit: Audit, why: str) -> HttpResponse:
    """Lead who has given theirs to where it is shown; refuse everybody else."""
    if why != GIVEN:
        raise PermissionDenied(why)
    messages.info(request, f"{why} It cannot be changed.")
    return redirect(f"{reverse('review', args=(audit.pk,))}#opinions")


def _store(request: MemberRequest, audit: Audit, form: OpinionForm) -> HttpResponse:
    read = form.cleaned_data["read"]
    try:
        found = give_second_opinion(
            audit=audit,
            by=request.user,
            answers=form.answers,
            read=read,
            knew=form.cleaned_data["knew"],
        )
    except NotWaiting:
        messages.warning(request, _OVERTAKEN)
        return redirect("result", audit.pk)
    except NotBlind as error:
        return _refused(request, audit, str(error))
    messages.success(request, _DONE.format(counted=found.counted.said))
    return redirect("review", audit.pk)


def _show(request: MemberRequest, audit: Audit, form: OpinionForm) -> HttpResponse:
    behind: dict[str, list[Evidence]] = {}
    for item in Evidence.objects.filter(audit=audit).order_by("added_at"):
        behind.setdefault(item.question, []).append(item)
    notes, by_nobody = values(audit.notes), worked_out(audit)
    asked = {each.id for each in form.questions}
    context = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": "portfolio",
        "form": form,
        "is_shown": any(notes.get(each) or behind.get(each) for each in asked),
        # Where opinions are asked for, rows hide the verdict until one is given.
        "told_before": audit.organization.second_opinion_since is None,
        "rows": [
            {
                "question": each,
                "field": form[f"q-{each.id}"],
                "note": notes.get(each.id),
                "evidence": behind.get(each.id, ()),
                "worked_out": each.id in by_nobody,
            }
            for each in form.questions
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_CONTENT if form.errors else HTTPStatus.OK
    return render(request, "reviews/second_opinion.html", context, status=status)


@members_only
@require_GET
def second_opinions(request: MemberRequest) -> HttpResponse:
    """Show how alike second opinions and submissions are, over time."""
    found = agreements(SecondOpinion.objects.select_related("audit"))
    tables = (
        ("By quarter", "Quarter", found.quarters),
        ("By question, the least alike first", "Question", found.questions),
    )
    context = {"nav": "portfolio", "found": found, "tables": tables}
    return render(request, "reviews/second_opinions.html", context)
