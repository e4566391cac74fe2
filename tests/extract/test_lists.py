"""List layouts: bullets, numbers, semicolons, and the lead-in before the colon."""

from __future__ import annotations

import pytest

from .reading import names, read


@pytest.mark.parametrize(
    "text",
    [
        (
            "Kenya agreed to:\n- protect trade secrets\n- train patent examiners\n- reduce "
            "trademark fees"
        ),
        (
            "Kenya agreed to:\n1. protect trade secrets\n2. train patent examiners\n3. reduce "
            "trademark fees"
        ),
        (
            "Kenya agreed to:\n(a) protect trade secrets;\n(b) train patent examiners; and\n"
            "(c) reduce trademark fees."
        ),
        (
            "Kenya agreed to:\n• Protect trade secrets;\n• Train patent examiners;\n• Reduce "
            "trademark fees."
        ),
        (
            "Kenya agreed to: (a) protect trade secrets; (b) train patent examiners; and (c) "
            "reduce "
            "trademark fees."
        ),
        "Kenya agreed to: protect trade secrets; train patent examiners; reduce trademark fees.",
        (
            "Kenya agreed to:\n(i) protect trade secrets;\n(ii) train patent examiners;\n"
            "(iii) reduce trademark fees."
        ),
        (
            "Kenya agreed to:\n\nprotect trade secrets;\n\ntrain patent examiners;\n\nreduce "
            "trademark fees."
        ),
        (
            "Kenya agreed:\n- to protect trade secrets\n- to train patent examiners\n"
            "- to reduce trademark fees"
        ),
    ],
)
def test_layouts(text: str) -> None:
    """However a list is laid out, each item has the actor and force of the lead-in."""
    found = read(text)
    assert [(s.action, names(s.actors), s.modality) for s in found] == [
        ("protect", ["Kenya"], "commitment"),
        ("train", ["Kenya"], "commitment"),
        ("reduce", ["Kenya"], "commitment"),
    ]


@pytest.mark.parametrize(
    ("lead", "actors", "modality"),
    [
        ("The ministers agreed to:", ["ministers"], "commitment"),
        ("The two offices plan to:", ["two offices"], "intention"),
        ("WIPO calls on members to:", ["members"], "recommendation"),
        ("Each Party shall:", ["Party"], "obligation"),
        ("Members should:", ["Members"], "recommendation"),
        ("Brazil and Japan will:", ["Brazil", "Japan"], "commitment"),
        ("Members may:", ["Members"], "permission"),
        ("Norway hopes to:", ["Norway"], "aspiration"),
    ],
)
def test_force_of_the_lead(lead: str, actors: list[str], modality: str) -> None:
    """The lead-in gives its items actor and modality."""
    found = read(f"{lead}\n- protect trade secrets\n- publish patent data")
    assert [(names(s.actors), s.modality) for s in found] == [(actors, modality)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "The plan aims to:\n- protect trade secrets\n- publish patent data",
        "The purpose of the memorandum is to:\n- protect trade secrets\n- publish patent data",
        "The objectives of the programme are to:\n- protect trade secrets\n- publish patent data",
    ],
)
def test_aims_of_a_text(text: str) -> None:
    """The aims of a plan or agreement are intentions that nobody is named for."""
    found = read(text)
    assert [(names(s.actors), s.modality) for s in found] == [([], "intention")] * 2


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        (
            "The offices will cooperate in:\n- exchange of patent data\n- training of examiners",
            ["exchange", "train"],
        ),
        (
            (
                "The parties agreed on the following:\n(a) the exchange of search reports;\n"
                "(b) the establishment of a trademark committee;\n(c) the training of judges."
            ),
            ["exchange", "establish", "train"],
        ),
        (
            (
                "The plan provides for:\n- protection of geographical indications\n"
                "- harmonisation of patent procedures"
            ),
            ["protect", "harmonise"],
        ),
    ],
)
def test_nominal_items(text: str, actions: list[str]) -> None:
    """An item that is a noun of action is coded by its base verb."""
    assert [s.action for s in read(text)] == actions


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        (
            "The ministers agreed to:\n- improving patent quality\n- reducing trademark fees",
            ["improve", "reduce"],
        ),
        (
            (
                "The offices will work together on:\n(a) sharing search reports;\n"
                "(b) training patent examiners."
            ),
            ["share", "train"],
        ),
        (
            "Kenya is committed to:\n• amending its patent law\n• raising penalties for piracy",
            ["amend", "raise"],
        ),
    ],
)
def test_gerund_items(text: str, actions: list[str]) -> None:
    """An item that begins with a gerund is coded by its verb."""
    assert [s.action for s in read(text)] == actions


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        (
            (
                "Action plan\n1. Strengthen patent examination\n2. Set up a trademark hotline\n"
                "3. Expand training in trade secrets"
            ),
            ["strengthen", "set up", "expand"],
        ),
        (
            "Priorities\n- Improve copyright enforcement\n- Promote geographical indications",
            ["improve", "promote"],
        ),
        (
            "Next steps\n• Publish a guide to patents\n• Amend the copyright law",
            ["publish", "amend"],
        ),
    ],
)
def test_imperatives(text: str, actions: list[str]) -> None:
    """Bare imperatives in a plan are commitments that nobody is named for."""
    found = read(text)
    assert [(s.action, names(s.actors), s.modality) for s in found] == [
        (action, [], "commitment") for action in actions
    ]


@pytest.mark.parametrize(
    ("item", "action", "words"),
    [
        (
            "Border measures: strengthen controls on counterfeit goods",
            "strengthen",
            "controls on counterfeit goods",
        ),
        ("Training: expand courses in patent law", "expand", "courses in patent law"),
        (
            "Trademarks: publish the register of well-known marks",
            "publish",
            "the register of well-known marks",
        ),
    ],
)
def test_label_of_an_item(item: str, action: str, words: str) -> None:
    """The label before an item's colon is no part of the statement."""
    (found,) = read(f"Kenya agreed to:\n- {item}")
    assert (found.action, found.object) == (action, words)


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        (
            "Article 4. Trade secrets\nEach Party shall protect trade secrets.",
            ["protect"],
        ),
        (
            (
                "Patents\nKenya will amend its patent law.\n\nTrademarks\nKenya will publish its "
                "trademark register."
            ),
            ["amend", "publish"],
        ),
        (
            "Section 2: Enforcement\nMembers shall raise penalties for piracy.",
            ["raise"],
        ),
        (
            "Geographical indications\nThe offices will exchange lists of names.",
            ["exchange"],
        ),
    ],
)
def test_headings(text: str, actions: list[str]) -> None:
    """Headings and numbers of articles are no part of any statement."""
    assert [s.action for s in read(text)] == actions


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will take the following measures:\n- protect trade secrets\n- publish patent data",
        "Kenya will concentrate on the following:\n- protect trade secrets\n- publish patent data",
        "Kenya has adopted the following plan:\n- protect trade secrets\n- publish patent data",
    ],
)
def test_lead_is_no_statement(text: str) -> None:
    """A lead-in that only announces its list says nothing beside its items."""
    assert [s.action for s in read(text)] == ["protect", "publish"]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will:\n- protect trade secrets\n\nNorway opened a patent office.",
        "Each Party shall:\n(a) protect trade secrets.\n\nNorway opened a patent office.",
        (
            "Members should: (a) protect trade secrets; (b) share data.\n\nNorway opened a patent "
            "office."
        ),
    ],
)
def test_list_ends(text: str) -> None:
    """A paragraph after the list owes nothing to the lead-in."""
    last = read(text)[-1]
    assert (names(last.actors), last.action, last.modality) == (["Norway"], "open", "report")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "The ministers:\n- agreed to share patent data;\n- called on WIPO to train "
                "examiners;\n"
                "- welcomed the report."
            ),
            [("share", "commitment"), ("train", "recommendation")],
        ),
        (
            (
                "In this spirit, we will work together to:\n1) expand patent training\n2) protect "
                "trade secrets"
            ),
            [("expand", "commitment"), ("protect", "commitment")],
        ),
        (
            (
                "The Parties shall cooperate on: (a) exchange of patent data; (b) training of "
                "examiners; and (c) protection of plant varieties."
            ),
            [("exchange", "obligation"), ("train", "obligation"), ("protect", "obligation")],
        ),
        (
            (
                "We, the ministers of Brazil, Chile and Peru:\nAgree to share patent data;\n"
                "Undertake to protect traditional knowledge;\nCall on WIPO to train examiners."
            ),
            [("share", "commitment"), ("protect", "commitment"), ("train", "recommendation")],
        ),
        (
            (
                "1. Each Party shall protect trade secrets.\n2. No Party may require formalities "
                "for "
                "copyright.\n3. A Party may exclude plants from patents."
            ),
            [("protect", "obligation"), ("require", "prohibition"), ("exclude", "permission")],
        ),
    ],
)
def test_items_of_many_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    """An item with a verb of its own force keeps it; the others take that of the lead-in."""
    assert [(s.action, s.modality) for s in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "actor", "modality"),
    [
        ("Kenya will:\n- protect trade secrets\n- publish patent data", "Kenya", "commitment"),
        (
            "Each Party shall:\n(a) protect trade secrets;\n(b) publish patent data.",
            "Party",
            "obligation",
        ),
        (
            "Members should:\n1. protect trade secrets\n2. publish patent data",
            "Members",
            "recommendation",
        ),
        (
            "Members may: (a) protect trade secrets; (b) publish patent data.",
            "Members",
            "permission",
        ),
        ("Kenya must: protect trade secrets; publish patent data.", "Kenya", "obligation"),
    ],
)
def test_lead_ends_in_a_modal(text: str, actor: str, modality: str) -> None:
    """A lead-in that ends in a bare modal ("Each Party shall:") serves all its items."""
    assert [(names(s.actors), s.modality) for s in read(text)] == [([actor], modality)] * 2
