"""Our crispy template pack: label, field, help and error where people and screen readers look for them."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template

from bookings.forms.booking import Tabs


class Walker(forms.Form):
    name = forms.CharField(
        label="Name", help_text="As in the passport.", error_messages={"required": "Say it."}
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    size = forms.ChoiceField(label="Size", choices=[("s", "S"), ("m", "M")], widget=Tabs)
    food = forms.MultipleChoiceField(
        label="Food", choices=[("v", "Vegan")], required=False, widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="I agree", error_messages={"required": "Tick this to go on."})
    step = forms.CharField(widget=forms.HiddenInput, initial="2")


def shown(form, **options):
    form.helper = FormHelper()
    for name, value in options.items():
        setattr(form.helper, name, value)
    return render_crispy_form(form)


def test_field_has_label_help_and_description():
    page = shown(Walker())

    assert '<label for="id_name">Name</label>' in page
    assert '<p class="help" id="id_name_helptext">As in the passport.</p>' in page
    assert 'aria-describedby="id_name_helptext"' in page


def test_optional_fields_say_so_and_required_ones_do_not():
    page = shown(Walker())

    assert page.count("(optional)") == 2


def test_error_stands_beside_the_field_and_in_the_summary():
    page = shown(Walker({"name": "", "size": "m", "step": "2"}))

    assert '<p class="error" id="id_name_error">Say it.</p>' in page
    assert '<a href="#id_name">Name: Say it.</a>' in page
    assert 'role="alert"' in page
    assert 'aria-invalid="true"' in page
    assert "2 things to correct" in page


def test_radio_group_is_a_fieldset_that_the_summary_can_reach():
    page = shown(Walker({"name": "Ana", "agree": "on", "step": "2"}))

    assert '<fieldset class="field wrong" id="id_size"' in page
    assert '<a href="#id_size">' in page
    assert "<legend>Size</legend>" in page


def test_radio_tabs_and_ticks_have_their_own_shapes():
    page = shown(Walker())

    assert page.count("tabs") == page.count('<div class="tabs">') == 1
    assert '<label class="tick" for="id_agree">' in page


def test_typed_data_is_never_lost():
    page = shown(Walker({"name": "Ana", "note": "peanuts", "size": "x", "step": "2"}))

    assert 'value="Ana"' in page
    assert "peanuts" in page


def test_form_tag_carries_token_method_and_buttons():
    helper_page = Template("{% load crispy_forms_tags %}{% crispy form %}")
    form = Walker()
    form.helper = FormHelper()
    form.helper.add_input(Submit("go", "Go on"))

    page = helper_page.render(Context({"form": form, "csrf_token": "secret"}))

    assert '<form class="form" method="post" novalidate>' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert '<button type="submit" name="go" value="Go on" class="btn' in page


def test_get_form_has_no_token():
    form = Walker()
    form.helper = FormHelper()
    form.helper.form_method = "get"

    page = Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": form, "csrf_token": "x"})
    )

    assert "csrfmiddlewaretoken" not in page


def test_explicit_layout_keeps_hidden_fields_when_asked():
    layout = Layout(Fieldset("Who", Field("name")), Div("note", css_class="more"))

    page = shown(Walker(), layout=layout, render_hidden_fields=True)

    assert '<input type="hidden" name="step" value="2"' in page
    assert '<fieldset class="group"><legend>Who</legend>' in page
    assert '<div class="more">' in page


def test_formset_renders_every_form():
    formset = forms.formset_factory(Walker, extra=2)(prefix="walker")

    page = render_crispy_form(formset, helper=FormHelper())

    assert "walker-TOTAL_FORMS" in page
    assert page.count('<label for="id_walker-') == 4


@pytest.mark.parametrize("source", ["{{ form|crispy }}", "{{ form.name|as_crispy_field }}"])
def test_filters_use_the_pack(source):
    page = Template("{% load crispy_forms_tags %}" + source).render(Context({"form": Walker()}))

    assert '<div class="field">' in page
