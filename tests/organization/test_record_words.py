"""The record of events says what happened in the words and days of its reader."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from audits.frameworks.loading import loader
from audits.models import (
    DirectoryGroup,
    Event,
    MailDomain,
    Membership,
    Override,
    Role,
    UseCase,
)
from audits.organization.record import KINDS, of_kind
from audits.services.organizations.members import (
    change_role,
    end_membership,
    set_team_role,
)
from audits.services.organizations.teams import add_team, merge_teams, rename_team
from audits.services.papers.sharing import end_share
from audits.services.record import events
from audits.services.single_sign_on.domains import add_domain, remove_domain
from audits.services.single_sign_on.groups import map_group, unmap_group
from audits.services.single_sign_on.providers import remove_provider, save_provider
from tests.casting import Cast
from tests.pages import html_of

pytestmark = pytest.mark.on_both
AUDITS = Path(__file__).parents[2] / "audits"
_NOUNS = (
    "ask audit board board_step comment condition cover domain evidence feed file "
    "group import inventory invitation landscape membership organization pack person "
    "portfolio provider record report results share team token usage use_case use_cases"
)
VERB = re.compile(rf'"((?:{"|".join(_NOUNS.split())})\.[a-z_]*)"')


def lines(page: str) -> list[tuple[str, ...]]:
    """Return the event, the subject and the details of each row, the latest first."""
    rows = page.partition("<tbody>")[2].split("<tr>")[1:]
    return [tuple(_cell(row, name) for name in _CELLS) for row in rows]


_CELLS = ("Event", "About", "Details")


def _cell(row: str, name: str) -> str:
    inside = row.partition(f'data-label="{name}"')[2].partition(">")[2]
    text = re.sub(r"<[^>]*>", "", inside.partition("</td>")[0])
    return " ".join(text.split())


def record(boss: Membership, verb: str, subject: str, **details: Any) -> None:
    events.record(
        organization=boss.organization,
        actor=boss.user,
        verb=verb,
        subject=subject,
        **details,
    )


def test_record_names_teams_and_people_in_the_words_of_the_pages(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    ours, by = in_ours.ours, boss.user
    lead, heir = ours.contributor, ours.people[Role.REVIEWER]
    old = add_team(organization=ours.organization, by=by, name="Actuarial")
    rename_team(team=old, by=by, name="Actuaries")
    merge_teams(team=old, into=ours.team, by=by)
    before = {"into": str(ours.team.pk), "use_cases": 0}  # as lines were until now
    record(boss, "team.merged", "4711", **before)
    viewer = ours.people[Role.VIEWER]
    change_role(member=viewer.memberships.get(), by=boss, role=Role.REVIEWER)
    number = UseCase.objects.filter(owner=lead).count()
    end_membership(member=lead.memberships.get(), by=boss, heir=heir)
    team, name = ours.team.name, ours.organization.name
    record(boss, "organization.factor_required", str(ours.organization.pk))

    shown = lines(html_of(admin.get(reverse("record"))))

    ended = f"role: Contributor, handed over to: {heir} ({number} use cases)"
    roles = "role before: Viewer, role now: Reviewer"
    for line in (
        ("Team added", "Actuaries", ""),
        ("Team renamed", "Actuaries", "name before: Actuarial"),
        ("Team merged", "Actuaries", f"into: {team}, use cases: 0"),
        ("Team merged", "4711", f"into: {team}, use cases: 0"),
        ("Role changed", str(viewer), roles),
        ("Member deactivated", str(lead), ended),
        ("Second factor required", name, ""),
    ):
        assert line in shown, (line, shown)
    owner = f"owner: {lead} → {heir}"
    assert any(details.startswith(owner) for *_, details in shown)


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        pytest.param("Europe/Berlin", [0, 1], id="Berlin"),
        pytest.param("", [1, 0], id="as installed, UTC"),
    ],
)
def test_day_of_the_filter_is_that_of_the_page(
    in_ours: Cast, admin: Client, boss: Membership, zone: str, days: list[int]
) -> None:
    late = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    last = Event.objects.latest("number")
    Event.objects.create(
        organization=boss.organization,
        number=last.number + 1,
        at=late,
        actor=boss.user,
        verb="team.founded",
        subject="A team",
        details={},
        digest="0" * 64,
    )
    boss.user.time_zone = zone
    boss.user.save(update_fields=["time_zone"])

    pages = [
        html_of(admin.get(reverse("record"), {"day": day}))
        for day in ("2026-06-01", "2026-06-02", "9999-12-31", "0001-01-01")
    ]

    counts = [len(lines(page)) for page in pages]
    assert counts == [*days, 0, 0]


def test_what_is_gone_keeps_its_name_and_what_was_done_is_in_words(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    ours, by = in_ours.ours, boss.user
    own: dict[str, Any] = {"organization": ours.organization, "by": by}
    map_group(**own, name="AI-heads", role="admin")
    unmap_group(group=DirectoryGroup.objects.get(name="AI-heads"), by=by)
    add_domain(**own, domain="bank.example")
    remove_domain(domain=MailDomain.objects.get(domain="bank.example"), by=by)
    issuer = "https://login.bank.example"
    changed = {"kind": "openid", "issuer": issuer, "default_role": "viewer"}
    save_provider(**own, changed=changed)
    remove_provider(**own)
    viewer = ours.people[Role.VIEWER]
    member, team = viewer.memberships.get(), ours.team
    for role in (Role.REVIEWER, None):
        set_team_role(member=member, by=boss, team=team, role=role)
    end_share(share=ours.share, by=by)
    record(boss, "audit.overridden", "1", verdict="keep", computed="rag", override="7")
    record(boss, "report.made", str(ours.report.pk))

    shown = lines(html_of(admin.get(reverse("record"))))

    names = {key: words.name for key, words in loader.current().verdicts.items()}
    provider = f"kind: OpenID Connect, issuer: {issuer}"
    for line in (
        ("Role given to a group", "AI-heads", "role: Administrator"),
        ("Role taken from a group", "AI-heads", "role: Administrator"),
        ("Mail domain added", "bank.example", ""),
        ("Mail domain removed", "bank.example", ""),
        ("Identity provider removed", ours.organization.name, provider),
        (
            "Verdict overridden",
            "1",
            f"verdict: {names['keep']}, computed verdict: {names['rag']}",
        ),
    ):
        assert line in shown, (line, shown)
    [added] = [x for x in shown if x[0] == "Identity provider added"]
    assert "role without a group: Viewer" in added[2]
    roles = [(x[0], x[2]) for x in shown if x[0].startswith("Role for a team")]
    taken, given = "Role for a team taken", "Role for a team given"
    assert roles == [
        (taken, f"role before: Reviewer, role now: none, team: {team}"),
        (given, f"role before: none, role now: Reviewer, team: {team}"),
    ]
    made = next(x for x in shown if x[0] == "Report made")
    [ended] = [x for x in shown if x[0] == "Sharing ended"]
    reference = ours.submitted.use_case.reference
    assert ended[1:] == (f"Board paper of {reference}, for {ours.share}", "")
    assert made[1] == f"Board paper of {reference}"


def test_codes_are_said_in_words_and_reasons_of_overrides_are_there(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    audit, code = in_ours.ours.submitted, str(uuid4())
    signed = [
        Override.objects.create(
            organization=boss.organization,
            audit=audit,
            number=number,
            verdict=verdict,
            computed="rag",
            words=words,
            by=boss.user,
        )
        for number, verdict, words in ((1, "keep", "Too soon. " * 20), (2, "", "Sure"))
    ]
    subject, of_audit = str(audit.pk), {"audit": str(audit.pk)}
    for verb, each in zip(("overridden", "override_ended"), signed, strict=True):
        record(boss, f"audit.{verb}", subject, override=str(each.pk))
    digest = "0f" * 32
    record(boss, "evidence.added", code, **of_audit, question="eval", kind="link")
    record(boss, "usage.read", code, audit=code, sha256=f"sha256:{digest}", size=10434)
    record(boss, "cover.saved", subject, changed=["risks"], words=digest)
    both = {"changed": ["stage"], "stage": ["planned", "live"], "others": 4}
    record(boss, "use_case.changed", "UC-0001", **both)
    record(boss, "person.erased", "4711", masked={"review": 2}, reviews=[code, code])

    shown = lines(html_of(admin.get(reverse("record"))))

    label = {x.id: x.label for x in loader.current().questions}["eval"]
    about = f"Audit of {audit.use_case.reference}"
    assert shown[:7] == [
        ("Person erased", "4711", "masked: review 2"),
        (
            "Use case changed",
            "UC-0001",
            "stage: planned → live, one of: 5 use cases changed together",
        ),
        ("Cover saved", about, "changed: risks"),
        ("Usage read", "Usage", "size: 10,434 bytes"),
        ("Evidence added", about, f"kind: link, question: {label}"),
        ("Override taken back", about, "reason: Sure"),
        ("Verdict overridden", about, f"reason: {'Too soon. ' * 20}".strip()),
    ]
    assert code not in " ".join(map(" ".join, shown))


def test_every_line_is_of_one_kind_that_can_be_chosen(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    sources = (path.read_text("utf-8") for path in AUDITS.rglob("services/**/*.py"))
    verbs = {verb for text in sources for verb in VERB.findall(text)}
    assert {"share.refused", "provider.added", "board_step."} <= verbs
    for verb in verbs:
        record(boss, f"{verb}done" if verb.endswith(".") else verb, "1")

    own = Event.objects.filter(subject="1")
    counted = {kind: own.filter(of_kind(kind)).count() for kind in KINDS}
    assert counted["sign_on"] > 5
    assert counted["share"] >= 4
    chosen = own.none()
    for kind in KINDS:
        chosen |= own.filter(of_kind(kind))
    assert {*own.values_list("verb", flat=True)} - {
        *chosen.values_list("verb", flat=True)
    } == set()
    page = html_of(admin.get(reverse("record"), {"kind": "sign_on"}))
    assert len(lines(page)) == counted["sign_on"]
