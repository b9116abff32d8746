"""What requirements.txt installs, as CycloneDX JSON: equal files give equal bytes."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from tests.supply.licences import Policy, installed, licence_of
from tests.supply.requirements import Pin

if TYPE_CHECKING:
    from cyclonedx.validation.json import JsonStrictValidator

SCHEMA = SchemaVersion.V1_6


def bill_of_materials(root: Path, pinned: list[Pin], policy: Policy) -> str:
    """Return the bill of what is installed here of these pins.

    It has no serial number and no time, so that two of them can be compared.
    """
    components = {
        pin.name: _component(pin, policy) for pin in pinned if pin.is_installed_here
    }
    bom = Bom(components=components.values())
    project = _project(root)
    bom.metadata.component = project
    needs: dict[str, list[Component]] = {name: [] for name in components}
    direct = []
    for pin in pinned:
        if pin.name not in components:
            continue
        for reason in pin.via:
            if reason in needs:
                needs[reason].append(components[pin.name])
            elif reason.startswith("-r "):
                direct.append(components[pin.name])
    bom.register_dependency(project, direct)
    for name, needed in needs.items():
        bom.register_dependency(components[name], needed)
    made = json.loads(make_outputter(bom, OutputFormat.JSON, SCHEMA).output_as_string())
    del made["serialNumber"], made["metadata"]["timestamp"]
    return json.dumps(made, indent=2, sort_keys=True) + "\n"


def invalid(bill: str) -> str:
    """Return why a bill is not valid CycloneDX; empty if it is."""
    return str(_validator().validate_str(bill) or "")


@cache
def _validator() -> "JsonStrictValidator":
    # It compiles 38 grammars of addresses, which takes a second.
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    return JsonStrictValidator(SCHEMA)


def _component(pin: Pin, policy: Policy) -> Component:
    package = installed(pin)
    licence = licence_of(package, policy) if package else ""
    purl = PackageURL("pypi", name=pin.name, version=pin.version)
    return Component(
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        name=pin.name,
        version=pin.version,
        purl=purl,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=h) for h in pin.hashes],
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
    )


def _project(root: Path) -> Component:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return Component(
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        name=project["name"],
        version=project["version"],
        licenses=[LicenseFactory().make_from_string(project["license"])],
    )
