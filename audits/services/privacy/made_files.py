"""Lets go of papers, packs and annexes that name an erased person.

They are made again when somebody asks, without the name.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from audits.models import Audit, BoardPack, Job, Organization, Report, User
from audits.services.privacy.masking import Mask
from audits.services.privacy.rows import own_models, people_in

_REMAKE = "Its file named somebody who was erased. Make it again."
# How a model leads to the audits that its rows are about; the first that it has.
_PATHS = ("audit", "condition__audit", "use_case__audits")
_BATCH = 50


def remove_made(
    mask: Mask, person: User, organizations: list[Organization]
) -> list[str]:
    """Let go of papers and packs that name a person; return the names of their files.

    Annexes are kept, as what they say is not stored: `remove_annexes` has them.
    """
    gone: list[str] = []
    papers = Report.objects.exclude(kind=Report.Kind.ANNEX)
    for made in (papers, BoardPack.objects.all()):
        rows = made.filter(organization__in=organizations).exclude(file="")
        gone += [
            _let_go(job)
            for job in rows.order_by("pk").iterator(chunk_size=_BATCH)
            if _names(job, person) or mask.finds(job.told)
        ]
    return gone


def remove_annexes(
    person: User, organizations: list[Organization], masked: Mapping[str, Iterable[str]]
) -> list[str]:
    """Let go of the annexes of audits in which a person is named, in any place.

    Args:
        person: The person.
        organizations: Those that they ever belonged to.
        masked: The keys of the rows in whose text the person was masked, by model.
    """
    touched = {*_touched(person, organizations, masked)}
    rows = Report.objects.filter(kind=Report.Kind.ANNEX, audit__in=touched)
    found = rows.exclude(file="").order_by("pk")
    return [_let_go(job) for job in found.iterator(chunk_size=_BATCH)]


def _let_go(job: Report | BoardPack) -> str:
    name, is_pack = str(job.file.name), isinstance(job, BoardPack)
    job.state = Job.State.EXPIRED if is_pack else Job.State.FAILED
    job.failure = "" if is_pack else _REMAKE
    job.file, job.told, job.size = "", {}, 0
    job.save(update_fields=["state", "failure", "file", "told", "size"])
    return name


def _names(job: Report | BoardPack, person: User) -> bool:
    """Whether somebody of an audit in a file is the person."""
    audits = [job.audit] if isinstance(job, Report) else []
    if isinstance(job, BoardPack):
        audits = [x.audit for x in job.decisions.select_related("audit__use_case")]
    return any(
        person.pk in (audit.submitted_by_id, audit.use_case.owner_id)
        or audit.reviews.filter(by=person).exists()
        or audit.versions.filter(by=person).exists()
        for audit in audits
    )


def _touched(
    person: User, organizations: list[Organization], masked: Mapping[str, Iterable[str]]
) -> Iterator[Any]:
    """Yield the keys of audits of which a row names the person, or named them."""
    for model in own_models():
        path = _path_of(model)
        if not path or model is Report:
            continue
        is_theirs = Q(pk__in=list(masked.get(str(model._meta.model_name), ())))
        for column in people_in(model):
            is_theirs |= Q(**{column: person})
        rows = model._base_manager.filter(is_theirs, organization__in=organizations)
        yield from rows.order_by().values_list(path, flat=True).distinct()


def _path_of(model: type[models.Model]) -> str:
    if model is Audit:
        return "pk"
    names = {field.name for field in model._meta.get_fields()}
    if model._meta.model_name == "usecase":
        return "audits"
    return next((path for path in _PATHS if path.partition("__")[0] in names), "")
