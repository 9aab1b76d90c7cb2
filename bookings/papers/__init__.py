"""Documents as PDF files, with the letters they need embedded."""

from .receipt import receipt_pdf

__all__ = ["receipt_pdf"]
