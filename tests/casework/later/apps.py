from django.apps import AppConfig


class LaterConfig(AppConfig):
    name = "tests.casework.later"
    label = "later"
