"""Housekeeping removes what an organization keeps for a time only, and says so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from audits.models import (
    Audit,
    Event,
    Organization,
    PortfolioRow,
    Role,
    UseCase,
    User,
    Version,
)
from audits.services.answers.answers import fresh_audit
from audits.services.privacy.retention import (
    choose_retention,
    forget_sign_ins,
    remove_old,
)
from audits.services.record.events import record
from audits.services.record.record_checks import check_record
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from tests.board.boards import sign
from tests.casting import Cast
from tests.conditions import decide


def aged(audit: Audit, days: int, **moments: str) -> None:
    at = timezone.now() - timedelta(days=days)
    Audit.objects.filter(pk=audit.pk).update(
        created_at=at, **dict.fromkeys(moments.values(), at)
    )
    Version.objects.filter(audit=audit).update(at=at)


def keep(cast: Cast, years: int | None, months: int | None) -> None:
    ours = cast.ours
    choose_retention(
        organization=ours.organization,
        by=ours.people[Role.ADMIN],
        signed_years=years,
        drafts_months=months,
        sign_ins_months=None,
    )


def test_drafts_go_after_their_months_and_what_is_younger_stays(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        drafts = Audit.objects.filter(state="draft", supersedes=None).exclude(
            pk=ours.draft.pk
        )
        others = {*drafts.values_list("pk", flat=True)}
        use_case = ours.draft.use_case_id
        aged(ours.draft, 200)
    assert remove_old() == 0  # nobody chose a time

    with scope(organization=ours.organization):
        keep(cast, None, 7)
    assert remove_old() == 0  # younger than seven months
    with scope(organization=ours.organization):
        keep(cast, None, 6)
        keep(cast, None, 6)
    removed = remove_old()

    with scope(organization=ours.organization):
        assert removed == 1
        assert not UseCase.objects.filter(pk=use_case).exists()
        assert others == {*drafts.values_list("pk", flat=True)}
        assert Audit.objects.filter(pk=ours.submitted.pk).exists()
        assert Event.objects.filter(verb="organization.retention").count() == 2
        assert Event.objects.latest("number").verb == "use_case.removed"
        assert not check_record(ours.organization).faults


def test_signed_audits_go_years_after_another_replaced_them(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        old = sign(ours)
        newer = begin_again(audit=old, by=ours.contributor)
        newer = submit_audit(audit=newer, by=ours.contributor)
        decide(newer, ours.people[Role.REVIEWER], outcome="approved")
        keep(cast, 5, None)
        aged(old, 3000, signed="signed_off_at")
    assert remove_old() == 0  # it was replaced only now

    with scope(organization=ours.organization):
        aged(newer, 2000, signed="signed_off_at")
    assert remove_old() == 1

    with scope(organization=ours.organization):
        assert not Audit.objects.filter(pk=old.pk).exists()
        left = fresh_audit(newer)
        assert (left.state, left.supersedes_id) == ("signed_off", None)
        assert PortfolioRow.objects.get(audit=left).state == "signed_off"
    assert Organization.objects.filter(pk=ours.organization.pk).exists()


@pytest.mark.on_both
def test_record_forgets_who_signed_in_and_still_verifies(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, person = cast.ours, cast.ours.contributor
    own = ours.organization
    details = {"times_today": 10}
    with scope(organization=own):
        said = [
            record(organization=own, actor=who, verb=verb, subject=subject, **more)
            for who, verb, subject, more in (
                (person, "person.signed_in", str(person.pk), {}),
                (None, "person.sign_in_failed", str(person.pk), details),
                (person, "person.exported", str(person.pk), {}),
                (person, "person.signed_out", str(person.pk), {}),
            )
        ]
        admin = ours.people[Role.ADMIN]
        choose_retention(
            organization=own,
            by=admin,
            signed_years=None,
            drafts_months=None,
            sign_ins_months=3,
        )
        assert forget_sign_ins() == 0  # all are of today
        assert not check_record(own).faults

    later = timezone.now() + timedelta(days=93)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert forget_sign_ins(later) == len(said) - 1
    assert forget_sign_ins(later) == 0

    with scope(organization=own):
        lines = [Event.objects.get(pk=each.pk) for each in said]
        told = [(x.actor, x.subject, x.details) for x in lines]
        assert told[0] == told[1] == told[3] == (None, "", {})
        assert told[2] == (person, str(person.pk), {})
        assert [x.digest for x in lines] == [x.digest for x in said]
        assert [(x.at, x.verb) for x in lines] == [(x.at, x.verb) for x in said]
        last = Event.objects.latest("number")
        first = said[0].number
        assert (last.verb, last.details) == (
            "record.sign_ins_removed",
            {
                "lines": [[first, first + 1], [first + 3, first + 3]],
                "sealed_from": first,
            },
        )
        assert not check_record(own).faults
        # What is left of a line is proved, and who it was is not guessed from it.
        guessed = [
            replace(said[0].line, seal="", actor=pk, subject=str(pk)).inner_digest
            for pk in User.objects.values_list("pk", flat=True)
        ]
        assert lines[0].seal
        assert lines[0].seal not in guessed
        for change in (
            {"verb": "person.signed_out"},
            {"at": lines[0].at - timedelta(hours=1)},
            {"seal": "0" * 64},
            {"seal": ""},
        ):
            Event.objects.filter(pk=lines[0].pk).update(**change)
            assert [x.number for x in check_record(own).faults] == [first]
            lines[0].save()
        # Nothing else can hide behind that: neither another line nor another kind.
        kept: dict[str, Any] = {
            "actor": None,
            "subject": "",
            "details": {},
            "is_emptied": True,
        }
        Event.objects.filter(pk=said[2].pk).update(**kept)
        [fault] = check_record(own).faults
        assert (fault.number, fault.what) == (said[2].number, "changed")
        Event.objects.filter(pk=said[2].pk).update(verb="person.signed_in")
        assert [x.number for x in check_record(own).faults] == [said[2].number]
        # Nor if a forged line of a removal names it, and no seals.
        Event.objects.filter(pk=said[2].pk).update(seal="")
        record(
            organization=own,
            actor=None,
            verb="record.sign_ins_removed",
            subject="record",
            lines=[[said[2].number, said[2].number]],
        )
        assert [x.number for x in check_record(own).faults] == [said[2].number]
        Event.objects.filter(pk=said[0].pk).update(verb="audit.signed_off")
        broken = [x.number for x in check_record(own).faults]
        assert broken == [said[0].number, said[2].number]


def test_no_line_is_passed_off_as_a_sign_in_that_nobody_chose_to_remove(
    cast: Cast,
) -> None:
    own = cast.ours.organization
    with scope(organization=own):
        person = cast.ours.contributor
        line = record(organization=own, actor=person, verb="audit.sent", subject="x")
        Event.objects.filter(pk=line.pk).update(
            verb="person.signed_in", actor=None, subject="", details={}, is_emptied=True
        )
        said = {"lines": [[line.number, line.number]]}
        hidden: dict[str, Any] = {
            "organization": own,
            "actor": None,
            "subject": "record",
            **said,
        }
        record(verb="record.sign_ins_removed", **hidden)
        assert [x.number for x in check_record(own).faults] == [line.number]

        choose_retention(
            organization=own,
            by=cast.ours.people[Role.ADMIN],
            signed_years=None,
            drafts_months=None,
            sign_ins_months=1,
        )
        record(verb="record.sign_ins_removed", **hidden)

        # It is younger than the month for which they are kept.
        assert [x.number for x in check_record(own).faults] == [line.number]
