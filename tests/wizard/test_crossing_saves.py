"""Two saves of one question that cross: both pages are read before either is written.

Nobody was told of the other's change then, so no order may take back unseen what the
other was told is saved.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.http import QueryDict
from django_scopes import scope

from audits.models import Audit, Role, Version
from audits.models.audits import values
from audits.services.answers.answers import Saved, fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.wizard.forms.answers_form import AnswersForm, versions_of
from audits.wizard.pages import question_page
from tests.casting import Cast

ITEM = "state"
ACTS = ("answer", "level", "both", "nothing")
LEVELS = ("asserted", "documented")


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture(params=[None, "measured"])
def begun(cast: Cast, request: pytest.FixtureRequest) -> Audit:
    """An answer, without or with a level, that both pages show."""
    sent = {("answer", ITEM): Sent(value="none")}
    if request.param:
        sent["level", ITEM] = Sent(value=request.param)
    by, audit = cast.ours.contributor, fresh_audit(cast.ours.draft)
    return save_entries(audit=audit, by=by, sent=sent, sender=Sender()).audit


def pair(audit: Audit) -> tuple[Any, Any]:
    return values(audit.answers).get(ITEM), values(audit.levels).get(ITEM)


def page_of(audit: Audit, act: str, answer: str, level: str) -> AnswersForm:
    """Return the form that a page sends, read as the audit stood when it arrived."""
    shown = pair(audit)
    sent = {
        ITEM: answer if act in ("answer", "both") else shown[0],
        f"level-{ITEM}": level if act in ("level", "both") else shown[1],
    }
    data = QueryDict(mutable=True)
    data.update({name: value for name, value in sent.items() if value})
    data[f"v-{ITEM}"] = versions_of(audit, ITEM)
    page = question_page(audit, ITEM)
    form = AnswersForm(page.questions, [ITEM], audit, data)
    assert form.is_valid()
    return form


@pytest.mark.parametrize(("first", "second"), list(product(ACTS, ACTS)))
def test_no_saved_level_is_taken_back_unseen(
    cast: Cast, begun: Audit, first: str, second: str
) -> None:
    people = (cast.ours.contributor, cast.ours.people[Role.ADMIN])
    sides = zip((first, second), ("planned", "in_cycle"), LEVELS, people, strict=True)
    arrived = [
        (page_of(begun, act, answer, level), person)
        for act, answer, level, person in sides
    ]
    before = pair(begun)
    stale = [fresh_audit(begun) for _ in arrived]

    saves = [
        save_entries(
            audit=read,
            by=person,
            sent=form.sent(),
            sender=Sender(tab=str(person), seq=1),
        )
        for (form, person), read in zip(arrived, stale, strict=True)
    ]

    assert_nothing_lost(saves, [form for form, _ in arrived], before)
    told = fresh_audit(begun)
    said = {(form.cleaned_data[ITEM], level_of(form)) for form, _ in arrived}
    # The level of the first person does not go over to the answer of the second.
    fell = {(answer, None) for answer, level in list(said) if level == before[1]}
    assert pair(told) in {before, *said, *fell}


def level_of(form: AnswersForm) -> str | None:
    return form.cleaned_data[f"level-{ITEM}"] or None


def assert_nothing_lost(
    saves: list[Saved], forms: list[AnswersForm], before: tuple[Any, Any]
) -> None:
    """Check that what was saved counts, or that the second one has to choose."""
    first, second = saves
    now, wanted = pair(fresh_audit(first.audit)), pair(first.audit)
    if wanted == before:
        return
    mine = forms[1].cleaned_data[ITEM], level_of(forms[1])
    if mine in (before, wanted):
        assert now == wanted
        return
    assert now == wanted
    assert second.that("conflict")
    waiting = Version.objects.filter(audit=first.audit, set_aside=True, settled=False)
    assert [version.item for version in waiting] == [ITEM]
