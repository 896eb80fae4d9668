"""XML from strangers, parsed within limits.

No document type is let in: e-invoices have none, as UBL 2.1 and CII are schemas, and without one
there are no entities, neither outside the document nor growing within it. That is the work of
defusedxml; how deep and how many the elements may be is looked at here, while they come.
"""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from dinero_sync.domain.plain_text import plain_text

DEEPEST = 40
"""Levels; e-invoices have about ten."""
MOST = 200_000
"""Elements; an e-invoice of a thousand lines has about 60,000."""


LONGEST_TEXT = 300
"""Signs of a name, a number or an amount."""


class UnfitXmlError(Exception):
    """The text isn't XML, or no XML that an e-invoice could be."""


class _Limited(TreeBuilder):
    """Builds the tree, and stops where it becomes larger than any e-invoice is."""

    depth = 0
    elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST:
            raise UnfitXmlError
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def parsed(content: bytes) -> Element:
    """Return the root of an XML document; raises UnfitXmlError.

    ``content`` is no longer than its reader lets in; time and memory grow with it alone.
    """
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - only where there is XML
    from defusedxml.ElementTree import DefusedXMLParser  # noqa: PLC0415 - as above

    parser = DefusedXMLParser(target=_Limited(), forbid_dtd=True)
    try:
        parser.feed(content)
        root = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        # ValueError and LookupError: an encoding that isn't known, or is named wrongly
        raise UnfitXmlError from None
    if not isinstance(root, Element):
        raise UnfitXmlError
    return root


def text_at(element: Element | None, *path: str) -> str | None:
    """Return the first text at a path of tags, in one line; None where there is none that fits."""
    if element is None:
        return None
    texts = (each.text or "" for each in element.iterfind("/".join(path)))
    shown = (" ".join(plain_text(text).split()) for text in texts if len(text) <= LONGEST_TEXT)
    return next(filter(None, shown), None)
