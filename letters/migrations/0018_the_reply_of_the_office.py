"""The reply of the Office to a letter: written, cleared by a second person, filed."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0017_names_are_signed_once_a_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('to_clear', 'To clear'), ('cleared', 'Cleared, to file'), ('filed', 'Filed')], db_index=True, default='draft', max_length=10)),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], default='en', max_length=2)),
                ('text', models.TextField(blank=True)),
                ('pdf', models.BinaryField(null=True)),
                ('pdf_hash', models.CharField(blank=True, max_length=64)),
                ('pdf_size', models.PositiveIntegerField(default=0)),
                ('note', models.TextField(blank=True)),
                ('drafted_at', models.DateTimeField(auto_now_add=True)),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('filed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('cleared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='letters.letter')),
                ('writers', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'letters_reply',
                'constraints': [models.UniqueConstraint(fields=('letter', 'number'), name='replies_are_numbered'), models.UniqueConstraint(condition=models.Q(('state', 'filed'), _negated=True), fields=('letter',), name='one_reply_in_work'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'to_clear', 'cleared', 'filed'])), name='reply_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'filed'), _negated=True), models.Q(('cleared_at__isnull', False), ('filed_at__isnull', False)), _connector='OR'), name='a_filed_reply_was_cleared'), models.CheckConstraint(condition=models.Q(('cleared_by__isnull', True), models.Q(('cleared_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='a_reply_is_cleared_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('pdf__isnull', False), _connector='OR'), name='a_reply_says_something')],
            },
        ),
    ]
