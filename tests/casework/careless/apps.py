from django.apps import AppConfig


class CarelessConfig(AppConfig):
    name = "tests.casework.careless"
    label = "careless"
