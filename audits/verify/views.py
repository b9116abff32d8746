"""A page that recomputes a board paper for anybody. Nothing of the paper is stored."""

from http import HTTPStatus
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from audits.limits import VERIFICATIONS, client_address, mark_as_refused
from audits.temporary_room import require_room
from audits.uploads.reading.refusals import BusyError, UnreadableUploadError
from audits.verify.forms import PaperForm
from audits.verify.newer import may_see, newer_verdict
from audits.verify.papers import VerifiedPaper, verify_paper

# Nobody has to sign in, so one paper is read at a time, and the others wait a little:
# the other places are for the files of members.
_TURN = BoundedSemaphore()
_PATIENCE = 1
_BUSY = "Attune is verifying other papers. Try again in a moment."


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Take a paper, and show the result."""
    if request.method == "GET":
        return _show(request, PaperForm())
    _ = request.FILES  # sets dropped_file
    require_room(request)
    dropped = getattr(request, "dropped_file", None) is not None
    form = PaperForm(request.POST, request.FILES, dropped=dropped)
    if not form.is_valid():
        return _show(request, form, status=HTTPStatus.UNPROCESSABLE_CONTENT)
    if refusal := VERIFICATIONS.refusal(client_address(request)):
        form.add_error("paper", refusal.sentence)
        return mark_as_refused(_show(request, form), refusal)
    if not _TURN.acquire(timeout=_PATIENCE):
        form.add_error("paper", _BUSY)
        return _show(request, form, status=HTTPStatus.SERVICE_UNAVAILABLE)
    try:
        paper = verify_paper(form.cleaned_data["paper"])
    except BusyError:
        form.add_error("paper", _BUSY)
        return _show(request, form, status=HTTPStatus.SERVICE_UNAVAILABLE)
    except UnreadableUploadError as error:
        form.add_error("paper", str(error))
        return _show(request, form, status=HTTPStatus.UNPROCESSABLE_CONTENT)
    finally:
        _TURN.release()
    return _show(request, PaperForm(), paper)


def _show(
    request: HttpRequest,
    form: PaperForm,
    paper: VerifiedPaper | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    member = getattr(request, "membership", None)
    report = paper.report if paper else None
    context = {
        "newer": newer_verdict(report) if may_see(member, report) else "",
        "form": form,
        "paper": paper,
        "verification": paper and paper.attachment,
    }
    return render(request, "verify/verify.html", context, status=status)
