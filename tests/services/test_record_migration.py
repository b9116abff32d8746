"""The migration chains what was recorded before digests covered the organization."""

import hashlib
import json
from importlib import import_module

from django.apps import apps
from django_scopes import scope, scopes_disabled

from audits.models import Event
from audits.services.record_checks import check_record
from tests.casting import Cast

MIGRATION = import_module("audits.migrations.0020_the_record_is_checked")


def test_earlier_records_are_chained_again(cast: Cast) -> None:
    tenants = (cast.ours.organization, cast.theirs.organization)
    for tenant in tenants:
        with scope(organization=tenant):
            previous = ""
            for event in Event.objects.all():
                content = [
                    *(previous, event.number, event.at.isoformat(), event.actor_id),
                    *(event.verb, event.subject, event.details),
                ]
                text = json.dumps(content, sort_keys=True, separators=(",", ":"))
                event.previous = previous
                event.digest = previous = hashlib.sha256(text.encode()).hexdigest()
                event.save()
            assert check_record(tenant).faults

    with scopes_disabled():
        MIGRATION.chain_anew(apps, None)

    for tenant in tenants:
        with scope(organization=tenant):
            assert check_record(tenant).faults == ()
            assert check_record(tenant).last == 11
