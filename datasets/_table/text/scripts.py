"""How likely the characters of a text are, if it is Korean, Chinese, Japanese or West European.

Each of their encodings decodes most of the others' bytes, so what the bytes spell decides. Between
two languages it is the ratio of likelihoods, character by character: a word of two Chinese
characters, read as Korean, is Hangul too, but of syllables that nobody writes.
"""

# ruff: noqa: RUF001 - characters that look alike are what this is about

from __future__ import annotations

import math
import re
from typing import NamedTuple

# From the most common on, as counted in translations and made-up addresses of open-source packages
# (Babel's CLDR, Django, Faker) and in names of columns.
_SYLLABLES = (
    "이원기시자수어사가도지니다아비구전리정스제인주호서상및학일부남합여조하트대용요연번품경과습"
    "계간고관강분적명월무영로최소나성한화크급종량산격금세라르단은의음를장동문건미드타공우에면유"
    "설류바회점준보액중없게온직파년울키는을불입마체값있작국업련해군반오진형선목모터천된교현밀태"
    "그광민래력날치북역너속임짜매내거환별름개표객카출페결등평숙철축박레메택브프길윤병재율식코봉"
    "루되김총충색령티필희안압측층디몸혈균풍높위양변포플않능신토야네할예삭션방베템올확른만운와술"
    "러들노물웨배생차두저데통발란투버츠으판행었릿탄추알초케쿠당활테청록험피실링슬권복즈석항열랑"
    "더효립특송델글함려말존증각후언순든엔뷰달젝텐육료또독채백랜히누새숫질감검심클헤했째집섬패랍"
    "곱콘뉴것접융린엘탈창갈팔본웹앙약블람벨빈근랫룹몰턴푸승였십닙골훈애볼쳐허콜담홍외솔았못농멀"
    "컨칸멘덴림완편렬난킬며범워럽폴찾같렉튀커슈법취폼절셔컴획벌핀악헨옥살처텍잘틱까몬"
)
_HANZI = (
    "语度工的员数量理是师格时重品期间月类合有高文级计年地亚价销大管分程成名一不个英小经区入市尔"
    "电明马用学斯户州否码人最京字日密常职种克温业份额主面星总拉值产加内型比罗选售科长会南中目部"
    "其务西医上客单资容正你行天果公省北尼商建他海班司何周房广金林保注设利在编都体输无号门平岛超"
    "址以阿发结位者别巴话城校里筑例色除备特等收可秀水态请性称丽点洋津口状压身多气风删楼新说芳静"
    "张深黄季速强院庆兰修法朱胡断杨李汉军涛敏陈徐武杭绩圳对杰女宽姓吴安伟磊勇娜艳王刘赵孙郭颜诊"
    "积男县该专标龄血患均湿降层异确技和国模能维件作项机效生关站应改器为术布开置择或过车所已象前"
    "网了纳方美信服页下查符到这助子图于要存表银没列后瓦十库二监段动塞提夏包群准吉问系第德定如空"
    "被您通板卡哥牙令它验息本证索制全次此基三店据萨达将含整物装式塔六看乌划误鲁研展四档签相认限"
    "米卢未东错运权使古功五教伊坦圣代顾必联哈更印操营场头路导出波汽进析料邮两化录求埃"
)
_HANZI_OF_BIG5 = (
    "文員度人的數工類品是格時月期師間合有年大高量價級計亞台地語重名電小學不入新明分中否個美國程"
    "區日最市業常一種星溫資職用管額碼內位密理爾面拉體斯值型成克選比建設無會正件公南英請科產目部"
    "金號北容班家林西戶志稱備醫作結平尼字果編商加利輸雅淑單址長姓雄別馬態門司銷主玲謝多許總校技"
    "除例可註等口怡行在話巴豪客竹城收婷築色港芬性香物份王售修狀說臺男賴法務女速楊壓阿君張樓積里"
    "洪黃李吳氣風季層雨陳劉蔡鄭郭邱曾廖周顏房病診院斷鎮縣寬網齡績身血患薪鄉均濕異蘭以術模標生已"
    "安為這子你確關島使發或包維特定刪要能改您過頁研效圖者助機保前羅全十站存華布德器達及被此動二"
    "三下視到群空含認列所上其哥庫索納第式必於導灣本瓦須沒擇來進查牙統裝服和夏方項表欄誤光專卡準"
    "威未取天那整路限料出令訊驗五究基線塞如四應六點秀古民相增車連教烏企後系山登錯籤板了功週劃開"
    "薩權指化該麗對何東塔案操土太與波吉瑞並證宏儲看題他水因希自書盧提信治印檔求但洛非"
)
_KANJI = (
    "語時月日数間市島区字年名合田文中国町大県曜藤山度小値有無村長選択学性品都入力量番正東前除格"
    "分高京横変効削上定加浜会一号理重最木目本計明金更用川期社部和員職郎子内諸女付認種科水不男価"
    "温類常人英地家神郡西個以平下太戸標準者美橋夏共台南岡半別連新古四福必要件花佐存点所気電追体"
    "今林屋府使示保表道関生広吉週結後陽説組作氏確辺伊渡口業築阪域話果形風可単領行崎野容健翔鈴等"
    "校測面給状割血売身札幌総証降与断土在三階級速多式湿客圧歩住管谷齢額商製顧患病院診署役収支店"
    "仙積均態備考色幅賃駅徒異誠咲菜設持北操能整士見火香限信全場印込送先現井摩方報複代指利立列切"
    "原師八沢実対公来未米央港外権石草基修再情千青浦宮武芝浅的自空含取画細里動記成検替登録松葉津"
    "白旛門出知元教二編洋張手秒刻項続須主十馬集絞由既角範囲通奈六九富蔵羽極韓真法邦差同足民書護"
    "索拡化進低解戻許例始少官丈直裕晃司樹介森池医運栄演歌楽脚建睦弥城賀宿江久塚折園虎"
)


class _Kind(NamedTuple):
    """Characters that are about as likely as one another.

    Attributes
    ----------
    spelt : pattern
        What they are, or their bytes.
    share : float
        Of the characters of such a text that are not ASCII.
    size : int
        How many they are.
    """

    spelt: re.Pattern[str] | re.Pattern[bytes]
    share: float
    size: int


class Script(NamedTuple):
    """A language as it is written in one encoding.

    Attributes
    ----------
    encoding : str
    prior : float
        Of a file, before anything is read.
    alone : float
        Share of its words that stand apart from letters of ASCII.
    goes_on : float
        Share of its characters that another one follows.
    kinds : tuple
        Of characters, the first that fits counts.
    """

    encoding: str
    prior: float
    alone: float
    goes_on: float
    kinds: tuple[_Kind, ...]


def _one_of(characters: str, share: float) -> _Kind:
    return _Kind(re.compile(f"[{characters}]"), share, len(characters))


def _of_bytes(pattern: bytes, share: float, size: int) -> _Kind:
    return _Kind(re.compile(pattern, re.DOTALL), share, size)


_FULL_WIDTH = "、。「」『』（），．：；！？・ー％～￥＋－／０１２３４５６７８９　"
_SIGNS = "°µ€£²³±–—’‘“”„«»·•½¼¾×…§®©™¿¡ªº"


def _western(
    encoding: str, prior: float, common: str, rare: str = "", goes_on: float = 0.06
) -> Script:
    kinds = (
        _one_of(common, 0.75),
        _one_of(rare + (common + rare).swapcase().replace("SS", ""), 0.15),
        _one_of(_SIGNS, 0.09),
        _of_bytes(b".", 0.01, 128),
    )
    return Script(encoding, prior, 0.25, goes_on, kinds)


def _alphabet(encoding: str, prior: float, common: str, rare: str) -> Script:
    kinds = (
        _one_of(common, 0.65),
        _one_of(rare, 0.2),
        _one_of((common + rare).upper(), 0.12),
        _of_bytes(b".", 0.03, 61),
    )
    return Script(encoding, prior, 0.99, 0.85, kinds)


_HANGUL = (
    _one_of(_SYLLABLES[:100], 0.50),
    _one_of(_SYLLABLES[100:], 0.37),
    _one_of(_FULL_WIDTH + "㎡㎢㎏㎝℃·", 0.02),
    _of_bytes(rb"[\xb0-\xc8][\xa1-\xfe]", 0.09, 1950),
    _of_bytes(rb"[\xca-\xfd][\xa1-\xfe]", 0.005, 4888),
    _of_bytes(rb"..?", 0.005, 9000),
)
_HANJA = (
    _one_of("".join(sorted({*_HANZI, *_KANJI})), 0.45),
    _of_bytes(rb"[\xca-\xfd][\xa1-\xfe]", 0.3, 4400),
    *(kind._replace(share=kind.share / 4) for kind in _HANGUL),
)
_CHINESE = (
    _one_of(_HANZI[:100], 0.33),
    _one_of(_HANZI[100:], 0.36),
    _one_of(_FULL_WIDTH, 0.03),
    _of_bytes(rb"[\xb0-\xd7][\xa1-\xfe]", 0.26, 3350),
    _of_bytes(rb"[\xd8-\xf7][\xa1-\xfe]", 0.015, 3008),
    _of_bytes(rb"..(..)?", 0.005, 15000),
)
_TRADITIONAL = (
    _one_of(_HANZI_OF_BIG5[:100], 0.33),
    _one_of(_HANZI_OF_BIG5[100:], 0.36),
    _one_of(_FULL_WIDTH, 0.03),
    _of_bytes(rb"[\xa4-\xc6].", 0.26, 5000),
    _of_bytes(rb"[\xc9-\xf9].", 0.015, 7650),
    _of_bytes(rb"..", 0.005, 3000),
)
_JAPANESE_KIND = (
    _Kind(re.compile("[ぁ-ん]"), 0.15, 83),
    _Kind(re.compile("[ァ-ヶー]"), 0.2, 87),
    _one_of(_KANJI[:100], 0.26),
    _one_of(_KANJI[100:], 0.22),
    _one_of(_FULL_WIDTH, 0.03),
)
SCRIPTS = (
    _western("utf-8", 3.0, "éäöüßèàçñáíóúãåøąćęłńśźżčěňřšťůýžşğı", "êëâõôæòìùîïûœďľőű"),
    _western("cp1252", 0.4, "éäöüßèàçñáíóúãåø", "êëâõôæòìùîïûœ"),
    _western("latin-1", 0.02, "éäöüßèàçñáíóúãåø"),  # which takes every byte
    _western("cp1250", 0.02, "ąćęłńóśźż"),
    _western("cp1250", 0.02, "áčéěíňřšťúůýž", "ďóľĺŕäô"),
    _western("cp1250", 0.01, "áéíóöőúüű"),
    _western("cp1254", 0.02, "çğıöşü", "âîİ"),
    _alphabet("cp1251", 0.05, "оеаинтсрвл", "кмдпуяыьгзбчйхжшюцщэфъё"),
    _alphabet("cp1253", 0.02, "αοιετνσηρςκ", "βγδζθλμξπυφχψωάέήίόύώ"),
    _western("cp1252", 0.05, "ÉÄÖÜÈÊËÀÂÇÑÁÍÓÚÃÕÔÅÆØ", goes_on=0.3),
    Script("cp949", 0.25, 0.95, 0.7, _HANGUL),
    Script("cp949", 0.01, 0.95, 0.7, _HANJA),
    Script("gb18030", 0.2, 0.95, 0.7, _CHINESE),
    Script("cp932", 0.2, 0.95, 0.7, (
        *_JAPANESE_KIND,
        _of_bytes(rb"[\x88-\x98].", 0.13, 2600),
        _of_bytes(rb"..", 0.008, 4000),
        _of_bytes(rb"[\xa1-\xdf]", 0.002, 63),
    )),
    Script("cp950", 0.06, 0.95, 0.7, _TRADITIONAL),
    Script("euc_jp", 0.05, 0.95, 0.7, (
        *_JAPANESE_KIND,
        _of_bytes(rb"[\xb0-\xcf].", 0.13, 2600),
        _of_bytes(rb"..?.?", 0.01, 4000),
    )),
)  # fmt: skip
_ASCII = math.log(1 / 40)
WORD = re.compile(r'[^\s,;|"]*[^\x00-\x7f][^\s,;|"]*')
_RUN = re.compile(r"([A-Za-z]?)([^\x00-\x7f]+)([A-Za-z]?)")


def log_likelihood(text: str, script: Script) -> float:
    """Return how likely the foreign words of a text are in a script, up to a constant.

    A word counts once, however often it is there.
    """
    total = math.log(script.prior)
    known: dict[str, float] = {}
    for word in dict.fromkeys(WORD.findall(text)):
        for one in word:
            if one not in known:
                known[one] = _ASCII if one.isascii() else _of_character(one, script)
            total += known[one]
        for before, run, after in _RUN.findall(word):
            total += math.log(1 - script.alone if before or after else script.alone)
            total += (len(run) - 1) * math.log(script.goes_on) + math.log(1 - script.goes_on)
    return total


def _of_character(one: str, script: Script) -> float:
    spelt = one.encode(script.encoding, "replace")
    for kind in script.kinds:
        pattern: re.Pattern = kind.spelt
        if pattern.fullmatch(spelt if isinstance(pattern.pattern, bytes) else one):
            return math.log(kind.share / kind.size)
    return math.log(1e-7)
