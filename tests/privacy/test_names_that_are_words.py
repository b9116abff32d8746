"""Who calls themselves by a word of the program takes nothing from anybody."""

import json

from django.apps import apps
from django_scopes import scope, scopes_disabled
from django_tasks_db.models import DBTaskResult

from audits.models import Audit, Comment, Role
from audits.services.discussion.comments import add_comment
from audits.services.people.override_mails import mail_overridden
from audits.services.privacy.erasure import erase_person
from audits.services.privacy.written import put_in
from tests.board.boards import sign
from tests.casting import Cast

# Verdicts, answers, keys, queues, modules, columns, little words, whole sentences.
WORDS = (
    *("migrate", "verdict", "id", "not", "default", "audits", "services", "question"),
    *("value", "text", "at", "by", "DatabaseBackend", "READY", "answer", "documented"),
    *("no", "none", "true", "2026", "USD", "https", "example", "production", "args"),
    *("should not", "signed_off", "fails_unconstrained", "framework", "people"),
)
# What an erasure changes by its nature.
_OF_ITSELF = {"User", "Event", "Membership", "EmailAddress", "Session", "LogEntry"}
_SAID = "It should not migrate: no verdict by default. 2026 is not documented"


def stored() -> dict[str, str]:
    with scopes_disabled():
        return {
            f"{model.__name__} {row.get('id', row)}": json.dumps(row, default=str)
            for model in apps.get_models(include_auto_created=True)
            if model.__name__ not in _OF_ITSELF
            for row in model._base_manager.values()
        }


def test_a_name_that_is_a_word_of_the_program_changes_no_row(cast: Cast) -> None:
    ours = cast.ours
    person, admin = ours.people[Role.VIEWER], ours.people[Role.ADMIN]
    with scope(organization=ours.organization):
        sign(ours)
        add_comment(audit=ours.draft, by=admin, question="", text=_SAID)
        told = str(ours.organization.pk)
        mail_overridden.enqueue(told, "verdict", 1)
        verdicts = Audit.objects.exclude(verdict="").values_list("verdict", flat=True)
        words = {*WORDS, *verdicts, told, admin.name, admin.email}
        Comment.objects.create(
            organization=ours.organization,
            audit=ours.draft,
            by=admin,
            text=f"{admin.name}, {admin.email}: {told}.",
        )
    assert DBTaskResult.objects.filter(task_path__endswith="mail_overridden").exists()
    for word in sorted(words):
        person.name = word
        person.save(update_fields=["name"])
    before = stored()

    found = erase_person(person=person, by=person)

    assert stored() == before
    assert found.rows == 0
    assert any(place.startswith("comment.text") for place in found.left)


def test_a_moment_is_left_as_it_is_wherever_people_write() -> None:
    """Somebody called “2026-11-25T10” changed when a test was entered."""
    field = Audit._meta.get_field("candidates")
    day = "2026-11-25T10"
    at = [f"{day}:08:18.798505+00:00", f"{day}:08:18Z", f"{day}:08", f"{day}:08-0500"]

    kept = put_in(field, {"target": {"at": at, "run_by": f"{day}!"}}, lambda _: "?")

    assert kept == {"target": {"at": at, "run_by": "?"}}
