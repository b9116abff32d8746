"""What every save asks is written once, and is asked for whoever saves."""

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from audits.models import Audit, Event
from audits.services.answers.answers import fresh_audit
from audits.services.record.events import record
from tests.casting import Cast, Tenant

pytestmark = pytest.mark.on_both

VERB = "audit.submitted"


def one_more(tenant: Tenant) -> Event:
    return record(organization=tenant.organization, actor=None, verb=VERB, subject="x")


def test_audit_and_end_of_the_record_are_asked_with_sql_written_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = SQLCompiler.as_sql

    def as_sql(compiler: SQLCompiler, *given: object, **options: object) -> object:
        found = write(compiler, *given, **options)  # type: ignore[arg-type]
        written.append(str(found[0]))
        return found

    tenant = cast.ours
    with scope(organization=tenant.organization):
        fresh_audit(tenant.draft)
        one_more(tenant)
        monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
        fresh_audit(tenant.submitted)
        one_more(tenant)

    assert written
    assert not [sql for sql in written if 'FROM "audits_audit"' in sql]
    assert not [sql for sql in written if 'FROM "audits_event"' in sql]


def test_each_record_goes_on_from_its_own_end_in_any_scope(cast: Cast) -> None:
    ours, theirs = cast.ours, cast.theirs
    for tenant in (ours, theirs, ours):
        for its in (scope(organization=tenant.organization), scopes_disabled()):
            with its:
                last = Event.objects.head(tenant.organization)
                line = one_more(tenant)
            number, digest = (last.number, last.digest) if last else (0, "")
            assert (line.number, line.previous) == ((number or 0) + 1, digest)


def test_nothing_is_recorded_without_a_scope(cast: Cast) -> None:
    with pytest.raises(ScopeError):
        one_more(cast.ours)


def test_audit_that_is_gone_or_of_others_is_not_read_again(cast: Cast) -> None:
    gone = cast.ours.draft
    theirs = scope(organization=cast.theirs.organization)
    with theirs, pytest.raises(Audit.DoesNotExist):
        fresh_audit(gone)
    with scope(organization=cast.ours.organization):
        assert fresh_audit(gone) == gone
        Audit.objects.filter(pk=gone.pk).delete()
        with pytest.raises(Audit.DoesNotExist):
            fresh_audit(gone)
