"""`{% load assets %}`: the links to the built styles and scripts."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kavalan.casework.assets import MANIFEST, AssetsNotBuiltError, built_assets

register = template.Library()


@register.simple_tag
def asset_tags() -> SafeString:
    """Link the styles and the script; raises `AssetsNotBuiltError` where they are not built."""
    script = static(built_assets(MANIFEST).script)
    return format_html('{}\n<script type="module" src="{}"></script>', style_tags(), script)


@register.simple_tag
def style_tags() -> SafeString:
    """Link the styles alone, for a page on which no program is to run; raises as `asset_tags` does."""
    styles = built_assets(MANIFEST).styles
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in styles))


@register.simple_tag
def asset_tags_if_built() -> SafeString:
    """Link them if they are there: the page that reports a fault must not fail for want of its looks."""
    try:
        return asset_tags()
    except AssetsNotBuiltError:
        return SafeString("")
