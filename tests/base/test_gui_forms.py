"""Form fields on screen: labels, hints, errors above the control, values kept as typed."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

EVIL = "<script>x</script>"


class Sample(forms.Form):
    title = forms.CharField(label="Tên", help_text="Ví dụ: A")
    note = forms.CharField(label="Ghi chú", required=False)
    kind = forms.ChoiceField(label="Loại", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    agreed = forms.BooleanField(label="Đồng ý", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


class Evil(forms.Form):
    title = forms.CharField(label=EVIL, help_text=EVIL)

    def clean(self):
        raise forms.ValidationError([EVIL, {"title": EVIL}["title"]])


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def render(form: forms.Form) -> str:
    source = "{% load gui %}{% form_errors form %}{% for f in form %}{% field f %}{% endfor %}"
    return Template(source).render(Context({"form": form}))


def test_error_stands_above_its_control_and_is_tied_to_it():
    page = render(Sample({"kind": "a", "token": "t"}))
    assert page.index('id="id_title_error"') < page.index('<input type="text" name="title"')
    control = re.search(r'<input type="text" name="title"[^>]*>', page).group(0)
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_title_helptext id_title_error"' in control
    assert "Chưa điền chỗ này." in page


def test_summary_leads_to_each_place():
    page = render(Sample({}))
    assert "Chưa lưu được: 3 chỗ cần sửa" in page
    assert 'href="#id_title"' in page
    assert 'href="#id_kind_0"' in page
    assert 'id="id_kind_0"' in page


def test_unbound_form_has_no_summary():
    assert "data-errors" not in render(Sample())


def test_typed_value_is_kept():
    page = render(Sample({"note": "đã gõ rất lâu"}))
    assert 'value="đã gõ rất lâu"' in page


def test_group_has_a_legend_and_optional_is_said():
    page = render(Sample())
    assert '<legend class="lab">Loại' in page
    assert page.count("không bắt buộc") == 1


def test_hidden_field_is_only_its_control():
    page = render(Sample(initial={"token": "t"}))
    assert '<input type="hidden" name="token" value="t"' in page


def test_labels_hints_and_errors_are_escaped():
    page = render(Evil({"title": EVIL}))
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") >= 4
