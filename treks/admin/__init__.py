"""The catalogue in the office."""

from . import places, sales, texts, treks

__all__ = ["places", "sales", "texts", "treks"]
