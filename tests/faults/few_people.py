"""Loads one demo person and one verdict: `python -m tests.faults.few_people`.

A test of a running site needs no more of the demo, which takes far longer to load. The
tables are made first, as the models say: to migrate would take as long again.
"""

import django


def main() -> None:
    django.setup()
    from django.apps import apps  # noqa: PLC0415 - after the set-up
    from django.conf import settings  # noqa: PLC0415 - the same
    from django.core.management import call_command  # noqa: PLC0415 - the same
    from django_scopes import scope  # noqa: PLC0415 - the same

    from audits.models import Organization, Team  # noqa: PLC0415 - the same
    from audits.services.answers.answers import save_answers  # noqa: PLC0415 - the same
    from audits.services.demo.demo import LEAD, SLUG, join  # noqa: PLC0415 - the same
    from audits.services.reviews.audits import submit_audit  # noqa: PLC0415 - the same
    from tests.casting import register  # noqa: PLC0415 - the same
    from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE  # noqa: PLC0415

    settings.MIGRATION_MODULES = {each.label: None for each in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=True)
    organization = Organization.objects.create(name="Demo", slug=SLUG)
    with scope(organization=organization):
        lead = join(organization=organization, person=LEAD)
        team = Team.objects.create(organization=organization, name="Desk of the lead")
        audit = register(organization, lead, team, "Handbook")
        save_answers(audit=audit, by=lead, answers=FIRM_RETRIEVAL_CASE)
        submit_audit(audit=audit, by=lead)


main()
