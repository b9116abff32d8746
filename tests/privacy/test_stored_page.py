"""The page of what is stored has a row for each model that holds personal data."""

from collections.abc import Iterator

from django.apps import apps
from django.test import Client, override_settings
from django.urls import reverse

from audits.models import User
from tests.pages import html_of

# The first words of a row, and the models of which it speaks.
ROWS = {
    "Your name and email address": "User EmailAddress",
    "A digest of your password": "Authenticator",
    "Where you are signed in": "Session",
    "Your organizations and roles": (
        "Membership ProviderAccount DirectoryGroup DirectoryGroup_people"
    ),
    "Invitations": "Invitation",
    "Answers, notes, evidence": (
        "UseCase Audit Version Evidence RemovedEvidence Comment Comment_mentioned "
        "AnswerRequest ResultsFile ResultsCheck DroppedResults UsageUpload "
        "RemovedUsage PortfolioRow CoverVersion"
    ),
    "Signed verdicts": (
        "Submission Review SignOffCondition ConditionStep Override SecondOpinion "
        "BoardDecision DecisionStep ProofFile Report BoardPack"
    ),
    "What was shared": "Share",
    "Your calendars": "Feed SavedView",
    "Imports, changes": "Import BulkChange Rescore",
    "The record of events": "Event LateLine",
    "What operators changed": "LogEntry ProvisioningToken",
}
# Links of the back office's rights, which Attune gives nobody.
NO_DATA = {"User_groups", "User_user_permissions"}
# Columns in which a person stands without a relation.
COLUMNS = {"email", "address", "device", "external_id"}


def personal() -> Iterator[str]:
    """Yield the models that point to a person, or have what identifies one."""
    for model in apps.get_models(include_auto_created=True):
        fields = model._meta.concrete_fields
        names_one = any(f.is_relation and f.related_model is User for f in fields)
        if names_one or COLUMNS & {f.name for f in fields}:
            yield model.__name__


@override_settings(SESSION_IDLE_AGE=2 * 3600, SESSION_COOKIE_AGE=9 * 3600)
def test_each_model_with_personal_data_has_a_row_that_is_on_the_page(db: None) -> None:
    told = [name for names in ROWS.values() for name in names.split()]

    page = html_of(Client().get(reverse("stored")))

    assert sorted({*personal()} - NO_DATA) == sorted(told)
    for words in (*ROWS, "How often sign-ins failed", "Work of the server", "Logs"):
        assert words in page
    assert (
        "2 hours without a request, 9 hours at most. Without “Stay signed in”" in page
    )
    assert "30 days after they are accepted, withdrawn or expired" in page
