"""Bytes to characters."""

from __future__ import annotations

import pytest

from comity.errors import EncodingError, UsageError
from comity.text.encoding import checked_encoding, declared_encoding, decode
from comity.text.refusal import Refused

CHINESE = "两国知识产权局同意加强商业秘密保护，并交换检索报告。各方将完善专利审查合作。"
QUOTED = (
    "The office’s director said that “stronger protection” of designs – and of marks – follows."
)
RUSSIAN = "Два ведомства договорились обмениваться отчетами о поиске и вместе обучать экспертов."
FRENCH = "Les offices ont décidé de coopérer à l’échelle européenne, où qu’ils soient établis."


def test_utf8_without_mark() -> None:
    """Valid UTF-8 needs no mark."""
    assert decode(f"{CHINESE} {FRENCH}".encode()) == f"{CHINESE} {FRENCH}"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark(encoding: str) -> None:
    """A byte order mark tells the encoding and is not part of the text."""
    assert decode(QUOTED.encode(encoding)) == QUOTED


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be"])
def test_big_endian_mark(encoding: str) -> None:
    """Big-endian files are told by their mark as well."""
    assert decode(f"\ufeff{QUOTED}".encode(encoding)) == QUOTED


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_without_mark(encoding: str) -> None:
    """Without a mark, the place of the zero bytes tells UTF-16 and UTF-32."""
    text = "The two offices agreed to share search reports."
    assert decode(text.encode(encoding)) == text


def test_gb18030_is_no_latin1() -> None:
    """Chinese in GB18030 is read as Chinese, though the bytes are valid Latin-1."""
    data = CHINESE.encode("gb18030")
    assert data.decode("latin-1") != CHINESE
    assert decode(data) == CHINESE


def test_latin1_is_no_gb18030() -> None:
    """French in Latin-1 is never read as Chinese, though the bytes may be valid GB18030."""
    for text in (FRENCH.replace("’", "'"), "décès après été", "Müller, Größe, Maßnahme"):
        try:
            assert decode(text.encode("latin-1")) == text
        except EncodingError as error:
            assert "gb18030" not in str(error)


@pytest.mark.parametrize(
    ("text", "encoding"), [(QUOTED, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r")]
)
def test_confident_legacy_encodings(text: str, encoding: str) -> None:
    """An older encoding is accepted when no other fits about as well."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        ("İki ofis, araştırma raporlarını paylaşmaya ve işbirliğine karar verdi.", "cp1254"),
        ("The office (国家知识产权局) said that it will share its search reports.", "gb18030"),
    ],
)
def test_doubtful_encodings_are_refused(text: str, encoding: str) -> None:
    """Where several readings fit, none is taken, and the message says what to do."""
    with pytest.raises(EncodingError, match="--encoding"):
        decode(text.encode(encoding))


def test_doubtful_encodings_are_named() -> None:
    """The message names the encodings that are possible."""
    with pytest.raises(EncodingError, match=r"could be cp1250 or cp1252"):
        decode(FRENCH.encode("cp1252"))


def test_never_a_wrong_reading() -> None:
    """Whatever piece of a text is seen, it is read rightly or refused."""
    for text, encoding in [
        (CHINESE, "gb18030"),
        (CHINESE, "big5"),
        (QUOTED, "cp1252"),
        (FRENCH, "cp1252"),
        ("両特許庁は営業秘密の保護を強化し、調査報告を交換することに合意した。", "shift_jis"),
        ("두 특허청은 영업비밀 보호를 강화하고 조사 보고서를 교환하기로 합의했다.", "euc_kr"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        ("Oba urzędy zacieśnią współpracę w ochronie własności intelektualnej.", "cp1250"),
    ]:
        for size in (5, 10, 20, 25, 40, 70):
            piece = text[:size].encode(encoding, "ignore").decode(encoding)
            try:
                assert decode(piece.encode(encoding)) == piece
            except EncodingError:
                continue


def test_named_encoding() -> None:
    """The encoding the user names is used."""
    assert decode(FRENCH.encode("cp1252"), encoding="cp1252") == FRENCH


def test_named_encoding_that_does_not_fit() -> None:
    """A named encoding that the bytes do not fit is refused with the place of the fault."""
    with pytest.raises(EncodingError, match="not valid utf-8, byte 2"):
        decode(b"a\xe9b", encoding="utf-8")


def test_mark_overrides_the_name() -> None:
    """A byte order mark counts more than the name, which may be meant for other files."""
    assert decode(QUOTED.encode("utf-8-sig"), encoding="cp1252") == QUOTED


def test_name_of_no_encoding() -> None:
    """A name that is no encoding is a wrong call."""
    for name in ("klingon", "", "hex", "\0"):
        with pytest.raises(UsageError, match="not the name of an encoding"):
            checked_encoding(name)


@pytest.mark.parametrize("name", ["utf-8", "UTF-16", "cp1252", "gb18030", "utf-32-le"])
def test_names_of_encodings(name: str) -> None:
    """Every text encoding that Python knows may be named."""
    assert checked_encoding(name) == name


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (b'<meta charset="gb2312">', "gb18030"),
        (b"<META CHARSET=windows-1250>", "cp1250"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?>', "cp932"),
        (b'<meta charset="utf-8">', None),
        (b'<meta charset="rot13">', None),
        (b'<meta charset="no-such">', None),
        (b"<p>charset=gb2312</p>", None),
    ],
)
def test_declared_encoding(page: bytes, encoding: str | None) -> None:
    """A page's own encoding is taken as browsers take it, and only if it is a known one."""
    assert declared_encoding(page) == encoding


def test_declared_encoding_is_used() -> None:
    """What a page declares settles what could not be told."""
    assert decode(FRENCH.encode("cp1252"), declared="cp1252") == FRENCH


def test_declared_encoding_that_is_wrong() -> None:
    """Valid UTF-8 is UTF-8, whatever a page declares."""
    assert decode(FRENCH.encode(), declared="gb18030") == FRENCH


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1", "old Word"),
        (b"{\\rtf1 text", "Rich Text"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_signatures_of_other_formats(data: bytes, kind: str) -> None:
    """Files of other formats are refused by their first bytes, with their kind."""
    with pytest.raises(Refused, match=kind) as caught:
        decode(data)
    assert caught.value.code == "binary"


def test_zero_bytes() -> None:
    """Zero bytes that do not come from wide characters mean that this is no text."""
    with pytest.raises(Refused, match="zero bytes") as caught:
        decode(b"text\x00\x01\x00more")
    assert caught.value.code == "binary"


def test_seven_bit_encodings() -> None:
    """ISO 2022 text, which is valid ASCII, is refused rather than read as escapes."""
    with pytest.raises(EncodingError, match="iso2022_jp"):
        decode("特許庁".encode("iso2022_jp"))
