"""The row that the floor of sign-on inserts. Its table is made by the benchmark, not by a migration."""

from __future__ import annotations

import uuid

from django.db import models


class FloorRow(models.Model):
    """As small as a useful row can be."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    level = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=100)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_floor"

    def __str__(self) -> str:
        return str(self.pk)
