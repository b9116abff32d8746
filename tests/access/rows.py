"""What each actor gets from each route, the refusals written out."""

from dataclasses import dataclass
from typing import Any

from audits.models import Role
from tests.casting import Tenant

ACTORS = ("anonymous", "unassigned", "stranger", *Role)
SIGN_IN = "sign in"


@dataclass(frozen=True)
class Row:
    """What each actor gets, in the order of ACTORS; a number or SIGN_IN."""

    method: str
    url: tuple[str, dict[str, str]]
    outcomes: tuple[int | str, ...]


def row(method: str, name: str, *outcomes: int | str, **kwargs: str) -> Row:
    assert len(outcomes) == len(ACTORS), name
    return Row(method, (name, kwargs), outcomes)


def ids_in(tenant: Tenant, kwargs: dict[str, str]) -> dict[str, str]:
    """Put a tenant's ids in place of the names that the rows give them."""
    names: dict[str, Any] = {
        "draft": tenant.draft.pk,
        "submitted": tenant.submitted.pk,
        "pack": tenant.pack.pk,
        "report": tenant.report.pk,
        "version": tenant.set_aside.public_id,
        "evidence": tenant.evidence.pk,
        "comment": tenant.comment.public_id,
        "ask": tenant.ask.pk,
        "team": tenant.team.public_id,
        "view": tenant.view.public_id,
        "feed": tenant.feed.public_id,
        "rescore": tenant.rescore.pk,
        "import": tenant.inventory.pk,
        "results": tenant.results.pk,
        "usage": tenant.usage.pk,
    }
    return {key: names.get(value, value) for key, value in kwargs.items()}


# anonymous, unassigned, stranger, viewer, contributor, reviewer, admin
ROWS = (
    row("GET", "home", 200, 302, 302, 302, 302, 302, 302),
    row("GET", "livez", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "readyz", 200, 200, 200, 200, 200, 200, 200),
    row("POST", "choose_theme", 302, 302, 302, 302, 302, 302, 302),
    row("POST", "demo_sign_in", 404, 404, 404, 404, 404, 404, 404),
    row("GET", "account_login", 200, 302, 302, 302, 302, 302, 302),
    row("GET", "send_held", *(302,) * 7),
    row("POST", "send_held", *(302,) * 7),
    row("POST", "account_logout", 302, 302, 302, 302, 302, 302, 302),
    row("GET", "account_signup", 200, 302, 302, 302, 302, 302, 302),
    row("GET", "account_change_password", SIGN_IN, 200, 200, 200, 200, 200, 200),
    row("GET", "account_set_password", SIGN_IN, 302, 302, 302, 302, 302, 302),
    row("GET", "account_inactive", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "account_reset_password", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "account_reset_password_done", 200, 200, 200, 200, 200, 200, 200),
    row(
        "GET",
        "account_reset_password_from_key",
        *(200, 200, 200, 200, 200, 200, 200),
        uidb36="1",
        key="no-such-key",
    ),
    row("GET", "account_reset_password_from_key_done", *(200,) * 7),
    row("GET", "method", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "words", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "verify", 200, 200, 200, 200, 200, 200, 200),
    row("POST", "verify", 422, 422, 422, 422, 422, 422, 422),
    row("GET", "import_upload", SIGN_IN, 403, 200, 403, 200, 200, 200),
    row("POST", "import_upload", SIGN_IN, 403, 422, 403, 422, 422, 422),
    row("GET", "import_template", SIGN_IN, 403, 200, 200, 200, 200, 200),
    # The contributor uploaded it.
    *(
        row(method, name, SIGN_IN, 403, 404, 403, outcome, 403, 403, import_id="import")
        for method, name, outcome in (
            ("GET", "import", 200),
            ("POST", "import", 422),
            ("POST", "import_write", 302),
            ("GET", "import_report", 200),
        )
    ),
    # An administrator may remove it too.
    row(
        *("POST", "import_remove", SIGN_IN, 403, 404, 403, 302, 403, 302),
        import_id="import",
    ),
    row("GET", "use_cases", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("GET", "register", SIGN_IN, 403, 200, 403, 200, 200, 200),
    row("GET", "portfolio", SIGN_IN, 403, 200, 200, 200, 200, 200),
    *(
        row("GET", name, SIGN_IN, 403, 200, 200, 200, 200, 200)
        for name in (
            *("teams", "portfolio_csv", "portfolio_json", "portfolio_xlsx"),
            *("saved_views", "calendars", "calibration", "calibration_csv"),
        )
    ),
    row("GET", "team", SIGN_IN, 403, 404, 200, 200, 200, 200, team_id="team"),
    # Without a name.
    row("POST", "saved_views", SIGN_IN, 403, 422, 422, 422, 422, 422),
    row("POST", "calendars", SIGN_IN, 403, 302, 302, 302, 302, 302),
    # They are the contributor's.
    row(
        "POST",
        "remove_saved_view",
        *(SIGN_IN, 403, 404, 404, 302, 404, 404),
        view_id="view",
    ),
    row(
        "POST",
        "remove_calendar",
        *(SIGN_IN, 403, 404, 404, 302, 404, 404),
        feed_id="feed",
    ),
    # Who has the key needs no more (tests/portfolio/test_calendars.py).
    row("GET", "calendar_feed", *(404,) * 7, key="no-such-key"),
    row("GET", "time_machine", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("POST", "rescore", SIGN_IN, 403, 302, 302, 302, 302, 302),
    row(
        "POST",
        "cancel_rescore",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        rescore_id="rescore",
    ),
    row("GET", "resume", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row(
        "GET",
        "section",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
        section_id="purpose",
    ),
    row(
        "POST",
        "section",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        audit_id="draft",
        section_id="purpose",
    ),
    row("GET", "tasks", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row(
        "GET",
        "use_case_details",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
    ),
    row(
        "POST",
        "use_case_details",
        *(SIGN_IN, 403, 404, 403, 422, 422, 422),
        audit_id="draft",
    ),
    row(
        "POST",
        "copy_use_case",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        audit_id="draft",
    ),
    row(
        "GET",
        "delete_use_case",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
    ),
    row(
        "POST",
        "delete_use_case",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        audit_id="draft",
    ),
    row("GET", "quick", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "quick", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row(
        "GET",
        "section_check",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
        section_id="purpose",
    ),
    row(
        "GET",
        "question",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
        question_id="goal",
    ),
    row(
        "POST",
        "question",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        audit_id="draft",
        question_id="goal",
    ),
    row(
        "GET",
        "question_history",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
        question_id="goal",
    ),
    row(
        "GET",
        "number_history",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
    ),
    row(
        "GET",
        "candidate_history",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
    ),
    row("GET", "candidates", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "candidates", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    *(
        row(
            method,
            "candidate",
            *(SIGN_IN, 403, 404, 403, outcome, outcome, outcome),
            audit_id="draft",
            item="new",
        )
        for method, outcome in (("GET", 200), ("POST", 422))
    ),
    row(
        "POST",
        "remove_candidate",
        *(SIGN_IN, 403, 404, 403, 404, 404, 404),
        audit_id="draft",
        item="c1",
    ),
    row(
        "POST",
        "upload_results",
        *(SIGN_IN, 403, 404, 403, 422, 422, 422),
        audit_id="draft",
    ),
    *(
        row(
            method,
            "results",
            *(SIGN_IN, 403, 404, 403, 200, 200, 200),
            audit_id="draft",
            file_id="results",
        )
        for method in ("GET", "POST")
    ),
    row("GET", "usage", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "usage", SIGN_IN, 403, 404, 403, 422, 422, 422, audit_id="draft"),
    *(
        row(
            method,
            "usage_file",
            *(SIGN_IN, 403, 404, 403, 200, 200, 200),
            audit_id="draft",
            file_id="usage",
        )
        for method in ("GET", "POST")
    ),
    row(
        "POST",
        "remove_usage",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        audit_id="draft",
        file_id="usage",
    ),
    # Nothing is signed; tests/outcomes has what each gets where something is.
    *(
        row(method, name, SIGN_IN, 403, *(404,) * 5, audit_id="submitted")
        for method, name in (
            ("GET", "outcomes"),
            ("POST", "outcomes"),
            ("GET", "outcomes_csv"),
            ("GET", "check_results"),
            ("POST", "check_results"),
        )
    ),
    *(
        row(
            *(method, name, SIGN_IN, 403, *(404,) * 5),
            audit_id="submitted",
            file_id="usage",
        )
        for method, name in (
            ("GET", "outcome_file"),
            ("POST", "outcome_file"),
            ("GET", "remove_outcome_file"),
            ("POST", "remove_outcome_file"),
        )
    ),
    row("GET", "numbers", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "numbers", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("GET", "assumptions", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "assumptions", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "tokens", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("GET", "conflicts", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "settle", SIGN_IN, 403, 404, 403, 302, 404, 404, version_id="version"),
    row("POST", "restore", SIGN_IN, 403, 404, 403, 302, 302, 302, version_id="version"),
    row("POST", "layout", SIGN_IN, 403, 302, 302, 302, 302, 302),
    row("GET", "sign_in_again", *(200,) * 7),
    row("GET", "check", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "submit", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("GET", "reopen", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="submitted"),
    row("POST", "reopen", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="submitted"),
    row("GET", "result", SIGN_IN, 403, 404, 200, 200, 200, 200, audit_id="submitted"),
    *(
        row("GET", name, SIGN_IN, 403, 404, 200, 200, 200, 200, audit_id="submitted")
        for name in ("result_json", "action_kit", "submission", "experiments")
    ),
    row(
        "GET",
        "experiment",
        *(SIGN_IN, 403, 404, 200, 200, 200, 200),
        audit_id="submitted",
        step="tried",
    ),
    row(
        "GET",
        "experiment_file",
        *(SIGN_IN, 403, 404, 200, 200, 200, 200),
        audit_id="submitted",
        step="tried",
        file="cases.csv",
    ),
    row(
        "POST",
        "request_paper",
        *(SIGN_IN, 403, 404, 302, 302, 302, 302),
        audit_id="submitted",
    ),
    row("GET", "packs", SIGN_IN, 403, 200, 200, 200, 200, 200),
    # Each gets the pack of their own organization.
    row("POST", "packs", SIGN_IN, 403, 302, 302, 302, 302, 302),
    row("GET", "pack", SIGN_IN, 403, 404, 200, 200, 200, 200, pack_id="pack"),
    row("GET", "pack_file", SIGN_IN, 403, 404, 200, 200, 200, 200, pack_id="pack"),
    # The contributor asked for it.
    row("POST", "cancel_pack", SIGN_IN, 403, 404, 403, 302, 302, 302, pack_id="pack"),
    row("GET", "cover", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="submitted"),
    row("POST", "cover", SIGN_IN, 403, 404, 403, 422, 422, 422, audit_id="submitted"),
    row(
        *("GET", "page_one_history", SIGN_IN, 403, 404, 200, 200, 200, 200),
        audit_id="submitted",
    ),
    # The contributor submitted it.
    row("GET", "review", SIGN_IN, 403, 404, 403, 403, 200, 200, audit_id="submitted"),
    row("POST", "review", SIGN_IN, 403, 404, 403, 403, 422, 422, audit_id="submitted"),
    row("GET", "portfolio_checks", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row(
        "GET",
        "portfolio_check",
        SIGN_IN,
        403,
        200,
        200,
        200,
        200,
        200,
        check_id="stale",
    ),
    row("GET", "impact", SIGN_IN, 403, 200, 403, 403, 403, 200),
    row("POST", "impact", SIGN_IN, 403, 422, 403, 403, 403, 422),
    row("POST", "again", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="submitted"),
    row("POST", "move", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("GET", "discard", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "discard", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("GET", "paper", SIGN_IN, 403, 404, 200, 200, 200, 200, report_id="report"),
    row(
        "POST",
        "add_comment",
        *(SIGN_IN, 403, 404, 403, 422, 422, 422),
        audit_id="draft",
        question="goal",
    ),
    row(
        "GET",
        "older_comments",
        *(SIGN_IN, 403, 404, 200, 200, 200, 200),
        audit_id="draft",
        question="goal",
    ),
    row(
        "POST",
        "resolve_comment",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        comment_id="comment",
    ),
    row("GET", "ask", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "ask", SIGN_IN, 403, 404, 403, 422, 422, 422, audit_id="draft"),
    # The contributor asked the reviewer.
    row("POST", "close_ask", SIGN_IN, 403, 404, 403, 302, 302, 403, ask_id="ask"),
    row("GET", "inbox", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("POST", "read_inbox", SIGN_IN, 403, 302, 302, 302, 302, 302),
    # The reviewer is asked.
    row(
        "GET",
        "notice",
        *(SIGN_IN, 403, 404, 404, 404, 302, 404),
        kind="asked",
        subject="ask",
    ),
    row("GET", "paper_file", SIGN_IN, 403, 404, 200, 200, 200, 200, report_id="report"),
    row(
        "GET",
        "add_evidence",
        *(SIGN_IN, 403, 404, 200, 200, 200, 200),
        audit_id="draft",
        question="quality_gap",
    ),
    row(
        "POST",
        "add_evidence",
        *(SIGN_IN, 403, 404, 403, 422, 422, 422),
        audit_id="draft",
        question="quality_gap",
    ),
    row(
        "GET",
        "evidence_file",
        *(SIGN_IN, 403, 404, 200, 200, 200, 200),
        evidence_id="evidence",
    ),
    row(
        "POST",
        "take_evidence",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        evidence_id="evidence",
    ),
    row(
        "POST",
        "remove_evidence",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        evidence_id="evidence",
    ),
)
