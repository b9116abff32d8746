"""Comments, questions to colleagues, the inbox and evidence."""

from tests.access.rows.row import SIGN_IN, row

# anonymous, unassigned, stranger, viewer, contributor, reviewer, admin
DISCUSSION = (
    row("GET", "tasks", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
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
