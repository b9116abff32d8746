"""Numbers as banks in Switzerland write them: 1’234.50."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = "’"
