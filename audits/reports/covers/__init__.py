"""What an author adds to page 1 of a board paper."""
