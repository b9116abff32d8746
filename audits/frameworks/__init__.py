"""The method as data: schema, loader, flow, and the published packs."""
