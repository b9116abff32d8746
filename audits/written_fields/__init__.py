"""Numbers of forms, as their writers are used to write them."""
