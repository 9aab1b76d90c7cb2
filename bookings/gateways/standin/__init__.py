"""A stand-in for Stripe at this machine, for development and the tests, on Python alone: no money moves."""

from .provider import StandIn

__all__ = ["StandIn"]
