"""Bytes are read as the words that somebody wrote."""

import pytest

from bakeoff.datasets._table.encoding import decoded, encoding_of

KOREAN = [
    "이름,나이\n김철수,20\n",
    "a,b\n1,가\n2,나\n",
    "동호,층\nA동,1\nB동,2\n",
    "글\n똠방각하\n펲시\n",
]
CHINESE = [
    "姓名,城市\n张伟,北京\n",
    "a,城市\n1,北京\n",
    "日期,销量,是否\n1,2,是\n",
    "性别,a\n男,1\n女,2\n",
]
JAPANESE = ["名前,都市\n田中,東京\n", "都市,価格\n京都,3\n", "データ,値\n1,2\n"]
WESTERN = [
    *("Größe;für\n", "café,été\nnaïve,1\n", "a\n" + "x\n" * 99 + "ÄÖ\n", "SITUAÇÃO,ÓRGÃO\n"),
    *("temp °C,x\n", "10 µg,20 ±3\n", "5 €\n6 €\n", "ÉÉ,1\n", " Ángel\nÍñigo\n", "\xbf\xc0 a\n"),
]


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        *((text, "cp949", "cp949") for text in KOREAN),
        *((text, "gbk", "gb18030") for text in CHINESE),
        *((text, "shift_jis", "cp932") for text in JAPANESE),
        ("名前,すし\n田中,1\n", "euc_jp", "euc_jp"),
        *((text, "cp1252", "cp1252") for text in WESTERN),
        *((text, "utf-8", "utf-8") for text in [*KOREAN, *CHINESE, *WESTERN]),
    ],
)
def test_the_script_decides(text, written, found):
    assert encoding_of(text.encode(written)) == found
    assert decoded(text.encode(written), None) == (text, found)


@pytest.mark.parametrize("cut", [1, 2])
def test_a_character_that_the_end_cuts_off_makes_no_other_encoding(cut):
    content = "이름,나이\n김,20\n박".encode()[:-cut]
    text, encoding = decoded(content, None)
    assert encoding == "utf-8"
    assert text.startswith("이름,나이\n김,20\n")


def test_one_damaged_byte_among_thousands_neither():
    content = ("이름,나이\n" * 500).encode()
    text, encoding = decoded(content[:1400] + b"\xff" + content[1400:], None)
    assert (encoding, text.count("\ufffd")) == ("utf-8", 1)


def test_what_is_told_may_not_be_damaged():
    with pytest.raises(ValueError, match=r"^the file is not written in utf-8: "):
        decoded("박".encode()[:-1], "utf-8")
