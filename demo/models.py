"""The mails that left, as the demo keeps them."""

from __future__ import annotations

from django.db import models


class DemoMail(models.Model):
    """A mail that a real portal would have sent: one recipient, plain text."""

    to = models.CharField(max_length=254, db_index=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    message_id = models.CharField(max_length=250, blank=True)
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "demo_mail"
        ordering = ["-left_at", "-pk"]

    def __str__(self) -> str:
        return f"demo mail {self.pk}"


class DemoFile(models.Model):
    """A file that left with a mail."""

    mail = models.ForeignKey(DemoMail, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=100)
    data = models.BinaryField()

    class Meta:
        db_table = "demo_mail_file"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"demo file {self.pk}"
