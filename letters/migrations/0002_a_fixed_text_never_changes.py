"""The database itself refuses a change to a frozen text, whatever the code does."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION letters_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a frozen text never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER frozen_text_stays
    BEFORE UPDATE OR DELETE ON letters_frozen_text
    FOR EACH ROW EXECUTE FUNCTION letters_refuse_change();

CREATE FUNCTION letters_refuse_new_words() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER frozen_letter_keeps_its_words
    BEFORE UPDATE ON letters_letter
    FOR EACH ROW EXECUTE FUNCTION letters_refuse_new_words();
"""

BACKWARD = """
DROP TRIGGER frozen_letter_keeps_its_words ON letters_letter;
DROP FUNCTION letters_refuse_new_words();
DROP TRIGGER frozen_text_stays ON letters_frozen_text;
DROP FUNCTION letters_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_letters_names_and_batches")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
