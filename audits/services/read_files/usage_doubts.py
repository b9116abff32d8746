"""What usage files say against the numbers of an audit, for anyone who signs them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from django.utils import timezone

from audits.landscape import in_force
from audits.models import Audit, Stage, UsageUpload, UseCase
from audits.models.audits import values
from audits.scoring.days import in_words, oddness
from audits.scoring.numbers.number_entry import with_unit
from audits.scoring.numbers.numbers import FIELDS_BY_ID
from audits.scoring.told.public_models import before_release
from audits.services.read_files.outcomes import counted_usage, usage_in
from audits.services.read_files.usage_uploads import numbers_from, sources_of
from audits.usage.model_names import model_of
from audits.usage.repeated import repeated_sentences
from audits.usage.rows import UsageFile
from audits.usage.spellings import alike_sentences, is_used, with_one_spelling
from audits.usage.summary import of_models, summarized

_CALLS = "requests"


def usage_doubts(audit: Audit) -> tuple[str, ...]:
    """Return what the files of which numbers were saved say against them, in sentences.

    Files that came after the submission are none of it, unless its numbers are theirs:
    what a paper says does not change.

    Note: four queries, and one, which reads no days, where no number is from a file;
    none where the audit is known to have no file.
    """
    if not getattr(audit, "has_usage", True):
        return ()
    counted = UsageUpload.objects.filter(use_case=audit.use_case_id).counted()
    own = [kept for kept in counted.without_days() if _is_of(audit, kept)]
    if not any(kept.measured for kept in own):
        return ()
    found = [*counted.filter(pk__in=[kept.pk for kept in own])]
    measured = [kept for kept in found if kept.measured]
    return (
        *_typed_over(audit, measured),
        *_alike(measured),
        *_repeated(found),
        *chain.from_iterable(_odd_days(audit, kept) for kept in measured),
        *_elsewhere(audit, measured),
        *_unused_yet(audit, measured),
    )


def usage_repeated(
    use_case: UseCase, kept: UsageUpload | None = None, usage: UsageFile | None = None
) -> tuple[str, ...]:
    """Return which lines of the files that count repeat those of another model.

    Args:
        use_case: The use case.
        kept: A file that may not count yet, whose lines are told alone.
        usage: What of it would count.

    Note: one query.
    """
    found = [*UsageUpload.objects.filter(use_case=use_case).counted()]
    if kept is None or usage is None:
        return tuple(_repeated(found))
    others = [other for other in found if other != kept]
    there = {_named(other, others): counted_usage(other) for other in others}
    ids = in_force.current().models
    before = set(repeated_sentences(there, ids))
    both = repeated_sentences({**there, kept.name: usage}, ids)
    return tuple(sentence for sentence in both if sentence not in before)


def _is_of(audit: Audit, kept: UsageUpload) -> bool:
    submitted = audit.submitted_at
    is_before = submitted is None or kept.added_at <= submitted
    return is_before or bool(numbers_from(kept, values(audit.numbers)))


def _repeated(found: list[UsageUpload]) -> Iterator[str]:
    files = {_named(kept, found): counted_usage(kept) for kept in found}
    return repeated_sentences(files, in_force.current().models)


def _named(kept: UsageUpload, found: list[UsageUpload]) -> str:
    """Return the name of a file, told apart from another of that name."""
    is_one = sum(other.name == kept.name for other in found) == 1
    return kept.name if is_one else f"{kept.name} ({kept.digest[:12]}…)"


def _alike(found: list[UsageUpload]) -> Iterator[str]:
    for kept in found:
        for sentence in alike_sentences(usage_in(kept), in_force.current().models):
            yield f"In “{kept.name}”, {sentence}"


def _odd_days(audit: Audit, kept: UsageUpload) -> Iterator[str]:
    """Yield which days of what counts are old or cannot be."""
    on = timezone.localdate(audit.submitted_at or timezone.now())
    if odd := oddness(kept.last, on):
        yield f"“{kept.name}” ends on {in_words(kept.last)}, {odd}."
    models = in_force.current().models
    first: dict[str, date] = {}
    for row in counted_usage(kept).rows:
        if (model := model_of(row.model, models)) and is_used(row):
            first[model] = min(row.day, first.get(model, row.day))
    for model, day in first.items():
        if before := before_release(models[model], day):
            yield f"“{kept.name}” has usage of {in_words(day)}, {before}."


def _elsewhere(audit: Audit, found: list[UsageUpload]) -> Iterator[str]:
    """Yield which of the files counted for other use cases, too, when it was sent."""
    until = audit.submitted_at or timezone.now()
    names = {kept.digest: kept.name for kept in found}
    others = (
        UsageUpload.objects.counted()
        .filter(organization=audit.organization_id, digest__in=names)
        .filter(added_at__lte=until)
        .exclude(use_case=audit.use_case_id)
    )
    for other in others.without_days().select_related("use_case").order_by("added_at"):
        whose = f"{other.use_case.reference} “{other.use_case.name}”"
        yield f"The usage file “{names[other.digest]}” also counts for {whose}."


def _unused_yet(audit: Audit, found: list[UsageUpload]) -> Iterator[str]:
    """Yield which real files count calls of what nobody uses yet, by its stage."""
    stage = Stage(audit.use_case.stage)
    if stage not in (Stage.PLANNED, Stage.BUILDING):
        return
    for kept in found:
        rows = counted_usage(kept).rows
        calls = 0 if kept.is_synthetic else sum(row.requests or 0 for row in rows)
        if calls:
            yield (
                f"“{kept.name}” counts {calls:,} calls, but the stage is "
                f"“{stage.label}”: {stage.meaning}."
            )


def _typed_over(audit: Audit, found: list[UsageUpload]) -> Iterator[str]:
    """Yield each typed number that a file measured otherwise: the newest counts."""
    there, sources = values(audit.numbers), sources_of(audit)
    measured: dict[str, tuple[str, str]] = {}
    for kept in found:
        calls = _calls(kept, there.get("model"))
        of_file = {**kept.measured, **({_CALLS: calls} if calls else {})}
        measured |= {number: (kept.name, value) for number, value in of_file.items()}
    for number, (name, value) in measured.items():
        typed = there.get(number)
        if number not in FIELDS_BY_ID or typed is None or number in sources:
            continue
        if Decimal(typed) != Decimal(value):
            yield (
                f"{FIELDS_BY_ID[number].label}: {_in_words(number, typed)} typed; the "
                f"usage file “{name}” shows {_in_words(number, value)}."
            )


def _calls(kept: UsageUpload, model: str | None) -> str:
    """Return the calls of a month in a file of which other numbers were saved."""
    if _CALLS in kept.measured:
        return str(kept.measured[_CALLS])
    usage = _of_model(usage_in(kept), model)
    busiest = summarized(usage).busiest
    return "" if busiest is None else str(busiest)


def _of_model(usage: UsageFile, model: str | None) -> UsageFile:
    ids = in_force.current().models
    names = [name for name in usage.models if name and model_of(name, ids) == model]
    return with_one_spelling(of_models(usage, names or usage.models), ids)


def _in_words(number: str, value: str) -> str:
    field = FIELDS_BY_ID[number]
    shown = Decimal(value) * 100 if field.percent else Decimal(value)
    return with_unit(field, shown)
