"""Words for dates, clocks and names."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import timezone, translation

from foundation.web.templatetags import portal_tags as tags

NOW = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 11, 29, 15, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False), timezone.override("UTC"), translation.override("en"):
        yield


def test_un_date_of_a_date() -> None:
    assert tags.un_date(dt.date(2018, 1, 24)) == "24 January 2018"


def test_un_date_of_none_is_empty() -> None:
    assert tags.un_date(None) == ""


def test_un_date_of_a_datetime_is_the_readers_day() -> None:
    late = dt.datetime(2018, 1, 24, 23, 0, tzinfo=dt.UTC)
    with timezone.override("Asia/Tokyo"):
        assert tags.un_date(late) == "25 January 2018"


def test_un_date_speaks_the_readers_language() -> None:
    with translation.override("fr"):
        assert tags.un_date(dt.date(2018, 1, 24)) == "24 janvier 2018"


def test_both_zones_name_the_place_and_the_reader() -> None:
    html = tags.both_zones(CLOSES, "Africa/Nairobi", "UTC")
    assert html == (
        '<time datetime="2026-11-29T15:00:00+00:00">'
        "29 November 2026, 18:00 in Nairobi (15:00 UTC)</time>"
    )


def test_both_zones_say_one_clock_when_they_agree() -> None:
    assert "18:00 in Nairobi<" in tags.both_zones(CLOSES, "Africa/Nairobi", "Africa/Nairobi")


def test_both_zones_name_the_readers_day_when_it_is_another() -> None:
    html = tags.both_zones(CLOSES, "Africa/Nairobi", "Asia/Tokyo")
    assert "29 November 2026, 18:00 in Nairobi (30 November 2026, 00:00 in Tokyo)" in html


def test_both_zones_take_the_active_zone_for_the_reader() -> None:
    with timezone.override("America/Argentina/Buenos_Aires"):
        assert "12:00 in Buenos Aires" in tags.both_zones(CLOSES)


def test_span_in_zones_says_both_clocks() -> None:
    ends = CLOSES + dt.timedelta(minutes=90)
    with timezone.override("Asia/Tokyo"):
        html = tags.span_in_zones(CLOSES, ends, "Africa/Nairobi")
    assert html == (
        '29 November 2026, <time datetime="2026-11-29T15:00:00+00:00">18:00</time>–'
        '<time datetime="2026-11-29T16:30:00+00:00">19:30 in Nairobi</time> '
        "(30 November 2026, 00:00–01:30 in Tokyo)"
    )


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        ("Africa/Nairobi", "19:00 in Nairobi</time>"),
        ("Africa/Addis_Ababa", "19:00 in Nairobi</time> (the same by your clock)"),
        ("UTC", "19:00 in Nairobi</time> (15:00–16:00 UTC)"),
    ],
)
def test_span_in_zones_always_says_how_the_readers_clock_stands(reader: str, words: str) -> None:
    with timezone.override(reader):
        html = tags.span_in_zones(CLOSES, CLOSES + dt.timedelta(hours=1), "Africa/Nairobi")
        plain = tags.span_in_zones(CLOSES, CLOSES, "Africa/Nairobi", dated=False)
    assert html.endswith(words)
    assert plain.startswith("<time")
    assert tags.span_in_zones(None, None) == ""


@pytest.mark.parametrize("name", ["Nowhere/Atlantis", "../etc/passwd"])
def test_both_zones_count_an_unknown_zone_as_utc(name: str) -> None:
    assert "15:00 UTC" in tags.both_zones(CLOSES, name, zoneinfo.ZoneInfo("UTC"))


def test_both_zones_of_none_is_empty() -> None:
    assert tags.both_zones(None, "Africa/Nairobi") == ""


def test_un_time_is_plain_text_for_sentences() -> None:
    assert "15:00 UTC" in tags.un_time(CLOSES)
    assert tags.un_time(None) == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [(17, "in 17 days"), (1, "tomorrow"), (0, "today"), (-1, "yesterday"), (-3, "3 days ago")],
)
def test_in_days_of_a_date(days: int, words: str) -> None:
    assert tags.in_days(TODAY + dt.timedelta(days=days)) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (20, "in less than an hour"),
        (61, "in 1 hour"),
        (300, "in 5 hours"),
        (-20, "less than an hour ago"),
        (-125, "2 hours ago"),
    ],
)
def test_in_days_counts_hours_on_the_day_itself(minutes: int, words: str) -> None:
    assert tags.in_days(NOW + dt.timedelta(minutes=minutes)) == words


def test_in_words_of_a_due_date() -> None:
    assert tags.in_words(dt.date(2026, 12, 12)) == "due by 12 December, in 17 days"


def test_in_words_names_the_year_when_it_is_another() -> None:
    assert tags.in_words(dt.date(2027, 1, 2)).startswith("due by 2 January 2027, in ")


def test_in_words_says_how_late() -> None:
    assert tags.in_words(dt.date(2026, 11, 22)) == "was due on 22 November, 3 days late"


def test_in_words_of_a_letter_that_closes_and_has_closed() -> None:
    assert tags.in_words(CLOSES, "closes") == "closes on 29 November, in 4 days"
    assert tags.in_words(TODAY - dt.timedelta(days=1), "closes") == (
        "closed on 24 November, yesterday"
    )


def test_in_words_takes_other_words_as_they_are() -> None:
    assert tags.in_words(CLOSES, "ferme le") == "ferme le 29 November, in 4 days"


def test_in_words_of_today_is_not_late() -> None:
    assert not tags.is_past(TODAY)
    assert tags.in_words(TODAY) == "due by 25 November, today"


def test_in_words_of_a_moment_of_this_morning_is_over() -> None:
    assert tags.in_words(NOW - dt.timedelta(hours=2)) == "was due on 25 November, 2 hours ago"


def test_bidi_carries_language_and_direction() -> None:
    assert tags.bidi("جمعية", "ar") == '<bdi lang="ar" dir="rtl">جمعية</bdi>'
    assert tags.bidi("Réseau", "fr") == '<bdi lang="fr" dir="ltr">Réseau</bdi>'


def test_bidi_escapes_and_lets_the_browser_decide_without_a_language() -> None:
    assert tags.bidi("<b>") == '<bdi dir="auto">&lt;b&gt;</bdi>'


def test_direction_of_an_unknown_language_is_auto() -> None:
    assert tags.direction("xx-unknown") == "auto"
    assert tags.direction("") == "auto"


def test_label_and_hint_split_at_the_first_line_break() -> None:
    assert tags.label_and_hint("Everyone\nOn this page") == ("Everyone", "On this page")
    assert tags.label_and_hint("Everyone") == ("Everyone", "")


class Mixed(forms.Form):
    name = forms.CharField(max_length=5)
    acronym = forms.CharField(required=False)
    text = forms.CharField(widget=forms.Textarea, max_length=100, help_text="Short.")
    level = forms.ChoiceField(
        choices=[("10", "Everyone\nOn this page"), ("30", "The Office")], widget=forms.RadioSelect
    )


class Filters(forms.Form):
    q = forms.CharField(required=False)


def test_optional_is_said_only_where_others_are_required() -> None:
    assert tags.is_optional(Mixed()["acronym"])
    assert not tags.is_optional(Mixed()["name"])
    assert not tags.is_optional(Filters()["q"])


def test_errors_by_field_keep_the_order_of_the_form() -> None:
    form = Mixed({"name": "too long for it"})
    assert [field.name for field, _messages in tags.errors_by_field(form)] == [
        "name",
        "text",
        "level",
    ]


def test_page_numbers_leave_out_the_middle() -> None:
    page = Paginator(range(240), 20).page(6)
    assert tags.page_numbers(page) == [1, 0, 5, 6, 7, 0, 12]


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_form_comes_out_with_labels_and_help_linked() -> None:
    html = render("{{ form }}", form=Mixed())
    assert '<label for="id_name">Name</label>' in html
    assert '<span class="optional">(optional)</span>' in html
    assert 'aria-describedby="id_text_helptext"' in html
    assert 'id="id_text_helptext">Short.' in html
    assert 'data-count-for="id_text"' in html
    assert "error-summary" not in html


def test_form_with_errors_keeps_what_was_typed_and_links_the_errors() -> None:
    html = render("{{ form }}", form=Mixed({"name": "too long for it", "level": "30"}))
    assert 'value="too long for it"' in html
    assert 'aria-describedby="id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert '<a href="#id_name">Name</a>' in html
    assert 'role="alert"' in html


def test_form_puts_direction_on_text_and_explanations_on_choices() -> None:
    html = render("{{ form }}", form=Mixed())
    assert html.count('dir="auto"') == 3
    assert "<span>Everyone<small>On this page</small></span>" in html
    assert '<a href="#id_level_0">' in render("{{ form }}", form=Mixed({}))


def test_form_carries_no_inline_style() -> None:
    class Trap(forms.Form):
        website = forms.CharField(
            required=False, widget=forms.TextInput(attrs={"style": "position: absolute"})
        )

    html = render("{{ form }}", form=Trap())
    assert "style=" not in html
    assert 'class="away" aria-hidden="true"' in html
