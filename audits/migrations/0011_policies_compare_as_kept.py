"""Policies compare the organization of a row as it is kept, not as text."""

from django.db import migrations

from config.scoped_postgresql.policies import renew_policies


class Migration(migrations.Migration):
    dependencies = (("audits", "0010_conditions_of_a_board"),)

    operations = (migrations.RunPython(renew_policies, migrations.RunPython.noop),)
