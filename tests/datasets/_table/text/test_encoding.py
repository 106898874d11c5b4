"""Bytes are read as the words that somebody wrote."""

import re

import pytest

from bakeoff.datasets import read_table
from bakeoff.datasets._table.text.encoding import decoded, encodings_of

# Tables of a few words, as people have them: a slash ends a line, a bar ends a table.
SAMPLES = {
    "cp949": """
        키,몸무게/170,62|이름,점수/김민수,90/이영희,85|지역,매출/서울,100/부산,80|성별,나이/남,23/여,31
        품목,단가/사과,1200|날짜,기온,강수량/2026-01-01,3.5,0|id,등급/1,상/2,하|동호,층/A동,1|값,x/1,2
        아파트,전용면적,거래금액/래미안,84.9,95000|姓名,住所/金哲洙,京城|품종,꽃잎/붓꽃,1.4|합격,a/예,1/아니오,2
        학번,학과/1,컴퓨터공학|환자,혈압/홍길동,120|글,수/똠방각하,1/펲시,2|가격(원),무게(㎏)/100,3""",
    "gb18030": """
        姓名,年龄/张伟,23|城市,销量/北京,5/上海,7|性别,a/男,1/女,2|价格,面积/100,50|是否,x/是,1/否,2
        商品,单价/苹果,3|日期,温度/1,2|身高,体重/170,60|id,等级/1,优/2,良|成绩,班级/90,三班|品种,花瓣/山鸢尾,1
        学校,人数/清华,30|a,城市/1,北京|客户,金额/王芳,9|血压,诊断/120,正常|价,量/1,2|省份,人口/广东,1""",
    "cp932": """
        名前,年齢/田中,23|都市,価格/東京,3/大阪,4|性別,a/男,1/女,2|商品名,単価/りんご,100|データ,値/1,2|県,人口/青森,1
        日付,気温/1,2|身長,体重/170,60|住所,駅/新宿,渋谷|血圧,診断/120,正常|値,x/1,2|ﾃﾞｰﾀ,数量/1,2""",
    "euc_jp": """
        名前,すし/田中,1|都市,価格/東京,3/大阪,4|データ,値/1,2|住所,年齢/新宿区,20|商品名,数量/りんご,1
        性別,身長,体重/男,170,60""",
    "cp950": """
        姓名,年齡/陳志明,23|城市,價格/臺北,3/高雄,4|性別,身高/男,170|商品,單價/蘋果,30|學校,人數/臺大,9
        日期,氣溫/1,2|血壓,診斷/120,正常""",
    "cp1252": """
        Größe;für/1;2|café,été/naïve,1|SITUAÇÃO,ÓRGÃO/1,2|temp °C,x/1,2|Preis €,x/1,2
        niño,edad/Ángel,3|âge,ville/12,Orléans|Straße,Köln/1,2|Ærø,Århus/1,2|città,età/Forlì,3|m²,x/1,2
        ação,preço/São Paulo,1""",
    "cp1250": """
        Płeć,Wiek/mężczyzna,20|Miasto,wartość/Łódź,3/Kraków,4|jméno,věk/Jiří,20/Zdeněk,30|Név,életkor/Győző,20/Éva,5""",
    "cp1251": "Пол,Возраст/муж,20|Город,Цена/Москва,3/Казань,2|имя,рост/Иван,180|да,x/нет,1",
    "cp1253": "Ηλικία,Φύλο/20,άνδρας|Πόλη,τιμή/Αθήνα,3|όνομα,βάρος/Γιώργος,80",
    "cp1254": "Müşteri,Yaş/Ayşe,20|Şehir,değer/İstanbul,3|ağırlık,yıl/60,2020",  # noqa: RUF001
}


def tables(encoding):
    return [one.strip().replace("/", "\n") + "\n" for one in re.split("[|\n]", SAMPLES[encoding])]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [(encoding, text) for encoding in SAMPLES for text in tables(encoding) if text.strip()],
)
def test_what_is_spelt_decides(encoding, text):
    read = decoded(text.encode(encoding), None)
    assert read.text == text or read.question is not None
    assert decoded(text.encode(), None) == (text, "utf-8", None)


def test_of_all_of_them_one_is_taken_for_another_and_few_are_asked():
    read = {
        text: decoded(text.encode(encoding), None)
        for encoding in SAMPLES
        for text in tables(encoding)
    }
    assert sum(one.text != text for text, one in read.items()) <= 1
    assert sum(one.question is not None for one in read.values()) <= len(read) / 10


@pytest.mark.parametrize("text", ["ÉÉ,1\n", "a\n" + "x\n" * 99 + "ÄÖ\n"])
def test_two_letters_may_be_one_character(text):
    assert "cp1252" in encodings_of(text.encode("cp1252"))
    assert len(encodings_of(text.encode("cp1252"))) > 1


def test_words_are_looked_for_in_the_whole_file():
    text = "a,b\n" + "1,2\n" * 100_000 + "이름,서울특별시\n"
    assert decoded(text.encode("cp949"), None).text == text


def test_what_is_open_is_asked_with_a_word_in_both_spellings():
    file = read_table("价格,面积\n100,50\n".encode("gbk"))
    (question,) = file.questions
    assert (question.parameter, question.taken, question.other) == ("encoding", "gb18030", "cp949")
    assert str(question.reason) == (
        "The text is read as gb18030, with words such as “价格”; as cp949 it would be “송목”."
    )
    told = read_table("价格,面积\n100,50\n".encode("gbk"), encoding="cp949")
    assert (next(iter(told.frame)), told.questions) == ("송목", ())


@pytest.mark.parametrize("cut", [1, 2])
def test_a_character_that_the_end_cuts_off_makes_no_other_encoding(cut):
    content = "이름,나이\n김,20\n박".encode()[:-cut]
    text, encoding, _ = decoded(content, None)
    assert encoding == "utf-8"
    assert text.startswith("이름,나이\n김,20\n")


def test_one_damaged_byte_among_thousands_neither():
    content = ("이름,나이\n" * 500).encode()
    text, encoding, _ = decoded(content[:1400] + b"\xff" + content[1400:], None)
    assert (encoding, text.count("\ufffd")) == ("utf-8", 1)


def test_what_is_told_may_not_be_damaged():
    with pytest.raises(ValueError, match=r"^the file is not written in utf-8: "):
        decoded("박".encode()[:-1], "utf-8")
