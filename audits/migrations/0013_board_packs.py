import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import audits.models.text


class Migration(migrations.Migration):
    dependencies = [
        ("audits", "0012_inventories_are_imported"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="asked_alone",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="report",
            name="notice",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name="report",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="audits.organization",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "In queue"),
                    ("making", "Making the paper"),
                    ("ready", "Ready"),
                    ("failed", "Failed"),
                    ("cancelled", "Cancelled"),
                ],
                default="queued",
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="BoardPack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "In queue"),
                            ("making", "Making the paper"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=16,
                    ),
                ),
                ("leased_by", models.CharField(blank=True, max_length=64)),
                (
                    "leased_until",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("notice", models.CharField(blank=True, max_length=500)),
                (
                    "requested_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                ("filters", models.TextField(blank=True)),
                (
                    "meeting",
                    audits.models.text.CleanCharField(blank=True, max_length=60),
                ),
                ("verdicts", models.JSONField(default=dict)),
                ("frozen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("file", models.FileField(blank=True, upload_to="packs")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="audits.organization",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="following",
                        to="audits.boardpack",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("submitted_at", models.DateTimeField()),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pack_decisions",
                        to="audits.audit",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pack_decisions",
                        to="audits.organization",
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="audits.boardpack",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pack_decisions",
                        to="audits.report",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.AddIndex(
            model_name="boardpack",
            index=models.Index(
                condition=models.Q(("state__in", ("queued", "making"))),
                fields=["leased_until"],
                name="boardpack_that_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="boardpack",
            constraint=models.UniqueConstraint(
                fields=("organization", "key"), name="one_boardpack_of_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="packdecision",
            constraint=models.UniqueConstraint(
                fields=("pack", "number"), name="one_decision_of_a_number"
            ),
        ),
    ]
