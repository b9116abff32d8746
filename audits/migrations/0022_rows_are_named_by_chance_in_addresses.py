"""Names that tell nothing, for the rows that members see in addresses.

The filters that are kept of the portfolio (saved views, packs, re-scorings) name teams and
owners: by their numbers until now, and by these names from now on.
"""

import uuid
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import migrations, models

NAMED = ("comment", "feed", "savedview", "team", "user", "version")
BATCH = 2000


def name_rows(apps: Any, schema_editor: Any) -> None:
    """Name every row by chance, in one statement a table."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    chance = "gen_random_uuid()" if is_postgresql else "lower(hex(randomblob(16)))"
    for name in NAMED:
        rows = apps.get_model("audits", name)._base_manager
        rows.update(
            public_id=models.Func(template=chance, output_field=models.UUIDField())
        )


def translate_filters(apps: Any, schema_editor: Any) -> None:
    """Write the kept filters with the new names."""
    names = {
        "team": _names(apps.get_model("audits", "Team")),
        "owner": _names(apps.get_model("audits", "User")),
    }
    for model, field in (("SavedView", "query"), ("BoardPack", "filters")):
        rows = apps.get_model("audits", model)._base_manager
        for row in rows.exclude(**{field: ""}).only(field).iterator(BATCH):
            query = translated_query(getattr(row, field), names)
            if query != getattr(row, field):
                rows.filter(pk=row.pk).update(**{field: query})
    rescores = apps.get_model("audits", "Rescore")._base_manager
    for rescore in rescores.exclude(filters={}).only("filters").iterator(BATCH):
        filters = {
            name: names.get(name, {}).get(str(value), value)
            for name, value in rescore.filters.items()
        }
        rescores.filter(pk=rescore.pk).update(filters=filters)


def translated_query(query: str, names: dict[str, dict[str, str]]) -> str:
    """Return a query in which teams and owners have their new names.

    One that is gone keeps its number, which is nobody's: it passes nothing, as before.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    new = [(name, names.get(name, {}).get(value, value)) for name, value in pairs]
    return urlencode(new) if new != pairs else query


def _names(model: Any) -> dict[str, str]:
    rows = model._base_manager.values_list("pk", "public_id")
    return {str(pk): str(public_id) for pk, public_id in rows}


class Migration(migrations.Migration):
    dependencies = [
        ("audits", "0021_who_answered_may_not_sign"),
    ]

    operations = [
        migrations.AlterField(
            model_name="savedview",
            name="query",
            field=models.CharField(blank=True, max_length=700),
        ),
        *(
            migrations.AddField(
                model_name=name,
                name="public_id",
                field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
            )
            for name in NAMED
        ),
        migrations.RunPython(name_rows, migrations.RunPython.noop),
        migrations.RunPython(translate_filters, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name=name,
                name="public_id",
                field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
            )
            for name in NAMED
        ),
    ]
