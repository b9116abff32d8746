"""What a framework that is not in force yet would change."""

from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from audits.access import MemberRequest, members_only, require_administrator
from audits.frameworks import loader
from audits.frameworks.schema import Framework
from audits.reviews.forms import FrameworkForm
from audits.services.impact import Impact, impact_of
from audits.strict_yaml.problems import RefusedFileError
from audits.temporary_room import require_room, temporary_room

# A page is waited for; the command takes as many as there are.
MOST_AUDITS = 5000
_PROBLEMS_SHOWN = 5


@members_only
@require_http_methods(["GET", "POST"])
def impact(request: MemberRequest) -> HttpResponse:
    """Take a framework file, and show which verdicts it would flip."""
    require_administrator(request.membership)
    if request.method == "GET":
        return _show(request, FrameworkForm())
    form = FrameworkForm(request.POST, request.FILES)
    require_room(request)
    if form.is_valid():
        try:
            framework = _read(form.cleaned_data["framework"])
        except RefusedFileError as error:
            for problem in error.problems[:_PROBLEMS_SHOWN]:
                key = problem.key.lstrip(".")
                said = f"Line {problem.line}, {key}: {problem.message}"
                form.add_error("framework", said)
            more = len(error.problems) - _PROBLEMS_SHOWN
            if more > 0:
                form.add_error("framework", f"And {more} more")
        else:
            names = sorted({name for name, _ in loader.shipped()})
            if framework.name in names:
                found = impact_of(framework, most=MOST_AUDITS)
                return _show(request, FrameworkForm(), found)
            said = f"No audit is held against “{framework.name}”. Choose a version of "
            form.add_error("framework", said + ", ".join(names))
    return _show(request, form, status=HTTPStatus.UNPROCESSABLE_CONTENT)


def _read(upload: "UploadedFile[bytes]") -> Framework:
    with temporary_room(), TemporaryDirectory() as folder:
        file = Path(folder) / "framework.yaml"
        file.write_bytes(upload.read())
        return loader.load(file)


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
        "most": MOST_AUDITS,
    }
    return render(request, "reviews/impact.html", context, status=status)
