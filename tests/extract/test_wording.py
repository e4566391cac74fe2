"""Particles, idioms, spelling, and the words kept of verb and object."""

from __future__ import annotations

import pytest

from .reading import measure, one, read


@pytest.mark.parametrize(
    ("sentence", "action", "text"),
    [
        ("Kenya will step up copyright enforcement.", "step up", "step up"),
        ("China will crack down on online piracy.", "crack down", "crack down"),
        ("Peru carried out raids against counterfeiters.", "carry out", "carried out"),
        ("Norway set up a patent hotline.", "set up", "set up"),
        ("Chile will speed up trademark examination.", "speed up", "speed up"),
        ("WIPO will cooperate in patent training.", "cooperate", "cooperate"),
        ("Fiji acceded to the Berne Convention.", "accede", "acceded"),
        ("Japan will scale up training in patents.", "scale up", "scale up"),
        ("Kenya will phase out paper patents.", "phase out", "phase out"),
    ],
)
def test_particles(sentence: str, action: str, text: str) -> None:
    """A verb keeps its particle and leaves its preposition."""
    found = one(sentence)
    assert (found.action, found.action_text) == (action, text)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("Japan and Kenya entered into a memorandum on patents.", "enter into"),
        ("Members shall pay attention to traditional knowledge.", "pay attention"),
        ("The offices took stock of the trademark pilot.", "take stock"),
        ("Kenya will put an end to online piracy.", "put an end"),
        ("Peru shall give effect to the Berne Convention.", "give effect"),
        ("Offices will make use of patent data.", "make use"),
        ("The trademark law takes effect in July.", "take effect"),
        ("WIPO will give priority to patent training.", "give priority"),
        ("Chile attaches importance to copyright protection.", "attach importance"),
    ],
)
def test_idioms(sentence: str, action: str) -> None:
    """A light verb keeps its noun."""
    assert one(sentence).action == action


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Kenya will harmonise patent procedures.", "Kenya will harmonize patent procedures."),
        ("WIPO will modernise its programme.", "WIPO will modernize its program."),
        ("Peru will license patents.", "Peru will license patents."),
        ("Chile will endeavour to protect designs.", "Chile will endeavor to protect designs."),
        ("Norway will digitise its trade mark files.", "Norway will digitize its trademark files."),
        ("Fiji will organise training centres.", "Fiji will organize training centers."),
        ("Oman will recognise well-known marks.", "Oman will recognize well-known marks."),
    ],
)
def test_spelling(british: str, american: str) -> None:
    """British and American spelling are read alike."""
    first, second = one(british), one(american)
    assert (measure(first), first.areas, first.modality) == (
        measure(second),
        second.areas,
        second.modality,
    )


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Kenya will cooperate in IP protection.", "IP protection"),
        ("Peru acceded to the Treaty of Lunden.", "the Treaty of Lunden"),
        (
            "Chile will crack down on the sale of counterfeit goods.",
            "the sale of counterfeit goods",
        ),
        (
            "Norway will protect designs that are used in fashion.",
            "designs that are used in fashion",
        ),
        ("Japan will share patent data with Peru.", "patent data"),
        ("Brazil will work with partners.", "partners"),
        ("Oman will strengthen cooperation in copyright.", "cooperation in copyright"),
        ("India signed an agreement on trade secrets.", "an agreement on trade secrets"),
        ("Fiji will protect them.", "them"),
    ],
)
def test_objects(sentence: str, words: str) -> None:
    """The object is the noun phrase with its own modifiers, without preposition, partner, place."""
    assert one(sentence).object == words


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Kenya will open its market by 2030.", "open its market by 2030"),
        ("Peru will better protect traditional knowledge.", "better protect traditional knowledge"),
        ("Chile will also protect trade secrets.", "protect trade secrets"),
        ("Norway will more actively support inventors.", "more actively support inventors"),
        ("Fiji will protect designs and train judges.", "protect designs"),
        ('"Oman will cut trademark fees," he said.', "cut trademark fees"),
        ("WIPO will firmly oppose piracy.", "oppose piracy"),
        ("The offices agreed to share patent data.", "share patent data"),
    ],
)
def test_spans(sentence: str, quote: str) -> None:
    """The span runs from the verb, with adverbs that bear on the direction, to the clause's end."""
    assert read(sentence)[0].quote == quote


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "Kenya will strengthen the protection of trade secrets of foreign firms.",
            "the protection of trade secrets of foreign firms",
        ),
        (
            "Peru will publish a guide for inventors on patent fees.",
            "a guide for inventors on patent fees",
        ),
        (
            "Chile will expand, in stages, its register of trademarks.",
            "its register of trademarks",
        ),
        (
            "Oman will bring its patent law into line with the treaty.",
            "its patent law",
        ),
        (
            "Samoa will give inventors better access to patent data.",
            "better access to patent data",
        ),
        (
            "Peru will co-finance the translation of patents for small firms.",
            "the translation of patents for small firms",
        ),
        (
            "Oman may charge a fee for the protection of trademarks.",
            "a fee for the protection of trademarks",
        ),
        (
            "The average time needed to examine patent applications is to be cut to four months.",
            "The average time needed to examine patent applications",
        ),
        (
            "Fiji will set up, by 2030, a court for patents.",
            "a court for patents",
        ),
    ],
)
def test_harder_objects(sentence: str, words: str) -> None:
    """The object keeps its of-phrases and leaves out what belongs to the verb."""
    assert one(sentence).object == words


@pytest.mark.parametrize(
    ("sentence", "action", "words"),
    [
        (
            "Peru and Chile pass on information about infringing goods.",
            "pass on",
            "information about infringing goods",
        ),
        (
            "Customs will go after the makers of counterfeits.",
            "go after",
            "the makers of counterfeits",
        ),
        ("Oman will look into traditional medicine.", "look into", "traditional medicine"),
        ("The register of patents will be put online.", "put online", "The register of patents"),
    ],
)
def test_joined_prepositions(sentence: str, action: str, words: str) -> None:
    """A preposition that makes another verb of its verb belongs to the action."""
    found = one(sentence)
    assert (found.action, found.object) == (action, words)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            (
                "Customs authorities shall detain, on their own initiative, goods suspected of "
                "bearing counterfeit trademarks."
            ),
            "goods suspected of bearing counterfeit trademarks",
        ),
        (
            (
                "Each Party shall destroy, in accordance with its law, labels that infringe this "
                "Accord."
            ),
            "labels that infringe this Accord",
        ),
    ],
)
def test_objects_behind_insertions(sentence: str, words: str) -> None:
    """An object that stands behind commas is whole, with the words that describe it."""
    assert one(sentence).object == words
