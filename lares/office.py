"""The office: the admin site in the product's look, its models in the groups that the office thinks in."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

# The navigation. A model that is not named here stands under Bookings if it is theirs, else under Office.
GROUPS = [
    ("season", _("Season"), ["bookings.departure", "treks.trek", "treks.extra", "treks.circuitroute"]),
    (
        "bookings",
        _("Bookings"),
        [
            "bookings.booking",
            "bookings.traveler",
            "bookings.waitlistentry",
            "bookings.refundpolicy",
            "bookings.terms",
        ],
    ),
    (
        "money",
        _("Money"),
        [
            "bookings.payment",
            "bookings.refund",
            "bookings.promotion",
            "bookings.receipt",
            "bookings.taxdocument",
            "bookings.paymentattempt",
            "bookings.providernotice",
            "bookings.pricelist",
        ],
    ),
    (
        "places",
        _("The valley"),
        ["treks.village", "treks.hotspring", "treks.place", "treks.feast", "treks.phrase"],
    ),
    (
        "texts",
        _("Texts"),
        [
            *("treks.page", "treks.passage", "treks.pagepicture"),
            *("treks.question", "treks.packingitem", "treks.climatemonth"),
        ],
    ),
    (
        "office",
        _("Office"),
        ["bookings.contactmessage", "bookings.outboxmessage", "treks.operator", "auth.user", "auth.group"],
    ),
]
PLACES = {label: (key, index) for key, _name, labels in GROUPS for index, label in enumerate(labels)}


def group_of(model):
    """The key of the group a model stands in, and its place there."""
    fallback = "bookings" if model._meta.app_label == "bookings" else "office"
    return PLACES.get(model._meta.label_lower, (fallback, 99))


class OfficeSite(AdminSite):
    """Django's admin with navigation by group and a language switch."""

    site_title = _("Lares Trek office")
    site_header = _("Lares Trek office")
    index_title = _("Today")
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Paths of pages that belong to no single record; the applications add theirs.
        self.pages = []

    def get_urls(self):
        return [path("language/", set_language, name="language"), *self.pages, *super().get_urls()]

    def get_app_list(self, request, app_label=None):
        """The groups of the navigation, or, with a label, that application's models as Django lists them."""
        if app_label:
            return super().get_app_list(request, app_label)
        models = [model for app in self._build_app_dict(request).values() for model in app["models"]]
        groups = []
        for key, name, _labels in GROUPS:
            found = [model for model in models if group_of(model["model"])[0] == key]
            found.sort(key=lambda model: (group_of(model["model"])[1], str(model["name"])))
            if found:
                groups.append(
                    {"app_label": key, "name": name, "app_url": "", "has_module_perms": True, "models": found}
                )
        return groups


class OfficeConfig(AdminConfig):
    """Puts the office in the place of Django's admin site."""

    default_site = "lares.office.OfficeSite"
