"""A mail server that has no mailbox for Tom."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.locmem import EmailBackend


class RefusesTom(EmailBackend):
    def send_messages(self, messages):
        if any("tom@test.be" in message.to for message in messages):
            raise SMTPRecipientsRefused({"tom@test.be": (550, b"no such mailbox")})
        return super().send_messages(messages)
