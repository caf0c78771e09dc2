"""A letter saved as a web page says the same as its plain text."""

from letters.reading import read_letter
from letters.reading.pages import is_page, text_of_page

PAGE = """<!doctype html><html><head><title>x</title><style>p{color:red}</style></head><body>
<nav><a href="/">Home</a></nav><script>alert("no")</script>
<div class=c><p>Ms. Amara Okonjo<br>Under-Secretary-General</p><p>3 November 2026</p>
<p><b>Re: Country visits</b></p><p>Your Excellency,</p>
<p onclick="x()">We write because few are asked.<sup>1</sup> Caf&eacute; &amp; bread.</p>
<p>Yours sincerely,</p><ul><li>Aldern Law Clinic, Germany</li><li>Foro Faro, Peru</li></ul></div>
<img src=x onerror=alert(1)></body></html>"""


def test_page_is_told_from_plain_text():
    assert is_page(PAGE)
    assert not is_page("Dear <Sir>,\nwe write.")


def test_page_keeps_its_words_and_nothing_else():
    text = text_of_page(PAGE)
    assert "few are asked.1 Café & bread." in text
    for dropped in ("alert", "color", "Home", "<", "onclick"):
        assert dropped not in text


def test_page_is_read_as_a_letter():
    found = read_letter(text_of_page(PAGE))
    assert found.subject == "Country visits"
    assert found.addressee == ("Ms. Amara Okonjo", "Under-Secretary-General")
    assert [name.raw for name in found.signatories] == [
        "Aldern Law Clinic, Germany",
        "Foro Faro, Peru",
    ]
