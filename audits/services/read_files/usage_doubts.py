"""What usage files say against the numbers of an audit, for anyone who signs them."""

from collections.abc import Iterator
from decimal import Decimal

from audits.landscape import in_force
from audits.models import Audit, UsageUpload
from audits.models.audits import values
from audits.scoring.numbers.number_entry import with_unit
from audits.scoring.numbers.numbers import FIELDS_BY_ID
from audits.services.read_files.outcomes import usage_in
from audits.services.read_files.usage_uploads import sources_of
from audits.usage.model_names import model_of
from audits.usage.rows import UsageFile
from audits.usage.spellings import alike_sentences, with_one_spelling
from audits.usage.summary import of_models, summarized

_CALLS = "requests"


def usage_doubts(audit: Audit) -> tuple[str, ...]:
    """Return what the files of which numbers were saved say against them, in sentences.

    Note: two queries, and one where no number is from a file.
    """
    own = UsageUpload.objects.filter(use_case=audit.use_case_id).exclude(measured={})
    found = list(own)
    if not found:
        return ()
    return (*_typed_over(audit, found), *_alike(found))


def _alike(found: list[UsageUpload]) -> Iterator[str]:
    for kept in found:
        for sentence in alike_sentences(usage_in(kept), in_force.current().models):
            yield f"In “{kept.name}”, {sentence}"


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
