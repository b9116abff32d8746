"""The questions of a page, and the target where one of them is about it."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any, Self

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from audits.frameworks.questions import Question
from audits.models import Audit, User
from audits.scoring.results_behind.failed_cases import CountedFaults, SettledFault
from audits.scoring.scored.candidates import Candidates
from audits.scoring.scored.words import ASKS_TARGET
from audits.services.answers.answers import Saved
from audits.services.answers.candidates import (
    ChangedMeanwhile,
    candidates_seen,
    save_candidates,
    takes_candidates,
    with_target,
)
from audits.services.files.counted_faults import counted_faults
from audits.services.verdicts.assessments import framework_of
from audits.wizard.candidates.counted_faults import faults_to_answer, offered_fault
from audits.wizard.forms.answers_form import AnswersForm
from audits.wizard.forms.target_field import share_field, share_shown

TARGET, SHOWN = "target", "target-was"
# The button that takes the answer which a results file settles; its value is that.
TAKE = "take-fault"
_HINT = "Such as 90."
_MEANWHILE = (
    "Somebody else changed the target while this page was open, and theirs counts. "
    "Open the page again to change it"
)


class FormWithTarget(AnswersForm):
    """The questions of a page; where results are asked for, the target is, too.

    It is the one on the page of the test results. A page says which target it showed,
    so that it overwrites nobody's.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        applicable: Iterable[str],
        audit: Audit,
        data: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            questions, applicable, audit, _with_taken(audit, data), **kwargs
        )
        is_asked = any(question in ASKS_TARGET for question in self.applicable)
        if is_asked and takes_candidates(self.audit):
            self.fields[TARGET] = share_field(_HINT)
            self.initial[TARGET] = share_shown(self.audit.given_candidates)
        framework = framework_of(self.audit)
        note = f"note-{framework.faults_question}"
        if note in self.fields and not (self.is_bound or self.initial[note]):
            self.initial[note] = faults_to_answer(self.audit)

    @cached_property
    def faults(self) -> CountedFaults | None:
        """The faults that a results file counts, if the page asks for them."""
        is_asked = framework_of(self.audit).faults_question in self.applicable
        return counted_faults(self.audit) if is_asked else None

    @cached_property
    def offered(self) -> SettledFault | None:
        """The answer that these counts settle, for a person to take."""
        return offered_fault(self.audit, self.faults)

    def clean(self) -> dict[str, Any]:
        """Keep the target apart: it is no answer to a question."""
        cleaned = super().clean() or self.cleaned_data
        self._target = cleaned.pop(TARGET, None)
        return cleaned

    @property
    def target(self) -> forms.BoundField | None:
        """The field of the target, if the page asks for it."""
        return self[TARGET] if TARGET in self.fields else None

    @property
    def target_question(self) -> SafeString:
        """The target as the page asks for it: mostly what an equal form has drawn."""
        if self.is_bound:
            return _question(self[TARGET], self.target_shown)
        return _drawn(self.target_shown)

    @property
    def target_shown(self) -> str:
        """The target that the page showed, for its form to say."""
        default = self.initial.get(TARGET, "")
        return str(self.data.get(SHOWN, default) if self.is_bound else default)

    def refuse_target(self, earlier: Self) -> None:
        """Say again why an earlier form of the same page refused its target."""
        if TARGET in self.fields and TARGET not in self.errors:
            for error in earlier.errors.get(TARGET, ()):
                self.add_error(TARGET, error)

    def target_to_send(self, audit: Audit) -> str | None:
        """Return what the page shows now; None if it asks for none, or was refused."""
        if TARGET not in self.fields or TARGET in self.errors:
            return None
        return share_shown(audit.given_candidates)

    @property
    def problems(self) -> dict[str, str]:
        """As of all forms of questions, with what is wrong with the target."""
        found = super().problems
        if TARGET not in self.fields:
            return found
        return found | {TARGET: " ".join(map(str, self.errors.get(TARGET, ())))}

    def save_target(self, by: User) -> Saved | None:
        """Save the target that was typed; None if there is nothing to save.

        One that somebody else changed meanwhile is refused.

        Raises:
            AuditLocked: The audit is not a draft.
        """
        if (
            TARGET not in self.fields
            or TARGET not in self.data
            or TARGET in self.errors
        ):
            return None
        found = self.audit.given_candidates
        share, stored = self._target, share_shown(found)
        typed = "" if share is None else share_shown(Candidates(target=share / 100))
        if typed in (stored, self.target_shown):
            return None
        if stored != self.target_shown:
            self.add_error(TARGET, _MEANWHILE)
            return None
        wanted = Candidates(
            target=None if share is None else share / 100, limit_ms=found.limit_ms
        )
        try:
            return save_candidates(
                audit=self.audit,
                by=by,
                change=with_target(wanted),
                seen=candidates_seen(self.audit),
            )
        except ChangedMeanwhile:
            self.add_error(TARGET, _MEANWHILE)
            return None


def _with_taken(audit: Audit, data: Any) -> Any:
    """Return what was sent, with the answer that the person took in place of picked.

    A results file counted it, so it is measured.
    """
    if data is None or TAKE not in data:
        return data
    taken, question = data.copy(), framework_of(audit).faults_question
    taken.setlist(question, data.getlist(TAKE))
    taken[f"level-{question}"] = "measured"
    return taken


@lru_cache(maxsize=128)
def _drawn(shown: str) -> SafeString:
    """Draw the target that nobody has sent; that takes a tenth of a section's time."""
    form = forms.Form(initial={TARGET: shown})
    form.fields[TARGET] = share_field(_HINT)
    return _question(form[TARGET], shown)


def _question(field: forms.BoundField, shown: str) -> SafeString:
    return render_to_string("wizard/target.html", {"field": field, "shown": shown})
