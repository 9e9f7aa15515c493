//! What a few typed letters find, as the palette offers it.

use pipewright::domain::change::command::{Choice, Command};
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{Filter, Tab};
use pipewright::domain::read::index::Index;

use crate::support::{World, draft};

/// Deals by name and customer.
fn world(deals: &[(&str, &str)]) -> World {
    let mut world = World::new();
    let process = world.workspace.default_process();
    for (name, customer) in deals {
        let mut form = draft(name, process);
        if !customer.is_empty() {
            form.customer = Choice::New((*customer).to_owned());
        }
        world.add(form);
    }
    world
}

/// The names of the deals that are offered, and how many are not.
fn deals(world: &World, typed: &str, most: usize) -> (Vec<String>, usize) {
    let index = Index::new(&world.workspace);
    let found = index.named_deals(&world.workspace, typed, Tab::Open, most, world.here());
    let filter = Filter {
        search: typed.to_owned(),
        ..Filter::default()
    };
    let sort = Sort::default();
    let listed = index.listed(&world.workspace, &filter, Tab::Open, sort, world.here());
    assert_eq!(found.ids.len() + found.more, listed.len(), "{typed}");
    let names = found.ids.iter().map(|id| world.deal(*id).name.to_string());
    (names.collect(), found.more)
}

fn customers(world: &World, typed: &str, most: usize) -> (Vec<String>, usize) {
    let index = Index::new(&world.workspace);
    let found = index.named_customers(&world.workspace, typed, most);
    let all = &world.workspace.customers;
    let names = found.ids.iter().map(|id| all[id].name.to_string());
    (names.collect(), found.more)
}

#[test]
fn deals_come_by_their_own_name_first_and_the_rest_is_counted() {
    let world = world(&[
        ("Oak chairs", ""),
        ("Tower", "Oak Ltd"),
        ("Harbour", "Oak Ltd"),
        ("Lamps", "Elm"),
    ]);
    assert_eq!(
        deals(&world, "oak", 5),
        (
            vec!["Oak chairs".into(), "Harbour".into(), "Tower".into()],
            0
        )
    );
    assert_eq!(
        deals(&world, "ÓAK", 2),
        (vec!["Oak chairs".into(), "Harbour".into()], 1)
    );
    assert_eq!(deals(&world, "oak harb", 5), (vec!["Harbour".into()], 0));
    assert_eq!(deals(&world, "pine", 5), (vec![], 0));
}

#[test]
fn customers_come_by_the_beginning_of_their_name_and_not_when_they_are_gone() {
    let mut world = world(&[
        ("a", "The Oak"),
        ("b", "Oak Ltd"),
        ("c", "Oak & Sons"),
        ("d", "Elm"),
    ]);
    assert_eq!(
        customers(&world, "oak", 5),
        (
            vec!["Oak & Sons".into(), "Oak Ltd".into(), "The Oak".into()],
            0
        )
    );
    assert_eq!(
        customers(&world, "oak", 2),
        (vec!["Oak & Sons".into(), "Oak Ltd".into()], 1)
    );
    let gone = world.workspace.customers.values();
    let gone = gone.filter(|customer| customer.name.as_str() == "Oak Ltd");
    let gone = gone.map(|customer| customer.id).collect();
    world.run(Command::DeleteCustomers(gone)).unwrap();
    assert_eq!(
        customers(&world, "oak", 2),
        (vec!["Oak & Sons".into(), "The Oak".into()], 0)
    );
}
