"""The catalogue app: what a trek is."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreksConfig(AppConfig):
    name = "treks"
    verbose_name = _("Catalogue")
