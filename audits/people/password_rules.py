"""Refuses passwords that are guessed first: long common ones, and mere names."""

import re
import unicodedata
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from audits.access.members import membership_of
from audits.models import User

PRODUCT = "Attune"
# The fewest letters of a name that count, and the fewest letters left without names.
_NAME_COUNTS, _LEFT = 3, 8
# Famous long ones, which the list of common ones lacks.
_FAMOUS = frozenset({"correcthorsebatterystaple", "thequickbrownfox"})
_ENDS = re.compile(r"^[ -@\[-`{-~]+|[ -@\[-`{-~]+$")  # digits and signs of ASCII


def _letters(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


class NotCommon(CommonPasswordValidator):
    """Refuses common passwords, also with digits and signs around, or repeated."""

    def get_help_text(self) -> str:
        return "Do not use a common password."

    def validate(self, password: str, user: User | None = None) -> None:
        super().validate(password, user)
        core = _ENDS.sub("", password.casefold())
        # A text found inside its own double is a repetition.
        unit = core[: (core + core).find(core, 1)] if core else ""
        letters = _letters(password)
        if not unit or {core, unit} & set(self.passwords) or letters in _FAMOUS:
            message = "This password is too common. Use a few words of your own."
            raise ValidationError(message, code="password_too_common")


class NotOnlyNames:
    """Refuses little more than the name of a person, their company or Attune."""

    def validate(self, password: str, user: User | None = None) -> None:
        left = _letters(password)
        for name in sorted(_names(user), key=len, reverse=True):
            left = left.replace(name, "")
        if len(left) < min(_LEFT, len(_letters(password))):
            message = (
                "This password is mostly a name: yours, your organization’s or "
                f"{PRODUCT}’s. Use a few other words."
            )
            raise ValidationError(message, code="password_of_names")

    def get_help_text(self) -> str:
        return (
            "Do not use your name, your organization’s name or the name of this site."
        )


def _names(user: User | None) -> set[str]:
    texts: list[Any] = [PRODUCT]
    if user is not None and user.pk:
        member = membership_of(user)
        texts += [user.name, *user.email.split("@")]
        texts += [member.organization.name, member.organization.slug] if member else []
    parts = {part for text in texts for part in (text, *re.split(r"[\W_]+", text))}
    return {x for x in map(_letters, parts) if len(x) >= _NAME_COUNTS}
