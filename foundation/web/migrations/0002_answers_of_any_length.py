from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('web', '0001_receipts_of_forms'),
    ]

    operations = [
        migrations.AlterField(
            model_name='formreceipt',
            name='answer',
            field=models.TextField(blank=True),
        ),
    ]
