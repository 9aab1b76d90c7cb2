"""Photographs that staff upload: what is accepted, and the web sizes made from it."""


def validate_photo(upload):
    """Refuse what is not a picture we can serve (completed together with the web sizes)."""
