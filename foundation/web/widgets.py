"""Widgets that cost little where a page shows many choices."""

from __future__ import annotations

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe


class QuickSelect(forms.Select):
    """As Django's select, its options written at once.

    Django runs a template for each option: with a list of countries that is most of a page's time.
    Choices are pairs, without groups.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the element; every value and label is escaped."""
        chosen = "" if value is None else str(value)
        parts = [f"<select{flatatt({'name': name, **self.build_attrs(self.attrs, attrs)})}>"]
        for key, label in self.choices:
            key = "" if key is None else str(key)
            mark = " selected" if key == chosen else ""
            parts.append(f'<option value="{escape(key)}"{mark}>{escape(str(label))}</option>')
        parts.append("</select>")
        return mark_safe("".join(parts))  # noqa: S308 - each part is escaped above
