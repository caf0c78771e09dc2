"""Who leads a letter and what they approved; comments on drafts; corrections and translations."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

# Who began a letter leads it.
FIRST_LEADS = """
INSERT INTO letters_lead (id, letter_id, user_id, appointed_by_id, appointed_at)
    SELECT gen_random_uuid(), id, created_by_id, created_by_id, created_at FROM letters_letter;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0013_where_the_names_stand_on_paper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterLead',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('appointed_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='letters.letter')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters_led', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'letters_lead',
                'ordering': ['appointed_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LeadReplacement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('seconded_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.letter')),
                ('seconded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replacements', to='letters.letterlead')),
            ],
            options={
                'db_table': 'letters_lead_replacement',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('open', 'Open for sign-on'), ('correct', 'Correct the text'), ('deliver', 'Mark as delivered'), ('translate', 'Fix a translation')], max_length=12)),
                ('sha256', models.CharField(max_length=64)),
                ('approved_at', models.DateTimeField(auto_now_add=True)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='letters.letter')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='letters.letterlead')),
            ],
            options={
                'db_table': 'letters_approval',
                'ordering': ['approved_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], default='en', max_length=8)),
                ('addressee', models.TextField(blank=True)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('date_as_printed', models.CharField(blank=True, max_length=60)),
                ('reference_as_printed', models.CharField(blank=True, max_length=120)),
                ('subject', models.CharField(max_length=300)),
                ('salutation', models.CharField(blank=True, max_length=200)),
                ('body', models.TextField(blank=True)),
                ('closing', models.CharField(blank=True, max_length=200)),
                ('notes', models.TextField(blank=True)),
                ('enclosures', models.TextField(blank=True)),
                ('follows_as_stated', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='letters.letter')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'letters_translation',
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(blank=True, max_length=12)),
                ('quote', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='letters.letter')),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'letters_comment',
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('text', ''), _connector='XOR'), name='a_comment_has_words_until_it_is_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], default='en', max_length=8)),
                ('addressee', models.TextField(blank=True)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('date_as_printed', models.CharField(blank=True, max_length=60)),
                ('reference_as_printed', models.CharField(blank=True, max_length=120)),
                ('subject', models.CharField(max_length=300)),
                ('salutation', models.CharField(blank=True, max_length=200)),
                ('body', models.TextField(blank=True)),
                ('closing', models.CharField(blank=True, max_length=200)),
                ('notes', models.TextField(blank=True)),
                ('enclosures', models.TextField(blank=True)),
                ('follows_as_stated', models.TextField(blank=True)),
                ('reason', models.CharField(max_length=500)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='letters.letter')),
                ('text', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.frozentext')),
            ],
            options={
                'db_table': 'letters_correction',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('letter',), name='one_correction_of_a_letter_is_under_way'), models.CheckConstraint(condition=models.Q(('text__isnull', True), ('ended_at__isnull', False), _connector='OR'), name='a_correction_that_was_made_has_ended')],
            },
        ),
        migrations.AddConstraint(
            model_name='letterlead',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('letter', 'user'), name='a_person_leads_a_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='leadreplacement',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('seconded_at__isnull', True)), fields=('lead',), name='one_ask_to_replace_a_lead_waits'),
        ),
        migrations.AddConstraint(
            model_name='leadreplacement',
            constraint=models.CheckConstraint(condition=models.Q(('seconded_by__isnull', True), models.Q(('seconded_by', models.F('asked_by')), _negated=True), _connector='OR'), name='nobody_seconds_the_own_ask'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='an_approval_is_of_a_fingerprint'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('used_at__isnull', True)), fields=('lead', 'step', 'sha256'), name='a_lead_approves_a_text_once'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(fields=('letter', 'language'), name='one_translation_a_language'),
        ),
        migrations.RunSQL(FIRST_LEADS, migrations.RunSQL.noop),
    ]
