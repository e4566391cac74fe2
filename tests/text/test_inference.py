"""What a text itself says."""

from __future__ import annotations

import pytest

from comity.text.inference import title_line, what_the_text_says
from comity.text.metadata import Metadata

REST = "The two offices agreed to share data."


def says(*blocks: str, known: Metadata | None = None) -> Metadata:
    """The inference from a text with the title "Offices agree"."""
    return what_the_text_says("\n\n".join(["Offices agree", *blocks]), known or Metadata())


@pytest.mark.parametrize(
    "line",
    [
        "Joint Statement",
        "Who protects designs?",
        "Statement of 3 May 2021",
        "商业秘密保护",
        "x" * 200,
    ],
)
def test_titles(line: str) -> None:
    """A short first line that is set apart is the title."""
    assert title_line(f"{line}\n\n{REST}") == line


@pytest.mark.parametrize(
    "text",
    [
        REST,
        "Joint Statement",
        f"The offices met.\n\n{REST}",
        f"Dear colleagues,\n\n{REST}",
        f"They will:\n\n{REST}",
        f"- first\n\n{REST}",
        f"3 May 2021\n\n{REST}",
        f"Nairobi, 3 May 2021\n\n{REST}",
        f"Source: The Example Gazette\n\n{REST}",
        f"12345\n\n{REST}",
        f"{'x' * 201}\n\n{REST}",
        f"Joint Statement\n{REST}",
    ],
)
def test_no_titles(text: str) -> None:
    """Sentences, salutations, lead-ins, items, dates, sources and long lines are no title."""
    assert title_line(text) is None


def test_title_below_the_kind_of_document() -> None:
    """Where the first line says no more than "Press release", the title stands below it."""
    assert title_line(f"PRESS RELEASE\n\nOffices agree\n\n{REST}") == "Offices agree"


@pytest.mark.parametrize(
    "line",
    [
        "Source: The Example Gazette",
        "(Source: The Example Gazette)",
        "SOURCE：The Example Gazette",
        "Published by: The Example Gazette",
        "Source: The Example Gazette, 3 May 2021",
        "Source: The Example Gazette | 2021-05-03",
    ],
)
@pytest.mark.parametrize("last", [False, True])
def test_publisher(line: str, last: bool) -> None:
    """A line that names the source, near the start or the end, gives the publisher."""
    blocks = (REST, line) if last else (line, REST)
    assert says(*blocks).publisher == "The Example Gazette"


@pytest.mark.parametrize(
    "line", ["The source: a spring near Nairobi", "Source: https://example.org", "Source:"]
)
def test_no_publisher(line: str) -> None:
    """Prose about a source, an address or nothing is no publisher."""
    assert says(line, REST).publisher is None


@pytest.mark.parametrize(
    ("dateline", "place", "date", "publisher"),
    [
        ("NAIROBI, 3 May 2021 (Example Wire) --", "Nairobi", "2021-05-03", "Example Wire"),
        ("NAIROBI, May 3, 2021 –", "Nairobi", "2021-05-03", None),
        ("Geneva, 24 May 2024 –", "Geneva", "2024-05-24", None),
        ("GENEVA (24 May 2024) —", "Geneva", "2024-05-24", None),
        ("Geneva, 24 May 2024:", "Geneva", "2024-05-24", None),
        ("RIO DE JANEIRO (Example Wire) -", "Rio de Janeiro", None, "Example Wire"),
        ("Addis Ababa, Ethiopia, 3 May 2021 --", "Addis Ababa", "2021-05-03", None),
        ("NAIROBI, May 3 (Example Wire) --", "Nairobi", None, "Example Wire"),
    ],
)
def test_datelines(
    dateline: str, place: str | None, date: str | None, publisher: str | None
) -> None:
    """A dateline gives place, date and news agency."""
    found = says(f"{dateline} {REST}")
    assert (found.place, found.date, found.publisher) == (place, date, publisher)


@pytest.mark.parametrize(
    "start",
    [
        "Two offices – of the north and the south – agreed.",
        "It said: the offices agree.",
        "In 2021 – after ten years – they agreed.",
        "Offices (the northern ones) - agreed.",
    ],
)
def test_no_datelines(start: str) -> None:
    """A dash or colon in prose makes no dateline."""
    found = says(start)
    assert (found.place, found.publisher) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "3 May 2021",
        "Monday, 3 May 2021",
        "Published: 3 May 2021",
        "Date: 2021-05-03 10:30",
        "Updated on May 3, 2021",
        "Nairobi, 3 May 2021",
    ],
)
def test_date_lines(line: str) -> None:
    """A short line near the start that says little but a date gives the date."""
    assert says(line, REST).date == "2021-05-03"


@pytest.mark.parametrize(
    "line",
    [
        "The offices have worked together on designs since 3 May 2021.",
        "May 2021",
        "From 3 May 2021 to 5 May 2021",
        "on May 3",
        "1. 3 May 2021",
    ],
)
def test_no_date_lines(line: str) -> None:
    """Prose, dates that are not full, periods and list items give no date."""
    assert says(line, REST).date is None


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Joint Statement, Nairobi, 3 May 2021", "2021-05-03"),
        ("Joint Statement (3 May 2021)", "2021-05-03"),
        ("Ten years after the accord of 3 May 2021 was signed", None),
    ],
)
def test_date_at_the_end_of_a_title(title: str, date: str | None) -> None:
    """A title that ends in a full date gives the date; one that mentions a date does not."""
    assert what_the_text_says(f"{title}\n\n{REST}", Metadata()).date == date


@pytest.mark.parametrize(
    "words",
    ["Done at Nairobi on 3 May 2021.", "Done at Nairobi, this 3rd day of May 2021, in two copies."],
)
def test_signatures(words: str) -> None:
    """ "Done at … on …" gives place and date."""
    found = says(REST, words)
    assert (found.place, found.date) == ("Nairobi", "2021-05-03")


def test_languages_are_no_places() -> None:
    """ "Done in English" names a language, no place."""
    assert says("Done in English on 3 May 2021.").place is None


@pytest.mark.parametrize(
    ("phrase", "event", "place", "date"),
    [
        (
            "at the opening ceremony of the Third Forum for Fair Trade in Nairobi on 3 May 2021",
            "Third Forum for Fair Trade",
            "Nairobi",
            "2021-05-03",
        ),
        (
            "during the Annual Summit of Heads of Office, held in Addis Ababa on May 3, 2021",
            "Annual Summit of Heads of Office",
            "Addis Ababa",
            "2021-05-03",
        ),
        (
            "at the Lakeland Conference on Trade in Africa in Cape Town",
            "Lakeland Conference on Trade in Africa",
            "Cape Town",
            None,
        ),
        (
            "on the sidelines of the 60th Session of the Assemblies, Geneva, on 5 July 2019",
            "60th Session of the Assemblies",
            "Geneva",
            "2019-07-05",
        ),
        (
            "at the opening of the Designs Dialogue on 3 May 2021 in Nairobi",
            "Designs Dialogue",
            "Nairobi",
            "2021-05-03",
        ),
        ("at the 4th Ministerial Meeting", "4th Ministerial Meeting", None, None),
        (
            "at the closing session of the Council of Lakeland in Nairobi",
            "Council of Lakeland",
            "Nairobi",
            None,
        ),
        (
            "at the 2019 Lakeland Patent Council in Nairobi",
            "2019 Lakeland Patent Council",
            "Nairobi",
            None,
        ),
    ],
)
def test_events(phrase: str, event: str, place: str | None, date: str | None) -> None:
    """A forum or meeting that something is said at gives event, place and date."""
    found = says(f"The minister spoke {phrase}, and both offices took part.")
    assert (found.event, found.place, found.date) == (event, place, date)


@pytest.mark.parametrize(
    "phrase",
    [
        "at the meeting in Nairobi",
        "at the Forum",
        "at the State Council in Nairobi",
        "at the National Assembly in Nairobi",
        "at the Lakeland Forum last year",
        "at the Lakeland Patent Office in Nairobi",
        "for the Lakeland Forum in Nairobi",
    ],
)
def test_no_events(phrase: str) -> None:
    """Common nouns, standing bodies, offices and past meetings are no event."""
    found = says(f"The minister spoke {phrase} of designs.")
    assert (found.event, found.place) == (None, None)


def test_events_further_down() -> None:
    """An event that only the body of the text mentions is not that of the document."""
    assert says(*[REST] * 8, "It was begun at the Lakeland Forum in Nairobi.").event is None


@pytest.mark.parametrize("place", ["May", "Spring", "English", "Kenya’s"])
def test_words_that_are_no_places(place: str) -> None:
    """Months, seasons, languages and owners after "in" are no place."""
    assert says(f"She spoke at the Lakeland Forum in {place} designs.").place is None


def test_day_without_a_year() -> None:
    """A day without a year stays unknown when nothing tells the year."""
    assert says("She spoke at the Lakeland Forum in Nairobi on May 3.").date is None


def test_day_with_the_known_year() -> None:
    """A day without a year has that of the date that is known."""
    known = Metadata(date="2021")
    assert says("NAIROBI, May 3 (Example Wire) -- So it is.", known=known).date == "2021-05-03"


def test_day_with_the_year_of_the_text() -> None:
    """The only year of the text, in a date with a month, tells the year of other days."""
    text = "She spoke at the Lakeland Forum in Nairobi on May 3. The plan dates from April 2021."
    assert says(text).date == "2021-05-03"


@pytest.mark.parametrize(
    "text",
    [
        "It follows the accord of April 2020, and goes beyond that of June 2021.",
        "It will be done by 2030.",
        "It follows the 2030 Agenda.",
        "It has worked since 2015.",
    ],
)
def test_years_that_tell_nothing(text: str) -> None:
    """Several years, deadlines, names and bare years do not tell the year of a day."""
    assert says(f"She spoke at the Lakeland Forum in Nairobi on May 3. {text}").date is None


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Joint Statement on Designs", "communique"),
        ("Lakeland-Arvane Joint Statement", "communique"),
        ("Communiqué of the Ministers", "communique"),
        ("Nairobi Declaration on Designs", "declaration"),
        ("Declaration on the Protection of Designs", "declaration"),
        ("Memorandum of Understanding between Two Offices", "memorandum"),
        ("Lakeland Action Plan 2021-2025", "action-plan"),
        ("Treaty on Designs", "treaty"),
        ("Nairobi Protocol on Designs", "treaty"),
        ("Remarks by the Director", "speech"),
        ("Keynote Speech at the Forum", "speech"),
        ("Interview with the Director", "interview"),
        ("Press Release", "press-release"),
        ("Offices Sign Joint Statement", None),
        ("Joint Statement Signed", None),
        ("Ministers adopt Nairobi Declaration", None),
        ("What a treaty is", None),
        ("Protocol of the meeting", None),
        ("Agreement between Two Offices", None),
    ],
)
def test_types_by_title(title: str, code: str | None) -> None:
    """A title that names the instrument tells the type; a headline about one does not."""
    assert what_the_text_says(f"{title}\n\n{REST}", Metadata()).type == code


@pytest.mark.parametrize(
    ("title", "article", "code"),
    [
        ("Agreement between Lakeland and Arvane", "Article 1\nDesigns are protected.", "treaty"),
        ("Designs Act", "Article 1\nDesigns are protected.", "statute"),
        ("Regulations on Designs", "Section 1\nDesigns are protected.", "statute"),
        ("Designs", "Article 1\nThe Contracting Parties protect designs.", "treaty"),
        ("Designs", "Article 1\nDesigns are protected.", None),
    ],
)
def test_types_by_layout(title: str, article: str, code: str | None) -> None:
    """Articles under the title of an act, or with parties, tell a statute or treaty."""
    assert what_the_text_says(f"{title}\n\n{article}", Metadata()).type == code


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        (("Source: The Example Gazette", "The minister said that designs matter."), "news-report"),
        (("NAIROBI (Example Wire) - The minister stressed it.",), "news-report"),
        (("Source: The Example Gazette", "Designs matter."), None),
        (("The minister said that designs matter.",), None),
        (("FOR IMMEDIATE RELEASE", REST), "press-release"),
        (("Ladies and gentlemen,", "It is an honour."), "speech"),
    ],
)
def test_types_by_wording(blocks: tuple[str, ...], code: str | None) -> None:
    """A source with reported speech, a release mark or a salutation tells the type."""
    assert says(*blocks).type == code


def test_known_values_are_left_alone() -> None:
    """A type that is known is not inferred, a known event brings no place of another."""
    known = Metadata(type="study", event="Arvane Talks")
    found = says("She spoke at the Lakeland Forum in Nairobi.", known=known)
    assert (found.type, found.place) == (None, None)
