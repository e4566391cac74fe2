"""Names, titles and quantifiers: whom a noun phrase names."""

from __future__ import annotations

import pytest

from .reading import names, one, read


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("Each Party shall protect trade secrets.", "Party"),
        ("Both offices will share patent data.", "offices"),
        ("All members must publish their trademark registers.", "members"),
        ("Every Contracting Party shall enforce copyright.", "Contracting Party"),
        ("No Member may require the transfer of technology.", "Member"),
        ("The two offices will exchange search reports.", "two offices"),
        ("The European Union will protect geographical indications.", "European Union"),
        ("Neither office will raise its fees.", "office"),
    ],
)
def test_quantifiers(sentence: str, actor: str) -> None:
    """A mention leaves out the article and each, every, no, all and both."""
    assert names(one(sentence).actors) == [actor]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            (
                "Brazil and Kenya signed a memorandum on patents. The two sides will share search "
                "reports."
            ),
            ["Brazil", "Kenya"],
        ),
        (
            "Japan and Peru met in Lima. Both sides will expand patent training.",
            ["Japan", "Peru"],
        ),
        (
            (
                "The agreement between Norway and Chile protects designs. The two countries will "
                "exchange patent data."
            ),
            ["Norway", "Chile"],
        ),
        (
            "India and Nepal signed a treaty on trademarks. Both countries agreed to cut fees.",
            ["India", "Nepal"],
        ),
    ],
)
def test_two_sides(text: str, actors: list[str]) -> None:
    """ "The two sides" are the two that the text names together."""
    assert names(read(text)[-1].actors) == actors


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Kenya joined the Madrid Protocol. It will train trademark examiners.", "Kenya"),
        ("China amended its patent law. The country will also protect trade secrets.", "China"),
        (
            (
                "WIPO published a guide to patents. The organization will expand training in "
                "copyright."
            ),
            "WIPO",
        ),
        (
            (
                "The Japan Patent Office opened a hotline for trademarks. The office will also "
                "share "
                "search reports."
            ),
            "Japan Patent Office",
        ),
        (
            "The European Union signed a treaty on designs. The bloc will cut trademark fees.",
            "European Union",
        ),
        (
            "CNIPA released new patent guidelines. The agency will speed up examination.",
            "CNIPA",
        ),
    ],
)
def test_traced_back(text: str, actor: str) -> None:
    """A pronoun or a general noun is traced back to the nearest name, which is the mention."""
    found = read(text)[-1]
    (mention,) = found.actors
    assert mention.text == actor
    assert mention.start is not None
    assert mention.start < found.start


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "Brazil and Peru signed a treaty on patents. They will share search reports.",
            ["Brazil", "Peru"],
        ),
        (
            "Members met in Geneva. They agreed to protect traditional knowledge.",
            ["Members"],
        ),
        (
            "Chile, Peru and Mexico launched a trademark network. They will cut fees.",
            ["Chile", "Peru", "Mexico"],
        ),
    ],
)
def test_they(text: str, actors: list[str]) -> None:
    """ "They" are the several that were named last."""
    assert names(read(text)[-1].actors) == actors


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            (
                "We, the heads of the Japan Patent Office and the European Patent Office, met in "
                "Kyoto. We will share search reports."
            ),
            ["Japan Patent Office", "European Patent Office"],
        ),
        (
            (
                "We, the ministers of Brazil, Chile and Peru, adopt this plan for patents. We will "
                "train examiners in patent law."
            ),
            ["Brazil", "Chile", "Peru"],
        ),
        (
            (
                "We, the heads of the Norland Intellectual Property Office and the Sudmark Patent "
                "and Trademark Office, met in Kyoto. We will share search reports."
            ),
            ["Norland Intellectual Property Office", "Sudmark Patent and Trademark Office"],
        ),
        ("We will protect geographical indications.", ["We"]),
    ],
)
def test_we(text: str, actors: list[str]) -> None:
    """ "We" are those whom the text says they are; if it says none, the mention is "We"."""
    assert names(read(text)[-1].actors) == actors


@pytest.mark.parametrize(
    ("sentence", "identifier"),
    [
        ("WIPO Director General Daren Tang pledged to expand patent training.", "daren-tang"),
        ("Daren Tang, head of WIPO, pledged to expand patent training.", "daren-tang"),
        ("President Xi Jinping vowed to protect trade secrets.", "xi-jinping"),
        ("Chinese President Xi Jinping vowed to protect trade secrets.", "xi-jinping"),
        (
            "The Director General of WIPO, Daren Tang, pledged to expand patent training.",
            "daren-tang",
        ),
    ],
)
def test_titles(sentence: str, identifier: str) -> None:
    """A person with titles and appositions is that person."""
    assert [m.id for m in one(sentence).actors] == [identifier]


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("BEIJING (Reuters) - Brazil signed a patent agreement with Peru.", ["Brazil"]),
        ("LIMA -- Peru launched a patent hotline.", ["Peru"]),
        ("OSLO - Norway will cut trademark fees.", ["Norway"]),
    ],
)
def test_datelines(sentence: str, actors: list[str]) -> None:
    """The place in a dateline is no actor."""
    assert names(one(sentence).actors) == actors


@pytest.mark.parametrize(
    ("sentence", "counterparts"),
    [
        ("Brazil will share patent data with Kenya.", ["Kenya"]),
        ("Japan signed a memorandum on trademarks with Peru.", ["Peru"]),
        (
            "WIPO will expand cooperation with partner offices in patent training.",
            ["partner offices"],
        ),
        ("Chile will cooperate with Mexico and Peru in copyright.", ["Mexico", "Peru"]),
    ],
)
def test_counterparts(sentence: str, counterparts: list[str]) -> None:
    """With whom or to whom the act is done is a counterpart, inside the object too."""
    assert names(one(sentence).counterparts) == counterparts


@pytest.mark.parametrize(
    "sentence",
    [
        "Brazil and Kenya will share patent data.",
        "The two offices agreed to share patent data.",
        "Japan and Peru signed a memorandum on trademarks.",
    ],
)
def test_joint_actors(sentence: str) -> None:
    """Joint actors are not each other's counterparts."""
    assert names(one(sentence).counterparts) == []


@pytest.mark.parametrize(
    ("sentence", "beneficiaries"),
    [
        ("WIPO will provide training for small firms in patent law.", ["small firms"]),
        (
            "Japan will provide technical assistance to developing countries.",
            ["developing countries"],
        ),
        ("Kenya will protect the rights of inventors.", ["inventors"]),
        ("China will protect the interests of foreign patent owners.", ["foreign patent owners"]),
    ],
)
def test_beneficiaries(sentence: str, beneficiaries: list[str]) -> None:
    """Receivers of help and holders of the rights protected are beneficiaries."""
    assert names(one(sentence).beneficiaries) == beneficiaries


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The protocol protects industrial designs.", "industrial designs"),
        ("The agreement will strengthen copyright enforcement.", "copyright enforcement"),
        ("The new law protects trade secrets.", "trade secrets"),
        ("The treaty will simplify trademark procedures.", "trademark procedures"),
    ],
)
def test_instruments(sentence: str, words: str) -> None:
    """A text or programme is no actor of what it lays down."""
    found = one(sentence)
    assert (names(found.actors), found.object) == ([], words)


@pytest.mark.parametrize(
    ("sentence", "text", "identifier"),
    [
        ("Beijing will protect trade secrets.", "Beijing", "CHN"),
        ("Washington vowed to raise penalties for piracy.", "Washington", "USA"),
        ("Tokyo agreed to share patent data.", "Tokyo", "JPN"),
        ("New Delhi will amend its copyright law.", "New Delhi", "IND"),
    ],
)
def test_capitals(sentence: str, text: str, identifier: str) -> None:
    """A city that stands for a government is a mention of the city with the id of the state."""
    (found,) = one(sentence).actors
    assert (found.text, found.id) == (text, identifier)


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        (
            "The Ministry of Commerce of Thailand will train customs officers in trademarks.",
            ["Ministry of Commerce of Thailand"],
        ),
        (
            "The United Kingdom, France and the Republic of Korea will share patent data.",
            ["United Kingdom", "France", "Republic of Korea"],
        ),
        (
            "Japan's patent office will cut its fees.",
            ["Japan's patent office"],
        ),
        (
            "The customs authority of Norway will seize counterfeit goods.",
            ["customs authority of Norway"],
        ),
        (
            "Members of the Lake States Council will harmonise patent procedures.",
            ["Members of the Lake States Council"],
        ),
        (
            "The African Regional Intellectual Property Organization (ARIPO) will train examiners.",
            ["African Regional Intellectual Property Organization"],
        ),
        (
            (
                "The European Union Intellectual Property Office and WIPO will publish a guide to "
                "designs."
            ),
            ["European Union Intellectual Property Office", "WIPO"],
        ),
    ],
)
def test_long_names(sentence: str, actors: list[str]) -> None:
    """A name is taken whole, without its article and what is said about it."""
    assert names(one(sentence).actors) == actors


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "Our office will publish patent data.",
            ["Our office"],
        ),
        (
            "China opened a patent court. Its courts will also protect trade secrets.",
            ["Its courts"],
        ),
        (
            (
                "Kenya joined the Madrid Protocol in May. The minister praised the step. The "
                "country "
                "will train trademark examiners."
            ),
            ["Kenya"],
        ),
        (
            "The European Union and Japan signed a treaty. The EU will protect designs.",
            ["EU"],
        ),
        (
            "Xi Jinping met Daren Tang. He pledged to protect trade secrets.",
            ["Xi Jinping"],
        ),
        (
            "Norway, a member since 1970, will cut trademark fees.",
            ["Norway"],
        ),
    ],
)
def test_who_is_meant(text: str, actors: list[str]) -> None:
    """What stands for somebody else is traced back; what is a name of its own is not."""
    assert names(read(text)[-1].actors) == actors


@pytest.mark.parametrize(
    ("sentence", "actors", "counterparts"),
    [
        (
            "Kenya, together with Peru, will train patent examiners.",
            ["Kenya"],
            ["Peru"],
        ),
        (
            "Japan joined hands with India to combat counterfeiting.",
            ["Japan"],
            ["India"],
        ),
        (
            "WIPO and its members will share patent data with developing countries.",
            ["WIPO", "its members"],
            ["developing countries"],
        ),
        (
            "Chile held talks with the European Union on geographical indications.",
            ["Chile"],
            ["European Union"],
        ),
        (
            "Norway signed a treaty with Fiji and Samoa on trademarks.",
            ["Norway"],
            ["Fiji", "Samoa"],
        ),
        (
            "Cooperation between Kenya and Peru in patents will be expanded.",
            [],
            ["Kenya", "Peru"],
        ),
    ],
)
def test_with_whom(sentence: str, actors: list[str], counterparts: list[str]) -> None:
    """Partners are counterparts wherever they stand in the clause."""
    found = one(sentence)
    assert (names(found.actors), names(found.counterparts)) == (actors, counterparts)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            (
                "Kenya and the European Union signed an agreement on trade secrets. The Parties "
                "shall "
                "share patent data."
            ),
            ["Kenya", "European Union"],
        ),
        (
            (
                "The heads of the Japan Patent Office and the European Patent Office met. The two "
                "offices agreed to share search reports."
            ),
            ["Japan Patent Office", "European Patent Office"],
        ),
        (
            "Talks between Chile and Norway ended in May. Both sides will protect designs.",
            ["Chile", "Norway"],
        ),
        (
            "The ministers of Peru and Chile signed a plan. They will train patent examiners.",
            ["Peru", "Chile"],
        ),
    ],
)
def test_pairs(text: str, actors: list[str]) -> None:
    """Joint descriptions are traced to the two that were last named together."""
    assert names(read(text)[-1].actors) == actors


@pytest.mark.parametrize(
    ("sentence", "constrained"),
    [
        ("Norway shall require platforms to remove counterfeit goods.", ["platforms"]),
        ("Kenya will oblige importers to register trademarks.", ["importers"]),
        ("Chile will order platforms to block pirate sites.", ["platforms"]),
    ],
)
def test_constrained(sentence: str, constrained: list[str]) -> None:
    """Whom the act burdens besides the actor is constrained."""
    assert names(one(sentence).constrained) == constrained


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Members will set up a committee on patents. It will monitor trademark enforcement.",
            "committee",
        ),
    ],
)
def test_bodies_just_created(text: str, actor: str) -> None:
    """A body that the text has just set up is the actor of what it does next."""
    assert names(read(text)[-1].actors) == [actor]


def test_names_in_a_row_are_no_dateline() -> None:
    """A paragraph that begins with many names is read in time that grows with its length."""
    names = " ".join(f"Name{i} Of Office{i}" for i in range(2000))
    assert read(f"{names} met.\n\nPeru will protect designs.")[-1].action == "protect"


def test_heads_who_sign_side_by_side() -> None:
    """Of two heads named with office and title each signs for the own office."""
    found = one(
        "EPO President Benoît Battistelli and INPI President Jorge Avila signed a co-operation "
        "agreement on patents."
    )
    assert [m.text for m in found.actors] == ["EPO", "INPI"]
