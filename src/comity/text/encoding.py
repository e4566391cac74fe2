"""Bytes to characters, without ever guessing in silence.

Unicode is recognised by its byte order mark or because the bytes are valid UTF-8. For
anything else a reading is accepted only when every encoding that fits about as well gives
the very same characters: GB18030 bytes, for one, are also valid Latin-1, and mean nothing
there.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from comity.errors import EncodingError, UsageError
from comity.text.refusal import Refused

_MARKS = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONVERT = "convert it to text first: PDF and Word files cannot be read yet"
_SIGNATURES = (
    (b"%PDF-", "a PDF file", _CONVERT),
    (b"PK\x03\x04", "a zip archive, as Word and LibreOffice files are", _CONVERT),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file", _CONVERT),
    (b"{\\rtf", "a Rich Text file", "save it as plain text first"),
    (b"\x89PNG", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"II*\x00", "a TIFF image", ""),
    (b"MM\x00*", "a TIFF image", ""),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first"),
    (b"BZh9", "compressed with bzip2", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with Zstandard", "unpack it first"),
)
_LEGACY = (
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("koi8_r", "iso8859_2", "iso8859_15"),
)
# Which part of a large encoding ordinary text of its language is written in.
_CORE = {"gb18030": "gb2312", "cp949": "euc_kr"}
_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
# C1 controls, letters of two scripts in one word, Cyrillic small letters before capitals.
_OTHER_SCRIPT = "\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff"
_MISFIT = re.compile(
    f"[\x80-\x9f]|[A-Za-z\xc0-\u024f][{_OTHER_SCRIPT}]|[{_OTHER_SCRIPT}][A-Za-z\xc0-\u024f]"
    "|[\u0430-\u045f][\u0401-\u042f]{2}"
)
_SAMPLE = 200_000
_CHAOS = 0.1
_COHERENCE = 0.2
_FEWEST = 8
_HINT = "give its encoding with --encoding, or convert it to UTF-8"


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> str:
    """The characters that `data` stands for.

    Args:
        data: The whole content of a file.
        encoding: The encoding the user names. It overrides everything but a byte order mark.
        declared: The encoding the file itself names; it is used when `data` is no Unicode
            and fits it.

    Raises:
        UsageError: `encoding` is not the name of an encoding.
        Refused: `data` is no text (code ``binary``).
        EncodingError: The encoding cannot be told with confidence.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked or encoding:
        return _strictly(data, marked or checked_encoding(encoding or ""))
    _refuse_signatures(data)
    if b"\0" in data:
        return _strictly(data, _wide_encoding(data))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, declared)
    if "\x1b$" in text or "\x1b(" in text:
        raise EncodingError(
            "seems to be written in a 7-bit encoding of the ISO 2022 family",
            hint="give --encoding iso2022_jp or iso2022_kr, or convert it to UTF-8",
        )
    return text


def checked_encoding(name: str) -> str:
    """`name`, when Python knows a text encoding of that name.

    Raises:
        UsageError: It knows none.
    """
    try:
        codecs.lookup(name)
        b"a".decode(name, "replace")
    except UnicodeError:
        return name  # an encoding of wide characters
    except (LookupError, ValueError) as error:
        raise UsageError(
            f"{name!r} is not the name of an encoding", hint="for example utf-8, cp1252, gb18030"
        ) from error
    return name


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML page names in its first 4096 bytes, as browsers read the name."""
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii", "replace")).name
    except LookupError:
        return None
    name = _AS_BROWSERS_READ.get(name, name)
    return name if name in {codecs.lookup(legacy).name for legacy in _LEGACY} else None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError) as error:
        at = f", byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else ""
        raise EncodingError(f"is not valid {encoding}{at}", hint=_HINT) from error


def _refuse_signatures(data: bytes) -> None:
    for signature, kind, hint in _SIGNATURES:
        if data.startswith(signature):
            raise Refused("binary", f"is {kind}, not text", hint=hint)


def _wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, told by where the zero bytes of ASCII letters are."""
    patterns = {
        "utf-32-le": (4, (1, 2, 3)),
        "utf-32-be": (4, (0, 1, 2)),
        "utf-16-le": (2, (1,)),
        "utf-16-be": (2, (0,)),
    }
    for name, (width, zeros) in patterns.items():
        units = len(data) // width
        if len(data) % width or not units:
            continue
        shares = [data[offset::width].count(0) / units for offset in range(width)]
        if all(shares[i] > 0.6 if i in zeros else shares[i] == 0 for i in range(width)):
            return name
    raise Refused(
        "binary", "holds zero bytes, so it is no text", hint="for UTF-16 give --encoding utf-16-le"
    )


def _legacy(data: bytes, declared: str | None) -> str:
    if declared:
        try:
            return data.decode(declared)
        except UnicodeDecodeError:
            pass
    near = _near_readings(data)
    readings = {name: text for name in near if (text := _plausible(data, name)) is not None}
    if len(set(readings.values())) == 1 and next(iter(readings)) == near[0]:
        return readings[near[0]]
    raise EncodingError(f"is no UTF-8, and {_possible(readings)}", hint=_HINT)


def _near_readings(data: bytes) -> list[str]:
    """The encodings that fit about as well as the one that fits best, which comes first."""
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    sample = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_SAMPLE]
    matches = list(from_bytes(sample, cp_isolation=list(_LEGACY)))
    near = [
        match.encoding
        for match in matches
        if match.chaos <= matches[0].chaos + _CHAOS
        and match.coherence >= matches[0].coherence - _COHERENCE
    ]
    if sum(byte > 0x7F for byte in sample) < _FEWEST:  # too few to tell: all must agree
        near += [name for name in ("cp1250", "cp1252") if name not in near]
    return near


def _plausible(data: bytes, encoding: str) -> str | None:
    """`data` in that encoding, unless it comes out as no one writes."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if _MISFIT.search(text):
        return None
    if encoding in _CORE:
        foreign = [character for character in text if not character.isascii()]
        ordinary = sum(_is_in(character, _CORE[encoding]) for character in foreign)
        if len(foreign) < _FEWEST or ordinary < 0.9 * len(foreign):
            return None
    return text


def _is_in(character: str, encoding: str) -> bool:
    return len(character.encode(encoding, "ignore")) == 2


def _possible(encodings: Iterable[str]) -> str:
    names = sorted(set(encodings))
    return f"could be {' or '.join(names)}" if names else "no encoding we know fits"
