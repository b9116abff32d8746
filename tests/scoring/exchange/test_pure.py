import subprocess
import sys

UNWANTED = ("django", "weasyprint", "pydantic", "yaml", "sqlite3", "asyncio", "http")

PROGRAM = """
import sys
import {module}
print(*sorted({{name.partition('.')[0] for name in sys.modules}}))
"""


def modules_after_import_of(module: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has after an import."""
    finished = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(module=module)],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(finished.stdout.split())


def test_scoring_imports_nothing_but_the_frameworks_package() -> None:
    imported = modules_after_import_of("audits.scoring")

    assert sorted(imported & set(UNWANTED)) == []


def test_documents_need_no_library() -> None:
    imported = modules_after_import_of("audits.scoring.exchange.document")

    assert sorted(imported & {"django", "weasyprint", "pydantic", "yaml"}) == []


def test_loader_needs_yaml_and_no_more() -> None:
    imported = modules_after_import_of("audits.frameworks.loading.loader")

    assert sorted(imported & {"django", "weasyprint", "pydantic"}) == []
