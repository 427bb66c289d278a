"""Text of others, made fit for a message or refused."""


def one_line(text: str, limit: int) -> str:
    """Return `text` on one line without control characters, cut to `limit` characters."""
    head = text[: 8 * limit]  # what a server sends may be long, and only its beginning is shown
    clean = " ".join("".join(char if char.isprintable() else " " for char in head).split())
    return clean if len(clean) <= limit and len(head) == len(text) else f"{clean[: limit - 1]}…"


def shown(value: object, limit: int) -> str:
    """Return the repr of a value of the caller's on one line, or only its type where that has none."""
    try:
        text = repr(value)
    except Exception:  # it nests too deep, or has a repr of its own that fails
        text = f"<{type(value).__name__}>"
    return one_line(text, limit)


def is_visible_ascii(text: str) -> bool:
    """Whether `text` holds neither white space, nor control characters, nor characters outside ASCII."""
    return all("!" <= char <= "~" for char in text)
