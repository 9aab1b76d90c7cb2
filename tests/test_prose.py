"""Staff's Markdown: cut into sections, harmless whatever is typed."""

from treks.prose import sections


def test_text_is_cut_at_its_headings():
    before, first, second = sections("Hello.\n\n## What to *bring*\n\nBoots.\n\n### Socks\n\n## More")

    assert (before.title, before.html) == ("", "<p>Hello.</p>\n")
    assert (first.slug, first.title) == ("what-to-bring", "What to bring")
    assert first.html == "<p>Boots.</p>\n<h3>Socks</h3>\n"
    assert (second.title, second.html) == ("More", "")


def test_text_without_headings_is_one_section():
    assert [section.html for section in sections("Only words.")] == ["<p>Only words.</p>\n"]
    assert sections("") == sections(None) == []


def test_html_and_dangerous_links_stay_text():
    html = sections('<script>x</script> <b onclick="x">b</b> [go](javascript:alert(1))')[0].html

    assert "<script" not in html
    assert "<b" not in html
    assert "href" not in html


def test_headings_never_share_a_name():
    slugs = [section.slug for section in sections("## Bags\n\n## Bags\n\n## Packing\n\n## ¿?\n\n## ¡!")]

    assert slugs == ["bags", "bags-2", "packing-2", "part", "part-2"]


def test_table_scrolls_by_keyboard_and_has_no_empty_heading():
    html = sections("| | Low |\n|---|---|\n| a | 1 |")[0].html

    assert 'tabindex="0"><table class="stack">' in html
    assert "<th></th>" not in html
    assert "<td></td>\n<th>Low</th>" in html


def test_every_cell_of_a_table_says_its_column_where_a_phone_sets_rows_as_lines():
    html = sections("| | Low | *High* |\n|---|---|---|\n| **Bed** | 1 | 2 |\n| Rise | 3 | |")[0].html

    label = '<span class="label" aria-hidden="true">{}</span> '
    assert '<th scope="row"><strong>Bed</strong></th>' in html
    assert f"<td>{label.format('Low')}1</td>\n<td>{label.format('High')}2</td>" in html
    assert '<th scope="row">Rise</th>' in html


def test_empty_cell_of_a_table_says_nothing():
    html = sections("| Route | Takes |\n|---|---|\n| 1-A | 6 h |\n| 1-D | |")[0].html

    assert html.count("Takes") == 2
    assert "<td></td>" in html


def test_headings_of_one_table_do_not_name_the_cells_of_the_next():
    html = sections("| a | b |\n|---|---|\n| 1 | 2 |\n\nNext.\n\n| c | d |\n|---|---|\n| 3 | <4 |")[0].html

    assert '<span class="label" aria-hidden="true">d</span> &lt;4' in html
    assert html.count(">b<") == 2


def test_figures_keep_their_units_on_the_line():
    assert "4,400\u00a0m" in sections("Up to 4,400 m.")[0].html
