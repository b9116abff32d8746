"""The options of a decision, why each or why not, and its main risk."""
