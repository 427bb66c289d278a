"""The public API of a generated package: taken down, compared, told of in its changelog."""
