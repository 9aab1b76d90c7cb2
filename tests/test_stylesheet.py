"""One stylesheet from all parts: in order, small, complete, and found where pages look for it."""

from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders

from lares import stylesheet

FOLDER = settings.BASE_DIR / "static" / "css"


def test_every_part_is_joined_once():
    assert sorted(stylesheet.PARTS) == sorted(path.stem for path in FOLDER.glob("*.css"))


def test_tokens_stand_first():
    assert stylesheet.PARTS[0] == "tokens"


def test_stylesheet_is_found_under_its_name():
    path = finders.find(stylesheet.NAME)

    assert Path(path).read_text() == stylesheet.joined(FOLDER)


def test_stylesheet_stays_light():
    assert len(brotli.compress(stylesheet.joined(FOLDER).encode())) < 8 * 1024


def test_minified_keeps_quotes_and_meaning():
    css = '/* note */\na::after { content: "a ; b /* c */";  color : red; }\n'
    css += "@media (min-width: 9px) { b > c { d: e } }"

    small = stylesheet.minified(css)

    assert small == 'a::after{content:"a ; b /* c */";color :red}@media (min-width:9px){b>c{d:e}}'


def test_written_leaves_an_equal_file_alone(tmp_path):
    target = tmp_path / "css" / "site.css"

    stylesheet.written("a{}", target)
    first = target.stat().st_mtime_ns
    stylesheet.written("a{}", target)

    assert target.stat().st_mtime_ns == first


def test_written_replaces_in_one_step(tmp_path):
    target = tmp_path / "site.css"

    stylesheet.written("a{}", target)
    stylesheet.written("b{}", target)

    assert target.read_text() == "b{}"
    assert [path.name for path in tmp_path.iterdir()] == ["site.css"]


def test_stylesheet_uses_no_color_outside_its_tokens_for_text():
    used = (FOLDER / "base.css").read_text()

    assert "var(--ink)" in used
    assert "var(--wool)" in used


def test_fonts_fit_their_budget():
    fonts = settings.BASE_DIR / "static" / "fonts"

    assert (fonts / "piazzolla-latin.woff2").stat().st_size <= 16 * 1024
    assert (fonts / "piazzolla-latin-ext.woff2").stat().st_size <= 16 * 1024
