"""Fields and validators that several models share."""
