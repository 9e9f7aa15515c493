//! A table is read even where it is dirty, and says where.

use std::path::Path;

use pipewright::codec::csv::{HeaderChoice, Reading, Row, Table};

use crate::support::LibraryDecoder;

fn read(text: &str) -> Table {
    Table::read(text.as_bytes(), &LibraryDecoder).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn cells(row: Row<'_>) -> Vec<&str> {
    row.cells().collect()
}

/// The records of a text, the cells parted by bars.
fn records(table: &Table) -> Vec<String> {
    let records = table.records(|_| false);
    records.map(|row| cells(row).join("|")).collect()
}

/// The lines that are set aside, each with its reason.
fn asides(table: &Table) -> Vec<String> {
    let asides = table.asides();
    asides
        .map(|(row, aside)| format!("{}: {aside}", row.line()))
        .collect()
}

#[track_caller]
fn check(text: &str, headers: &[&str], want: &[&str]) -> Table {
    let table = read(text);
    assert_eq!(table.headers(), headers, "{text}");
    assert_eq!(records(&table), want, "{text}");
    table
}

/// A practice file in the form of a real export; none where it is missing.
fn field_file(name: &str) -> Option<Table> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/field");
    let bytes = std::fs::read(Path::new(folder).join(name)).ok();
    if bytes.is_none() {
        eprintln!("skipped: {name} of the practice files is not beside the checkout");
    }
    Some(Table::read(&bytes?, &LibraryDecoder).unwrap())
}

#[test]
fn a_wrong_quote_costs_its_row_at_the_most() {
    let headers = &["name", "notes", "value"][..];
    // It is never closed.
    let table = check(
        "name,notes,value\nRoof,\"tall,5\nWall,\"wide, long\",6\nDoor,,7\n",
        headers,
        &["Roof|\"tall|5", "Wall|wide, long|6", "Door||7"],
    );
    let troubles: Vec<_> = table.troubles().iter().map(ToString::to_string).collect();
    assert_eq!(troubles.len(), 1);
    assert!(troubles[0].starts_with("Line 2: a quote"), "{troubles:?}");
    // Nor at the end of the file, or of a row.
    check(
        "name,notes,value\nRoof,tall,5\nWall,wide,\"6\n",
        headers,
        &["Roof|tall|5", "Wall|wide|\"6"],
    );
    check(
        "name,notes,value\nRoof,tall,\"\nWall,\"wide\",6\nDoor,,7\n",
        headers,
        &["Roof|tall|\"", "Wall|wide|6", "Door||7"],
    );
    // It stands in the middle of a cell.
    check(
        "name,notes,value\nRoof,\"5\" pipe, steel\",5\n\"Foo\" Bar,x,6\nWall,5\" pipe,7\n",
        headers,
        &[
            "Roof|5\" pipe, steel|5",
            "\"Foo\" Bar|x|6",
            "Wall|5\" pipe|7",
        ],
    );
    // Before a quoted cell.
    check(
        "name,notes,value\n\"Roof,\"tall, wide\",5\nWall,\"\"long, low\",6\n",
        headers,
        &["\"Roof|tall, wide|5", "Wall|\"long, low|6"],
    );
    // Quotes inside that nobody doubled, at the end.
    check(
        "name,notes,value\nRoof,\"10 x 12\"\",5\nWall,\"a \"\"b\"\"\",6\n",
        headers,
        &["Roof|10 x 12\"|5", "Wall|a \"b\"|6"],
    );
}

#[test]
fn cells_over_several_lines_are_whole() {
    let table = check(
        "name,notes\r\nRoof,\"one\r\ntwo, \"\"three\"\"\r\n\r\nfour\"\r\nWall,x\r\n",
        &["name", "notes"],
        &["Roof|one\r\ntwo, \"three\"\r\n\r\nfour", "Wall|x"],
    );
    assert_eq!(table.row(1).unwrap().line(), 6);
    assert!(table.troubles().is_empty());
}

#[test]
fn other_dialects_are_found() {
    let headers = &["name", "stage", "value"][..];
    let want = &["Roof, big|Offer|5", "Wall||6"][..];
    for (text, parted) in [
        (
            "name,stage,value\n\"Roof, big\",Offer,5\nWall,,6\n",
            "commas",
        ),
        (
            "name;stage;value\nRoof, big;Offer;5\nWall;;6\n",
            "semicolons",
        ),
        (
            "name\tstage\tvalue\nRoof, big\tOffer\t5\nWall\t\t6\n",
            "tabs",
        ),
        ("name|stage|value\nRoof, big|Offer|5\nWall||6\n", "bars"),
        (
            "name, stage, value\n\"Roof, big\", Offer, 5\nWall, , 6\n",
            "commas with blanks",
        ),
        (
            "name; stage; value\nRoof, big; Offer; 5\nWall; ; 6\n",
            "semicolons with blanks",
        ),
        (
            "name | stage | value\nRoof, big | Offer | 5\nWall |  | 6\n",
            "bars with blanks",
        ),
        (
            "name stage value\n\"Roof, big\" Offer 5\nWall \"\" 6\n",
            "blanks",
        ),
        (
            "'name','stage','value'\n'Roof, big','Offer','5'\n'Wall','','6'\n",
            "commas",
        ),
        ("name,stage,value\n'Roof, big',Offer,5\nWall,,6\n", "commas"),
        ("name,stage,value\nRoof\\, big,Offer,5\nWall,,6\n", "commas"),
        (
            "SEP=|\nname|stage|value\nRoof, big|Offer|5\nWall||6\n",
            "bars",
        ),
    ] {
        let table = check(text, headers, want);
        assert_eq!(table.delimiter().name(), parted, "{text}");
    }
    check(
        "name,notes\nRoof,\"say \\\"yes\\\", soon\"\nWall,\"C:\\\\x\"\n",
        &["name", "notes"],
        &["Roof|say \"yes\", soon", "Wall|C:\\x"],
    );
    // Decimal commas and lists in cells are no delimiters.
    check(
        "name;value\nRoof;1,5\nWall;2,5\n",
        &["name", "value"],
        &["Roof|1,5", "Wall|2,5"],
    );
    check(
        "name,tags\nRoof,a;b\nWall,a;c\n",
        &["name", "tags"],
        &["Roof|a;b", "Wall|a;c"],
    );
    check(
        "name\nRoof repair\nNew wall\n",
        &["name"],
        &["Roof repair", "New wall"],
    );
}

#[test]
fn a_delimiter_can_be_chosen() {
    let reading = Reading {
        delimiter: Some('|'),
        ..Reading::default()
    };
    let table = Table::read_as(b"a,b|c\n1,2|3\n", &LibraryDecoder, &reading).unwrap();
    assert_eq!(table.headers(), ["a,b", "c"]);
}

#[test]
fn the_header_is_found_below_titles() {
    let table = check(
        "Sales pipeline 2026;;;\n;;;\nExported by Ann;;23.11.2026;\nDeal;Customer;Value;\nRoof;Acme;5;\n",
        &["Deal", "Customer", "Value"],
        &["Roof|Acme|5|"],
    );
    assert_eq!(table.header_line(), Some(4));
    let skipped: Vec<_> = table
        .skipped()
        .iter()
        .map(|line| (line.line, line.text.as_str()))
        .collect();
    assert_eq!(
        skipped,
        [
            (1, "Sales pipeline 2026"),
            (3, "Exported by Ann · 23.11.2026")
        ]
    );
    // With names that nobody knows.
    check(
        "Report\n\nFoo,Bar,Baz\nx,1,2026-11-23\ny,2,2026-11-24\n",
        &["Foo", "Bar", "Baz"],
        &["x|1|2026-11-23", "y|2|2026-11-24"],
    );
}

#[test]
fn a_file_may_have_no_header() {
    let table = check(
        "100,Alpha,179500.00,Closed Lost,2015-08-14\n104,Beta,420.00,Closed Won,2015-08-14\n",
        &["", "", "", "", ""],
        &[
            "100|Alpha|179500.00|Closed Lost|2015-08-14",
            "104|Beta|420.00|Closed Won|2015-08-14",
        ],
    );
    assert_eq!(table.header_line(), None);
    assert_eq!(table.header(1), "column 2");
    // One of words alone has one: texts are taken for names.
    assert_eq!(read("Foo,Bar\nx,y\n").header_line(), Some(1));
}

#[test]
fn the_header_can_be_chosen() {
    let text = "one,two\nname,value\nRoof,5\n";
    let headers = |header| {
        let reading = Reading {
            header: Some(header),
            ..Reading::default()
        };
        let table = Table::read_as(text.as_bytes(), &LibraryDecoder, &reading).unwrap();
        (table.headers().join("|"), table.len(), table.header_line())
    };
    assert_eq!(read(text).header_line(), Some(2));
    assert_eq!(
        headers(HeaderChoice::Line(1)),
        ("one|two".to_owned(), 2, Some(1))
    );
    assert_eq!(
        headers(HeaderChoice::Line(2)),
        ("name|value".to_owned(), 1, Some(2))
    );
    assert_eq!(headers(HeaderChoice::None), ("|".to_owned(), 3, None));
}

#[test]
fn headers_of_two_rows_are_joined_where_that_tells_columns_apart() {
    let table = check(
        "Deal,,Customer,\nName,Value,Name,Phone\nRoof,5,Acme,123\n",
        &[
            "Deal / Name",
            "Deal / Value",
            "Customer / Name",
            "Customer / Phone",
        ],
        &["Roof|5|Acme|123"],
    );
    assert_eq!(table.header_line(), Some(1));
    // A title above distinct names is none.
    check(
        "Pipeline,,Europe,\nDeal,Value,Customer,Phone\nRoof,5,Acme,123\n",
        &["Deal", "Value", "Customer", "Phone"],
        &["Roof|5|Acme|123"],
    );
}

#[test]
fn a_header_may_have_line_breaks_and_repeated_names() {
    check(
        "\"Deal\nname\",Value,Value\nRoof,5,6\n",
        &["Deal name", "Value", "Value"],
        &["Roof|5|6"],
    );
}

#[test]
fn a_header_alone_says_so_and_names_its_columns() {
    let error = Table::read(b"Deal;Customer;\n;;\n", &LibraryDecoder).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The file has a header row and no rows below it. Its columns: Deal, Customer."
    );
}

#[test]
fn headers_again_groups_and_sums_are_set_aside() {
    let table = check(
        "Name,Owner,Value,Stage\nActive,,,\nRoof,Ann,5,Offer\nWall,Bo,7,Offer\n,,12,\n,,,\nClosed,,,\nName,Owner,Value,Stage\nDoor,Ann,3,Won\nSuma,,3,\n",
        &["Name", "Owner", "Value", "Stage"],
        // Nothing parts the first title from the deals.
        &[
            "Active|||",
            "Roof|Ann|5|Offer",
            "Wall|Bo|7|Offer",
            "Door|Ann|3|Won",
        ],
    );
    assert_eq!(
        asides(&table),
        [
            "5: a row of sums",
            "7: the title of a group",
            "8: the header again",
            "10: a row of sums"
        ]
    );
    let taken = table.records(|index| index == 5);
    assert!(taken.map(|row| row.cell(0)).any(|name| name == "Name"));
}

#[test]
fn totals_are_known_in_many_languages_and_deals_of_that_name_stay() {
    for word in [
        "Total",
        "Grand Total:",
        "Razem",
        "Gesamtsumme",
        "Total général",
        "Totale",
        "Totaal",
        "Итого",
        "Celkem",
    ] {
        let table = read(&format!(
            "Deal;Customer;Value\nRoof;Acme;5\nWall;Acme;6\n{word};;11\n"
        ));
        assert_eq!(asides(&table), ["4: a row of sums"], "{word}");
    }
    let table = read("Deal;Customer;Value\nRoof;Acme;5\nTotal;Total Energies;6\nSumatra;;7\n");
    assert_eq!(records(&table).len(), 3);
}

#[test]
fn deals_with_little_in_them_are_deals() {
    for text in [
        "Name,Owner,Value,Stage\nRoof,Ann,5,Offer\nWall,,,\nDoor,,,\n",
        "Name,Owner,Value,Stage\nRoof,Ann,5,Offer\nWall\nDoor,Bo\n",
        "Name,Owner,Value,Stage\nRoof,,,\n\nWall,,,\n\nDoor,,,\n",
        "Name,Owner,Value,Stage\nRoof,Ann,,\nWall,Bo,,\n\nDoor,,,\n",
        "Name,Value\nRoof,5\nWall,\n\nDoor,\n",
        // Numbers alone that are no sums.
        "Id,Name,Value\n1,Roof,5\n2,Wall,6\n3,,40\n",
    ] {
        let table = read(text);
        assert_eq!(asides(&table), [""; 0], "{text}");
        assert_eq!(table.records(|_| false).count(), 3, "{text}");
    }
}

#[test]
fn footers_are_set_aside() {
    let table = read(
        "Owner,Name,Stage,Value\nAnn,Roof,Offer,5\nBo,Wall,Won,6\n\nOpen pipeline,,,\n\"Copyright (c) 2026 X, inc.\"\nGenerated By: Ann\n",
    );
    let note = "a note below the table";
    let want = [5, 6, 7].map(|line| format!("{line}: {note}"));
    assert_eq!(asides(&table), want);
    assert_eq!(table.records(|_| false).count(), 2);
}

#[test]
fn a_second_table_is_set_aside() {
    for second in [
        "\nContact,Phone,Email,Notes\nAnn,1,a@b.c,x\n",
        "Name,Stage,Value\nRoof,Offer,5\nWall,Won,6\n",
        "\nAlpha,Beta,Gamma,Delta\nx,y,5,7\n",
    ] {
        let table = read(&format!(
            "Name,Stage,Value,Close date\nRoof,Offer,5,2026-11-23\nWall,Won,6,2026-11-24\n{second}"
        ));
        assert_eq!(table.records(|_| false).count(), 2, "{second}");
        assert!(
            asides(&table)[0].ends_with("part of another table"),
            "{second}"
        );
    }
    // The same one once more would make every deal twice.
    let twice = "Name,Value\nRoof,5\nWall,6\n".repeat(2);
    let table = read(&twice);
    assert_eq!(records(&table), ["Roof|5", "Wall|6"]);
    assert_eq!(asides(&table).len(), 3);
}

#[test]
fn rows_with_too_many_or_too_few_cells_are_read_and_told() {
    let table = check(
        "name,stage,value\nRoof,Offer,5\nWall,Offer\nDoor,Offer,6,,x\nStep,Offer,7,,\n",
        &["name", "stage", "value"],
        &[
            "Roof|Offer|5",
            "Wall|Offer",
            "Door|Offer|6||x",
            "Step|Offer|7||",
        ],
    );
    let troubles: Vec<_> = table.troubles().iter().map(ToString::to_string).collect();
    assert_eq!(
        troubles,
        [
            "Line 3: the row has 2 of 3 cells; those that are missing are taken as empty.",
            "Line 4: the row has 5 cells and the table 3 columns; a delimiter may be too many, or a quote missing.",
        ]
    );
}

#[test]
fn the_files_of_the_field_are_tables_of_their_deals() {
    for (name, records, asides) in [
        ("full/18-sf-report-footer.csv", 6, 6),
        ("full/19-monday-groups.csv", 5, 4),
        ("full/20-livespace-cp1250.csv", 6, 0),
        ("full/21-zoho.csv", 7, 0),
        ("full/22-suitecrm.csv", 5, 0),
        ("full/24-copper.csv", 5, 0),
        ("full/25-freshsales.csv", 4, 0),
        ("full/28-espocrm.csv", 4, 0),
        ("full/31-excel-sheet.csv", 6, 1),
        ("full/31b-excel-plain.csv", 3, 1),
        ("full/32-pipe.csv", 3, 0),
        ("full/34-pipedrive-full.csv", 5, 0),
        ("small/m01-total.csv", 2, 1),
        ("small/m02-footer.csv", 1, 2),
        ("small/m03-cp1250.csv", 1, 0),
        ("small/m12-amounts.csv", 13, 0),
        ("small/m13-dates.csv", 15, 0),
        ("small/m14-stages.csv", 18, 0),
        ("small/m20-header-again.csv", 2, 1),
        ("small/m25-headerless.csv", 2, 0),
    ] {
        let Some(table) = field_file(name) else {
            continue;
        };
        let found = (table.records(|_| false).count(), table.asides().count());
        assert_eq!(found, (records, asides), "{name}");
        assert_eq!(
            table.header_line().is_none(),
            name.contains("headerless"),
            "{name}"
        );
        let is_polish = name.contains("cp1250");
        assert_eq!(
            table.code_page().label() == "windows-1250",
            is_polish,
            "{name}"
        );
    }
}
