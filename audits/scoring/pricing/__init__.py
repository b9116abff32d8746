"""What each technique costs a use case over 12 months, and its ranges."""
