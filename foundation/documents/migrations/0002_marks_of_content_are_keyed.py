"""Hashes of what not everyone may read become keyed marks: content.py says why. Not undone: the
plain hashes are not known any more; an older version makes such a document once again."""

from django.db import migrations

from foundation.confidentiality import Level
from foundation.documents.content import content_mark


def mark(apps, schema_editor):
    rows = apps.get_model("documents", "Document").objects.filter(level__gt=Level.PUBLIC)
    for document in rows.only("pk", "content_hash", "level").iterator(chunk_size=1000):
        kept = content_mark(document.content_hash, document.level)
        rows.filter(pk=document.pk).update(content_hash=kept)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_documents_made_once_and_sealed")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
