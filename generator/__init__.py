"""From the description in `openapi/` to everything that follows from it."""
