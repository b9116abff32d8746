"""A new audit has the files behind its answers, which are stored once."""

import pytest
from django.core.files.storage import default_storage

from audits.models import Audit, Evidence
from audits.services.answers.evidence import remove_evidence
from audits.services.answers.levels import undocumented
from audits.services.reviews.drafts.discarding import discard_draft
from audits.services.reviews.drafts.renewals import begin_again, renewal_of
from tests.casting import Cast

pytestmark = pytest.mark.on_both


def file_of(audit: Audit) -> Evidence:
    found: Evidence = Evidence.objects.exclude(file="").get(audit=audit)
    return found


def test_file_comes_along_with_its_answer_and_no_byte_more(
    cast: Cast, signed: Audit
) -> None:
    before = Evidence.objects.total_size()

    new = begin_again(audit=signed, by=cast.ours.contributor)

    old, came = file_of(signed), file_of(new)
    assert came.pk != old.pk
    for name in ("file", "name", "digest", "size", "media_type", "question"):
        assert getattr(came, name) == getattr(old, name)
    assert (came.added_by_id, came.added_at) == (old.added_by_id, old.added_at)
    assert came.given_for == old.given_for
    assert Evidence.objects.total_size() == before
    assert came.question not in undocumented(new)
    renewal = renewal_of(new)
    assert renewal
    assert renewal.files == ()


def test_file_that_is_removed_from_the_draft_stays_with_the_signed_audit(
    cast: Cast, signed: Audit, django_capture_on_commit_callbacks: object
) -> None:
    new = begin_again(audit=signed, by=cast.ours.contributor)
    name = file_of(new).file.name

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_evidence(evidence=file_of(new), by=cast.ours.contributor)

    assert not Evidence.objects.filter(audit=new).exclude(file="").exists()
    assert file_of(signed).file.name == name
    assert default_storage.exists(str(name))


def test_discarded_draft_leaves_the_file_of_the_signed_audit(
    cast: Cast, signed: Audit
) -> None:
    new = begin_again(audit=signed, by=cast.ours.contributor)

    discard_draft(audit=new, by=cast.ours.contributor)

    assert default_storage.exists(str(file_of(signed).file.name))
