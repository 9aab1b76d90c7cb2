"""What kind of field it is, for the office's own forms."""

from django import forms, template

register = template.Library()


@register.filter
def is_radio(field):
    """Whether one of a few is chosen, each with a label of its own."""
    return isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def is_tick(field):
    """Whether it is a single box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)
