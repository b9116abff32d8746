"""Second opinions, and how alike they are."""
