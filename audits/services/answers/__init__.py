"""What is answered in an audit, who is asked to, and what stands behind it."""
