"""When a condition was handed over, and who came by a provider before that was noted."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F
from django_scopes import scopes_disabled


def note_who_came_by_a_provider(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Count nothing in their accounts as their own, as of the day of the account.

    Nobody knows what a provider let somebody set until now.
    """
    people = apps.get_model("audits", "User")
    accounts = apps.get_model("audits", "ProviderAccount")
    with scopes_disabled():  # PostgreSQL shows rows of no organization else
        known = accounts._base_manager.values("user")
        found = people._base_manager.filter(pk__in=known)
        found.update(vouched_since=F("date_joined"), vouched_password=True)


class Migration(migrations.Migration):
    dependencies = [
        ("audits", "0006_owners_before_and_proofs"),
    ]

    operations = [
        migrations.AlterField(
            model_name="readmark",
            name="kind",
            field=models.CharField(
                choices=[
                    ("asked", "Questions for you"),
                    ("answered", "Answered"),
                    ("commented", "Comments"),
                    ("mentioned", "Mentions"),
                    ("sent-back", "Sent back"),
                    ("to-review", "To review"),
                    ("signed", "Signed off"),
                    ("overridden", "Verdict overridden"),
                    ("opinion", "Second opinions"),
                    ("due", "Review due"),
                    ("late", "Overdue"),
                    ("not-ready", "Not ready"),
                    ("carry-out", "Decided, to be carried out"),
                    ("recorded", "Decisions that others recorded"),
                    ("not-done", "Approved and overdue"),
                    ("condition", "Conditions"),
                    ("met", "Conditions to confirm"),
                    ("retires", "Model retires"),
                    ("conflict", "Conflicts"),
                    ("not-kept", "Not kept"),
                    ("discarded", "Discarded"),
                    ("given", "Yours now"),
                    ("taken", "No longer yours"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="signoffcondition",
            name="handed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="signoffcondition",
            name="handed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="vouched_drops",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(
            note_who_came_by_a_provider, migrations.RunPython.noop, elidable=True
        ),
    ]
