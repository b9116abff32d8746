"""What would follow if the answers of a published case were different.

Everybody may try it, as everybody may read the method: it is of no organization, and
nothing is stored.
"""

from collections.abc import Mapping
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.frameworks.answering import answers
from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import levels_of, worked_cases
from audits.limits import CASES, client_address, too_many
from audits.results.scenarios import Original, Scenarios
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.inputs import Inputs
from audits.written_fields.notations import notation_of


@require_GET
def worked_case(request: HttpRequest, case_id: str) -> HttpResponse:
    case = worked_cases().get(case_id)
    if case is None:
        message = "No such case"
        raise Http404(message)
    if request.GET and (refusal := CASES.refusal(client_address(request))):
        return too_many(request, refusal, reverse("method"))
    original = original_of(case_id)
    page = Scenarios(original, request.GET, notation_of(request))
    context = {"case": case, "name": case["title"], "back": reverse("method")}
    return page.answer(request, context)


def original_of(case_id: str) -> Original:
    """Return what scenarios of a case change, with the market of today."""
    framework, case = loader.current(), worked_cases()[case_id]
    codes = answers.read(framework, case["facts"])
    levels = cast("Mapping[str, EvidenceLevel]", levels_of(framework, case))
    return Original(
        framework=framework,
        inputs=Inputs(codes=codes, levels=levels),
        on=timezone.localdate(),
        where=reverse("worked_case", args=[case_id]),
    )
