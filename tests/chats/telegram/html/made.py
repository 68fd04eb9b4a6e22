"""Pages as Telegram Desktop writes them: each block's tag and content on lines of their own."""

from html import escape

ZONE = "UTC+05:30"


def page(*blocks, name="Boats ", earlier="", later=""):
    """One file: `earlier` and `later` are those before and after it."""
    before, after = (
        f'<a class="pagination block_link" href="{one}">\n{said}\n</a>' if one else ""
        for one, said in ((earlier, "Previous messages"), (later, "Next messages"))
    )
    header = _div("page_header", _div("content", _div("text bold", escape(name))))
    body = _div("page_body chat_page", _div("history", before, *blocks, after))
    return (
        '<!DOCTYPE html>\n<html>\n\n <head>\n\n  <meta charset="utf-8"/>\n<title>Exported Data</title>\n </head>\n\n'
        f' <body onload="CheckLocation();">\n{_div("page_wrap", header, body)}\n </body>\n\n</html>\n'
    )


def service(number, said):
    return _div("message service", _div("body details", said), id=f"message{number}")


def message(
    number, author="Asha ", text="the boats go out", at="03.04.2025 19:05:09 " + ZONE, inner="", forwarded=None
):
    """`author` None joins it to the message before; `forwarded` is who wrote it first and when."""
    picture = _div("userpic userpic1", _div("initials", "A", style="line-height: 42px"), style="width: 42px")
    parts = [inner, _div("text", text) if text else ""]
    if forwarded is not None:
        who, when = forwarded
        first = f'{who}<span class="date details" title="{when}"> {when}</span>'
        parts = [_div("forwarded body", _div("from_name", first) if who else "", *parts)]
    return _div(
        f"message default clearfix{' joined' if author is None else ''}",
        _div("pull_left userpic_wrap", picture),
        _div(
            "body",
            _div("pull_right date details", at[11:16], title=at),
            "" if author is None else _div("from_name", author),
            *parts,
        ),
        id=f"message{number}",
    )


def reply(number):
    link = f'<a href="#go_to_message{number}" onclick="return GoToMessage({number})">this message</a>'
    return _div("reply_to details", f"In reply to {link}")


def media(classes, *, href="", title="", description="", status=""):
    said = (("title bold", title), ("description", description), ("status details", status))
    parts = [_div("fill pull_left"), _div("body", *(_div(name, one) for name, one in said if one))]
    classes = f"media clearfix pull_left {classes}"
    return _div("media_wrap clearfix", _tag("a", classes, *parts, href=href) if href else _div(classes, *parts))


def photo(href):
    picture = '<img class="photo" src="photos/a_thumb.jpg" style="width: 260px"/>'
    return _div("media_wrap clearfix", _tag("a", "photo_wrap clearfix pull_left", picture, href=href))


def _div(classes, *inside, **attributes):
    return _tag("div", classes, *inside, **attributes)


def _tag(tag, classes, *inside, **attributes):
    told = "".join(f' {name}="{value}"' for name, value in {"class": classes, **attributes}.items())
    return f"\n     <{tag}{told}>\n{''.join(inside)}\n     </{tag}>\n"
