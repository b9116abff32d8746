"""The bill of materials is valid, whole, and the same wherever it is made."""

import json
from pathlib import Path

import pytest

from tests.supply.bill_of_materials import bill_of_materials, invalid
from tests.supply.licences import Policy
from tests.supply.requirements import pins

ROOT = Path(__file__).parent.parent.parent
PINNED = pins(ROOT / "requirements.txt")
BILL = bill_of_materials(ROOT, PINNED, Policy.read(ROOT))


@pytest.mark.thorough
def test_it_is_valid_and_a_broken_one_is_not() -> None:
    assert invalid(BILL) == ""
    assert "purl" in invalid(BILL.replace('"purl"', '"purl": 1, "purI"', 1))


def test_each_package_has_version_hashes_licence_and_purl() -> None:
    components = {c["name"]: c for c in json.loads(BILL)["components"]}

    assert set(components) == {pin.name for pin in PINNED if pin.is_installed_here}
    for pin in PINNED:
        if pin.is_installed_here:
            component = components[pin.name]
            assert component["version"] == pin.version
            assert component["purl"] == f"pkg:pypi/{pin.name}@{pin.version}"
            assert {h["content"] for h in component["hashes"]} == pin.hashes
            assert component["licenses"]


def test_it_says_what_needs_what() -> None:
    needs = {d["ref"]: d.get("dependsOn", []) for d in json.loads(BILL)["dependencies"]}

    (django,) = (pin for pin in PINNED if pin.name == "django")
    assert f"pkg:pypi/django@{django.version}" in needs["attune"]
    assert any(
        ref.startswith("pkg:pypi/sqlparse@")
        for ref in needs[f"pkg:pypi/django@{django.version}"]
    )


@pytest.mark.thorough
def test_equal_requirements_give_equal_bytes_and_nothing_of_this_machine() -> None:
    assert bill_of_materials(ROOT, PINNED[::-1], Policy.read(ROOT)) == BILL
    made = json.loads(BILL)
    assert "serialNumber" not in made
    assert "timestamp" not in made["metadata"]
    addresses = {word for word in BILL.split('"') if "://" in word}
    assert addresses == {made["$schema"]}
    assert str(ROOT) not in BILL
