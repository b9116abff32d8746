"""Loads the demo organization: the published cases, as use cases of teams."""

import re
from dataclasses import dataclass
from itertools import cycle, groupby
from operator import itemgetter
from typing import Any

from django.db import transaction
from django_scopes import scope, scopes_disabled

from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import levels_of, published_cases
from audits.models import Evidence, Membership, Organization, Role, Stage, Team, User
from audits.models.audits import NEED_PROOF
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent
from audits.services.organizations.new_members import store_new
from audits.services.reviews.audits import submit_audit
from audits.services.use_cases.use_cases import register_use_case

SLUG = "demo"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone to sign in as, with one click and in demo mode only."""

    email: str
    name: str
    title: str
    text: str
    role: Role


LEAD = DemoPerson(
    "lead@demo.example",
    "Dana Okafor",
    "Team lead",
    "Answer questions, get a verdict",
    Role.CONTRIBUTOR,
)
REVIEWER = DemoPerson(
    "reviewer@demo.example",
    "Priya Nair",
    "Reviewer",
    "Read every verdict and its reasons",
    Role.REVIEWER,
)
HEAD = DemoPerson(
    "head@demo.example",
    "Lena Brandt",
    "Head of AI",
    "See every use case of every team",
    Role.ADMIN,
)
VIEWER = DemoPerson(
    "viewer@demo.example",
    "Tom Weber",
    "Viewer",
    "Read everything, change nothing",
    Role.VIEWER,
)
DEMO_PEOPLE = (LEAD, REVIEWER, HEAD, VIEWER)

# The stage of a published case when its owners had to decide.
_STAGES = {
    "none": Stage.BUILDING,
    "planned": Stage.PLANNED,
    "in_cycle": Stage.TRAINING,
    "live_tuned": Stage.LIVE,
    "failed_or_paused": Stage.STOPPED,
}


def load_demo() -> bool:
    """Load the demo organization; False if it already exists.

    All or nothing: an interrupted load leaves nothing behind.
    """
    with scopes_disabled():
        if Organization.objects.filter(slug=SLUG).exists():
            return False
    with transaction.atomic():
        organization = Organization.objects.create(
            name="Published cases (demo)", slug=SLUG
        )
        with scope(organization=organization):
            people = {
                person: join(organization=organization, person=person)
                for person in DEMO_PEOPLE
            }
            owners = cycle([people[LEAD], people[REVIEWER], people[HEAD]])
            by_team = sorted(published_cases(), key=itemgetter("team"))
            for name, cases in groupby(by_team, key=itemgetter("team")):
                team = Team.objects.create(organization=organization, name=name)
                owner = next(owners)
                for case in cases:
                    _register(
                        organization=organization, owner=owner, team=team, case=case
                    )
    return True


def join(*, organization: Organization, person: DemoPerson) -> User:
    """Make a demo person a member; they have no password."""
    user = User.objects.filter(email=person.email).first()
    user = user or User.objects.create_user(person.email, None, name=person.name)
    store_new(Membership(user=user, organization=organization, role=person.role))
    return user


def _register(
    *, organization: Organization, owner: User, team: Team, case: dict[str, Any]
) -> None:
    framework = loader.current()
    facts = case["facts"]
    audit = register_use_case(
        organization=organization,
        by=owner,
        owner=owner,
        team=team,
        name=case["name"],
        summary=f"{case['title']}. {case['description']}",
        stage=_STAGES.get(facts["state"], Stage.BUILDING),
        what_was_done=case["used"],
        what_happened=case["outcome"],
        source=case["source"],
    )
    answers = {
        key: value for key, value in facts.items() if key in framework.answerable
    }
    sent: dict[Key, Sent] = {("answer", q): Sent(value=x) for q, x in answers.items()}
    levels = levels_of(framework, case)
    sent |= {("level", q): Sent(value=level) for q, level in levels.items()}
    shown = [q for q, level in levels.items() if level in NEED_PROOF]
    Evidence.objects.bulk_create(
        Evidence(
            organization=organization,
            audit=audit,
            question=question,
            link=_link_in(case["source"]),
            name="Published source",
            added_by=owner,
            given_for=answers.get(question),
        )
        for question in shown
    )
    audit = fresh_audit(audit)
    audit = save_entries(audit=audit, by=owner, sent=sent, sender=Sender()).audit
    submit_audit(audit=audit, by=owner)


def _link_in(source: str) -> str:
    """Return the first link of a source, or that of the paper that it names."""
    if link := re.search(r"https?://[^\s;,)]+", source):
        return link[0]
    paper = re.search(r"arXiv:([\d.]+)", source)
    return f"https://arxiv.org/abs/{paper[1]}" if paper else "https://arxiv.org/"
