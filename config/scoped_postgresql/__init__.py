"""The database backend of PostgreSQL that says which organization's rows are meant."""
