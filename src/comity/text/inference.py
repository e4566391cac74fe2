"""What a text itself says about its title, date, place, publisher, event and type.

Only strong cues count: what cannot be told stays None. Each cue is one short function.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from comity.dates import find_dates
from comity.text.metadata import Metadata
from comity.text.normalise import starts_item

_LONGEST_TITLE = 200
_FIRST_LINES = 12
_FIRST_BLOCKS = 6
_HEADER_LINE = 120
_LAST_LINES = 5
_MOST_YEARS = 100
_FULL_DATE = len("2019-04-26")

_WORD = r"[A-Z0-9][\w’'&./-]*"
_PLACE = r"[A-Z][\w’'.-]*(?:[ -](?:de|da|do|la|el|of|the|and|[A-Z][\w’'.-]*)){0,4}"
_HEAD = re.compile(
    r"\b(?:Forum|Summit|Conference|Meeting|Assembl(?:y|ies)|Dialogue|Session|Council|Congress"
    r"|Symposium|Roundtable|Expo)\b"
)
_ORDINAL = re.compile(
    r"\b(?:\d{1,3}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth"
    r"|Tenth|Annual|(?:19|20)\d\d)\b"
)
_AT_EVENT = re.compile(
    r"\b(?:[Aa]t|[Dd]uring|[Oo]n the (?:sidelines|margins) of) (?:the )?"
    r"(?P<part>(?:opening |closing |plenary |ministerial |high-level )?"
    r"(?:ceremony|session|plenary|segment|opening|closing) of (?:the )?)?"
    rf"(?P<name>{_WORD}(?: (?:(?:of|on|for|and|in|to|with|between|the) ){{0,2}}{_WORD}){{1,24}})"
)
_IN_PLACE = re.compile(rf"(?P<name>.*) in (?P<place>{_PLACE})")
_WHEN = re.compile(r",? (?:(?:held|which opened|convened) )?(?:(?:on|from) )?")
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Spring|Summer|Autumn|Winter)\b"
)
_MONTH_OR_SEASON = re.compile(_MONTHS)
_HELD = re.compile(
    rf",? (?:(?:held|hosted|convened|taking place) )?in (?P<place>{_PLACE})"
    rf"|, (?P<city>{_PLACE})(?=,? (?:on |from )?(?:\d|{_MONTHS}))"
)
_LANGUAGES = frozenset(
    {"Arabic", "Chinese", "English", "French", "Portuguese", "Russian", "Spanish"}
)
_PARTICLES = frozenset({"and", "da", "de", "do", "el", "la", "of", "the"})
_PERIOD_AGO = re.compile(r",? (?:last|two|three|several) (?:week|month|year)s?\b")

_SOURCE_LINE = re.compile(
    r"\(?(?:(?:news )?source|publisher|published by|issued by)\s*[:：]\s*"
    r"(?P<name>[^()]{2,100})\)?",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"\b(?:date|dated|published|publication|posted|issued|released|updated|adopted|signed|on|at|time"
    r"|source|publisher|by|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)
_PRESS_RELEASE = re.compile(
    r"(?:press|news|media) release\W*|for immediate release\W*", re.IGNORECASE
)
_DATELINE_END = re.compile(r" ?(?:--|—|–) ?| - |: ")
_DATELINE_PLACE = re.compile(rf"({_PLACE})(?:, {_PLACE})?,? ?\(?")
_AGENCY = re.compile(r"\((?P<name>[A-Z][\w .&’'/-]{1,40})\)\s*$")
_DONE_AT = re.compile(rf"\bDone (?:at|in) (?P<place>{_PLACE}),? (?P<rest>[^\n]{{0,80}})")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d%]|[.,/-]\d)")

_REPORTED = re.compile(
    r"\b(?:said|stressed|announced|noted|added|told|indicated|delivered a (?:keynote )?speech)\b"
)
_NEWS_VERB = re.compile(
    r"\b(?:adopt|sign|issue|release|publish|welcome|agree|conclude|urge|call|hail|seek|launch"
    r"|unveil|approve|reach)(?:e?[sd])?\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\b[Ss]igned\b(?! (?:at|in|on)\b)")
_ARTICLES = re.compile(r"^(?:Article|ARTICLE|Section|Art\.) (?:1|I)\b", re.MULTILINE)
_PARTIES = re.compile(
    r"\b(?:Contracting (?:Parties|States)|the Parties|State Parties|Member States)\b"
)
_INSTRUMENTS = (
    ("memorandum", r"Memorandum of (?:Understanding|Cooperation)|MoU"),
    ("communique", r"(?:Joint|Common|Final|Ministerial|Leaders['’]|Chair['’]s) Statement"),
    ("communique", r"Joint Press Statement|(?:Press )?Communiqu[eé]"),
    ("declaration", r"Declaration"),
    ("action-plan", r"Action Plan|Plan of Action|Work Plan|Work Programme|Roadmap"),
    ("treaty", r"Treaty|Convention|Protocol(?= (?:to|on|relating|concerning)\b)"),
)
_AFTER_INSTRUMENT = (
    r"(?=\W*$|[:,]| \(?\d| (?:on|of|for|between|by|to|relating|concerning|and|adopted|from)\b)"
)
_BY_ARTICLES = (
    ("treaty", r"Agreement|Treaty|Convention|Protocol"),
    ("statute", r"Law|Act|Regulations?|Code|Ordinance|Decree"),
)
_SPOKEN = re.compile(
    r"(?:Keynote |Opening |Closing )?(?:Speech|Remarks|Address) (?:by|of|at|to)\b"
    r"|(?:Opening|Closing|Keynote) (?:Speech|Remarks|Address)\b"
)
_SALUTATION = re.compile(
    r"^(?:Ladies and gentlemen|Excellencies|Distinguished (?:guests|delegates))\b.*[,:]?$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where and when: of a dateline, an event or a signature."""

    place: str | None = None
    date: str | None = None
    agency: str | None = None
    event: str | None = None


def what_the_text_says(text: str, known: Metadata) -> Metadata:
    """The metadata that can be read off the text, where `known` has none.

    Args:
        text: The normalised text, title included.
        known: What is given already; it also tells the year of dates written without one.
    """
    title = known.title or title_line(text)
    body = text[len(title) :] if title and text.startswith(title) else text
    year = _year(text, known)
    dateline, event, signed = _dateline(body, year), _event(body, year), _signature(text, year)
    publisher = _source_line(body) or dateline.agency
    own = Metadata(
        title=title,
        publisher=publisher,
        date=dateline.date or _header_date(body) or signed.date or _title_date(title) or event.date,
        event=event.event,
        place=event.place or dateline.place or signed.place,
    )
    if known.event and known.event != event.event:
        own = replace(own, place=dateline.place or signed.place)
    return replace(own, type=_type(title or "", body, dateline)) if known.type is None else own


def title_line(text: str) -> str | None:
    """The first line, when it looks like a title: short, set apart, and no sentence.

    >>> title_line("Joint Statement\\n\\nThe two offices agreed to meet.")
    'Joint Statement'
    """
    line, _, rest = text.partition("\n")
    if _PRESS_RELEASE.fullmatch(line):  # a kind of document; its title may stand below
        below, _, further = rest.lstrip("\n").partition("\n")
        if _is_title(below, further):
            return below
    return line if _is_title(line, rest) else None


def _is_title(line: str, rest: str) -> bool:
    return (
        rest.startswith("\n")
        and len(line) <= _LONGEST_TITLE
        and any(map(str.isalpha, line))
        and not line.endswith((".", ",", ";", ":", "。", "，"))
        and not line.startswith(("- ", "* ", "• "))
        and not _SOURCE_LINE.fullmatch(line)
        and not _date_line(line, words=1)
    )


def _year(text: str, known: Metadata) -> int | None:
    """The document's year, or the only year of the text if it stands in a date with a month."""
    if known.date:
        return int(known.date[:4])
    years = list(_YEAR.finditer(text))
    if len({year[0] for year in years}) != 1:
        return None
    for year in years[:_MOST_YEARS]:
        around = find_dates(text[max(0, year.start() - 30) : year.end() + 10])
        if any(len(iso) > 4 and iso.startswith(year[0]) for _, _, iso in around):
            return int(year[0])
    return None


def _source_line(body: str) -> str | None:
    lines = [line for line in body.split("\n") if line]
    for line in (*lines[:_FIRST_LINES], *lines[-_LAST_LINES:]):
        if match := _SOURCE_LINE.fullmatch(line):
            name = match["name"]
            dates = find_dates(name)
            name = (name[: dates[0][0]] if dates else name).strip(" ,;|-–—(.")
            if len(name) > 1 and "://" not in name:
                return name
    return None


def _header_date(body: str) -> str | None:
    """The date of a short line before the text begins: "Published: 3 May 2021"."""
    lines = [line for line in body.split("\n") if line]
    return next(
        (date for line in lines[:_FIRST_LINES] if (date := _date_line(line, words=4))), None
    )


def _date_line(line: str, *, words: int) -> str | None:
    """The one full date of a short line that says little else: at most `words` words."""
    if len(line) > _HEADER_LINE or starts_item(line):
        return None
    dates = [date for date in find_dates(line) if len(date[2]) == _FULL_DATE]
    if len(dates) != 1:
        return None
    start, end, iso = dates[0]
    rest = _DATE_LABEL.sub("", line[:start] + line[end:])
    return iso if len(re.findall(r"[^\W\d_]+", rest)) <= words else None


def _title_date(title: str | None) -> str | None:
    if not title:
        return None
    dates = find_dates(title)
    ends = dates and len(dates[-1][2]) == _FULL_DATE and not title[dates[-1][1] :].strip(" )]")
    return dates[-1][2] if ends else None


def _dateline(body: str, year: int | None) -> _Setting:
    """The place and day that a news text or press release opens with."""
    for block in body.split("\n\n")[:_FIRST_BLOCKS]:
        end = _DATELINE_END.search(block[:_HEADER_LINE])
        if end is None:
            continue
        head = block[: end.start()]
        agency = _AGENCY.search(head)
        rest = head[: agency.start()] if agency else head
        dates = [date for date in find_dates(rest, year) if _has_day(date[2])]
        before, after = (rest[: dates[0][0]], rest[dates[0][1] :]) if dates else (rest, "")
        place = _DATELINE_PLACE.fullmatch(before)
        if place and len(dates) <= 1 and not after.strip(" ,)") and (agency or dates):
            return _Setting(
                place=_as_name(place[1]),
                date=_full(dates[0][2]) if dates else None,
                agency=agency["name"] if agency else None,
            )
    return _Setting()


def _signature(text: str, year: int | None) -> _Setting:
    """Place and day of "Done at Nairobi on 3 May 2021"."""
    for match in _DONE_AT.finditer(text[-5000:]):
        dates = find_dates(match["rest"], year)
        if dates and dates[0][0] < 25 and _is_place(match["place"]):
            return _Setting(place=_as_name(match["place"]), date=_full(dates[0][2]))
    return _Setting()


def _event(body: str, year: int | None) -> _Setting:
    """The forum or meeting that the opening paragraphs say something happened at."""
    opening = "\n\n".join(body.strip("\n").split("\n\n")[:_FIRST_BLOCKS])[:4000]
    for match in _AT_EVENT.finditer(opening):
        found = _named_event(match, opening, year)
        if found is not None:
            return found
    return _Setting()


def _named_event(match: re.Match[str], text: str, year: int | None) -> _Setting | None:
    name, date, end = _without_date(match, text, year)
    place = None
    split = _IN_PLACE.fullmatch(name)
    if split and _HEAD.search(split["name"]) and _is_place(split["place"]):
        name, place = split["name"], _as_name(split["place"])
    elif (held := _HELD.match(text, end)) and _is_place(held["place"] or held["city"]):
        place, end = _as_name(held["place"] or held["city"]), held.end()
    if date is None and (when := _WHEN.match(text, end)):
        days = find_dates(text[when.end() :][:60], year)
        date = next((iso for start, _, iso in days if start == 0), None)
    name = name.removesuffix("’s").removesuffix("'s").rstrip(".")
    head = _HEAD.search(name)
    if not head or " " not in name or _PERIOD_AGO.match(text, end):
        return None
    is_body = head[0] in {"Council", "Assembly"} and not match["part"]
    if is_body and not (_ORDINAL.search(name) or len(_HEAD.findall(name)) > 1):
        return None
    return _Setting(event=name, place=place, date=_full(date))


def _without_date(match: re.Match[str], text: str, year: int | None) -> tuple[str, str | None, int]:
    """The name of an event up to " on 26 April", that date, and where both end."""
    name, start = match["name"], match.start("name")
    for first, last, iso in find_dates(text[start : match.end() + 40], year):
        cut = re.search(r" (?:on|in|from)(?: the)? ?$", name[:first])
        if first < len(name) and cut:
            return name[: cut.start()], iso, start + last
    return name, None, match.end()


def _type(title: str, body: str, dateline: _Setting) -> str | None:
    """The type of document, by its title or its layout."""
    lines = [line for line in body.split("\n") if line][:_FIRST_LINES]
    if any(map(_PRESS_RELEASE.fullmatch, (title, *lines))):
        return "press-release"
    if re.match(r"Interview (?:with|of|by)\b|Interview:", title):
        return "interview"
    if _SPOKEN.match(title) or any(map(_SALUTATION.match, lines[:3])):
        return "speech"
    for code, words in _INSTRUMENTS:
        if _names_itself(title, words):
            return code
    for code, words in _BY_ARTICLES:
        if re.search(rf"\b(?:{words})\b", title) and _ARTICLES.search(body):
            return code
    if _ARTICLES.search(body) and _PARTIES.search(body):
        return "treaty"
    if _REPORTED.search(body) and (dateline.agency or _source_line(body)):
        return "news-report"
    return None


def _names_itself(title: str, words: str) -> bool:
    """Whether the title names an instrument: "Joint Statement on …", "Nairobi Declaration".

    A headline about one is none: "Offices Sign Joint Statement".
    """
    name = rf"(?P<before>(?:The )?(?:{_WORD} ){{0,3}}?)(?:{words}){_AFTER_INSTRUMENT}"
    match = re.match(name, title)
    return (
        match is not None and not _NEWS_VERB.search(match["before"]) and not _SIGNED.search(title)
    )


def _has_day(iso: str) -> bool:
    return len(iso) == _FULL_DATE or iso.startswith("--")


def _full(date: str | None) -> str | None:
    return date if date and not date.startswith("--") else None


def _is_place(words: str) -> bool:
    return not (
        _MONTH_OR_SEASON.match(words) or words in _LANGUAGES or words.endswith(("’s", "'s"))
    )


def _as_name(place: str) -> str:
    """ "RIO DE JANEIRO" as it is written in running text."""
    place = place.rstrip(".") if place.count(".") == 1 else place
    if not place.isupper() or "." in place:
        return place
    words = place.lower().split(" ")
    return " ".join(
        word if i and word in _PARTICLES else word.title() for i, word in enumerate(words)
    )
