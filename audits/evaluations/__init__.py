"""Results files of evaluation tools, and what their numbers can and cannot show."""
