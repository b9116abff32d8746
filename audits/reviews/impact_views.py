"""Shows what a framework that is not in force yet would change."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only, require_administrator
from audits.frameworks.loading import loader
from audits.frameworks.loading.proposals import RefusedProposalError, proposed
from audits.limits import IMPACTS, limited
from audits.reviews.forms import FrameworkForm
from audits.services.verdicts.impact import Impact, impact_of
from audits.temporary_room import require_room
from audits.uploads.reading.refusals import BusyError, UnreadableUploadError

# A page is waited for, and holds a thread; the command takes as many as there are.
MOST_AUDITS = 1000


@members_only
@require_http_methods(["GET", "POST"])
@limited(IMPACTS)
def impact(request: MemberRequest) -> HttpResponse:
    """Take a framework file, or the newest version, and show which verdicts flip."""
    require_administrator(request.membership)
    if request.method == "GET":
        return _show(request, FrameworkForm())
    if "newest" in request.POST:
        found = impact_of(loader.current(), most=MOST_AUDITS)
        return _show(request, FrameworkForm(), found)
    return _uploaded(request)


def _uploaded(request: MemberRequest) -> HttpResponse:
    form = FrameworkForm(request.POST, request.FILES)
    status = HTTPStatus.UNPROCESSABLE_CONTENT
    require_room(request)
    if form.is_valid():
        file = form.cleaned_data["framework"]
        try:
            framework = proposed(file, "framework.yaml")
        except RefusedProposalError as error:
            _tell(form, error)
        except UnreadableUploadError as error:
            form.add_error("framework", str(error))
            if isinstance(error, BusyError):
                status = HTTPStatus.SERVICE_UNAVAILABLE
        else:
            names = sorted({name for name, _ in loader.shipped()})
            if framework.name in names:
                found = impact_of(framework, most=MOST_AUDITS)
                return _show(request, FrameworkForm(), found)
            said = f"No audit uses “{framework.name}”. Choose a version of "
            form.add_error("framework", said + ", ".join(names))
    return _show(request, form, status=status)


def _tell(form: FrameworkForm, refused: RefusedProposalError) -> None:
    """Show each problem with its line, and how many more there are."""
    for problem in refused.problems:
        key = problem.key.lstrip(".")
        said = f"Line {problem.line}, {key}: {problem.message}"
        form.add_error("framework", said)
    if refused.more > 0:
        form.add_error("framework", f"And {refused.more} more")


def _show(
    request: MemberRequest,
    form: FrameworkForm,
    found: Impact | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "form": form,
        "impact": found,
        "current": loader.current(),
    }
    return render(request, "reviews/impact.html", context, status=status)
