"""Charts as SVG that stands in a page: no script in it, nothing from elsewhere, nothing of today.

Pygal draws them. What it adds for a page of its own (a script with its settings, comments with
addresses and the day) is taken away; what a browser without script can't show (tooltips) becomes
titles.
"""

import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Protocol, cast
from xml.etree.ElementTree import Comment, Element, SubElement

import pygal
from markupsafe import Markup
from pygal.graph.graph import Graph
from pygal.style import Style

# Pygal brings a way to import maps, which we don't draw; it is of a kind that Python 3.11 warns of
# at every import after it.
sys.meta_path[:] = [each for each in sys.meta_path if type(each) is not pygal.PluginImportFixer]

COLOURS = ("#1d5d9b", "#b4500f", "#2c7a4b", "#7b4397", "#8a6a00", "#a8325e", "#4f5b66")
"""Each at least 4.5 to 1 on white, and unlike its neighbours also without colours."""
WIDTH, HEIGHT = 560, 320
LABELS = 7
"""So many days or months stand below a chart; more would run into each other."""
Figures = Mapping[str, Sequence[Decimal]]
"""The values of each row of a chart, in the order of what they are of."""


class Written(Protocol):
    """Writes an amount for people."""

    def __call__(self, amount: Decimal) -> str:
        """Return the amount as text."""


def stacked(name: str, title: str, along: Sequence[str], rows: Figures, write: Written) -> Markup:
    """Draw bars on top of each other, one for each of ``along``.

    ``name`` tells the chart from others of the page.
    """
    chart = pygal.StackedBar(**_settings(along, write))
    return _drawn(chart, name, title, rows)


def lines(name: str, title: str, along: Sequence[str], rows: Figures, write: Written) -> Markup:
    """Draw a line for each row."""
    chart = pygal.Line(**_settings(along, write), show_dots=len(along) == 1)
    return _drawn(chart, name, title, rows)


def bars(name: str, title: str, rows: Mapping[str, Decimal], write: Written) -> Markup:
    """Draw a bar lying down for each row."""
    chart = pygal.HorizontalBar(**_settings((), write))
    return _drawn(chart, name, title, {label: [value] for label, value in rows.items()})


def _settings(along: Sequence[str], write: Written) -> dict[str, object]:
    every = -(-len(along) // LABELS)
    return {
        "js": (),
        "width": WIDTH,
        "height": HEIGHT,
        "margin": 8,
        "max_scale": 8,
        "show_legend": False,
        "disable_xml_declaration": True,
        "x_labels": list(along),
        "x_labels_major": list(along[:: every or 1]),
        "show_minor_x_labels": not along,
        "truncate_label": -1,
        "value_formatter": partial(_written, write),
        "style": Style(
            background="transparent",
            plot_background="transparent",
            foreground="#3d4852",
            foreground_strong="#1b242c",
            foreground_subtle="#3d4852",
            guide_stroke_color="#c9d1d8",
            major_guide_stroke_color="#8a959e",
            guide_stroke_dasharray="0",
            major_guide_stroke_dasharray="0",
            opacity="1",
            opacity_hover="1",
            stroke_opacity="1",
            stroke_width="2.5",
            transition="0s",
            font_family="system-ui, sans-serif",
            label_font_size=14,
            major_label_font_size=14,
            colors=COLOURS,
        ),
    }


def _written(write: Written, value: float | None) -> str:
    return write(amount=Decimal(f"{value or 0:.2f}"))


def _drawn(chart: Graph, name: str, title: str, rows: Figures) -> Markup:
    chart.uuid = name
    chart.add_xml_filter(partial(_bare, title))
    for label, values in rows.items():
        chart.add(label, [float(each) for each in values])
    svg = cast("str", chart.render(is_unicode=True))
    return Markup(svg)  # noqa: S704 - pygal escapes what it is given


def _bare(title: str, root: Element) -> Element:
    """Take away what is for a page of its own, and name the chart for those who don't see it."""
    root.set("role", "img")
    root.set("aria-label", title)
    for parent in list(root.iter()):
        for child in list(parent):
            if _is_needless(child):
                parent.remove(child)
        _name(parent)
    return root


def _is_needless(element: Element) -> bool:
    return element.tag in {Comment, "script", "title"}


def _name(element: Element) -> None:
    """Make a title of what pygal's own script would show as a tooltip."""
    told = {each.get("class", ""): each for each in element.findall("desc")}
    if "value" in told:
        of = told.get("x_label")
        words = [each.text for each in (of, told["value"]) if each is not None and each.text]
        SubElement(element, "title").text = ": ".join(words)
    for each in told.values():
        element.remove(each)
