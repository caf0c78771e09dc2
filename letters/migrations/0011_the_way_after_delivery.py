"""Each step after delivery is a row: opened, acknowledged, under review, answered or not."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


FORWARD = """
INSERT INTO letters_delivery_step (id, letter_id, state, at, reason, file_hash)
SELECT gen_random_uuid(), letter.id, way.state, way.at, '', ''
FROM letters_letter letter
CROSS JOIN LATERAL (
    VALUES ('delivered', letter.delivered_at),
           ('acknowledged', letter.acknowledged_at),
           ('answered', letter.answered_at)
) way (state, at)
WHERE way.at IS NOT NULL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0009_counts_and_holds"),
        ('organizations', '0003_named_officers_are_named_readers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeliveryStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('delivered', 'Delivered'), ('opened', 'Opened by the Office'), ('acknowledged', 'Acknowledged'), ('under_review', 'Under review'), ('answered', 'Answered'), ('no_answer', 'Closed without an answer')], max_length=12)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.TextField(blank=True)),
                ('file_hash', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'db_table': 'letters_delivery_step',
            },
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='letter_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='a_delivered_letter_says_when',
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='an_acknowledged_letter_says_when',
        ),
        migrations.AlterField(
            model_name='letter',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('open', 'Open for sign-on'), ('closed', 'Closed'), ('delivered', 'Delivered'), ('opened', 'Opened by the Office'), ('acknowledged', 'Acknowledged'), ('under_review', 'Under review'), ('answered', 'Answered'), ('no_answer', 'Closed without an answer'), ('set_aside', 'Set aside')], db_index=True, default='draft', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'closed', 'delivered', 'opened', 'acknowledged', 'under_review', 'answered', 'no_answer', 'set_aside'])), name='letter_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('delivered', 'opened', 'acknowledged', 'under_review', 'answered', 'no_answer')), _negated=True), ('delivered_at__isnull', False), _connector='OR'), name='a_delivered_letter_says_when'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('acknowledged', 'under_review', 'answered', 'no_answer')), _negated=True), ('acknowledged_at__isnull', False), _connector='OR'), name='an_acknowledged_letter_says_when'),
        ),
        migrations.AddField(
            model_name='deliverystep',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='deliverystep',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='letters.letter'),
        ),
        migrations.AddConstraint(
            model_name='deliverystep',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('delivered', 'opened', 'acknowledged', 'under_review', 'answered', 'no_answer'))), name='a_delivery_step_is_known'),
        ),
        migrations.AddConstraint(
            model_name='deliverystep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'no_answer'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='no_answer_has_a_reason'),
        ),
        # Letters that were delivered before: their days are known, who acted stands in the audit.
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
