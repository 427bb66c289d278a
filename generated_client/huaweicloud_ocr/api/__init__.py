# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Operations as modules, each with `sync`, `sync_detailed`, `asyncio` and `asyncio_detailed`, by tag."""
