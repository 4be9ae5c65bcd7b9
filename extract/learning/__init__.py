"""Making a form from a blank that a clerk already has."""

from .learn import Learned, learn
from .spots import Spot

__all__ = ["Learned", "Spot", "learn"]
