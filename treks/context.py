"""What every page may ask for: who runs the treks, and the words and pictures that staff changed."""

from django.utils.functional import SimpleLazyObject

from .models import Operator, PagePicture, Passage


def operator(request):
    """`operator`: the one row with name, phone and papers, read when a page asks; None before it exists."""
    return {"operator": SimpleLazyObject(Operator.objects.first)}


def own_words(request):
    """`passages` by key and `page_pictures` by spot, read when a page asks: the few that staff changed."""
    return {
        "passages": SimpleLazyObject(lambda: {row.key: row for row in Passage.objects.all()}),
        "page_pictures": SimpleLazyObject(lambda: {row.spot: row for row in PagePicture.objects.all()}),
    }
