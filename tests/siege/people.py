"""Who is besieged: two organizations, and someone with the keys to the back office."""

from functools import cache

from audits.models import User
from tests.casting import PASSWORD, Cast, build_cast


@cache
def the_cast() -> Cast:
    """Return the two organizations, made when they are first asked for."""
    return build_cast()


@cache
def the_operator() -> User:
    """Return someone who may use the back office."""
    return User.objects.create_superuser("root@example.org", PASSWORD, name="Root")
