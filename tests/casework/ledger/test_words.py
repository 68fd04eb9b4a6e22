"""Each verb and each kind of thing that the ledger names has words."""

from django.apps import apps

from kavalan.casework.ledger.words import KINDS, VERBS, kind_words, verb_choices, verb_words
from kavalan.casework.records import Record

from ..verbs.test_verb import all_verbs


def test_every_verb_has_its_words():
    # One that is no more keeps them: entries of it stay.
    assert {verb.name for verb in all_verbs()} - VERBS.keys() == set()


def test_every_kind_of_record_has_its_words():
    kinds = {model._meta.model_name for model in apps.get_models() if issubclass(model, Record)}
    assert kinds - KINDS.keys() == set()


def test_what_this_version_does_not_know_is_told_by_its_name():
    assert (verb_words("moon.land"), kind_words("moon")) == ("moon.land", "moon")


def test_choices_stand_in_the_order_of_their_words():
    words = [words for _, words in verb_choices()]
    assert words == sorted(words)
