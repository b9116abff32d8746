"""Checks the logo of board papers."""

from typing import Any

from django.core.exceptions import ValidationError

from audits.uploads.attachments.pictures import check_picture
from audits.uploads.reading.refusals import UnreadableUploadError


def validate_logo(file: Any) -> None:
    """Refuse a file whose content is not a small picture.

    Raises:
        ValidationError: It is not, or cannot be read now; says what is allowed.
    """
    if getattr(file, "_committed", False):
        return  # it was checked when it arrived
    try:
        check_picture(file, file.name)
    except UnreadableUploadError as error:
        raise ValidationError(str(error)) from error
