"""The content of a page after a save: its versions and fields.

A page gets the version only of values that it shows: an answer that was refused, or
that waits for a choice, keeps the version that the page knew.
"""

from collections.abc import Collection
from typing import Any

from django.http import QueryDict

from audits.services.answers.answers import Saved
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Outcome
from audits.wizard.forms.answers_form import (
    VERSIONED,
    AnswersForm,
    field_name,
    versions_of,
)
from audits.wizard.forms.entered_numbers import EnteredNumbers

_ON_THE_PAGE: tuple[Outcome, ...] = ("saved", "same", "late")


def changed_in_place(saved: Saved) -> list[Key]:
    """Return the entries that somebody else changed, which the page shows again.

    Not if a part of the same answer waits for a choice: the typed text stays.
    """
    waiting = {item for _, item in saved.that("conflict")}
    return [key for key in saved.that("kept") if key[1] not in waiting]


def levels_fallen(saved: Saved) -> set[str]:
    """Return the questions whose level went with the answer that was replaced."""
    return {
        item
        for kind, item in saved.that("saved")
        if kind == "level" and saved.sent[kind, item].value is None
    }


def versions_to_send(form: AnswersForm, saved: Saved) -> dict[str, str]:
    """Return by question the versions for the page's next message."""
    known = {*saved.that(*_ON_THE_PAGE), *changed_in_place(saved)}
    return {
        question: _versions(form, saved, question, known)
        for question in form.applicable
    }


def answers_again(
    sent: QueryDict, form: AnswersForm, now: AnswersForm, saved: Saved
) -> QueryDict:
    """Return a page's sent values, to show again beside its errors.

    Args:
        sent: The sent values.
        form: The form that read it.
        now: The form for the audit now, with the questions shown.
        saved: The outcome of the valid answers.
    """
    data = sent.copy()
    known = set(saved.that(*_ON_THE_PAGE, "kept"))
    kept = set(saved.that("kept"))
    appeared = set(now.applicable) - set(form.applicable)
    for question in now.applicable:
        keys = {(kind, question) for kind in VERSIONED}
        anew = keys if question in appeared else keys & kept
        for kind, _ in anew:
            name = field_name(kind, question)
            if name in now.fields:
                data.setlist(name, _listed(now[name].initial))
        data[f"v-{question}"] = _versions(form, saved, question, known | anew)
    return data


def numbers_again(sent: QueryDict, form: EnteredNumbers, saved: Saved) -> QueryDict:
    """Return a page's sent numbers, to show again beside its errors."""
    data = sent.copy()
    now = form.now(saved.audit)
    for name, version in number_versions(form, now, saved).items():
        data[f"v-{name}"] = str(version)
    for _, name in saved.that("kept"):
        data[name] = now.fields[name].initial or ""
    return data


def number_versions(
    form: EnteredNumbers, now: EnteredNumbers, saved: Saved
) -> dict[str, int]:
    """Return by number the version for the page's next message."""
    known = saved.that(*_ON_THE_PAGE, "kept")
    return {
        name: (now if ("number", name) in known else form).version(name)
        for name in form.fields
    }


def _listed(value: Any) -> list[str]:
    """Return the value of a field as a page sends it."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _versions(
    form: AnswersForm, saved: Saved, question: str, known: Collection[Key]
) -> str:
    """Return the three versions of a question, current or as sent."""
    stored = versions_of(saved.audit, question).split(".")
    return ".".join(
        now if (kind, question) in known else str(seen)
        for kind, now, seen in zip(VERSIONED, stored, form.seen(question), strict=True)
    )
