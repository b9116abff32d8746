"""Views of the portfolio that a member saved."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.members import MemberRequest, members_only
from audits.held_forms import held_as
from audits.models import SavedView
from audits.portfolio.forms import ViewForm
from audits.portfolio.sorting import order_said, shared
from audits.portfolio_filter import read_filter
from audits.services.portfolio.saved_views import remove_view, save_view


@held_as("A view of the portfolio")
@members_only
@require_http_methods(["GET", "POST"])
def saved_views(request: MemberRequest) -> HttpResponse:
    """List a member's views, and save the one whose filter the address has."""
    filters = read_filter(request.GET)
    query = shared(filters.query, request.GET)
    form = ViewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and filters.unknown:
        form.add_error(None, " ".join(each.said for each in filters.unknown))
    elif request.method == "POST" and _saved(request, form, query):
        return redirect(reverse("portfolio") + (query and f"?{query}"))
    context = {
        "nav": "portfolio",
        "form": form,
        "query": query,
        "said": filters.in_words,
        "order": order_said(request.GET),
        "unknown": filters.unknown,
        "views": SavedView.objects.filter(user=request.user),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "portfolio/saved_views.html", context, status=status)


def _saved(request: MemberRequest, form: ViewForm, query: str) -> bool:
    if not form.is_valid():
        return False
    name = form.cleaned_data["name"]
    try:
        save_view(member=request.membership, name=name, query=query)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages[0])
        return False
    return True


@members_only
@require_POST
def remove_saved_view(request: MemberRequest, view_id: UUID) -> HttpResponse:
    own = SavedView.objects.filter(user=request.user)
    view = get_object_or_404(own, public_id=view_id)
    remove_view(member=request.membership, view=view)
    return redirect("saved_views")
