"""Password validators with our own messages, because Django's Dutch ones say "u"."""

from django.contrib.auth import password_validation


class MinimumLength(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort: het moet minstens {self.min_length} tekens tellen."

    def get_help_text(self) -> str:
        return f"Minstens {self.min_length} tekens, bijvoorbeeld enkele woorden na elkaar."


class NotYourself(password_validation.UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "naam"))

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op je naam of je e-mailadres. Kies iets anders."

    def get_help_text(self) -> str:
        return "Niet je naam of je e-mailadres."


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Te veel mensen gebruiken dit wachtwoord. Kies iets wat alleen jij bedenkt."

    def get_help_text(self) -> str:
        return "Geen wachtwoord dat veel mensen gebruiken."
