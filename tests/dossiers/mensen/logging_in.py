"""What tests of accounts ask of a client and of a mail."""

import re

LOGIN = "account_login"


def text(response):
    return response.content.decode()


def is_logged_in(client):
    return "_auth_user_id" in client.session


def code_in(message):
    (code,) = re.findall(r"^[A-Z0-9-]{6,}$", message.body, re.MULTILINE)
    return code
