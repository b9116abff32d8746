"""Refuses a SECRET_KEY that somebody could guess or has read somewhere."""

from django.core.exceptions import ImproperlyConfigured

_SHORTEST, _DIFFERENT = 50, 10
# Words from sample files and manuals.
_SAMPLES = ("insecure", "changeme", "change-me", "change_me", "secret", "example")
_WORDS = ("password", "your-", "your_", "replace", "attune", "placeholder", "sample")
_HOW = (
    'Make one with: python -c "import secrets; print(secrets.token_urlsafe(50))" '
    "and keep it out of the repository."
)


def refuse_weak(key: str) -> str:
    """Return a key that is long and looks random.

    Raises:
        ImproperlyConfigured: It is weak; says why and how to make one.
    """
    small = key.casefold()
    why = ""
    if len(key) < _SHORTEST:
        why = f"has {len(key)} characters; it needs {_SHORTEST}"
    elif len(set(key)) < _DIFFERENT:
        why = f"has only {len(set(key))} different characters"
    elif key in (key + key)[1:-1]:
        why = "repeats itself"
    elif found := [word for word in _SAMPLES + _WORDS if word in small]:
        why = f"contains “{found[0]}”, as samples do"
    if why:
        message = f"SECRET_KEY {why}. {_HOW}"
        raise ImproperlyConfigured(message)
    return key
