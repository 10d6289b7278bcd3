from django.apps import AppConfig


class AvondConfig(AppConfig):
    name = "start.avond"
    verbose_name = "Avond met de school"

    def ready(self) -> None:
        from preventieplan.inschalen.domain.volgen import register_followed
        from start.avond.queries.volgen import followed_by

        register_followed(followed_by)
