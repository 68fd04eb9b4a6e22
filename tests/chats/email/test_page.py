"""Pages: what is shown of them, and where their links lead."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats.email.page import page_of


def test_what_is_shown_is_read_and_what_is_not_is_left():
    page = page_of(
        "<html><head><title>t</title><style>a{b:c}</style></head><body><p>The&nbsp;<b>boats</b><br>go out</p>"
        "<!-- <p>not shown</p> --><script>if (a<b) {x}</script><div>1 &lt; 2</div></body></html>"
    )
    assert page.text == "The boats\ngo out\n1 < 2"


def test_links_lead_where_they_lead():
    page = page_of("""<a title="a>b" href="https://e.example/?a=1&amp;b=2">x</a><a href='b'>y</a><a href=c>z</a>""")
    assert page.links == ("https://e.example/?a=1&b=2", "b", "c")
    assert page.text == "xyz"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["<a ", "href=", "'", '"', ">", "<!--", "-->", "<script>", "</", "x", "&#x", "&amp;"])))
def test_no_page_is_too_broken(parts):
    page = page_of("".join(parts))
    assert len(page.text) <= sum(map(len, parts))
