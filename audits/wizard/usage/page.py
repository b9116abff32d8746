"""The page of a usage file: what it says, what is chosen, and what would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst

from audits.access.members import MemberRequest
from audits.landscape import in_force
from audits.models import Audit, UsageUpload
from audits.models.audits import values
from audits.pages import render_page
from audits.scoring.numbers.contradictions import contradictions
from audits.scoring.tracking.bills import odd_bill_sentences
from audits.services.read_files.known_bills import bill_beside
from audits.services.read_files.outcomes import usage_in
from audits.services.read_files.usage_doubts import usage_repeated
from audits.services.read_files.usage_elsewhere import counted_elsewhere
from audits.services.read_files.usage_uploads import (
    changed_numbers,
    model_ids,
    numbers_seen,
    preview_numbers,
)
from audits.services.verdicts.assessments import framework_of, panel_assessment_of
from audits.usage.model_names import model_of
from audits.usage.numbers import PREFIX, Measured, impossible, measured
from audits.usage.rows import UsageFile
from audits.usage.spellings import alike_sentences, with_one_spelling
from audits.usage.summary import of_models, summarized
from audits.usage.words import summary_lines
from audits.wizard.answering import wizard_context
from audits.wizard.candidates.effects import effects_of
from audits.wizard.usage.effects import (
    changed_cost,
    changed_rows,
    computed_answers,
    is_less_than_typed,
    label_of,
)
from audits.wizard.usage.forms import ChoicesForm
from audits.written_fields.notations import notation_of

_LEAVE = "leave-"
_NOTHING = Measured(numbers={}, missing={})


@dataclass(frozen=True, slots=True, kw_only=True)
class UsagePage:
    """The page of a usage file.

    Attributes:
        usage: What the file says of the models that are chosen.
        found: The numbers that this measures; none if the form is wrong.
        left: The numbers that are to stay as they are.
        alike: Which names have the same figures, in sentences.
    """

    request: MemberRequest
    audit: Audit
    kept: UsageUpload
    form: ChoicesForm
    usage: UsageFile
    found: Measured
    left: frozenset[str]
    alike: tuple[str, ...]

    @classmethod
    def of(cls, request: MemberRequest, audit: Audit, kept: UsageUpload) -> "UsagePage":
        """Return the page as it is sent, or as it starts."""
        prefix = values(audit.numbers).get(PREFIX)
        repeated = None if prefix is None else Decimal(prefix)
        usage, sent = usage_in(kept), request.POST
        model = values(audit.numbers).get("model")
        ids = model_ids()
        mine = [x for x in usage.models if model and model_of(x, ids) == model]
        # Of those that are used as much, one that has a price is meant.
        mine = mine or [x for x in usage.most_used if model_of(x, ids)]
        data = sent if "shown" in sent else None
        form = ChoicesForm(usage, repeated, mine, data, notation_of(request))
        alike: tuple[str, ...] = ()
        found, left = _NOTHING, {x.removeprefix(_LEAVE) for x in sent if _LEAVE in x}
        if not form.is_bound or form.is_valid():
            chosen = of_models(usage, form.chosen_models)
            known = in_force.current().models
            twice = usage_repeated(audit.use_case, kept, chosen)
            alike = (*alike_sentences(chosen, known), *twice)
            usage = with_one_spelling(chosen, known)
            found = measured(
                summarized(usage),
                kind=form.kind,
                prefix=repeated if PREFIX in left else form.repeated,
                models=ids,
            )
        if not form.is_bound and is_less_than_typed(audit, found.numbers):
            left = {"requests"}
        return cls(
            request=request,
            audit=audit,
            kept=kept,
            form=form,
            usage=usage,
            found=found,
            left=frozenset(left),
            alike=alike,
        )

    @property
    def measured_numbers(self) -> Mapping[str, str]:
        """The numbers to save as measured."""
        return {k: x for k, x in self.found.numbers.items() if k not in self.left}

    @property
    def typed(self) -> Mapping[str, str]:
        """The number that was typed on the page, unless it is to stay."""
        return {k: x for k, x in self._repeated.items() if k not in self.left}

    @property
    def _repeated(self) -> Mapping[str, str]:
        """The text that repeats, if it is another than the use case has."""
        if self.form.errors or self.form.repeated is None:
            return {}
        repeated = str(int(self.form.repeated))
        is_there = values(self.audit.numbers).get(PREFIX) == repeated
        # What cannot be is said to be wrong, and is not offered.
        is_wrong = impossible(summarized(self.usage), self.form.repeated)
        return {} if is_there or is_wrong else {PREFIX: repeated}

    @property
    def shown(self) -> str:
        """What the page shows to be saved, for its form to say."""
        found = {**self.measured_numbers, **self.typed}
        return ";".join(f"{name}={found[name]}" for name in sorted(found)) or "nothing"

    def render(self, status: int = HTTPStatus.OK) -> HttpResponse:
        """Render what the file says, and what it would change."""
        audit, request = self.audit, self.request
        context: dict[str, Any] = {
            **wizard_context(audit, request.user, panel_assessment_of(audit)),
            "step": "numbers",
            "kept": self.kept,
            "form": self.form,
            "shown": self.shown,
            "seen": numbers_seen(audit),
            "lines": [
                (name, text if name == "Models" else capfirst(text))
                for name, text in summary_lines(summarized(self.usage))
            ],
            "left_out": self.usage.left_out,
            "alike": self.alike,
            "elsewhere": [each.sentence for each in counted_elsewhere(self.kept)],
            "odd_bills": [*odd_bill_sentences(self.usage)],
            **({} if self.form.errors else self._effects()),
        }
        template = "wizard/usage/usage_file.html"
        return render_page(request, template, context, partial="effects", status=status)

    def _effects(self) -> dict[str, Any]:
        """Return what saving would change."""
        audit, framework = self.audit, framework_of(self.audit)
        offered = {**changed_numbers(audit, self.found), **self._repeated}
        to_save = {**self.measured_numbers, **self.typed}
        preview = preview_numbers(audit, to_save)
        effects = effects_of(framework, preview)
        numbers = {**values(audit.numbers), **to_save}
        today = timezone.localdate()
        return {
            "rows": [*changed_rows(audit, offered, self.left)],
            "missing": [(label_of(k), why) for k, why in self.found.missing.items()],
            "effects": effects,
            "answers": [*effects.answers, *computed_answers(framework, preview)],
            "cost": changed_cost(audit, preview),
            "bill": self._bill(numbers),
            "contradictions": contradictions(
                framework, preview.then.codes, numbers, today
            ),
        }

    def _bill(self, numbers: Mapping[str, str]) -> str:
        """Say what the month was billed, where that month would be saved."""
        is_saved = "requests" in self.measured_numbers
        if not is_saved or self.form.kind != "busiest":
            return ""
        on = timezone.localdate()
        return bill_beside(self.kept.name, summarized(self.usage), numbers, on)
