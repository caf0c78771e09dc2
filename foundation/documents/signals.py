"""Facts that the rooms above may hear."""

from django.dispatch import Signal

document_ready = Signal()
"""Sent inside the transaction that makes a document ready: `sender` Document, `document` the row."""
