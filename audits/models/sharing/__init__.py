"""Papers and packs that were shared."""
