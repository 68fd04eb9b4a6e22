"""Telegram Desktop's export as HTML (`export_output_html.cpp`): pages of one chat, which know names and no numbers.

Pages are shorter than the program's own, a thousand messages, so that a small chat has several.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from chat_world.people import ADMIN
from chat_world.telegram_json import STATES, visible
from chat_world.truth import ZONE, Written, local, passed_on
from chat_world.world import CHANNEL, START

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

CHATS: Final = 5
"""How many of the groups were exported."""
_PAGE: Final = 50
_TOGETHER: Final = 900
"""Seconds within which a message of the same author stands without a name."""
_HEAD: Final = """<!DOCTYPE html>
<html>

 <head>

  <meta charset="utf-8"/>
<title>Exported Data</title>
  <meta content="width=device-width, initial-scale=1.0" name="viewport"/>

  <link href="css/style.css" rel="stylesheet"/>

  <script src="js/script.js" type="text/javascript">

  </script>

 </head>

 <body onload="CheckLocation();">

  <div class="page_wrap">

   <div class="page_header">

    <div class="content">

     <div class="text bold">
{title}
     </div>

    </div>

   </div>

   <div class="page_body chat_page">

    <div class="history">
"""
_FOOT: Final = """
    </div>

   </div>

  </div>

 </body>

</html>
"""


def write(world: World, out: Path) -> list[Written]:
    """A folder for each of the first groups."""
    return [_chat(group, out) for group in world.groups[:CHATS]]


def _chat(group: Group, out: Path) -> Written:
    folder = out / "html" / f"ChatExport_{group.number}"
    folder.mkdir(parents=True, exist_ok=True)
    seen = visible(group)
    pages = [seen[start : start + _PAGE] for start in range(0, len(seen), _PAGE)]
    names = [f"messages{number or ''}.html" for number in (0, *range(2, len(pages) + 1))]
    places = {one.number: name for name, page in zip(names, pages, strict=True) for one in page}
    for name, page in zip(names, pages, strict=True):
        body = "".join(_page(group, page, name, places))
        (folder / name).write_text(_HEAD.format(title=escape(group.title)) + body + _FOOT, encoding="utf-8")
    people = {person for one in group.happenings for person in (one.who, *one.targets)}
    return Written(
        f"html/{folder.name}",
        "telegram-html",
        {group.title: local(seen[0].at)},
        # Of a supergroup, which is a channel, the pages do not say who made it.
        STATES if group.number % 2 else tuple(act for act in STATES if act != "created"),
        {one.name: one.number for one in people},
        {group.title: len(seen)},
        passed_on=passed_on(seen),
        answers=True,
        precision="day",
    )


def _page(group: Group, page: Sequence[Happening], name: str, places: dict[int, str]) -> Iterator[str]:
    before: Happening | None = None
    days = 0
    for one in page:
        day = one.at.astimezone(ZONE).date()
        if before is None or before.at.astimezone(ZONE).date() != day:
            days += 1
            yield _service(f"message-{days}", f"{day.day} {day:%B %Y}")
            before = None
        if one.said is None:
            yield _service(f"message{one.number}", _event(group, one))
        else:
            yield _message(one, one.said, _joined(before, one), name, places)
        before = one


def _joined(before: Happening | None, one: Happening) -> bool:
    if before is None or before.said is None or one.said is None or before.who != one.who:
        return False
    near = (one.at - before.at).total_seconds() <= _TOGETHER
    return near and not before.said.notice and not one.said.notice


def _service(mark: str, text: str) -> str:
    return f"""
     <div class="message service" id="{mark}">

      <div class="body details">
{text}
      </div>

     </div>
"""


def _message(one: Happening, said: Said, joined: bool, page: str, places: dict[int, str]) -> str:
    parts = [
        f"""
     <div class="message default clearfix{" joined" if joined else ""}" id="message{one.number}">
{"" if joined else _picture_of(one.who.name)}
      <div class="body">

       <div class="pull_right date details" title="{_moment(one.at)} UTC+05:30">
{one.at.astimezone(ZONE):%H:%M}
       </div>
"""
    ]
    if not joined:
        parts.append(_div("from_name", escape(one.who.name)))
    if said.notice:
        when = _moment(START)
        dated = f'{CHANNEL}<span class="date details" title="{when} UTC+05:30"> {when}</span>'
        parts.append(f'\n       <div class="forwarded body">\n{_div("from_name", dated)}')
    if said.answers:
        parts.append(_div("reply_to details", _answered(said.answers, page, places)))
    if said.picture is not None:
        parts.append(_photo())
    if said.text:
        parts.append(_div("text", escape(said.text)))
    if said.notice:
        parts.append("\n       </div>\n")
    return "".join(parts) + "\n      </div>\n\n     </div>\n"


def _answered(number: int, page: str, places: dict[int, str]) -> str:
    if places.get(number, page) != page:
        return f'In reply to <a href="{places[number]}#go_to_message{number}">this message</a>'
    return f'In reply to <a href="#go_to_message{number}" onclick="return GoToMessage({number})">this message</a>'


def _moment(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%d.%m.%Y %H:%M:%S}"


def _div(name: str, inside: str) -> str:
    return f'\n       <div class="{name}">\n{inside}\n       </div>\n'


def _picture_of(name: str) -> str:
    initials = "".join(word[0] for word in name.split()[:2])
    return f"""
      <div class="pull_left userpic_wrap">

       <div class="userpic userpic{len(name) % 8 + 1}" style="width: 42px; height: 42px">

        <div class="initials" style="line-height: 42px">
{initials}
        </div>

       </div>

      </div>
"""


def _photo() -> str:
    return """
       <div class="media_wrap clearfix">

        <div class="media clearfix pull_left media_photo">

         <div class="fill pull_left">

         </div>

         <div class="body">

          <div class="title bold">
Photo
          </div>

          <div class="description">
Not included, change data exporting settings to download.
          </div>

          <div class="status details">
16x16
          </div>

         </div>

        </div>

       </div>
"""


def _event(group: Group, one: Happening) -> str:
    who, whom = escape(one.who.name), [escape(target.name) for target in one.targets]
    match one.act:
        case "created" if group.number % 2:
            return f"{who} created group &laquo;{escape(group.title)}&raquo; with members {who}"
        case "created":
            return f"Channel &laquo;{escape(group.title)}&raquo; created"
        case "added":
            return f"{who} invited {_listed(whom)}"
        case "joined":
            return f"{who} joined group by link from {escape(ADMIN.name)}"
        case _:
            # Who leaves removes themselves.
            return f"{who} removed {_listed(whom or [who])}"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
