"""Text from people, cleaned and rendered."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.core.errors import Invalid
from statuspage.core.text import clean_line, clean_text, plain_text, render_markdown, slug_of


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  API \t errors ", "API errors"),
        ("Subject\r\nBcc: all@example.com", "Subject Bcc: all@example.com"),
        ("nul\x00 esc\x1b[31m bell\x07", "nul esc[31m bell"),
        ("e\u0301", "é"),
        ("right\u202eleft\u2066", "rightleft"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        ("zero\ufeffwidth", "zerowidth"),
        ("no\ufffe \ufdd0char\U0001ffffacter", "no character"),
    ],
)
def test_a_line_is_one_line_in_normal_form(text: str, line: str) -> None:
    assert clean_line(text, "title") == line


@pytest.mark.parametrize("text", ["", " \r\n", "\x00", "x" * 201])
def test_a_line_that_is_missing_or_too_long_names_its_field(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_line(text, "title")
    assert list(refusal.value.fields) == ["title"]


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    cleaned = clean_text(text, "body", required=False, limit=10**9)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", cleaned)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**Bold** and `code`", "<p><strong>Bold</strong> and <code>code</code></p>"),
        ("# Title", "<h3>Title</h3>"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
        ("![x](https://evil.example/p.png)", "<p></p>"),
        ("[x](//evil.example)", '<p><a rel="noopener nofollow ugc">x</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        (
            "[docs](https://example.com/?a=1&b=2)",
            '<p><a href="https://example.com/?a=1&amp;b=2" rel="noopener nofollow ugc">docs</a></p>',
        ),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
    ],
)
def test_markdown_becomes_safe_html(markdown: str, html: str) -> None:
    assert render_markdown(markdown) == html


ATTACKS = [
    "<script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "[x](  jAvAsCrIpT:alert(1))",
    "<iframe src=//evil>",
    "<style>*{}</style>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "```\n</code></pre><script>x</script>\n```",
    '<https://example.com/"onmouseover=alert(1)>',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_leaves_an_element_or_attribute_that_acts(attack: str) -> None:
    html = render_markdown(attack)
    assert not re.search(r"<(script|svg|img|iframe|style|math|object|form)\b", html, re.IGNORECASE)
    assert not re.search(r"<[^>]*\son\w+\s*=", html)
    assert not re.search(r'href="(?!https?:|mailto:)', html)


@pytest.mark.parametrize("text", ["[" * 20_000, "*a " * 6_600, "> " * 10_000, "`" * 20_000, "|a" * 10_000])
def test_pathological_markdown_is_rendered_all_the_same(text: str) -> None:
    assert render_markdown(text)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Title\n\n**Bold** text", "Title\n\nBold text"),
        ("- one\n- two\n\nend", "- one\n- two\n\nend"),
        ("See [docs](https://e.com).", "See docs (https://e.com)."),
        ("<https://e.com>", "https://e.com"),
        ("```\nx = 1\n```", "x = 1"),
    ],
)
def test_markdown_can_be_read_aloud(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


@pytest.mark.parametrize(
    ("name", "slug"), [("API", "api"), ("Bezahlen & Kasse", "bezahlen-kasse"), ("Zürich", "zurich"), ("日本", "")]
)
def test_names_become_addresses(name: str, slug: str) -> None:
    assert slug_of(name) == slug
