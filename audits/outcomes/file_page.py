"""What the pages of one usage file show: its models and months, and its removal."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

from audits.access.members import MemberRequest
from audits.landscape import in_force
from audits.models import Audit, UsageUpload
from audits.outcomes.forms import ModelsForm
from audits.pages import render_page
from audits.scoring.tracking.bills import odd_bill_sentences
from audits.scoring.tracking.counting import preview_sentences, removal_sentences
from audits.scoring.tracking.said import NotComparedError
from audits.scoring.tracking.uncounted import others_of
from audits.services.read_files.outcomes import (
    models_of_paper,
    outcomes_without,
    papers_with,
    said_in,
)
from audits.services.read_files.usage_doubts import usage_repeated
from audits.services.read_files.usage_elsewhere import counted_elsewhere
from audits.services.read_files.usage_uploads import files_with_numbers
from audits.usage.rows import UsageFile
from audits.usage.spellings import renamed, with_one_spelling
from audits.usage.summary import of_models, summarized
from audits.usage.words import models_named, period, summary_lines

_UNREADABLE = HTTPStatus.UNPROCESSABLE_ENTITY


def models_form(
    audit: Audit, kept: UsageUpload, usage: UsageFile, data: Any
) -> ModelsForm:
    """Return the form for the models of a file: those that count, or of the paper."""
    chosen = kept.counted_models
    if chosen is None:
        chosen = _of_paper(audit, usage)
    return ModelsForm(usage, chosen, kept.meant_models, data)


def show_file(
    request: MemberRequest,
    audit: Audit,
    kept: UsageUpload,
    usage: UsageFile,
    form: ModelsForm,
) -> HttpResponse:
    """Show what the chosen models of a usage file would say.

    Args:
        request: Whose request it is.
        audit: The signed audit from whose page it was opened.
        kept: The file.
        usage: All usage in it.
        form: Which models are chosen; those of the whole file are shown without any.
    """
    chosen = None if form.errors else form.chosen_models
    meant = {} if form.errors else form.meant_models
    of_chosen = renamed(of_models(usage, chosen) if chosen else usage, meant)
    of_chosen = with_one_spelling(of_chosen, in_force.current().models)
    context = {
        "nav": "portfolio",
        "audit": audit,
        "use_case": audit.use_case,
        "kept": kept,
        "period": period(kept.first, kept.last),
        "form": form,
        "lines": [
            (name, text if name == "Models" else capfirst(text))
            for name, text in summary_lines(summarized(of_chosen))
        ],
        "odd_bills": [*odd_bill_sentences(of_chosen)],
        "preview": _preview(audit, kept, of_chosen, others_of(usage, chosen))
        if chosen
        else None,
        "other_model": _other_model(audit, renamed(usage, meant)),
        "stays": bool(files_with_numbers(audit.use_case, [kept])),
        # Only the whole page says it: the choice of models does not change it.
        "repeated": usage_repeated(audit.use_case, kept, of_models(usage, chosen))
        if chosen
        else (),
        "elsewhere": [] if request.htmx else [*counted_elsewhere(kept)],
    }
    return render_page(
        request,
        "outcomes/outcome_file.html",
        context,
        partial="effects",
        status=_UNREADABLE if form.errors and not request.htmx else HTTPStatus.OK,
    )


def show_removal(
    request: MemberRequest, audit: Audit, kept: UsageUpload
) -> HttpResponse:
    """Ask whether to remove a usage file, with what happens to its months."""
    months = []
    if kept.counted_models is not None:
        now, then, names = outcomes_without(kept)
        months = [*removal_sentences(str(kept.pk), now, then, names)]
    context = {
        "nav": "portfolio",
        "audit": audit,
        "use_case": audit.use_case,
        "kept": kept,
        "period": period(kept.first, kept.last),
        "months": months,
        "stays": bool(files_with_numbers(audit.use_case, [kept])),
    }
    return render(request, "outcomes/remove_file.html", context)


def _of_paper(audit: Audit, usage: UsageFile) -> list[str | None]:
    try:
        return models_of_paper(said_in(audit), usage)
    except NotComparedError:
        return []


def _preview(
    audit: Audit, kept: UsageUpload, usage: UsageFile, others: UsageFile
) -> list[str]:
    try:
        said_in(audit)
    except NotComparedError as error:
        return [str(error)]
    papers = papers_with(audit, kept, usage, others)
    return [*preview_sentences(str(kept.pk), papers)]


def _other_model(audit: Audit, usage: UsageFile) -> str:
    """Say that a file has no model of the paper; empty if it has one."""
    try:
        said = said_in(audit)
    except NotComparedError:
        return ""
    model = in_force.current().models.get(said.model)
    if model is None or models_of_paper(said, usage):
        return ""
    paper = f"The paper is about {model.name}"
    if usage.models == (None,):
        return f"{paper}; this file names no model."
    return f"{paper}; this file has {models_named(usage.models)} only."
