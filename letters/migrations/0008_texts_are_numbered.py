"""A letter has several texts: numbered, in several languages, one of them in force. What a draft
said before is kept. The database refuses whatever would change a text under those who signed it."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

# Each letter has one text so far: the first, in its own language, in force. The trigger that
# refuses every change to a frozen text is away while the new column is filled.
FILL = """
ALTER TABLE letters_frozen_text DISABLE TRIGGER frozen_text_stays;
UPDATE letters_frozen_text SET language = canonical::json ->> 'language';
ALTER TABLE letters_frozen_text ENABLE TRIGGER frozen_text_stays;
UPDATE letters_letter SET frozen_id = letters_frozen_text.id
    FROM letters_frozen_text WHERE letters_frozen_text.letter_id = letters_letter.id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

FORWARD = """
CREATE OR REPLACE FUNCTION letters_refuse_new_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.frozen_id IS NULL OR NEW.frozen_id IS DISTINCT FROM OLD.frozen_id AND (
        OLD.delivered_at IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM letters_frozen_text later, letters_frozen_text now
                       WHERE later.id = NEW.frozen_id AND now.id = OLD.frozen_id
                       AND later.number > now.number)
    ) THEN
        RAISE EXCEPTION 'a letter goes on to a later text, and to none after delivery'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.frozen_id IS NOT DISTINCT FROM OLD.frozen_id
       AND (NEW.language, NEW.addressee, NEW.place, NEW.date_as_printed,
            NEW.reference_as_printed, NEW.subject, NEW.salutation, NEW.body, NEW.closing,
            NEW.notes, NEW.enclosures, NEW.follows_as_stated)
           IS DISTINCT FROM
           (OLD.language, OLD.addressee, OLD.place, OLD.date_as_printed,
            OLD.reference_as_printed, OLD.subject, OLD.salutation, OLD.body, OLD.closing,
            OLD.notes, OLD.enclosures, OLD.follows_as_stated)
    THEN
        RAISE EXCEPTION 'the words of a frozen letter never change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION letters_refuse_change_of_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a revision never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER revision_stays
    BEFORE UPDATE OR DELETE ON letters_revision
    FOR EACH ROW EXECUTE FUNCTION letters_refuse_change_of_revision();

-- Who signs here signs a text of this letter, and the authentic one. Asked when the transaction
-- ends, as foreign keys are, so that rows may be copied in any order.
CREATE FUNCTION letters_check_signed_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.text_id IS NULL THEN
        RAISE EXCEPTION 'who signs signs a frozen text'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM letters_frozen_text WHERE id = NEW.text_id
                   AND letter_id = NEW.letter_id AND translates_id IS NULL) THEN
        RAISE EXCEPTION 'a name stands under an authentic text of its own letter'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER a_name_stands_under_a_text_of_its_letter
    AFTER INSERT OR UPDATE OF text_id, letter_id, method ON letters_signatory
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.text_id IS NOT NULL OR NEW.method IN ('signed', 'email'))
    EXECUTE FUNCTION letters_check_signed_text();

CREATE FUNCTION letters_check_text_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM letters_frozen_text WHERE id = NEW.frozen_id
                   AND letter_id = NEW.id AND translates_id IS NULL) THEN
        RAISE EXCEPTION 'the text in force is an authentic text of the letter'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER the_text_in_force_is_the_letters_own
    AFTER INSERT OR UPDATE OF frozen_id ON letters_letter
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.frozen_id IS NOT NULL)
    EXECUTE FUNCTION letters_check_text_in_force();
"""

BACKWARD = """
DROP TRIGGER the_text_in_force_is_the_letters_own ON letters_letter;
DROP FUNCTION letters_check_text_in_force();
DROP TRIGGER a_name_stands_under_a_text_of_its_letter ON letters_signatory;
DROP FUNCTION letters_check_signed_text();
DROP TRIGGER revision_stays ON letters_revision;
DROP FUNCTION letters_refuse_change_of_revision();
CREATE OR REPLACE FUNCTION letters_refuse_new_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM letters_frozen_text WHERE letter_id = OLD.id)
       AND (NEW.language, NEW.addressee, NEW.place, NEW.date_as_printed, NEW.subject,
            NEW.salutation, NEW.body, NEW.closing, NEW.notes)
           IS DISTINCT FROM
           (OLD.language, OLD.addressee, OLD.place, OLD.date_as_printed, OLD.subject,
            OLD.salutation, OLD.body, OLD.closing, OLD.notes)
    THEN
        RAISE EXCEPTION 'the words of a frozen letter never change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0007_no_hidden_name_in_clear'),
        ('organizations', '0003_named_officers_are_named_readers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=8)),
                ('translation', models.BooleanField(default=False)),
                ('number', models.PositiveIntegerField()),
                ('canonical', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('summary', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'db_table': 'letters_revision',
            },
        ),
        migrations.AddField(
            model_name='frozentext',
            name='language',
            field=models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], default='en', max_length=8),
        ),
        migrations.AddField(
            model_name='frozentext',
            name='number',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='frozentext',
            name='translates',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='letters.frozentext'),
        ),
        migrations.AddField(
            model_name='letter',
            name='comments_open',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='letter',
            name='enclosures',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='letter',
            name='follows',
            field=models.ManyToManyField(blank=True, related_name='followed_by', to='letters.letter'),
        ),
        migrations.AddField(
            model_name='letter',
            name='follows_as_stated',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='letter',
            name='frozen',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.frozentext'),
        ),
        migrations.AddField(
            model_name='letter',
            name='pause_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='letter',
            name='paused_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='letter',
            name='paused_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letter',
            name='reference_as_printed',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='frozentext',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='letters.letter'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='frozentext',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='frozen_texts_count_from_one'),
        ),
        migrations.AddConstraint(
            model_name='frozentext',
            constraint=models.UniqueConstraint(fields=('letter', 'language', 'number'), name='a_frozen_text_has_its_own_number'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'set_aside')), ('frozen__isnull', False), _connector='OR'), name='a_fixed_letter_has_its_text'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paused_at__isnull', True), ('paused_by__isnull', True)), models.Q(('paused_at__isnull', False), ('paused_by__isnull', False)), _connector='OR'), name='a_paused_letter_says_who_paused_it'),
        ),
        migrations.AddField(
            model_name='revision',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revision',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='letters.letter'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='revision_fingerprint_is_sha256'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(condition=models.Q(('translation', False)), fields=('letter', 'number'), name='a_revision_has_its_own_number'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(condition=models.Q(('translation', True)), fields=('letter', 'language', 'number'), name='a_revision_of_a_translation_has_its_own_number'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
