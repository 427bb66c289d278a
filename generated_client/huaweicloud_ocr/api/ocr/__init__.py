# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Operations with the tag `ocr`."""
