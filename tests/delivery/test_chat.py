"""What a chat card carries, and that it fits every service."""

from datetime import timedelta

import pytest

from statuspage.core.languages import Language, speech
from statuspage.delivery.messages.chat import BODY_LIMIT, HEADING_LIMIT, write_chat
from statuspage.delivery.messages.facts import ComponentFacts
from statuspage.delivery.messages.words import Tone
from tests.delivery.stock import BEGAN, SITE, story

EN, DE = speech(Language.EN), speech(Language.DE)
DOWN = (ComponentFacts("API", "partial outage"), ComponentFacts("Mail", "degraded performance"))


def test_a_card_tells_state_title_text_promise_components_and_link() -> None:
    facts = story(
        body="Requests to the **API** fail.\n\n- Web: slow", components=DOWN, workaround="Try again.",
        next_update_at=BEGAN + timedelta(minutes=40),
    )  # fmt: skip
    assert write_chat(facts, SITE, EN).text == (
        "Investigating: API errors for some requests\n"
        "Major impact, 18 Nov 2026, 14:12 CET (13:12 UTC)\n"
        "\n"
        "Requests to the API fail.\n"
        "\n"
        "- Web: slow\n"
        "\n"
        "What you can do: Try again.\n"
        "Next update by: 18 Nov 2026, 14:43 CET (13:43 UTC)\n"
        "Affected: API (partial outage), Mail (degraded performance)\n"
        "\n"
        "https://status.example.com/incidents/k3v9x2m4p7qa"
    )


@pytest.mark.parametrize(
    ("changes", "said", "unsaid"),
    [
        ({}, ["Investigating"], ["Next update", "Affected", "What you can do", "Begins", "Reason"]),
        ({"tone": Tone.PLAIN, "state": "Correction", "note": "Too wide"}, ["Correction:", "Reason: Too wide"], []),
        ({"tone": Tone.PLAIN, "state": "Retracted", "note": "Wrong", "body": ""}, ["Reason: Wrong"], ["fail"]),
        ({"note": "Nobody's business"}, [], ["Nobody's business"]),
        ({"tone": Tone.PLANNED, "ended_at": BEGAN}, ["Begins: 18 Nov 2026, 14:03", "Ends: 18 Nov"], []),
        ({"tone": Tone.CALM, "ended_at": BEGAN}, [], ["Begins", "Ends"]),
    ],
)
def test_a_line_stands_only_where_it_says_something(
    changes: dict[str, object], said: list[str], unsaid: list[str]
) -> None:
    text = write_chat(story(**changes), SITE, EN).text
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_nothing_is_longer_than_the_tightest_service_takes() -> None:
    many = tuple(ComponentFacts(f"Component {number}", "major outage") for number in range(60))
    card = write_chat(story(title="Wort " * 40, body="Wort " * 4000, components=many), SITE, EN)
    assert len(card.heading) <= HEADING_LIMIT
    assert len(card.body) <= BODY_LIMIT
    assert card.heading.endswith("Wort…")
    assert card.body.endswith("Wort…")
    assert dict(card.lines)["Affected"].endswith("Component 9 (major outage), +50 more")
    assert len(card.text) < 4096


def test_a_word_without_blanks_is_cut_all_the_same() -> None:
    assert len(write_chat(story(title="x" * 200), SITE, EN).heading) == HEADING_LIMIT


def test_what_people_wrote_stays_words() -> None:
    card = write_chat(story(title="<b>@everyone</b>", body="<!channel> [x](https://e.example/a)"), SITE, EN)
    assert "<b>@everyone</b>" in card.heading
    assert card.body == "<!channel> x (https://e.example/a)"


def test_a_card_speaks_german() -> None:
    facts = story(
        state="Wird untersucht", impact="Erhebliche Auswirkung", body="Wir prüfen das.",
        components=(ComponentFacts("API", "Teilausfall"),), workaround="Bitte erneut versuchen.",
        next_update_at=BEGAN + timedelta(minutes=40),
    )  # fmt: skip
    assert write_chat(facts, SITE, DE).text == (
        "Wird untersucht: API errors for some requests\n"
        "Erhebliche Auswirkung, 18. Nov. 2026, 14:12 MEZ (13:12 UTC)\n"
        "\n"
        "Wir prüfen das.\n"
        "\n"
        "Was Sie tun können: Bitte erneut versuchen.\n"
        "Nächste Meldung bis: 18. Nov. 2026, 14:43 MEZ (13:43 UTC)\n"
        "Betroffen: API (Teilausfall)\n"
        "\n"
        "https://status.example.com/incidents/k3v9x2m4p7qa"
    )
