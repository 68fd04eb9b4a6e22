"""The closing report of a search day."""

import pytest
from tests.papers.closings import closing
from tests.papers.required import fonts_built, pdftotext
from tests.papers.test_typeset import text_of

from kavalan.papers import DataError, District, render


def test_a_district_with_more_counts_than_columns_is_refused():
    with pytest.raises(DataError, match="Kollam has 3 counts; there are 2 columns"):
        closing(districts=(District("Kollam", (1, 1, 1)),))


@fonts_built
@pdftotext
def test_each_page_carries_the_mark():
    many = tuple(District(f"District {number}", (number, 0)) for number in range(100))
    pages = text_of(render(closing(districts=many))).split("\f")[:-1]
    assert len(pages) > 1
    assert all("TLP:AMBER+STRICT" in page for page in pages)


@fonts_built
@pdftotext
def test_each_figure_stands_with_its_definition_and_its_districts():
    text = text_of(render(closing()))
    assert "Planned 3 Sites that were taken in." in text
    assert "Thrissur 2 1" in text
