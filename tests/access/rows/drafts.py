"""Pages of an audit that is being answered."""

from tests.access.rows.row import SIGN_IN, row

# anonymous, unassigned, stranger, viewer, contributor, reviewer, admin
DRAFTS = (
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
    row("GET", "next", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    *(
        row(
            *(method, "next_question", SIGN_IN, 403, 404, 403, found, found, found),
            audit_id="draft",
            question_id="goal",
        )
        for method, found in (("GET", 200), ("POST", 302))
    ),
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
            "remove_candidate",
            *(SIGN_IN, 403, 404, 403, 404, 404, 404),
            audit_id="draft",
            item="c1",
        )
        for method in ("GET", "POST")
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
        "GET",
        "remove_usage",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
        file_id="usage",
    ),
    row(
        "POST",
        "remove_usage",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        audit_id="draft",
        file_id="usage",
    ),
    row("GET", "numbers", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "numbers", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("GET", "assumptions", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "assumptions", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "tokens", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("GET", "conflicts", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "settle", SIGN_IN, 403, 404, 403, 302, 404, 404, version_id="version"),
    row("POST", "restore", SIGN_IN, 403, 404, 403, 302, 302, 302, version_id="version"),
    row("POST", "undo", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("GET", "risks", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    # Nothing is named.
    row("POST", "risks", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("GET", "check", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "submit", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "put_back", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "move", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("GET", "discard", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "discard", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
)
