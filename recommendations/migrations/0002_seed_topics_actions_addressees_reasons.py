"""Topics, actions asked, addressees and reasons of a refusal, to be edited in the Django admin."""

from django.db import migrations

TOPICS = (
    ("whole-of-society", "Whole-of-society approaches"),
    ("civic-space", "Civic space"),
    ("human-rights", "Human rights compliance"),
    ("drivers", "Drivers and State violence"),
    ("policing", "Policing and the security sector"),
    ("action-plans", "National action plans"),
    ("women", "Women"),
    ("youth", "Youth"),
    ("victims", "Victims"),
    ("rehabilitation", "Rehabilitation and reintegration"),
    ("prisons", "Prisons"),
    ("legislation", "Legislation and definitions"),
    ("financing", "Counter-terrorist financing and non-profit organizations"),
    ("humanitarian", "Humanitarian space"),
    ("technology", "Technology, expression and privacy"),
    ("communications", "Strategic communications"),
    ("education", "Education"),
    ("funding", "Funding"),
    ("coordination", "Coordination and oversight in the United Nations"),
    ("reprisals", "Reprisals"),
    ("country-visits", "Country visits"),
    ("evaluation", "Evaluation"),
)
ACTIONS = (
    ("advocate", "Advocate"),
    ("speak-out", "Speak out"),
    ("disseminate", "Disseminate"),
    ("convene", "Convene"),
    ("engage", "Engage or consult"),
    ("include", "Include"),
    ("fund", "Fund"),
    ("assist", "Assist"),
    ("institutionalise", "Institutionalize"),
    ("review", "Review or evaluate"),
    ("stop", "Stop"),
    ("offer", "Offer (not a demand)"),
)
ADDRESSEES = (
    ("office", "The Office", "Leads and coordinates the work of the United Nations on the subject"),
    ("centre", "The centre of the Office", "Builds capacity and gives support"),
    ("un-system", "The United Nations system", "All its entities together"),
    ("cted", "CTED", "Assesses how States carry out the resolutions of the Security Council"),
    ("ohchr", "OHCHR", "Promotes and protects human rights"),
    ("unodc", "UNODC", "Supports criminal justice and the rule of law"),
    ("un-women", "UN Women", "Works for gender equality"),
    ("undp", "UNDP", "Works for development and prevention"),
    ("unesco", "UNESCO", "Works on education, science, culture and information"),
    ("unicri", "UNICRI", "Does research on crime and justice"),
    ("unaoc", "UNAOC", "Builds bridges between cultures"),
    ("member-states", "Member States", "All of them, or those named under countries"),
    ("general-assembly", "General Assembly", "Reviews the Strategy every two years"),
    ("co-facilitators", "Co-facilitators of the review", "Lead the negotiations of a review"),
)
REASONS = (
    ("mandate", "Outside the mandate of the Office"),
    ("states-decide", "For Member States to decide"),
    ("law", "Not compatible with resolutions or international law"),
    ("means", "No means for it at present"),
    ("safety", "It would put people at risk"),
    ("other-way", "The aim is shared; another way was chosen"),
    ("unclear", "Not clear enough to act upon, also after a question"),
)


def seed(apps, schema_editor):
    for model, words in (("Topic", TOPICS), ("ActionAsked", ACTIONS), ("RefusalReason", REASONS)):
        table = apps.get_model("recommendations", model)
        for position, (key, label) in enumerate(words, start=1):
            table.objects.get_or_create(key=key, defaults={"label": label, "position": position})
    table = apps.get_model("recommendations", "Addressee")
    for position, (key, label, mandate) in enumerate(ADDRESSEES, start=1):
        values = {"label": label, "mandate": mandate, "position": position}
        table.objects.get_or_create(key=key, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_recommendations_answers_and_progress")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop, elidable=False)]
