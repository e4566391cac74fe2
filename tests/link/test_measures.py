"""The verb and the object → measure type and direction."""

from __future__ import annotations

import pytest

from comity.link.measures import head_and_rest, measure_of
from extract.reading import lexicon, measure, one


@pytest.mark.parametrize(
    ("action", "words", "expected"),
    [
        ("sign", "an agreement on patents", "agreement.introduce"),
        ("conclude", "a memorandum of understanding", "agreement.introduce"),
        ("enter into", "a memorandum on trademarks", "agreement.introduce"),
        ("adopt", "a treaty on designs", "agreement.introduce"),
        ("ratify", "the Marrakesh Treaty", "treaty-accession.introduce"),
        ("accede", "the Madrid Protocol", "treaty-accession.introduce"),
        ("enter into force", "the treaty on designs", "treaty-implementation.introduce"),
        ("take effect", "the agreement on copyright", "treaty-implementation.introduce"),
        ("implement", "the agreement on trade secrets", "treaty-implementation.maintain"),
        ("fulfil", "the treaty", "treaty-implementation.maintain"),
        ("comply", "the TRIPS Agreement", "treaty-implementation.maintain"),
        ("implement", "its action plan", "implementation.maintain"),
        ("carry out", "the national policy on patents", "implementation.maintain"),
        ("protect", "trade secrets", "rights-protection.maintain"),
        ("safeguard", "the rights of inventors", "rights-protection.maintain"),
        ("strengthen", "the protection of designs", "rights-protection.strengthen"),
        ("enhance", "copyright protection", "rights-protection.strengthen"),
        ("crack down", "counterfeit goods", "enforcement.strengthen"),
        ("combat", "online piracy", "enforcement.strengthen"),
        ("step up", "copyright enforcement", "enforcement.strengthen"),
        ("raise", "penalties for piracy", "penalties.strengthen"),
        ("increase", "fines for counterfeiting", "penalties.strengthen"),
        ("enact", "a law on trade secrets", "legislation.introduce"),
        ("draft", "a law on copyright", "legislation.introduce"),
        ("adopt", "new rules on designs", "legislation.introduce"),
        ("expand", "training in patent law", "capacity-building.strengthen"),
        ("hold", "a workshop on trademarks", "capacity-building.introduce"),
        ("share", "patent data", "information-exchange.introduce"),
        ("exchange", "information on copyright", "information-exchange.introduce"),
        ("share", "search reports", "information-exchange.introduce"),
        ("cooperate", "IP protection", "cooperation.introduce"),
        ("deepen", "cooperation in patents", "cooperation.strengthen"),
        ("strengthen", "cooperation in copyright", "cooperation.strengthen"),
        ("discuss", "copyright in music", "dialogue.introduce"),
        ("hold talks", "geographical indications", "dialogue.introduce"),
        ("harmonise", "patent procedures", "harmonization.strengthen"),
        ("harmonize", "trademark law", "harmonization.strengthen"),
        ("provide", "technical assistance", "technical-assistance.introduce"),
        ("provide", "legal assistance to inventors", "technical-assistance.introduce"),
        ("establish", "a patent office", "institution-building.introduce"),
        ("set up", "a joint committee", "institution-building.introduce"),
        ("create", "an intellectual property court", "institution-building.introduce"),
        ("launch", "an awareness campaign", "awareness-raising.introduce"),
        ("ban", "the sale of counterfeit goods", "prohibition.abolish"),
        ("prohibit", "forced technology transfer", "prohibition.abolish"),
        ("put an end", "forced technology transfer", "prohibition.abolish"),
        ("simplify", "trademark filing", "administration.strengthen"),
        ("speed up", "patent examination", "administration.strengthen"),
        ("draw up", "a national strategy on patents", "strategy.introduce"),
        ("monitor", "trademark infringement", "monitoring.maintain"),
        ("extend", "the patent prosecution highway", "mutual-recognition.strengthen"),
        ("raise", "awareness of copyright", "awareness-raising.strengthen"),
        ("facilitate", "access to green technology", "facilitation.strengthen"),
        ("join", "the Hague Agreement", "treaty-accession.introduce"),
        ("deposit", "its instrument of accession", "treaty-accession.introduce"),
        ("enforce", "trademarks", "enforcement.maintain"),
        ("amend", "its patent law", "legislation.unspecified"),
        ("train", "examiners", "capacity-building.introduce"),
        ("exchange", "views on trademarks", "dialogue.introduce"),
        ("reduce", "tariffs", "market-opening.weaken"),
        ("conduct", "raids against pirates", "enforcement.strengthen"),
        ("publish", "an action plan", "strategy.introduce"),
        ("fund", "the training of examiners", "funding.introduce"),
        ("study", "the use of patents", "monitoring.introduce"),
        ("negotiate", "a free trade agreement", "agreement.introduce"),
        ("make use", "transition periods", "treaty-implementation.weaken"),
        ("dance", "the tango", "unspecified.unspecified"),
        ("", "", "unspecified.unspecified"),
    ],
)
def test_verb_and_object(action: str, words: str, expected: str) -> None:
    """The narrowest type that verb and object together bear out, and its direction."""
    kind, direction = measure_of(action, words, f"{action} {words}", lexicon())
    assert f"{kind}.{direction}" == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kenya will better protect trade secrets.", "rights-protection.strengthen"),
        ("Kenya will provide stronger protection for designs.", "rights-protection.strengthen"),
        ("Kenya will protect trade secrets more strictly.", "rights-protection.strengthen"),
        ("Kenya will work harder to protect designs.", "rights-protection.strengthen"),
        ("Kenya will enforce trademarks more effectively.", "enforcement.strengthen"),
    ],
)
def test_comparatives(sentence: str, expected: str) -> None:
    """With a comparative, what was kept is strengthened."""
    assert measure(one(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Kenya will abolish the fee for trademark renewal.", "abolish"),
        ("Kenya will repeal its copyright act.", "abolish"),
        ("Kenya will relax copyright enforcement.", "weaken"),
        ("Kenya will delay the protection of plant varieties.", "weaken"),
        ("Kenya will reduce the term of patent protection.", "weaken"),
        ("Kenya will establish a trademark register.", "introduce"),
        ("Kenya will enhance patent quality.", "strengthen"),
        ("Kenya will maintain its patent register.", "maintain"),
        ("Kenya will continue to improve patent quality.", "strengthen"),
    ],
)
def test_directions(sentence: str, direction: str) -> None:
    """The verb tells whether a measure is begun, furthered, kept, lessened or ended."""
    assert one(sentence).direction == direction


@pytest.mark.parametrize(
    ("words", "head", "rest"),
    [
        ("the protection of trade secrets", "the protection", "of trade secrets"),
        ("training in patent law for judges", "training", "in patent law for judges"),
        ("trade secrets", "trade secrets", ""),
        ("a law that protects designs", "a law", "that protects designs"),
        ("", "", ""),
    ],
)
def test_head_and_rest(words: str, head: str, rest: str) -> None:
    """The head of an object phrase stands before its first preposition or relative pronoun."""
    assert head_and_rest(words) == (head, rest)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("protection of trade secrets by law", "rights-protection"),
        ("cooperation on patent training", "cooperation"),
        ("training on the protection of designs", "capacity-building"),
    ],
)
def test_head_decides(words: str, expected: str) -> None:
    """The head of the object decides the type, before the nouns that modify it."""
    assert measure_of("strengthen", words, words, lexicon())[0] == expected


@pytest.mark.parametrize(
    ("before", "action", "words", "direction"),
    [
        ("Kenya will continue to ", "train", "examiners", "maintain"),
        ("Kenya will go on ", "share", "patent data", "maintain"),
        ("Kenya keeps ", "exchange", "search reports", "maintain"),
        ("Kenya remains committed to ", "share", "patent data", "maintain"),
        ("Kenya will continue to ", "improve", "patent quality", "strengthen"),
        ("Kenya will ", "train", "examiners", "introduce"),
    ],
)
def test_going_on(before: str, action: str, words: str, direction: str) -> None:
    """A plain activity that goes on is maintained; what itself means more is strengthened."""
    quote = f"{action} {words}"
    assert measure_of(action, words, quote, lexicon(), before=before)[1] == direction


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("reduce", "the backlog of applications"),
        ("cut", "the time to a first decision"),
        ("shorten", "the negative list"),
        ("ease", "market access"),
        ("remove", "delays in examination"),
    ],
)
def test_better_for_being_less(action: str, words: str) -> None:
    """To lessen a wait, a backlog or an obstacle is to further the matter."""
    assert measure_of(action, words, f"{action} {words}", lexicon())[1] == "strengthen"


@pytest.mark.parametrize(
    ("areas", "kind"),
    [
        (("examination",), "administration"),
        (("tariffs",), "market-opening"),
        (("trademarks",), "rights-protection"),
        ((), "unspecified"),
        (("examination", "tariffs"), "unspecified"),
    ],
)
def test_type_of_an_area(areas: tuple[str, ...], kind: str) -> None:
    """Where neither verb nor noun tells the type, the areas do, when they agree."""
    assert measure_of("improve", "it", "improve it", lexicon(), areas=areas)[0] == kind
