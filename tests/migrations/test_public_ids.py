"""Rows of before get names of their own, and what is kept of filters follows them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import QueryDict
from django.utils import timezone
from django_scopes import scope

from audits.models import Organization
from audits.portfolio_filter import read_filter, standings_of

NAME = ("audits", "0022_rows_are_named_by_chance_in_addresses")


def migrate(*targets: tuple[str, str]) -> Any:
    """Bring the database to these migrations, and return the models of then."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return executor.loader.project_state(list(targets)).apps


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    """The models of before, over a database that is as it was then."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    [earlier] = executor.loader.get_migration(*NAME).dependencies
    yield migrate(earlier)
    migrate(*latest)


def add(models: Any, model: str, /, **fields: Any) -> Any:
    return models.get_model("audits", model)._base_manager.create(**fields)


def fill(models: Any) -> dict[str, Any]:
    """Add two of each that is named, and one of each that keeps a filter."""
    made: dict[str, Any] = {}
    made["organization"] = add(models, "Organization", name="Northgate", slug="n")
    own = {"organization": made["organization"]}
    for name in ("ana", "ben"):
        made[name] = add(models, "User", email=f"{name}@n.example", name=name)
    made["team"] = add(models, "Team", **own, name="Claims")
    made["other"] = add(models, "Team", **own, name="Sales")
    case = add(
        models,
        "UseCase",
        **own,
        number=1,
        team=made["team"],
        owner=made["ana"],
        name="Triage",
        summary="Sorts",
    )
    audit = add(
        models,
        "Audit",
        **own,
        use_case=case,
        framework="fine_tuning",
        framework_version=1,
        framework_hash="x",
    )
    for number in (1, 2):
        common = {**own, "audit": audit, "by": made["ana"]}
        add(models, "Comment", **common, question="goal", text="Who counted?")
        add(
            models,
            "Version",
            **common,
            kind="answer",
            item="state",
            number=number,
            value="none",
            at=timezone.now(),
        )
    team, ana = made["team"].pk, made["ana"].pk
    kept = f"owner={ana}&q=a+b%26c&team={team}"
    made["view"] = add(
        models, "SavedView", **own, user=made["ana"], name="Mine", query=kept
    )
    gone = f"stage=live&team={made['other'].pk + 100}"
    made["gone"] = add(
        models, "SavedView", **own, user=made["ana"], name="Gone", query=gone
    )
    for digest in ("1", "2"):
        add(models, "Feed", **own, user=made["ana"], view=made["view"], digest=digest)
    own["requested_by"] = made["ana"]
    made["pack"] = add(models, "BoardPack", **own, key="p", filters=kept)
    made["rescore"] = add(
        models, "Rescore", **own, key="r", asked="r", filters={"team": team, "q": "a"}
    )
    return made


def test_rows_are_named_and_kept_filters_follow(before: Any) -> None:
    made = fill(before)

    after = migrate(NAME)

    def now(name: str, of: str) -> Any:
        return after.get_model("audits", name)._base_manager.get(pk=made[of].pk)

    for name in ("Comment", "Feed", "SavedView", "Team", "User", "Version"):
        rows = after.get_model("audits", name)._base_manager
        names = set(rows.values_list("public_id", flat=True))
        assert len(names) == rows.count() == 2
        assert None not in names
    team, ana = now("Team", "team").public_id, now("User", "ana").public_id
    query = f"owner={ana}&q=a+b%26c&team={team}"
    assert now("SavedView", "view").query == query
    assert now("BoardPack", "pack").filters == query
    assert now("Rescore", "rescore").filters == {"team": str(team), "q": "a"}
    assert now("SavedView", "gone").query == made["gone"].query


def test_filter_of_a_team_that_is_gone_still_passes_nothing(before: Any) -> None:
    made = fill(before)
    migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())
    organization = Organization.objects.get(pk=made["organization"].pk)

    with scope(organization=organization):
        form = read_filter(QueryDict(made["gone"].query))
        assert form.gone == ["Team"]
        assert standings_of(QueryDict(made["gone"].query)).count() == 0
