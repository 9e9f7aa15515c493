//! Next steps of files (§10.2): by the names that programs have for them.

use pipewright::codec::csv::deals::ExistingPolicy;
use pipewright::codec::csv::export::{COLUMNS, deals_csv};
use pipewright::domain::record::deal::What;
use pipewright::domain::value::time::Date;

use crate::support::Account;

#[test]
fn a_next_step_comes_in_by_the_names_that_programs_have_for_it() {
    for (words, due) in [
        ("Next step", "Next Activity Date"),
        ("NextStep", "Next Step Due Date"),
        ("Next Activity Summary", "Next Activity Deadline"),
        ("Deal - Next activity subject", "Deal - Next activity date"),
        ("Następny krok", "Data następnego kroku"),
        ("Nächster Schritt", "Wiedervorlage"),
        ("Prochaine étape", "Date de la prochaine étape"),
        ("Próxima actividad", "Fecha de la próxima actividad"),
        ("Próximo passo", "Data do próximo passo"),
        ("Prossimo passo", "Data del prossimo passo"),
        ("Volgende stap", "Datum volgende stap"),
        ("Следующий шаг", "Дата следующего шага"),
        ("Další krok", "Datum dalšího kroku"),
    ] {
        let file = format!("Deal name,Stage,{words},{due}\nTower,Talk,Call Ana,2026-12-24\n");
        let mut account = Account::new();
        account.import(&file);
        let step = account.only().next_step.clone();
        let step = step.unwrap_or_else(|| panic!("{words}, {due}"));
        assert_eq!(step.what.as_str(), "Call Ana");
        assert_eq!(step.due, Some(Date::constant(2026, 12, 24)), "{due}");
    }
}

#[test]
fn a_date_alone_is_of_a_step_and_a_step_of_a_closed_deal_is_told_and_left_out() {
    let long = "x".repeat(201);
    let file = format!(
        "name,status,next step,next step due\n\
         Dated,open,,31.12.2026\n\
         Empty,open,-,n/a\n\
         Long,open,{long},\n\
         Undated,open,Send the offer,tbd\n\
         Unread,open,Send the offer,soon\n\
         Won,won,Celebrate,31.12.2026\n\
         Lost,lost,,\n"
    );
    let mut account = Account::new();
    let outcome = account.import(&file);
    let step = |name: &str| {
        let mut deals = account.workspace.deals.values();
        let deal = deals.find(|deal| deal.name.as_str() == name).unwrap();
        let step = deal.next_step.as_ref();
        step.map(|step| (step.what.to_string(), step.due.map(|due| due.to_string())))
    };
    let step_of = |what: &str, due: Option<&str>| Some((what.to_owned(), due.map(str::to_owned)));
    assert_eq!(step("Dated"), step_of("Next step", Some("2026-12-31")));
    assert_eq!(step("Empty"), None);
    assert_eq!(step("Long"), step_of(&long[1..], None));
    assert_eq!(step("Undated"), step_of("Send the offer", None));
    assert_eq!(step("Unread"), step_of("Send the offer", None));
    assert_eq!((step("Won"), step("Lost")), (None, None));
    let findings = outcome.findings;
    assert_eq!(findings.steps_of_closed, 1);
    assert_eq!(findings.cut.count, 1);
    assert_eq!(findings.unread.len(), 1, "{:?}", findings.unread);
}

#[test]
fn an_update_fills_a_step_and_takes_it_away_from_what_is_closed() {
    let update = |account: &mut Account, file: &str, overwrite| {
        let (table, mut matching) = account.propose(file);
        matching.existing = ExistingPolicy::Update { overwrite };
        account.import_by(table, matching)
    };
    let what = |account: &Account| {
        let step = account.only().next_step.as_ref();
        step.map(|step| step.what.to_string())
    };
    let row =
        |step: &str, status: &str| format!("id,name,status,next step\n7,Tower,{status},{step}\n");
    let mut account = Account::new();
    account.import(&row("", "open"));
    assert_eq!(what(&account), None);
    update(&mut account, &row("Call", "open"), false);
    update(&mut account, &row("Write", "open"), false);
    assert_eq!(
        what(&account).as_deref(),
        Some("Call"),
        "it is there already"
    );
    update(&mut account, &row("Write", "open"), true);
    update(&mut account, &row("", "open"), true);
    assert_eq!(what(&account).as_deref(), Some("Write"));
    update(&mut account, &row("Pay", "won"), true);
    assert_eq!(what(&account), None);
    let history = &account.only().history;
    let dropped = |what: &What| matches!(what, What::NextStepDropped { step } if step.what.as_str() == "Write");
    assert!(
        history.iter().any(|event| dropped(&event.what)),
        "{history:?}"
    );
}

#[test]
fn an_export_of_a_version_without_next_steps_is_read_to_the_letter_still() {
    let earlier = COLUMNS
        .into_iter()
        .filter(|name| !name.starts_with("next_step"));
    let earlier: Vec<&str> = earlier.collect();
    // A word for nothing is a customer's name, as only an export has it.
    let file = format!("{}\nTower,n/a{}\n", earlier.join(","), ",".repeat(15));
    let mut account = Account::new();
    account.import(&file);
    let deal = account.only();
    assert_eq!(account.workspace.customer_name(deal.customer), "n/a");
    let now = deals_csv(&account.workspace, [deal].into_iter());
    assert!(
        now.contains(",chance,next_step,next_step_due,external_id\r\n"),
        "{now}"
    );
}
