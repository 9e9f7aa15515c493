//! What is typed into the form of a deal, what is wrong with it, and what it asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::change::command::{Choice, DealDraft};
use crate::domain::read::suggestion::TypedFacts;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::rule::Facts;
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::ProcessId;
use crate::domain::value::text::{Name, clean};
use crate::ui::app::{App, amount_text, typed_amount};
use crate::ui::deal::step_fields::{StepErrors, StepText};
use crate::ui::parts::DateText;
use crate::ui::prelude::*;

/// What is typed, as text.
#[derive(Clone, Copy)]
pub struct Fields {
    /// The name.
    pub name: RwSignal<String>,
    /// The customer's name.
    pub customer: RwSignal<String>,
    /// The segment of a new customer.
    pub segment: RwSignal<String>,
    /// The category.
    pub category: RwSignal<String>,
    /// The owner.
    pub owner: RwSignal<String>,
    /// The value.
    pub value: RwSignal<String>,
    /// The expected close.
    pub expected_close: DateText,
    /// The source.
    pub source: RwSignal<String>,
    /// The id of the process.
    pub process: RwSignal<String>,
    /// The notes.
    pub notes: RwSignal<String>,
    /// The next step.
    pub next_step: StepText,
    /// Ticks come along to another process.
    pub carry_over: RwSignal<bool>,
    /// Processes whose suggestion was dismissed.
    pub dismissed: RwSignal<BTreeSet<ProcessId>>,
}

impl Fields {
    /// Those of a new deal.
    pub fn blank(workspace: &Workspace) -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            name: empty(),
            customer: empty(),
            segment: empty(),
            category: empty(),
            owner: RwSignal::new(
                workspace
                    .entry_name(ListKind::Owners, workspace.settings.me)
                    .to_owned(),
            ),
            value: empty(),
            expected_close: DateText::new(None),
            source: empty(),
            process: RwSignal::new(workspace.default_process().to_string()),
            notes: empty(),
            next_step: StepText::of(None),
            carry_over: RwSignal::new(false),
            dismissed: RwSignal::default(),
        }
    }

    /// Those of a deal as it is.
    pub fn of(workspace: &Setup, deal: &Deal) -> Self {
        let entry = |kind, id| RwSignal::new(workspace.entry_name(kind, id).to_owned());
        Self {
            name: RwSignal::new(deal.name.to_string()),
            customer: RwSignal::new(workspace.customer_name(deal.customer).to_owned()),
            segment: RwSignal::new(String::new()),
            category: entry(ListKind::Categories, deal.category),
            owner: entry(ListKind::Owners, deal.owner),
            value: RwSignal::new(amount_text(workspace, deal.value)),
            expected_close: DateText::new(deal.expected_close),
            source: entry(ListKind::Sources, deal.source),
            process: RwSignal::new(deal.process.to_string()),
            notes: RwSignal::new(deal.notes.clone()),
            next_step: StepText::of(deal.next_step.as_ref()),
            carry_over: RwSignal::new(false),
            dismissed: RwSignal::new(deal.dismissed.clone()),
        }
    }

    /// What the rules look at, as it is typed.
    pub fn facts(self, workspace: &Setup) -> Facts {
        let texts = [self.customer, self.segment, self.category, self.owner];
        let [customer, segment, category, owner] = texts.map(|text| text.get());
        let value = typed_amount(workspace, &self.value.get()).ok().flatten();
        let typed = TypedFacts {
            customer: &customer,
            segment: &segment,
            category: &category,
            owner: &owner,
            value: value.map(|typed| typed.amount),
        };
        Facts::typed(workspace, typed)
    }

    /// All that can be typed, with its name: what is not among them is lost
    /// without a question. So every field is named, also what needs none.
    pub fn named(self) -> Vec<(&'static str, RwSignal<String>)> {
        let Self {
            name,
            customer,
            segment,
            category,
            owner,
            value,
            expected_close,
            source,
            process,
            notes,
            next_step,
            carry_over: _,
            dismissed: _,
        } = self;
        let [what, due] = next_step.named();
        vec![
            what,
            due,
            ("Name", name),
            ("Customer", customer),
            ("Segment", segment),
            ("Category", category),
            ("Owner", owner),
            ("Value", value),
            ("Expected close", expected_close.text),
            ("Source", source),
            ("Sales process", process),
            ("Notes", notes),
        ]
    }

    /// What stands in all the fields for a deal as it is saved.
    pub fn saved(workspace: &Setup, deal: &Deal) -> Vec<String> {
        let named = Self::of(workspace, deal).named();
        let texts = named.into_iter().map(|(_, text)| text.get_untracked());
        texts.collect()
    }
}

/// A field of the form, as what is wrong with it names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The name.
    Name,
    /// The customer.
    Customer,
    /// The segment.
    Segment,
    /// The value.
    Value,
    /// The expected close.
    ExpectedClose,
    /// The category.
    Category,
    /// The owner.
    Owner,
    /// The source.
    Source,
    /// The notes.
    Notes,
    /// What the next step is.
    NextStep,
    /// When it is due.
    Due,
    /// None of them: it is said above the fields.
    Form,
}

/// What is wrong, by field.
pub type Errors = BTreeMap<Spot, String>;

/// The field that an error is about.
pub fn spot_of(error: &DomainError) -> Spot {
    let what = match error {
        DomainError::Empty { what } | DomainError::TooLong { what, .. } => *what,
        DomainError::Date { .. } => return Spot::ExpectedClose,
        _ => return Spot::Form,
    };
    match what {
        FieldName::Name => Spot::Name,
        FieldName::CustomerName => Spot::Customer,
        FieldName::Segment => Spot::Segment,
        FieldName::Category => Spot::Category,
        FieldName::Owner => Spot::Owner,
        FieldName::Source => Spot::Source,
        FieldName::Notes => Spot::Notes,
        _ => Spot::Form,
    }
}

fn chosen<Id>(text: &str) -> Choice<Id> {
    let text = clean(text);
    if text.is_empty() {
        Choice::None
    } else {
        Choice::New(text)
    }
}

/// The deal that is asked for, or what is wrong with the fields. A closed one
/// takes no next step.
pub fn draft(
    app: App,
    fields: Fields,
    process: ProcessId,
    is_open: bool,
) -> Result<DealDraft, Errors> {
    let name = fields.name.get_untracked();
    let mut errors = Errors::new();
    let mut wrong = |spot: Spot, error: DomainError| {
        errors.insert(spot, error.to_string());
    };
    let value = untrack(|| app.typed_amount(&fields.value.get()));
    let value = value.unwrap_or_else(|error| {
        wrong(Spot::Value, error);
        None
    });
    let expected_close = fields.expected_close.read().unwrap_or_else(|error| {
        wrong(Spot::ExpectedClose, error);
        None
    });
    if let Err(error) = Name::title(&name, FieldName::Name) {
        wrong(Spot::Name, error);
    }
    let next_step = match fields.next_step {
        step if !is_open || step.is_blank() => None,
        step => step
            .read()
            .map_err(|StepErrors { what, due }| {
                errors.extend(what.map(|what| (Spot::NextStep, what)));
                errors.extend(due.map(|due| (Spot::Due, due)));
            })
            .ok(),
    };
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(DealDraft {
        name,
        customer: chosen(&fields.customer.get_untracked()),
        segment: chosen(&fields.segment.get_untracked()),
        category: chosen(&fields.category.get_untracked()),
        owner: chosen(&fields.owner.get_untracked()),
        value: value.map(|typed| typed.amount),
        expected_close,
        source: chosen(&fields.source.get_untracked()),
        process,
        notes: fields.notes.get_untracked(),
        next_step,
        carry_over: fields.carry_over.get_untracked(),
        dismissed: fields.dismissed.get_untracked(),
    })
}
