"""What is sold beside the trek, the routes of Machu Picchu, and who sells it."""

from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from lares.admin import both
from treks.models import CircuitRoute, Extra, Operator

from .base import CatalogueAdmin


@admin.register(Extra)
class ExtraAdmin(CatalogueAdmin):
    """Things to rent or add."""

    list_display = ["name", "price", "charge_unit", "stock", "price_is_example"]
    list_filter = ["charge_unit", "price_is_example"]
    search_fields = ["name_en", "name_es"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": [*both("name", "description"), ("slug", "position")]}),
        (_("Price and stock"), {"fields": [("price", "charge_unit", "stock"), "price_is_example"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        # The price lists of bookings know it by its short code.
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)


@admin.register(CircuitRoute)
class CircuitRouteAdmin(CatalogueAdmin):
    """What tickets are sold for."""

    list_display = ["code", "name", "circuit_name", "season", "hours"]
    fieldsets = [(None, {"fields": [("code", "circuit", "hours"), *both("circuit_name", "name", "season")]})]


@admin.register(Operator)
class OperatorAdmin(CatalogueAdmin):
    """The company. There is one, so the list leads straight to it."""

    fieldsets = [
        (None, {"fields": ["name", ("legal_name", "ruc"), *both("address")]}),
        (_("How to reach us"), {"fields": [("phone", "whatsapp"), "email", *both("office_hours")]}),
        (_("Money"), {"fields": [*both("bank_lines"), "prices_checked_on"]}),
        (_("Example"), {"fields": ["is_example"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        operator = Operator.objects.first()
        if operator is None:
            return super().changelist_view(request, extra_context)
        return redirect("admin:treks_operator_change", operator.pk)

    def has_add_permission(self, request):
        # Every page asks for its navigation; only the operator's own pages need to know.
        is_here = request.resolver_match.url_name.startswith("treks_operator")
        return is_here and super().has_add_permission(request) and not Operator.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def view_on_site(self, obj):
        return None
