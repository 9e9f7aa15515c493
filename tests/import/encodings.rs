//! The encoding of a file is noticed by its text, and can be chosen.

use pipewright::codec::csv::{CodePage, CsvError, Reading, Table};

use crate::support::LibraryDecoder;

fn encode(text: &str, page: CodePage) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(page.label().as_bytes()).unwrap();
    let (bytes, _, has_gaps) = encoding.encode(text);
    assert!(!has_gaps, "{page:?} can't hold {text}");
    bytes.into_owned()
}

/// The text is told to be in the encoding, and reads as it was written.
#[track_caller]
fn check(page: CodePage, text: &str) {
    let bytes = encode(text, page);
    let table = Table::read(&bytes, &LibraryDecoder).unwrap();
    let sample = table.sample().unwrap();
    assert_eq!(table.code_page(), page, "{}", sample.text);
    assert!(text.contains(&sample.text), "{}", sample.text);
}

#[test]
fn western_files_are_noticed() {
    let page = CodePage::Windows1252;
    check(page, "Name;Firma;Wert\nWärmepumpe Müller;Größe & Söhne;5\n");
    check(page, "Name;Kunde\nStraßenbau;Bäckerei Schröder\n");
    check(
        page,
        "Nom;Société\nRénovation;Crédit Français\nHôtel à Nîmes;Boulangerie Lefèvre\n",
    );
    check(
        page,
        "Nombre;Cliente\nInstalación;Muñoz y Peña\nDiseño;Jiménez\n",
    );
    check(
        page,
        "Nome;Cliente\nInstalação;João Gonçalves\nManutenção;Conceição\n",
    );
    check(page, "Nome;Società\nPerché no;Città di Forlì\n");
    check(page, "Navn;Kunde\nKøleanlæg;Sørensen Åbyhøj\n");
    check(page, "Name,Value\nRoof,\"£1,234.50\"\nWall,€5\n");
    check(page, "Name,Notes\nRoof,“soon” – it’s urgent\n");
    check(page, "Naam;Klant\nReparatie;Daniëlle Coöperatie\n");
}

#[test]
fn central_european_files_are_noticed() {
    let page = CodePage::Windows1250;
    check(
        page,
        "Nazwa szansy;Firma;Wartość\nŁożyska;Młyn;1234,56 zł\n",
    );
    check(page, "Name;City\nRoof;Gdańsk Nowak\n");
    check(page, "name,owner\nRoof,Paweł Wiśniewski\n");
    check(
        page,
        "Název;Zákazník\nStřecha;Dvořák a synové\nÚčet;Příbram\n",
    );
    check(page, "Názov;Zákazník\nŠkola;Košice Ľubovňa ťažba\n");
    check(page, "Név;Ügyfél\nFűtés;Győr Építőipari Kft.\n");
    check(page, "Naziv;Kupac\nKuća;Đuro Šarić i Žunić\n");
    check(
        CodePage::Iso8859_2,
        "Nazwa;Firma;Wartość\nŁożyska;Śląskie Młyny;źródło ciepła\n",
    );
    check(
        CodePage::Iso8859_2,
        "Název;Firma\nŠkoda;Žďár průmysl, Děčín\n",
    );
}

#[test]
fn files_of_other_alphabets_are_noticed() {
    let russian = "Название;Клиент;Сумма\nПоставка насосов;ООО «Ромашка»;5000\nРемонт крыши;Иванов и сыновья;300\n";
    for page in [CodePage::Windows1251, CodePage::Ibm866, CodePage::Iso8859_5] {
        let text = russian.replace(['«', '»'], "\"");
        check(page, &text.replace("\"Ромашка\"", "Ромашка"));
    }
    check(CodePage::Windows1251, russian);
    check(CodePage::Koi8R, &russian.replace(['«', '»'], ""));
    check(
        CodePage::Windows1251,
        "Назва;Клієнт\nНасоси;Київська міська рада\n",
    );
    check(
        CodePage::Windows1253,
        "Όνομα;Πελάτης\nΑντλίες;Παπαδόπουλος και Υιοί\n",
    );
    check(
        CodePage::Windows1254,
        "Ad;Müşteri\nÇatı işi;Yıldız İnşaat Ltd. Şti.\nGüneş;Doğan\n",
    );
    check(
        CodePage::Windows1255,
        "שם;לקוח\nגג חדש;חברת הבנייה הישראלית\n",
    );
    check(
        CodePage::Windows1256,
        "الاسم;العميل\nمشروع جديد;شركة البناء العربية\n",
    );
    check(
        CodePage::Windows1257,
        "Pavadinimas;Klientas\nStogas;Šiaulių įmonė „Žalgiris“ ir sūnūs, Kėdainiai\n",
    );
    check(
        CodePage::Windows1257,
        "Nosaukums;Klients\nJumts;Rīgas būvuzņēmums, Ķekava, Jānis Bērziņš\n",
    );
    check(CodePage::Windows874, "ชื่อ;ลูกค้า\nหลังคา;บริษัท กรุงเทพ จำกัด\n");
}

#[test]
fn files_of_eastern_asia_are_noticed() {
    let japanese = "案件名,顧客,金額\n屋根の修理,株式会社ヤマト,5000\nポンプ交換,東京建設,300\n";
    check(CodePage::ShiftJis, japanese);
    check(CodePage::EucJp, japanese);
    check(
        CodePage::Gb18030,
        "名称,客户,金额\n水泵项目,北京机械设备有限公司,5000\n销售合同,上海电子,300\n",
    );
    check(
        CodePage::Big5,
        "名稱,客戶,金額\n水泵項目,臺灣機械股份有限公司,5000\n銷售合約,台北電子,300\n",
    );
    check(
        CodePage::EucKr,
        "거래명,고객,금액\n지붕 수리,주식회사 한국건설,5000\n펌프 교체,서울전자,300\n",
    );
}

#[test]
fn unicode_needs_no_guess() {
    let table = Table::read("name\nŁódź\n".as_bytes(), &LibraryDecoder).unwrap();
    assert_eq!(table.code_page(), CodePage::Utf8);
    assert_eq!(table.sample().unwrap().line, 2);
    let table = Table::read(b"name\nRoof\n", &LibraryDecoder).unwrap();
    assert_eq!(table.sample(), None);
}

#[test]
fn an_encoding_can_be_chosen() {
    let bytes = encode("Nazwa;Firma\nŁożyska;Młyn\n", CodePage::Windows1250);
    let read_as = |page| {
        let reading = Reading {
            code_page: Some(page),
            ..Reading::default()
        };
        Table::read_as(&bytes, &LibraryDecoder, &reading)
    };
    let table = read_as(CodePage::Windows1252).unwrap();
    assert_eq!(table.row(0).unwrap().cell(1), "M³yn");
    assert_eq!(table.code_page(), CodePage::Windows1252);
    assert_eq!(
        read_as(CodePage::Windows1250)
            .unwrap()
            .row(0)
            .unwrap()
            .cell(1),
        "Młyn"
    );
    let refused = read_as(CodePage::Utf8);
    assert_eq!(
        refused,
        Err(CsvError::NotIn {
            page: CodePage::Utf8
        })
    );
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("not in Unicode (UTF-8)")
    );
}
