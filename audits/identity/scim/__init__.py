"""SCIM 2.0 (RFC 7643 and 7644): filters, changes of a resource, and what is told."""
