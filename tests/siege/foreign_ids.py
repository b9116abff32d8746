"""Ids of the other organization in every field that a form of ours sends."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db.models import F, ForeignKey, Model
from django.urls import reverse
from django_scopes import scopes_disabled

from audits.models import Membership, Organization, Role, User
from tests.access.rows.row import ids_in
from tests.access.rows.rows import ROWS
from tests.casting import Tenant
from tests.siege.browser import Browser, Form, Page
from tests.siege.figures import Figures
from tests.siege.instance import Instance
from tests.siege.people import the_cast

# Forms that end what the walk needs: they are sent by other rounds.
_LEFT_OUT = ("sign-out", "discard", "password")


def foreign_ids(instance: Instance) -> Figures:
    """Send every form with each foreign id in each of its fields."""
    figures, cast = Figures("foreign_ids"), the_cast()
    before = _digest_of(cast.theirs.organization)
    browser = Browser(instance.port, cast.ours.people[Role.ADMIN])
    for form in _forms(browser):
        for field in dict.fromkeys(name for name, _ in form.fields):
            if field == "csrfmiddlewaretoken":
                continue
            for kind, foreign in _ids_of(cast.theirs).items():
                fields = [(n, foreign if n == field else v) for n, v in form.fields]
                answer = browser.post(form.action, fields)
                what = f"POST {form.action} with their {kind} as {field}"
                figures.answered(what, answer.status, answer.body)
    figures.leaked += _crossings(figures)
    if _digest_of(cast.theirs.organization) != before:
        figures.leaked += 1
        figures.tell("rows of the other organization were changed")
    return figures


def _forms(browser: Browser) -> Iterator[Form]:
    """Yield every form that posts, once, of every page that ours can open."""
    seen = set()
    for row in ROWS:
        name, kwargs = row.url
        if row.method != "GET":
            continue
        path = reverse(name, kwargs=ids_in(the_cast().ours, kwargs))
        for form in Page(path, browser.get(path).page).forms:
            names = (form.action, *sorted({name for name, _ in form.fields}))
            left_out = any(word in form.action for word in _LEFT_OUT)
            if form.method == "POST" and names not in seen and not left_out:
                seen.add(names)
                yield form


def _ids_of(tenant: Tenant) -> dict[str, str]:
    names = ("draft", "submitted", "team", "view", "version", "evidence")
    ids = ids_in(tenant, {name: name for name in names})
    return {
        **{name: str(value) for name, value in ids.items()},
        "organization": str(tenant.organization.pk),
        "team number": str(tenant.team.pk),
        "person": str(tenant.people[Role.REVIEWER].public_id),
    }


def _crossings(figures: Figures) -> int:
    """Count the rows of one organization that point into another."""
    found = 0
    with scopes_disabled():
        for model, field in _foreign_keys():
            if field.related_model is User:
                members = Membership.objects.values("user_id", "organization_id")
                known = {(m["user_id"], m["organization_id"]) for m in members}
                pairs = model._default_manager.exclude(**{field.name: None})
                pairs = pairs.values_list(field.attname, "organization_id")
                wrong = len(set(pairs) - known)
            else:
                inner = f"{field.name}__organization_id"
                rows = model._default_manager.exclude(**{field.name: None})
                wrong = rows.exclude(organization_id=F(inner)).count()
            if wrong:
                figures.tell(f"{model.__name__}.{field.name} crosses {wrong} times")
            found += wrong
    return found


def _foreign_keys() -> Iterator[tuple[type[Model], "ForeignKey[Any, Any]"]]:
    owned = [m for m in apps.get_app_config("audits").get_models() if _owns(m)]
    for model in owned:
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey):
                continue
            if field.related_model is User or field.related_model in owned:
                yield model, field


def _owns(model: type[Model]) -> bool:
    return "organization" in {field.name for field in model._meta.get_fields()}


def _digest_of(organization: Organization) -> str:
    """Digest every row of an organization, but for what reading it may write."""
    digest = hashlib.sha256()
    with scopes_disabled():
        for model in apps.get_app_config("audits").get_models():
            if _owns(model) and model.__name__ not in ("Event", "Snapshot"):
                rows = model._default_manager.filter(organization=organization)
                text = serializers.serialize("json", rows.order_by("pk"))
                digest.update(text.encode())
    return digest.hexdigest()
