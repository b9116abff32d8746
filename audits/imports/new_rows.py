"""How many rows of an inventory would register a use case."""

from collections.abc import Mapping

from audits.models import Import, UseCase
from audits.services.use_cases.inventory_columns import ChosenReading
from audits.services.use_cases.inventory_rows import own_spelling


def number_of_new(inventory: Import, columns: Mapping[str, str]) -> int:
    """Count the rows whose reference is of no use case.

    Args:
        inventory: The import.
        columns: The headings that somebody chose, with that of the reference.
    """
    reading = ChosenReading(columns, inventory.headings)
    said = (reading.row(row).given["reference"] for row in inventory.rows)
    given = {own_spelling(" ".join(each.split())) for each in said}
    own = UseCase.objects.filter(organization=inventory.organization)
    known = {u.reference for u in own.only("number")}
    known |= set(own.values_list("external_reference", flat=True)) - {""}
    return len(given - known)
