"""The pages about all the money: where it lies, what came by month and way, and the export."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import bars, export, takings
from bookings.forms.export import PeriodForm
from bookings.models import Payment

from .acts import HANDLE_MONEY


def _refuse_others(request):
    if not request.user.has_perm(HANDLE_MONEY):
        raise PermissionDenied


@require_safe
def money_page(request):
    """Money held, balances due, and the takings of a year."""
    _refuse_others(request)
    years = takings.years()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    today = timezone.localdate()
    context = {
        **admin.site.each_context(request),
        "title": _("Money"),
        **held(today),
        **taken(year),
        "year": year,
        "years": years,
    }
    return TemplateResponse(request, "admin/bookings/money.html", context)


def held(today):
    """The departures to come with their money, its sums, and the ledger in parts."""
    rows = takings.to_come(today)
    names = ("people", "total", "held", "balance", "overdue")
    return {
        "departures": rows,
        "sums": {name: sum(getattr(row, name) for row in rows) for name in names},
        "parts": takings.where_it_lies(today),
        "ledger": takings.ledger(),
    }


def taken(year):
    """The months of a year as table rows and as a chart."""
    months = takings.of_year(year)
    ways = Payment.Provider.choices
    drawn = bars.chart([(month.came, month.back) for month in months])
    drawn["labels"] = list(zip(drawn["places"], (month.first for month in months), strict=True))
    rows = [(month, [(label, month.net(value)) for value, label in ways]) for month in months]
    return {
        "ways": ways,
        "months": rows,
        "chart": drawn,
        "way_sums": [(label, sum(month.net(value) for month in months)) for value, label in ways],
        "surcharges": sum(month.surcharge for month in months),
        "year_sum": sum(month.total for month in months),
    }


@require_safe
def export_page(request):
    """Ask for the period, or send its payments as a file."""
    _refuse_others(request)
    form = PeriodForm(request.GET) if "first" in request.GET else PeriodForm()
    if form.is_bound and form.is_valid():
        return _file(form.cleaned_data["first"], form.cleaned_data["last"])
    context = {**admin.site.each_context(request), "title": _("Export payments"), "form": form}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/bookings/export.html", context, status=status)


def _file(first, last):
    lines = export.lines(first, last)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="payments-{first}-{last}.csv"'
    return response


admin.site.pages += [
    path("bookings/money/", admin.site.admin_view(money_page), name="money"),
    path("bookings/money/export/", admin.site.admin_view(export_page), name="money_export"),
]
