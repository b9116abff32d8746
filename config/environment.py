"""Reads variables of the environment, or says which one has to be written otherwise."""

import json
import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def env_bool(name: str, *, default: bool) -> bool:
    """Return a variable as true or false; anything but yes/true/1/on is false."""
    value = os.environ.get(name)
    return default if not value else value.lower() in ("1", "true", "yes", "on")


def env_list(name: str) -> list[str]:
    """Return a comma-separated variable as a list."""
    return [item.strip() for item in os.environ.get(name, "").split(",") if item]


def env_int(name: str, *, default: int) -> int:
    """Return a variable as a whole number of 0 or more."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        message = f"{name} is {value!r}. Give a whole number, such as {default}."
        raise ImproperlyConfigured(message)
    return int(value)


def env_json(name: str) -> dict[str, Any]:
    """Return a variable that holds a JSON object as a dictionary."""
    try:
        value = json.loads(os.environ.get(name) or "{}")
    except json.JSONDecodeError as error:
        message = f"{name} is not JSON: {error}."
        raise ImproperlyConfigured(message) from error
    if not isinstance(value, dict):
        message = f'{name} must be a JSON object, like {{"location": "/srv/files"}}.'
        raise ImproperlyConfigured(message)
    return value
