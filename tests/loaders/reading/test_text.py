"""Normal text with the way back, encodings, dates, numbers, cited documents."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UserError
from loaders.reading.encodings import decode
from loaders.reading.entities import cited, dates, numbers
from loaders.reading.normal import normalise

TEXT = "Ủy ban nhân dân tỉnh đã ban hành quyết định về việc sắp xếp các đơn vị và tổ chức bộ máy của tỉnh."


def test_spans_lead_back_to_the_source() -> None:
    source = unicodedata.normalize("NFD", "Sở\u00a0Nội\u00ad vụ số 30¬-CTr/TU")
    normal = normalise(source)
    assert normal.text == "Sở Nội vụ số 30-CTr/TU"
    start = normal.text.index("Nội")
    first, last = normal.back(start, start + 3)
    assert unicodedata.normalize("NFC", source[first:last]) == "Nội"


@given(st.text(max_size=60))
def test_every_span_is_inside_the_source(source: str) -> None:
    normal = normalise(source)
    for at in range(len(normal.text)):
        start, end = normal.back(at, at + 1)
        assert 0 <= start <= end <= len(source)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode(), "UTF-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16 without mark"),
        (TEXT.encode("utf-32"), "UTF-32"),
    ],
)
def test_unicode(data: bytes, said: str) -> None:
    assert decode(data, "t.txt") == (TEXT, said)


def test_windows_1258() -> None:
    def letter(c: str) -> bytes:
        try:
            return c.encode("cp1258")
        except UnicodeEncodeError:
            decomposed = unicodedata.normalize("NFD", c)
            base = unicodedata.normalize("NFC", decomposed[:-1])
            return (base + decomposed[-1]).encode("cp1258") if len(decomposed) > 1 else b"?"

    def dotted(c: str) -> bytes:
        decomposed = unicodedata.normalize("NFD", c)
        tones = [m for m in decomposed[1:] if m in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(m for m in decomposed if m not in tones))
        return base.encode("cp1258") + "".join(tones).encode("cp1258") if tones else letter(c)

    assert decode(b"".join(map(dotted, TEXT)), "t.txt") == (TEXT, "Windows-1258")


def test_tcvn3() -> None:
    data = "®· ban hµnh quyÕt ®Þnh vÒ tæ chøc bé m¸y cña c¸c ®¬n vÞ vµ tØnh".encode("latin-1")
    assert decode(data, "t.txt") == ("đã ban hành quyết định về tổ chức bộ máy của các đơn vị và tỉnh", "TCVN3")


def test_vni() -> None:
    data = "ñaõ ban haønh quyeát ñònh veà toå chöùc boä maùy cuûa caùc ñôn vò vaø tænh".encode("cp1252")
    assert decode(data, "t.txt") == ("đã ban hành quyết định về tổ chức bộ máy của các đơn vị và tỉnh", "VNI")


def _old(text: str) -> bytes:
    """The text in Windows-1258, tones behind their letters."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    plain = "".join(
        unicodedata.normalize("NFC", "".join(m for m in unicodedata.normalize("NFD", c) if m not in tones))
        + "".join(m for m in unicodedata.normalize("NFD", c) if m in tones)
        for c in text
    )
    return plain.encode("cp1258")


def test_lines_of_several_encodings() -> None:
    data = TEXT.encode() + b"\n" + _old(TEXT) + b"\n" + TEXT.encode()
    text, said = decode(data, "t.txt")
    assert text.split("\n") == [TEXT, TEXT, TEXT]
    assert said == "UTF-8 mixed with Windows-1258 (line 2)"


def test_damaged_bytes_do_not_change_the_rest() -> None:
    data = TEXT.encode() + b"\n" + TEXT.encode().replace(b"d\xc3\xa2n", b"d\xc3n") + b"\n"
    text, said = decode(data, "t.txt")
    assert text.split("\n")[0] == TEXT and "\ufffd" in text
    assert said == "UTF-8 mixed with damaged bytes (line 2)"
    assert decode(data.split(b"\n")[1], "t.txt")[1].startswith("UTF-8 with 1 damaged")


def test_utf8_that_was_saved_twice() -> None:
    broken = "".join(bytes([b]).decode("cp1252", errors="ignore") or chr(b) for b in TEXT.encode())
    assert decode(broken.encode(), "t.txt") == (TEXT, "UTF-8 saved twice in UTF-8")


def test_old_fonts_in_unicode() -> None:
    letters = "ñaõ ban haønh quyeát ñònh veà toå chöùc boä maùy cuûa caùc ñôn vò vaø tænh"
    expected = "đã ban hành quyết định về tổ chức bộ máy của các đơn vị và tỉnh"
    assert decode(letters.encode(), "t.txt") == (expected, "VNI in UTF-8")
    assert decode("Trích yếu: về việc sắp xếp Sở Y tế".encode(), "t.txt")[1] == "UTF-8"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Sở\u202e Y\u2066 tế\u2069", "Sở Y tế"),
        ("Sở\U000e0041 Y tế\ufe0f", "Sở Y tế"),
        ("giảm ４６ Ｐhòng", "giảm 46 Phòng"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("Ðảng ủy", "Đảng ủy"),
        ("e\u0302\u0301", "ế"),
    ],
)
def test_what_stands_for_odd_characters(source: str, shown: str) -> None:
    assert normalise(source).text == shown


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(UserError, match="not a text file"):
        decode(b"\x00\x01\x02abc" + bytes(range(255, 128, -1)) * 4, "t.txt")


def test_numbers_in_vietnamese_form() -> None:
    found = [
        (n.value, n.of, n.percent)
        for n in numbers("giảm 1.381 biên chế, 88,79 điểm, 9/9 huyện, 20% và 07 phòng năm 2019")
    ]
    assert found == [(1381, None, False), (88.79, None, False), (9, 9, False), (20, None, True), (7, None, False)]


def test_dates() -> None:
    text = "từ ngày 01/6/2018, quí III/2017, 8 tháng đầu năm 2017, tháng 4/2018, ngày 26 tháng 02 năm 2025"
    text += ", giai đoạn 2015 - 2020"
    assert [d.text for d in dates(text)] == [
        "01/6/2018",
        "quý III/2017",
        "8 tháng đầu năm 2017",
        "4/2018",
        "26 tháng 02 năm 2025",
    ]


def test_cited_documents() -> None:
    text = "Nghị quyết số 18-NQ/TW; 342/QĐ-UBND; các Nghị quyết số: 18, 19; Nghị định 24/2014/NĐ-CP; "
    text += "kế hoạch số 22, ngày 1/2/2017"
    assert [(d.kind, d.number) for d in sorted(cited(text), key=lambda d: d.start)] == [
        ("resolution", "18-NQ/TW"),
        ("decision", "342/QĐ-UBND"),
        ("resolution", "18"),
        ("resolution", "19"),
        ("decree", "24/2014/NĐ-CP"),
        ("plan", "22"),
    ]
