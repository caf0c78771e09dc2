"""What people are told: an outbox of mails, in-app notices, and the mails that sign-in needs.

registry.py   one class per message; rooms register theirs
files.py      MailFile, which a message may send along
mailbox.py    messages to people whose names are protected
outbox.py     notify(), notify_pseudonym(): a row in the caller's transaction
security.py   queue_security_mail(): the lane that does without the broker
batch.py      begin, send, finish: how a batch of rows leaves
answers.py    what an answer of a mail server means
delivery.py   SMTP; the only module of the project that imports django.core.mail
"""
