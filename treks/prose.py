"""Staff's Markdown as HTML, cut into sections at its headings."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from lares.templatetags.formats import glued


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it; the text before the first heading has none."""

    slug: str
    title: str
    html: str


def table_open(renderer, tokens, index, options, env):
    """A wide table scrolls inside its own frame, also by keyboard; on a phone its cells stand in lines."""
    return format_html(
        '<div class="scroll" role="group" aria-label="{}" tabindex="0"><table class="stack">\n', _("Table")
    )


def table_close(renderer, tokens, index, options, env):
    """The end of a table and its frame."""
    return "</table></div>\n"


def cell_open(renderer, tokens, index, options, env):
    """A cell, with the heading of its column for those who see its row as lines."""
    cell, label = renderer.renderToken(tokens, index, options, env), tokens[index].meta.get("label")
    return cell + format_html('<span class="label" aria-hidden="true">{}</span> ', label) if label else cell


def told_tables(tokens):
    """Name each row by its first cell and each other cell by its column; an empty heading is a plain cell."""
    headings, column = [], 0
    for start, words, end in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if start.type == "thead_open":
            headings = []
        elif start.type == "tr_open":
            column = 0
        elif start.type == "th_open":
            headings.append(plain_words(words))
            start.tag = end.tag = "th" if headings[-1] else "td"
        elif start.type == "td_open":
            label = headings[column] if plain_words(words) else ""
            name_cell(start, end, label if column else None)
            column += 1
    return tokens


def name_cell(start, end, label):
    """Give a cell the heading of its column, an empty one none; without a label it is its row's heading."""
    if label is None:
        start.tag = end.tag = "th"
        start.attrSet("scope", "row")
    else:
        start.meta["label"] = label


def plain_words(inline):
    """The words of a piece of running text without their marks."""
    return "".join(token.content for token in inline.children or [] if token.content).strip()


def parser():
    """Plain Markdown with tables. Raw HTML stays text: whoever edits a page cannot break or misuse it."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("table_open", table_open)
    markdown.add_render_rule("table_close", table_close)
    markdown.add_render_rule("td_open", cell_open)
    return markdown


MARKDOWN = parser()
# Parts of the page around the text have these names.
TAKEN = {"main", "packing", "numbers"}


def sections(text):
    """The sections of a Markdown text, cut at its second-level headings."""
    tokens = told_tables(MARKDOWN.parse(text or ""))
    starts = [i for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    found = [Section("", "", rendered(tokens[: starts[0] if starts else None]))]
    for start, end in zip(starts, [*starts[1:], None], strict=False):  # no heading: nothing to pair
        title = plain_words(tokens[start + 1])
        slug = unused(slugify(title) or "part", {*TAKEN, *(section.slug for section in found)})
        found.append(Section(slug, title, rendered(tokens[start + 3 : end])))
    return [section for section in found if section.title or section.html.strip()]


def unused(slug, taken):
    """The slug, with a number where another part of the page has it already."""
    free = (slug, *(f"{slug}-{number}" for number in range(2, 1000)))
    return next(name for name in free if name not in taken)


def rendered(tokens):
    """Tokens as HTML that may stand in a page as it is."""
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return mark_safe(glued(html))  # noqa: S308 - the renderer escapes everything it is given
