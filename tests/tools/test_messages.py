"""The catalogues hold every text of the pages, and what they say fits where it is said."""

import re
import string

import pytest

pytest.importorskip("babel", reason="the pages' texts are taken out by Babel: pip install babel")

from tools import messages

LANGUAGES = pytest.mark.parametrize("language", messages.LANGUAGES)
SCRIPTS = {"ml": "\u0d00-\u0d7f", "hi": "\u0900-\u097f"}


def pairs(language):
    for one in messages.catalogue(language):
        if one.id:
            sources = one.id if isinstance(one.id, tuple) else (one.id,)
            says = one.string if isinstance(one.string, tuple) else (one.string,)
            for said in says:
                yield sources[-1], said


@LANGUAGES
def test_every_text_of_the_pages_is_translated(language):
    lacking = messages.lacking(language)
    assert lacking == [], "run `python -m tools.messages update`, then fill in the empty ones"


@LANGUAGES
def test_a_translation_names_the_same_values_as_its_text(language):
    def named(text):
        return sorted(re.findall(r"%(?:\(\w+\))?[sd]", text))

    assert [(text, said) for text, said in pairs(language) if named(text) != named(said)] == []


@LANGUAGES
def test_a_translation_carries_the_same_markup_and_no_other(language):
    def marked(text):
        return sorted(re.findall(r"<[^>]*>", text))

    assert [(text, said) for text, said in pairs(language) if marked(text) != marked(said)] == []


@LANGUAGES
def test_a_translation_is_written_in_the_script_of_its_language(language):
    def words(text):
        return re.sub(r"%\(\w+\)[sd]|<[^>]*>", "", text).strip(string.punctuation + string.whitespace)

    script = re.compile(f"[{SCRIPTS[language]}]")
    assert [text for text, said in pairs(language) if words(text) and words(said) and not script.search(said)] == []


def test_texts_of_templates_programs_legal_texts_and_data_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "CASEWORK", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    (tmp_path / "page.html").write_text(
        '{% load i18n %}\n  <p>{% translate "One" %}</p>\n{% legal "Two" %}\n'
        "{% blocktranslate count n=3 %}{{ n }} thing{% plural %}{{ n }} things{% endblocktranslate %}"
    )
    (tmp_path / "views.py").write_text('from x import gettext as _\nsaid = _("Three")\n')
    found = {one.id for one in messages.texts() if one.id}
    assert found >= {"One", "Two", ("%(n)s thing", "%(n)s things"), "Three"}
    assert {"Sub-Inspector of Police", "For the child"} <= found
