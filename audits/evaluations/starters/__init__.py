"""Files with which a team starts an evaluation: cases, a promptfoo config, a task."""
