//! What an account starts with, and the processes a new one can start from.

mod written;

#[rustfmt::skip]
mod tables;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::record::list::{Entry, List, ListKind};
use crate::domain::record::note::Notes;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::{ProcessOrder, Settings, Setup, Workspace};
use crate::domain::value::id::IdSource;
use written::{WrittenProcess, name};

/// An account as a new visitor finds it: one process named *Default*, short
/// lists of sources and closing reasons, nothing else (§2.1).
pub fn new_workspace(ids: &mut IdSource) -> Workspace {
    let process = tables::DEFAULT.process(ids);
    let lists = ListKind::ALL.map(|kind| {
        let entries = tables::entries(kind).iter();
        let entries = entries
            .map(|text| Entry {
                id: ids.fresh(),
                name: name(text),
            })
            .collect();
        (kind, Arc::new(List { entries }))
    });
    Workspace {
        setup: Setup {
            settings: Arc::new(Settings {
                currency: "EUR".into(),
                locale: String::new(),
                me: None,
            }),
            order: Arc::new(ProcessOrder {
                default: process.id,
                order: vec![process.id],
            }),
            lists: BTreeMap::from(lists),
            views: Arc::default(),
            rules: Arc::default(),
            processes: BTreeMap::from([(process.id, Arc::new(process))]),
            customers: BTreeMap::new(),
        },
        deals: BTreeMap::new(),
        notes: Notes::default(),
    }
}

/// A ready-made process that a new one can start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Template {
    /// The seller makes the first step.
    ActiveSales,
    /// The customer asks for an offer.
    OfferInquiry,
    /// Few, large customers with many people to win.
    KeyAccounts,
    /// A check list for deals that many people decide on.
    Meddic,
    /// A running contract is to be continued.
    Renewal,
}

impl Template {
    /// Every template, in the order they are offered.
    pub const ALL: [Template; 5] = [
        Self::ActiveSales,
        Self::OfferInquiry,
        Self::KeyAccounts,
        Self::Meddic,
        Self::Renewal,
    ];

    /// The name, which its process bears too.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// When to choose it, in one sentence.
    pub fn summary(self) -> &'static str {
        self.row().summary
    }

    /// A new process made from it.
    pub fn process(self, ids: &mut IdSource) -> Process {
        self.row().process(ids)
    }

    fn row(self) -> &'static WrittenProcess {
        match self {
            Self::ActiveSales => &tables::ACTIVE_SALES,
            Self::OfferInquiry => &tables::OFFER_INQUIRY,
            Self::KeyAccounts => &tables::KEY_ACCOUNTS,
            Self::Meddic => &tables::MEDDIC,
            Self::Renewal => &tables::RENEWAL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_processes() -> Vec<Process> {
        let mut ids = IdSource::starting_at(1);
        let first = new_workspace(&mut ids);
        let first = first
            .processes
            .values()
            .map(|process| process.as_ref().clone());
        first
            .chain(Template::ALL.map(|template| template.process(&mut ids)))
            .collect()
    }

    #[test]
    fn weights_add_up_to_a_hundred() {
        for process in all_processes() {
            assert_eq!(process.total_weight(), 100, "{}", process.name);
            assert_eq!(process.check(), Ok(()), "{}", process.name);
        }
    }

    #[test]
    fn every_process_establishes_the_value_in_its_first_half() {
        for process in all_processes() {
            let marks: Vec<_> = process
                .sub_stages()
                .map(|(_, sub)| sub.establishes_value)
                .collect();
            let first = marks.iter().position(|mark| *mark).unwrap();
            assert!(first < marks.len().div_ceil(2), "{}: {first}", process.name);
        }
    }

    #[test]
    fn every_template_says_what_it_is_for() {
        let mut ids = IdSource::starting_at(1);
        for template in Template::ALL {
            assert_eq!(template.process(&mut ids).name.as_str(), template.name());
            assert!(template.summary().ends_with('.'), "{template:?}");
            assert!(
                template
                    .process(&mut ids)
                    .sub_stages()
                    .any(|(_, sub)| sub.required)
            );
        }
    }

    #[test]
    fn a_new_account_has_one_process_and_no_data() {
        let workspace = new_workspace(&mut IdSource::starting_at(7));
        assert!(workspace.is_unused());
        let process = &workspace.processes[&workspace.default_process()];
        assert_eq!(process.name.as_str(), "Default");
        let stages: Vec<_> = process
            .stages
            .iter()
            .map(|stage| stage.name.as_str())
            .collect();
        assert_eq!(
            stages,
            ["Collect information", "Contact", "Identify needs", "Offer"]
        );
        for kind in ListKind::ALL {
            let users_own = matches!(
                kind,
                ListKind::Segments | ListKind::Categories | ListKind::Owners
            );
            assert_eq!(
                workspace.list(kind).entries.is_empty(),
                users_own,
                "{}",
                kind.title()
            );
        }
    }
}
