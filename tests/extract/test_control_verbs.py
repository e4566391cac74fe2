"""Verbs that only say that, whether or how hard something is to be done."""

from __future__ import annotations

import pytest

from .reading import names, one, read


@pytest.mark.parametrize(
    ("sentence", "action", "modality"),
    [
        ("Brazil agreed to share search reports.", "share", "commitment"),
        ("Chile has decided to join the Hague Agreement.", "join", "commitment"),
        ("Peru undertakes to protect plant varieties.", "protect", "commitment"),
        ("Kenya pledged to train patent examiners.", "train", "commitment"),
        ("Fiji vowed to eradicate online piracy.", "eradicate", "commitment"),
        ("Norway remains committed to protecting traditional knowledge.", "protect", "commitment"),
        ("Malta is determined to improve patent quality.", "improve", "commitment"),
        ("Japan committed to reducing the patent backlog.", "reduce", "commitment"),
        ("Ghana promised to amend its copyright law.", "amend", "commitment"),
        ("India plans to open a patent court.", "open", "intention"),
        ("Nepal aims to digitise its trademark register.", "digitise", "intention"),
        ("Oman intends to ratify the Marrakesh Treaty.", "ratify", "intention"),
        ("Samoa seeks to expand cooperation in trademarks.", "expand", "intention"),
        ("Tonga is ready to share patent data.", "share", "intention"),
        ("Qatar is willing to fund training in patents.", "fund", "intention"),
        ("Laos would like to join the Madrid Protocol.", "join", "intention"),
        ("Cuba wants to simplify trademark filing.", "simplify", "intention"),
        (
            "Egypt looks forward to deepening cooperation in trademarks.",
            "deepen",
            "aspiration",
        ),
        ("Libya wishes to expand patent training.", "expand", "aspiration"),
        ("Members have to protect trade secrets.", "protect", "obligation"),
        ("Members are required to publish patent applications.", "publish", "obligation"),
        ("Members are obliged to enforce trademarks.", "enforce", "obligation"),
        ("Members are free to grant compulsory licences.", "grant", "permission"),
        ("Members are entitled to exclude plant varieties.", "exclude", "permission"),
        ("Members are allowed to limit copyright.", "limit", "permission"),
        ("Members are encouraged to join the Lisbon Agreement.", "join", "recommendation"),
        ("Members are urged to raise penalties for piracy.", "raise", "recommendation"),
        ("Iran hopes to deepen cooperation in patents.", "deepen", "aspiration"),
    ],
)
def test_embedded_verb(sentence: str, action: str, modality: str) -> None:
    """The embedded verb is the action; the upper one gives the modality."""
    found = one(sentence)
    assert (found.action, found.modality) == (action, modality)


@pytest.mark.parametrize(
    ("sentence", "action", "modality"),
    [
        ("Italy will endeavour to protect designs.", "protect", "commitment"),
        ("Each Party shall endeavour to publish its patent laws.", "publish", "obligation"),
        ("Spain will work harder to enforce trademarks.", "enforce", "commitment"),
        ("Poland will continue to improve its copyright law.", "improve", "commitment"),
        ("Greece should try to reduce patent fees.", "reduce", "recommendation"),
        ("Ireland will strive to simplify trademark procedures.", "simplify", "commitment"),
        ("Latvia must do more to protect trade secrets.", "protect", "obligation"),
        ("Hungary is working to digitise its patent files.", "digitise", "report"),
        ("Cyprus will help to train judges in copyright.", "train", "commitment"),
        ("Croatia has begun to publish its trademark register.", "publish", "report"),
        ("Austria will keep improving patent quality.", "improve", "commitment"),
        (
            "Belgium will make sure that customs officers seize counterfeit goods.",
            "seize",
            "commitment",
        ),
    ],
)
def test_how_hard(sentence: str, action: str, modality: str) -> None:
    """Trying, helping and going on add no action of their own."""
    found = one(sentence)
    assert (found.action, found.modality) == (action, modality)


@pytest.mark.parametrize(
    ("sentence", "actor", "action", "modality"),
    [
        (
            "The treaty requires applicants to disclose the source of genetic resources.",
            "applicants",
            "disclose",
            "obligation",
        ),
        (
            "The agreement obliges Parties to protect trade secrets.",
            "Parties",
            "protect",
            "obligation",
        ),
        (
            "The protocol allows members to limit copyright.",
            "members",
            "limit",
            "permission",
        ),
        (
            "The council instructed the secretariat to publish the patent data.",
            "secretariat",
            "publish",
            "obligation",
        ),
        (
            "The assembly directed the committee to review trademark fees.",
            "committee",
            "review",
            "obligation",
        ),
    ],
)
def test_orders(sentence: str, actor: str, action: str, modality: str) -> None:
    """When a text or an order binds or frees someone, that one is the actor."""
    found = one(sentence)
    assert (names(found.actors), found.action, found.modality) == ([actor], action, modality)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("Chile will support small firms in patent matters.", "support"),
        ("Peru will promote the use of geographical indications.", "promote"),
        ("Norway shall require platforms to remove counterfeit goods.", "require"),
        ("Japan will launch talks on a trademark hotline.", "launch"),
        ("Canada encourages open licensing of patents.", "encourage"),
    ],
)
def test_upper_verb_is_the_act(sentence: str, action: str) -> None:
    """Support, promotion, a legislator's requirement and a launch are acts themselves."""
    assert one(sentence).action == action


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        ("Mexico agreed to share patent data and to train examiners.", ["share", "train"]),
        (
            "Nigeria is committed to amending its patent law and raising penalties for piracy.",
            ["amend", "raise"],
        ),
        (
            "WIPO calls on members to ratify the Beijing Treaty and to protect performers.",
            ["ratify", "protect"],
        ),
        (
            "Zambia plans to simplify trademark filing, reduce fees and publish its register.",
            ["simplify", "reduce", "publish"],
        ),
    ],
)
def test_several_embedded_verbs(sentence: str, actions: list[str]) -> None:
    """Each coordinated verb below one control verb is a statement."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "actor", "action"),
    [
        ("WIPO will assist Bhutan in drafting a patent law.", "WIPO", "draft"),
        ("Korea will help developing countries protect trademarks.", "Korea", "protect"),
        ("WIPO helped the office to digitise its patent files.", "WIPO", "digitise"),
        ("The EU will assist small firms to protect their trade secrets.", "EU", "protect"),
    ],
)
def test_help(sentence: str, actor: str, action: str) -> None:
    """ "Help" gives the other's act, with the helper as actor."""
    found = one(sentence)
    assert (names(found.actors), found.action) == ([actor], action)


@pytest.mark.parametrize(
    ("sentence", "actor", "action", "modality"),
    [
        ("Kenya announced plans to cut trademark fees.", "Kenya", "cut", "intention"),
        ("Chile stands ready to share patent data.", "Chile", "share", "intention"),
        ("Norway has the intention of protecting designs.", "Norway", "protect", "intention"),
        ("Oman proposes that members publish patent data.", "members", "publish", "recommendation"),
        ("Samoa suggested sharing search reports.", "", "share", "recommendation"),
        (
            "WIPO reminded members to pay attention to trade secrets.",
            "members",
            "pay attention",
            "recommendation",
        ),
        ("The law enables courts to block pirate sites.", "courts", "block", "permission"),
        ("Malta will allow inventors to file patents online.", "Malta", "allow", "commitment"),
        ("The treaty enables members to limit copyright.", "members", "limit", "permission"),
        ("Fiji has promised that it will amend its patent law.", "Fiji", "amend", "commitment"),
    ],
)
def test_more_control(sentence: str, actor: str, action: str, modality: str) -> None:
    """Who is to act, what and how firmly is told by verb and complement together."""
    found = one(sentence)
    assert (", ".join(names(found.actors)), found.action, found.modality) == (
        actor,
        action,
        modality,
    )
