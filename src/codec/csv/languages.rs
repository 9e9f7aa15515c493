//! The letters of languages and the encodings they come in, by which an
//! encoding is guessed.

use super::CodePage::{self, *};

/// How the letters of a language are told to be plausible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Some letters beyond ASCII among many that are not.
    Latin,
    /// An alphabet of its own; the more frequent letters come first.
    Alphabet,
    /// Chinese characters, of which the frequent ones are listed.
    Chinese,
    /// The same, among kana.
    Japanese,
    /// Syllables, of which the frequent ones are listed.
    Korean,
}

/// A language, as far as it tells encodings apart.
#[derive(Debug)]
pub struct Language {
    /// The encodings its files come in, the likelier first.
    pub pages: &'static [CodePage],
    /// How it is written.
    pub script: Script,
    /// Its letters beyond ASCII, in lower case.
    pub letters: &'static str,
    /// Letters of ASCII that it hardly has.
    pub rare: &'static str,
}

const WESTERN: &[CodePage] = &[Windows1252, Iso8859_15, Macintosh];
const CENTRAL: &[CodePage] = &[Windows1250, Iso8859_2];
const CYRILLIC: &[CodePage] = &[Windows1251, Koi8R, Ibm866, Iso8859_5, MacCyrillic];

const fn latin(pages: &'static [CodePage], letters: &'static str, rare: &'static str) -> Language {
    Language {
        pages,
        script: Script::Latin,
        letters,
        rare,
    }
}

const fn other(pages: &'static [CodePage], script: Script, letters: &'static str) -> Language {
    Language {
        pages,
        script,
        letters,
        rare: "",
    }
}

/// The languages, the likelier first: of two that explain a text as well, the
/// first is taken.
pub const LANGUAGES: &[Language] = &[
    // German, French, Spanish, Portuguese, Italian, Dutch, Danish and
    // Norwegian, Swedish and Finnish, Icelandic.
    latin(WESTERN, "äöüß", ""),
    latin(WESTERN, "éèàêçâîôûùëïœüæÿ", "kw"),
    latin(WESTERN, "áéíóúñü", "kw"),
    latin(WESTERN, "ãçáéíóúâêôõà", "kwy"),
    latin(WESTERN, "àèéìòù", "kwjxy"),
    latin(WESTERN, "ëéïöüèê", ""),
    latin(WESTERN, "æøåéö", "qwxz"),
    latin(WESTERN, "åäöé", "qwz"),
    latin(WESTERN, "áðéíóúýþæö", "cqwz"),
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian and Slovene.
    latin(CENTRAL, "ąćęłńóśźż", "qvx"),
    latin(CENTRAL, "áčďéěíňóřšťúůýž", "qwx"),
    latin(CENTRAL, "áäčďéíĺľňóôŕšťúýž", "qwx"),
    latin(CENTRAL, "áéíóöőúüű", "qwx"),
    latin(CENTRAL, "ăâîşţșț", "kqwy"),
    latin(CENTRAL, "čćđšž", "qwxy"),
    other(
        CYRILLIC,
        Script::Alphabet,
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    ),
    other(
        &[Windows1251, Koi8U, Iso8859_5],
        Script::Alphabet,
        "оанівиертслкдумпзяьбгйчхцжющїєфшґ",
    ),
    other(
        &[Windows1251, Iso8859_5],
        Script::Alphabet,
        "аиоенјструвкмдлпзгбљњцчшжћхђфџ",
    ),
    other(
        &[Windows1253],
        Script::Alphabet,
        "αοιετσνηυρπκμλςάίόέδγύχθήφβώξζψϊϋΐΰ",
    ),
    latin(&[Windows1254], "ıüöçşğâîû", "qwx"),
    // Lithuanian, Latvian, Estonian.
    latin(&[Windows1257], "ėšųįžąčūę", "qwx"),
    latin(&[Windows1257], "āēīšņļūčģžķ", "qwxy"),
    latin(&[Windows1257], "äõöüšž", "cqwxy"),
    other(
        &[Windows1255],
        Script::Alphabet,
        "יוהלאבתרמשנכחפקעדצסטגזםןךףץ",
    ),
    other(
        &[Windows1256],
        Script::Alphabet,
        "اليمنوترهبدعفسكقحجشصةخطضثزغذأظىءئإآؤیپکگچژ",
    ),
    other(
        &[Windows874],
        Script::Alphabet,
        "านรอกเงมยลวดตทสปคบหพัี่้ิชะขจแ์ุูำืโไใ็ถผซธฟศษณญฐฝฉภฎฏฤฆฑฒฌฬฮึ๊๋",
    ),
    latin(
        &[Windows1258],
        "đêôơưăâáàéèóòíìúù\u{300}\u{301}\u{303}\u{309}\u{323}",
        "fjwz",
    ),
    other(&[ShiftJis, EucJp], Script::Japanese, JAPANESE),
    other(&[Gb18030], Script::Chinese, SIMPLIFIED),
    other(&[Big5], Script::Chinese, TRADITIONAL),
    other(&[EucKr], Script::Korean, KOREAN),
];

const JAPANESE: &str = "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者地合市業内相方四定今回新場金員入選立開手力学問高代明実円関決子動京全目表経通外最言氏現理調体化田当約主題下意法不来作性的要用制治度務強気小成期公持野協取都和統以機平総加山家話世受区領多県続進正安設保改数記院初北指心界支第産結百点教報済書活原先共得解名交資予川向際査面委告文重近千考認画参売利組知案道信策集件団別物側任引使求所次水半品論計係感特情投示変基各始島直価式確村提運終果西台広応電住談能無再位置企真流格有口過局少料状工建営空証送供可構割費付転食比車研収断井何南石足番規術展備宅配算条店線率商額株顧客名称社失注担当者進捗";

const SIMPLIFIED: &str = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话者向情部正名定女问力机给等几很业最间新打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由代产入先山五太水万市体别处总场师书比员性通目华报立马数件安表原车应路期金何更合放做系计或司利受光王果界及今京务制解各任清物台记边共风接特直服林题建南度统色字请交认算论百科元社术结六功指思非流每管连远资队带条院变联权展该领传近留治决周保达办运半城强步完深区求品转量技程告江语英基式李识极令黄德收钱持取设始版双商千容研友广改议形早单据导网专包组造视济额客户称限销售价值备注阶段状态负责赢输丢预闭项赵陈刘杨吴张械械设备厂团股份";

const TRADITIONAL: &str = "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手用主行方又如前所本見經頭面公同從動兩長知民樣現分將外但身些與高意進把法此實回理美點月明其種聲全工話向情部正名定問力機給等業最間新位因重被電門相次東政海教西平真信北少關並內加化由代產入先山水萬市體別處總場師書比員性通目華報立馬數件安表原車應路期金合系計司利受光王界今京務制解各任清物台臺灣記邊共風接特直服林題建南度統色字請交認算論科元社術結功指思非流每管連遠資隊帶條院變聯權展該領傳近留治決保達辦運強步完深區求品轉量技程告江語英基式識令收錢持取設始版商容研客戶稱額限銷售價值備註階段狀態負責股份預閉項陳劉楊吳張機械廠團";

const KOREAN: &str = "이다는의에가을하고지사기로한도리인시나대어자서아정스은보해주부수전과상일그제원장조구국세유신성무계연우공여라들있었습니것동문회만비안산경업식금액거래객명영담당단태마감날짜울김박최강윤임오권황송홍예품프트미모소진행입출완료종료확인견적";
