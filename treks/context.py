"""What every page knows: who runs the treks."""

from django.utils.functional import SimpleLazyObject

from .models import Operator


def operator(request):
    """`operator`: the one row with name, phone and papers, read when a page asks; None before it exists."""
    return {"operator": SimpleLazyObject(Operator.objects.first)}
