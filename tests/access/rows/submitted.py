"""Pages of an audit that was submitted: result, papers, packs, review."""

from tests.access.rows.row import SIGN_IN, row

# anonymous, unassigned, stranger, viewer, contributor, reviewer, admin
SUBMITTED = (
    row(
        *("POST", "take_checked_results"),
        *(SIGN_IN, 403, 404, 403, 404, 404, 404),
        audit_id="draft",
        results_check_id="6d1b8a0e-2f7b-4c7e-9a60-3f0a4f6f6c11",
    ),
    # Nothing is signed with conditions; tests/reviews has what each gets of one.
    *(
        row(
            *(method, name, SIGN_IN, 403, *(404,) * 5),
            condition_id="6d1b8a0e-2f7b-4c7e-9a60-3f0a4f6f6c11",
        )
        for method, name in (
            ("GET", "condition"),
            ("POST", "condition_met"),
            ("POST", "condition_open"),
            ("POST", "condition_confirmed"),
        )
    ),
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
    # Nothing is signed; tests/board has what each gets where something is.
    *(
        row(method, name, SIGN_IN, 403, *(404,) * 5, audit_id="submitted", **more)
        for method, name, more in (
            ("GET", "board", {}),
            ("POST", "override", {}),
            ("POST", "board_decided", {}),
            ("GET", "board_step", {"kind": "training"}),
            ("POST", "board_step", {"kind": "training"}),
        )
    ),
    # It says when one is possible.
    row(
        *("GET", "override", SIGN_IN, 403, 404, 200, 200, 200, 200),
        audit_id="submitted",
    ),
    *(
        row(
            *(method, "board_step_back", SIGN_IN, 403, *(404,) * 5),
            step_id="6d1b8a0e-2f7b-4c7e-9a60-3f0a4f6f6c11",
        )
        for method in ("GET", "POST")
    ),
    # No file was uploaded; tests/board has what each gets of one.
    row(
        *("GET", "proof_file", SIGN_IN, 403, *(404,) * 5),
        file_id="6d1b8a0e-2f7b-4c7e-9a60-3f0a4f6f6c11",
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
    row("GET", "reopen", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="submitted"),
    row("POST", "reopen", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="submitted"),
    row("GET", "result", SIGN_IN, 403, 404, 200, 200, 200, 200, audit_id="submitted"),
    *(
        row("GET", name, SIGN_IN, 403, 404, 200, 200, 200, 200, audit_id="submitted")
        for name in (
            *("result_json", "action_kit", "submission", "experiments"),
            *("what_if", "timeline", "changes", "money_by_date"),
            "answers_json",
        )
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
    *(
        row(
            *("POST", name, SIGN_IN, 403, 404, 302, 302, 302, 302),
            audit_id="submitted",
        )
        for name in ("request_paper", "request_annex")
    ),
    row("GET", "packs", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("GET", "new_pack", SIGN_IN, 403, 200, 200, 200, 200, 200),
    # Each gets the pack of their own organization.
    row("POST", "packs", SIGN_IN, 403, 302, 302, 302, 302, 302),
    row("GET", "pack", SIGN_IN, 403, 404, 200, 200, 200, 200, pack_id="pack"),
    *(
        row("GET", name, SIGN_IN, 403, 404, 200, 200, 200, 200, pack_id="pack")
        for name in ("pack_file", "pack_slides")
    ),
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
    *(
        row(
            *(method, "second_opinion", SIGN_IN, 403, 404, 403, 403, status, status),
            audit_id="submitted",
        )
        for method, status in (("GET", 200), ("POST", 422))
    ),
    row("GET", "second_opinions", SIGN_IN, 403, 200, 200, 200, 200, 200),
    # Without a change there is nothing to keep: back to the comparison.
    row(
        "POST",
        "what_if_keep",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        audit_id="submitted",
    ),
    row("POST", "again", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="submitted"),
    row("GET", "paper", SIGN_IN, 403, 404, 200, 200, 200, 200, report_id="report"),
    *(
        row("GET", name, SIGN_IN, 403, 404, 200, 200, 200, 200, report_id="report")
        for name in ("paper_file", "paper_slides", "paper_document")
    ),
)
