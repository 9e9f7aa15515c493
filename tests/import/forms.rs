//! How columns and values are understood.

use pipewright::codec::csv::Clock;
use pipewright::codec::csv::dates::DateOrder;
use pipewright::codec::csv::deals::{Builder, ProcessPlan, StageMeaning, StatusMeaning, Target};
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::progress::CurrentStage;
use pipewright::domain::record::workspace::Record;
use pipewright::domain::value::id::IdSource;
use pipewright::domain::value::time::{Date, Moment};

use crate::support::{Account, TODAY};

const GENERATED: &str = "\
name,customer,segment,category,owner,value,process,stage,status,created,expected_close,closed,reason,source
Alphate - GTX Pro x1 #1,Alphate,retail,GTX Pro,Ann,4500.25,Active sales,Offer,Lost,2026-01-10,2026-05-01,2026-03-01,No budget,Referral
Beta - MG x2 #2,Beta,medical,MG,Ben,110.00,Offer inquiry,Inquiry received,Open,2026-02-10,2026-06-01,,,Web form
Gamma - GTX x9 #3,Gamma,retail,GTX,Ann,45000.00,Key accounts,Board approval,Won,2025-02-10,2025-06-01,2025-06-11,Price,
Gamma - GTX x8 #4,Gamma,retail,GTX,Ann,40000.00,Key accounts,Legal,Outdated,2025-02-10,2025-06-01,2025-06-12,Project cancelled,Partner
Beta - MG x1 #5,Beta,medical,MG,Ben,55.00,Active sales,Contact,Open,2026-02-11,2026-06-01,,,
Gamma - GTX x7 #6,Gamma,retail,GTX,Ann,41000.00,Key accounts,Map the organisation,Open,2025-02-10,2025-06-01,,,Partner
";

#[test]
fn a_process_column_makes_the_processes_it_names() {
    let mut account = Account::new();
    let outcome = account.import(GENERATED);
    assert_eq!(outcome.findings.errors, []);
    let new: Vec<_> = outcome
        .counts
        .new_processes
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(new, ["Active sales", "Offer inquiry", "Key accounts"]);
    assert_eq!(account.stages("Active sales"), ["Contact", "Offer"]);
    assert_eq!(
        account.stages("Key accounts"),
        ["Map the organisation", "Legal", "Board approval"]
    );
    assert_eq!(account.stages("Default").len(), 4);
    for (kind, name) in [
        (ListKind::ReasonsLost, "No budget"),
        (ListKind::ReasonsWon, "Price"),
        (ListKind::ReasonsOutdated, "Project cancelled"),
        (ListKind::Sources, "Partner"),
        (ListKind::Segments, "medical"),
    ] {
        assert!(account.entries(kind).contains(&name), "{name} in {kind:?}");
    }
    let lost = account.deal("Alphate - GTX Pro x1 #1");
    let closing = lost.closing.as_ref().unwrap();
    assert_eq!(
        (closing.outcome, closing.on),
        (Outcome::Lost, Date::constant(2026, 3, 1))
    );
    assert_eq!(lost.expected_close, Some(Date::constant(2026, 5, 1)));
    assert_eq!(account.stage_of(lost), "Offer");
    let stay = lost.progress[&lost.process].stays[0];
    assert_eq!(stay.left.unwrap().minutes_since(stay.entered), 50 * 24 * 60);
    let customer = &account.workspace.customers[&lost.customer.unwrap()];
    assert_eq!(
        account
            .workspace
            .entry_name(ListKind::Segments, customer.segment),
        "retail"
    );
}

#[test]
fn stages_that_are_known_go_to_their_process_and_the_others_are_added() {
    let mut account = Account::new();
    let file = "name,stage\nRoof,identify needs\nWall,Negotiation\nDoor,CONTACT\nGate,Won\n";
    let (table, matching) = account.propose(file);
    assert!(matches!(
        matching.processes[0].plan,
        ProcessPlan::Existing(_)
    ));
    account.import_by(table, matching);
    let want = [
        "Collect information",
        "Contact",
        "Identify needs",
        "Offer",
        "Negotiation",
    ];
    assert_eq!(account.stages("Default"), want);
    assert_eq!(account.stage_of(account.deal("Roof")), "Identify needs");
    assert_eq!(account.deal("Gate").outcome(), Some(Outcome::Won));
}

#[test]
fn every_match_can_be_changed() {
    let mut account = Account::new();
    let file =
        "a,b,c,d\nRoof,Hot,1.234,01/02/2020\nWall,Cold,5,01/02/2020\nGate,Gone,5,01/02/2020\n";
    let (table, mut matching) = account.propose(file);
    let workspace = account.workspace.clone();
    for (target, column) in [
        (Target::Name, 0),
        (Target::Stage, 1),
        (Target::Value, 2),
        (Target::Created, 3),
    ] {
        // The first column of texts stands in for the name.
        let proposed = (target == Target::Name).then_some(0);
        assert_eq!(matching.column(target), proposed);
        matching.set_target(column, Some(target), &table, &workspace);
    }
    let default = &workspace.processes[&workspace.default_process()];
    matching.set_plan(0, ProcessPlan::Existing(default.id), &workspace);
    for stage in &mut matching.processes[0].stages {
        stage.meaning = match stage.source.as_str() {
            "Hot" => StageMeaning::Existing(default.stages[3].id),
            "Cold" => StageMeaning::Existing(default.stages[0].id),
            _ => StageMeaning::Closed(Outcome::Outdated),
        };
    }
    let outcome = account.import_by(table, matching);
    assert_eq!(outcome.findings.errors, []);
    assert_eq!(account.stages("Default").len(), 4);
    let roof = account.deal("Roof");
    assert_eq!(account.stage_of(roof), "Offer");
    assert_eq!(roof.value.unwrap().minor(), 123_400);
    assert_eq!(roof.created, Date::constant(2020, 1, 2));
    assert_eq!(account.deal("Gate").outcome(), Some(Outcome::Outdated));
}

#[test]
fn a_status_column_of_stages_is_read_as_stages_and_the_other_way_round() {
    let mut account = Account::new();
    account.import("name,status\nRoof,Demo\nWall,Closed Lost\n");
    assert_eq!(account.stage_of(account.deal("Roof")), "Demo");
    assert_eq!(account.deal("Wall").outcome(), Some(Outcome::Lost));

    let mut account = Account::new();
    let (table, matching) = account.propose("name,stage\nRoof,Open\nWall,Won\n");
    assert_eq!(matching.statuses[0].meaning, StatusMeaning::Open);
    account.import_by(table, matching);
    let roof = account.deal("Roof");
    let process = &account.workspace.processes[&roof.process];
    assert_eq!(roof.current_stage(process), CurrentStage::Unknown);
    assert_eq!(account.workspace.processes.len(), 1);
}

#[test]
fn what_a_row_does_not_say_is_unknown_and_not_guessed() {
    let mut account = Account::new();
    account.import(
        "id,name,customer,product,stage,value\n1,,Acme,GTX,,\n2,,Acme,,Offer,0\n3,,,,Contact,\n",
    );
    let unknown = account.deal("Acme – GTX");
    let process = &account.workspace.processes[&unknown.process];
    assert_eq!(unknown.current_stage(process), CurrentStage::Unknown);
    assert_eq!((unknown.value, unknown.created), (None, TODAY));
    assert_eq!(account.deal("Acme").value.unwrap().minor(), 0);
    account.deal("Deal 3");
}

#[test]
fn a_close_date_is_expected_or_actual_by_the_status() {
    let mut account = Account::new();
    let file = "Deal Name;Close Date;Deal Stage;Amount;Create Date\n\
        Roof;20.12.2026;Offer;1.234,50 €;01.02.2020\n\
        Wall;20.12.2025;Closed Won;1 000;01.02.2020\n\
        Door;;Closed Lost;;01.02.2020\n";
    assert_eq!(account.import(file).findings.errors, []);
    let roof = account.deal("Roof");
    assert_eq!(roof.expected_close, Some(Date::constant(2026, 12, 20)));
    assert_eq!(roof.value.unwrap().minor(), 123_450);
    let on = |name: &str| account.deal(name).closing.as_ref().unwrap().on;
    assert_eq!(on("Wall"), Date::constant(2025, 12, 20));
    assert_eq!(account.deal("Wall").expected_close, None);
    assert_eq!(account.deal("Wall").value.unwrap().minor(), 100_000);
    assert_eq!(on("Door"), Date::constant(2020, 2, 1));
}

#[test]
fn a_column_of_unproven_dates_follows_one_that_is_proven() {
    let mut account = Account::new();
    account.import("name,created,expected_close\nRoof,03/04/2020,31/12/2026\n");
    assert_eq!(account.only().created, Date::constant(2020, 4, 3));
}

#[test]
fn who_writes_a_decimal_comma_writes_the_day_first() {
    let mut account = Account::new();
    account.import("name;value;created\nRoof;1.200,50;03/04/2026\n");
    assert_eq!(account.only().created, Date::constant(2026, 4, 3));
}

#[test]
fn an_order_that_a_column_can_not_have_is_not_followed() {
    let mut account = Account::new();
    account.import("name,created,expected_close\nRoof,2020-04-03,03/04/2026\n");
    let close = account.only().expected_close;
    assert_eq!(close, Some(Date::constant(2026, 3, 4)));
}

#[test]
fn dates_that_machines_write_say_nothing_of_those_that_people_write() {
    let mut account = Account::new();
    account.import(
        "Deal name,Created,Expected close,Next activity,Next activity date\n\
         Alpha,2026-01-15 09:00,25/06/2026,Call,03/04/2026\n",
    );
    let due = account.only().next_step.clone().unwrap().due;
    assert_eq!(due, Some(Date::constant(2026, 4, 3)));

    let mut account = Account::new();
    account.import(
        "Deal name,Created,Expected close\n\
         Alpha,2026-01-15,01/04/26\nBeta,2026-02-20,01/07/26\n",
    );
    let close = account.deal("Alpha").expected_close.unwrap();
    assert_eq!(close.year(), 2026);
}

#[test]
fn a_form_that_was_chosen_stays_when_another_column_changes() {
    let account = Account::new();
    let (table, mut matching) = account.propose("name,created,ref\nRoof,03/04/2020,5\n");
    let form = matching.dates.get_mut(&Target::Created).unwrap();
    form.order = DateOrder::DayFirst;
    matching.set_target(2, Some(Target::Value), &table, &account.workspace);
    let form = matching.dates[&Target::Created];
    assert_eq!(form.order, DateOrder::DayFirst);
}

#[test]
fn nothing_of_an_import_in_the_morning_lies_in_the_future() {
    let account = Account::new();
    let (table, matching) = account.propose("name,stage,status\nRoof,Offer,\nWall,Offer,Won\n");
    let clock = Clock {
        now: Moment::noon_of(TODAY).plus_minutes(-200),
        today: TODAY,
    };
    let ids = IdSource::starting_at(1 << 40);
    let outcome = Builder::new(table, matching, &account.workspace, clock, ids).finish();
    assert_eq!(outcome.counts.new, 2);
    for record in outcome.records {
        let Record::Deal(deal) = record else { continue };
        let stays = deal.progress.values().flat_map(|progress| &progress.stays);
        let mut moments = stays
            .flat_map(|stay| [Some(stay.entered), stay.left])
            .flatten();
        assert!(moments.all(|moment| moment <= clock.now));
        assert!(deal.touched <= clock.now);
    }
}

#[test]
fn chances_of_other_programs_may_be_fractions() {
    let mut account = Account::new();
    account.import("Deal Name,Deal probability\nRoof,0.25\nWall,1\n");
    let chance = |name: &str| {
        let deal = account.deal(name);
        deal.progress[&deal.process].chance.unwrap().permille()
    };
    assert_eq!((chance("Roof"), chance("Wall")), (250, 1000));
}

#[test]
fn a_chance_that_can_t_be_read_makes_no_fractions_of_a_column_into_percent() {
    for odd in ["High", "50%"] {
        let mut account = Account::new();
        account.import(&format!(
            "Deal,Stage,Probability\nRoof,Alpha,0.2\nWall,Beta,0.5\nDoor,Gamma,{odd}\n"
        ));
        let process = &account.workspace.processes[&account.deal("Roof").process];
        let chance = |name: &str| {
            let stages = &process.stages;
            let stage = stages.iter().find(|stage| stage.name.as_str() == name);
            stage.unwrap().chance.unwrap().permille()
        };
        assert_eq!((chance("Alpha"), chance("Beta")), (200, 500), "{odd}");
        assert!(odd == "High" || chance("Gamma") == 500, "{odd}");
    }
}

#[test]
fn a_column_of_nothing_but_percents_is_one_of_chances() {
    let mut account = Account::new();
    account.import(
        "Opportunity Name,Stage,Amount,Probability (%)\n\
         Alpha,Proposal,1000,75%\nBeta,Qualification,2000,10 %\n",
    );
    let process = &account.workspace.processes[&account.deal("Alpha").process];
    let stages = process.stages.iter();
    let chances = stages.map(|stage| (stage.name.to_string(), stage.chance.unwrap().permille()));
    assert_eq!(
        chances.collect::<Vec<_>>(),
        [
            ("Qualification".to_owned(), 100),
            ("Proposal".to_owned(), 750)
        ]
    );
}

#[test]
fn chances_become_those_of_the_stages_and_others_stand_as_typed() {
    let mut account = Account::new();
    account.import(
        "Deal,Stage,Probability,Status\n\
         Roof,Alpha,20,Open\nWall,Alpha,20,Open\nDoor,Alpha,60,Open\nGate,Alpha,100,Won\n\
         Step,Beta,42.27%,Open\nPath,Gamma,High,Open\n",
    );
    let process = &account.workspace.processes[&account.deal("Roof").process];
    let chances: Vec<_> = process
        .stages
        .iter()
        .map(|stage| stage.chance.unwrap().permille())
        .collect();
    // The median of the open ones; Gamma has none and keeps its even share.
    assert_eq!(chances, [200, 423, 750]);
    let typed = |name: &str| {
        let deal = account.deal(name);
        deal.progress[&deal.process]
            .chance
            .map(|chance| chance.permille())
    };
    let names = ["Roof", "Door", "Gate", "Step", "Path"];
    assert_eq!(names.map(typed), [None, Some(600), None, None, None]);
}

#[test]
fn the_stages_word_counts_before_the_status_and_flags_after_it() {
    let outcome = |file: &str| {
        let mut account = Account::new();
        account.import(file);
        account.only().outcome()
    };
    for (file, want) in [
        (
            "name,stage,status\nRoof,Closed Won,Closed\n",
            Some(Outcome::Won),
        ),
        (
            "name,stage,status\nRoof,Closed Lost,Open\n",
            Some(Outcome::Lost),
        ),
        ("name,stage,status\nRoof,Demo,Lost\n", Some(Outcome::Lost)),
        (
            "name,stage,IsClosed,IsWon\nRoof,Demo,true,true\n",
            Some(Outcome::Won),
        ),
        (
            "name,stage,IsClosed,IsWon\nRoof,Demo,true,false\n",
            Some(Outcome::Lost),
        ),
        ("name,stage,IsClosed,IsWon\nRoof,Demo,false,false\n", None),
        ("name,stage,status,IsWon\nRoof,Demo,Open,true\n", None),
        (
            "name,stage,won time\nRoof,Demo,2026-01-05\n",
            Some(Outcome::Won),
        ),
        (
            "name,stage,lost time,won time\nRoof,Demo,2026-01-05,\n",
            Some(Outcome::Lost),
        ),
        (
            "name,stage,active,lost reason\nRoof,Demo,False,Price\n",
            Some(Outcome::Lost),
        ),
        ("name,stage,close date\nRoof,Demo,2020-01-01\n", None),
    ] {
        assert_eq!(outcome(file), want, "{file}");
    }
}

#[test]
fn several_columns_may_serve_one_field() {
    let mut account = Account::new();
    let (table, mut matching) = account.propose("name,a,b\nRoof,2026-03-04,\nWall,,2026-03-05\n");
    for column in [1, 2] {
        matching.set_target(column, Some(Target::Created), &table, &account.workspace);
    }
    account.import_by(table, matching);
    assert_eq!(account.deal("Roof").created, Date::constant(2026, 3, 4));
    assert_eq!(account.deal("Wall").created, Date::constant(2026, 3, 5));
}

#[test]
fn a_person_stands_in_for_a_company_that_is_missing() {
    let mut account = Account::new();
    account.import("Deal,Organization,Contact person\nRoof,Acme,Ann Lee\nWall,,Bo Chen\n");
    let customer = |name: &str| account.workspace.customer_name(account.deal(name).customer);
    assert_eq!((customer("Roof"), customer("Wall")), ("Acme", "Bo Chen"));
}

#[test]
fn columns_that_look_like_something_and_serve_nothing_are_named() {
    let account = Account::new();
    let file = "Name,Margin,Kick-off,Approved by,Partner,Age\n\
        Roof,12.50,2026-01-05,Ann Lee,Acme Ltd,5\nWall,13.50,2026-02-05,Bo Chen,Beta GmbH,7\n";
    let (table, matching) = account.propose(file);
    let unused: Vec<_> = matching
        .unused(&table)
        .into_iter()
        .map(|(column, looks)| (table.header(column), looks.title()))
        .collect();
    let want = [
        ("Margin", "amounts"),
        ("Kick-off", "dates"),
        ("Approved by", "persons"),
        ("Partner", "companies"),
    ];
    assert!(
        unused
            .iter()
            .map(|(name, looks)| (name.as_str(), *looks))
            .eq(want),
        "{unused:?}"
    );
}
