"""Thai on paper: text into lines, lines into pages, and pages whose text reads back as it was written.

From the bottom up: `shaping` turns text into placed glyphs, `derived` makes the font that a file carries, `words`
and `lines` break text, `stream` writes page after page, `sheet` is drawn on; `flow`, `tables` and `blanks` stand
on a page, and `pages` puts them there. This package itself loads nothing: import where a paper is made.
"""
