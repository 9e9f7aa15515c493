//! Deals, customers, lists and settings as records (§5, §8, §9, §11), by example.

use pipewright::domain::change::command::{Choice, Command, CustomerDraft, DealDraft, ListEdit};
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::value::money::Money;
use pipewright::domain::value::time::Date;

use crate::support::desk::Desk;
use crate::support::{World, draft, form_of};

fn refusal(world: &mut World, command: Command) -> String {
    world.run(command).unwrap_err().to_string()
}

fn customer(name: &str) -> CustomerDraft {
    CustomerDraft {
        name: name.to_owned(),
        ..CustomerDraft::default()
    }
}

#[test]
fn a_duplicate_has_no_progress() {
    let mut desk = Desk::after(
        "P: S[a10] T[b90]\nQ: X[x1]",
        "to Q; to P; tick b; chance 5; lost",
    );
    desk.world.run(Command::DuplicateDeal(desk.id)).unwrap();
    desk.id = desk.world.deal_named("Deal (copy)").id;
    assert_eq!(desk.state(), "S 0%");
    assert_eq!(desk.deal().progress.len(), 1);
    assert_eq!(desk.deal().created, desk.world.today());
}

#[test]
fn a_deleted_customer_leaves_its_deals() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    let form = DealDraft {
        customer: Choice::New("Acorn".into()),
        ..draft("Deal", process)
    };
    let deal = world.add(form);
    let id = world.deal(deal).customer.unwrap();
    world.run(Command::DeleteCustomers([id].into())).unwrap();
    assert_eq!(
        (world.deal(deal).customer, world.workspace.customers.len()),
        (None, 0)
    );
}

#[test]
fn customers_are_matched_without_regard_to_case_and_runs_of_spaces() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    for (deal, customer) in [
        ("A", "Acorn Mills"),
        ("B", "  acorn  MILLS "),
        ("C", "ACORN\u{a0}\tMills"),
    ] {
        let customer = Choice::New(customer.to_owned());
        world.add(DealDraft {
            customer,
            ..draft(deal, process)
        });
    }
    assert_eq!(world.workspace.customers.len(), 1);
    let refused = refusal(&mut world, Command::AddCustomer(customer("acorn mills")));
    assert_eq!(refused, "There is already a customer named “acorn mills”.");
}

#[test]
fn an_entry_typed_anew_is_found_however_it_is_spaced() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    for (deal, category) in [
        ("A", "Spare parts"),
        ("B", " spare  PARTS "),
        ("C", "Spare\tparts"),
    ] {
        let category = Choice::New(category.to_owned());
        world.add(DealDraft {
            category,
            ..draft(deal, process)
        });
    }
    assert_eq!(world.workspace.list(ListKind::Categories).entries.len(), 1);
}

#[test]
fn the_segment_of_a_new_customer_is_kept() {
    let mut world = World::new();
    let form = DealDraft {
        customer: Choice::New("Acorn".into()),
        segment: Choice::New("Industry".into()),
        ..draft("Deal", world.workspace.default_process())
    };
    let deal = world.add(form);
    let segment = world.workspace.segment_of(world.deal(deal));
    assert_eq!(
        world.workspace.entry_name(ListKind::Segments, segment),
        "Industry"
    );
}

#[test]
fn entries_that_records_use_can_not_be_deleted() {
    let mut desk = Desk::after("P: S[a10]", "lost");
    let reason = desk.deal().closing.as_ref().unwrap().reason.unwrap();
    let owner = desk.world.entry(ListKind::Owners, "Ann");
    let form = DealDraft {
        owner: Choice::Existing(owner),
        ..form_of(desk.deal())
    };
    desk.world.run(Command::EditDeal(desk.id, form)).unwrap();
    for (kind, id) in [(Outcome::Lost.reasons(), reason), (ListKind::Owners, owner)] {
        let refused = refusal(
            &mut desk.world,
            Command::EditList(kind, ListEdit::Delete(id)),
        );
        assert!(
            refused.ends_with("can't be deleted: it is used by 1 deal."),
            "{refused}"
        );
    }
    desk.world
        .run(Command::DeleteDeals([desk.id].into()))
        .unwrap();
    desk.world
        .run(Command::EditList(ListKind::Owners, ListEdit::Delete(owner)))
        .unwrap();
}

#[test]
fn who_i_am_goes_with_the_owner() {
    let mut world = World::new();
    let ann = world.entry(ListKind::Owners, "Ann");
    world.run(Command::SetMe(Some(ann))).unwrap();
    world
        .run(Command::EditList(ListKind::Owners, ListEdit::Delete(ann)))
        .unwrap();
    assert_eq!(world.workspace.settings.me, None);
    assert_eq!(
        refusal(&mut world, Command::SetMe(Some(ann))),
        "This owner is not there any more."
    );
}

#[test]
fn the_currency_changes_where_the_decimals_are_the_same() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    world.add(draft("Unknown value", process));
    for code in ["JPY", "EUR", "USD"] {
        world.run(Command::SetCurrency(code.into())).unwrap();
    }
    let value = Money::from_minor(0);
    world.add(DealDraft {
        value,
        ..draft("Nought", process)
    });
    world.run(Command::SetCurrency("GBP".into())).unwrap();
    let refused = refusal(&mut world, Command::SetCurrency("JPY".into()));
    let words = "The currency can't be changed to JPY: it has another number of decimals, \
                 and there are deals or rules with values.";
    assert_eq!(refused, words);
    let refused = refusal(&mut world, Command::SetCurrency("XXX".into()));
    assert_eq!(refused, "“XXX” is no currency that can be chosen.");
}

#[test]
fn a_refused_form_says_which_field() {
    let mut world = World::new();
    let blank = draft(" \t ", world.workspace.default_process());
    assert_eq!(
        refusal(&mut world, Command::AddDeal(blank.clone())),
        "The name is missing."
    );
    let long = DealDraft {
        name: "é".repeat(201),
        ..blank.clone()
    };
    let words = "The name is too long: at most 200 characters.";
    assert_eq!(refusal(&mut world, Command::AddDeal(long)), words);
    let far = Some(Date::constant(3000, 1, 1));
    let far = DealDraft {
        name: "Far".into(),
        expected_close: far,
        ..blank
    };
    let words = "The expected close must be a date between 1900 and 2999.";
    assert_eq!(refusal(&mut world, Command::AddDeal(far)), words);
}

#[test]
fn a_new_view_of_the_same_name_takes_the_old_ones_place() {
    let mut world = World::new();
    for (name, address) in [
        ("Mine", "#/deals/open?owner=1"),
        ("MINE", "#/deals/open?owner=2"),
    ] {
        let (name, address) = (name.to_owned(), address.to_owned());
        world.run(Command::SaveView { name, address }).unwrap();
    }
    let views: Vec<_> = world
        .workspace
        .views
        .iter()
        .map(|view| view.address.as_str())
        .collect();
    assert_eq!(views, ["#/deals/open?owner=2"]);
}

#[test]
fn an_edit_that_changes_nothing_is_no_step() {
    let mut desk = Desk::after("P: S[a10]", "tick a; wait 60");
    let form = form_of(desk.deal());
    assert!(
        desk.world
            .run(Command::EditDeal(desk.id, form))
            .unwrap()
            .is_empty()
    );
    let stage = desk.stage("S");
    let again = Command::MoveToStage {
        deals: [desk.id].into(),
        stage,
    };
    assert!(desk.world.run(again).unwrap().is_empty());
}

#[test]
fn steps_are_named_for_undo() {
    let desk = Desk::after("P: S[a10]", "");
    let deals = std::collections::BTreeSet::from([desk.id]);
    let won = Command::Close {
        deals,
        closing: desk.closing(Outcome::Won),
    };
    assert_eq!(won.name(), "Mark as won");
    assert_eq!(Command::DeleteDeals([desk.id].into()).name(), "Delete deal");
}
