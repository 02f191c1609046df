"""The last look at text from a format without Markdown of its own: nothing in it may act when it is shown."""

import re

_LIVE = re.compile(r"(?<!\\)((?:\\\\)*)(?=<[A-Za-z/!?]|\](?:\((?!https?://)|:))")
"""The beginning of HTML, of a link that leads to no web address, or of a link's definition, if it isn't escaped yet."""


def harmless(markdown: str) -> str:
    """The text with a backslash before everything that Markdown would take for HTML or for a link to a script.

    Readers escape what they put into Markdown, piece by piece. Only the whole text shows what pieces make together,
    and what a removed invisible character stood between. So this comes last, after `plain`.
    """
    return _LIVE.sub(r"\1\\", markdown)
