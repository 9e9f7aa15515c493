//! Commands on the short lists and the settings.

use std::sync::Arc;

use super::Edit;
use crate::domain::change::affected::of_entry;
use crate::domain::change::command::{Choice, Context, ListEdit};
use crate::domain::record::list::{Entry, ListKind};
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::{Record, Settings, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::EntryId;
use crate::domain::value::money::currency;
use crate::domain::value::text::{Name, counted};

/// The longest language tag that is kept, in characters.
const MAX_LOCALE: usize = 35;

impl Edit<'_> {
    pub(super) fn edit_list(
        &mut self,
        kind: ListKind,
        change: ListEdit,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        match change {
            ListEdit::Add(name) => {
                self.free_name(kind, &name, None)?;
                self.chosen_entry(kind, Choice::New(name), context)?;
                Ok(())
            }
            ListEdit::Rename(id, name) => {
                let name = self.free_name(kind, &name, Some(id))?;
                self.with_entry(kind, id, |entries, at| {
                    if let Some(entry) = entries.get_mut(at) {
                        entry.name = name;
                    }
                })
            }
            ListEdit::Delete(id) => {
                if let Some(deals) = uses(self.workspace, kind, id) {
                    let name = self
                        .workspace
                        .list(kind)
                        .get(id)
                        .map(|entry| entry.name.clone());
                    let name = name.ok_or(DomainError::Missing {
                        what: kind.singular(),
                    })?;
                    return Err(DomainError::InUse { name, deals });
                }
                if kind == ListKind::Owners && self.workspace.settings.me == Some(id) {
                    self.set_me(None)?;
                }
                self.free_views_of_entry(kind, id);
                self.delete_entry(kind, id)
            }
            ListEdit::Replace(id, by) => self.replace_entry(kind, id, by, context),
            ListEdit::Move(id, place) => self.with_entry(kind, id, |entries, at| {
                let entry = entries.remove(at);
                entries.insert(place.min(entries.len()), entry);
            }),
        }
    }

    /// Takes an entry that nothing uses out of its list.
    pub(super) fn delete_entry(&mut self, kind: ListKind, id: EntryId) -> Result<(), DomainError> {
        self.with_entry(kind, id, |entries, at| {
            entries.remove(at);
        })
    }

    /// The entry that was chosen, made where it is new.
    pub(super) fn chosen_entry(
        &mut self,
        kind: ListKind,
        choice: Choice<EntryId>,
        context: &mut Context<'_>,
    ) -> Result<Option<EntryId>, DomainError> {
        let list = self.workspace.list(kind);
        match choice {
            Choice::None => Ok(None),
            Choice::Existing(id) => match list.get(id) {
                Some(_) => Ok(Some(id)),
                None => Err(DomainError::Missing {
                    what: kind.singular(),
                }),
            },
            Choice::New(name) => {
                let name = Name::new(&name, kind.field())?;
                if let Some(entry) = list.find(name.as_str()) {
                    return Ok(Some(entry.id));
                }
                let id = context.ids.fresh();
                let entry = Entry { id, name };
                let mut list = list.clone();
                list.entries.push(entry);
                self.put_list(kind, list);
                Ok(Some(id))
            }
        }
    }

    pub(super) fn set_currency(&mut self, code: &str) -> Result<(), DomainError> {
        let new = currency(code).ok_or_else(|| DomainError::Currency {
            code: code.to_owned(),
        })?;
        let has_values = || {
            self.workspace
                .deals
                .values()
                .any(|deal| deal.value.is_some())
                || self.workspace.rules.iter().any(Rule::asks_for_a_value)
        };
        if new.decimals != self.workspace.currency().decimals && has_values() {
            return Err(DomainError::Decimals { to: new.code });
        }
        self.change_settings(|settings| settings.currency = new.code.to_owned());
        Ok(())
    }

    pub(super) fn set_locale(&mut self, locale: String) -> Result<(), DomainError> {
        if locale.chars().count() > MAX_LOCALE {
            return Err(DomainError::TooLong {
                what: FieldName::LanguageTag,
                most: MAX_LOCALE,
            });
        }
        self.change_settings(|settings| settings.locale = locale);
        Ok(())
    }

    pub(super) fn set_me(&mut self, owner: Option<EntryId>) -> Result<(), DomainError> {
        if owner.is_some_and(|id| self.workspace.list(ListKind::Owners).get(id).is_none()) {
            return Err(DomainError::Missing { what: "owner" });
        }
        self.change_settings(|settings| settings.me = owner);
        Ok(())
    }

    fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut settings = Settings::clone(&self.workspace.settings);
        change(&mut settings);
        self.put(Record::Settings(Arc::new(settings)));
    }

    /// The name, if no other entry of the list has it.
    fn free_name(
        &self,
        kind: ListKind,
        name: &str,
        of: Option<EntryId>,
    ) -> Result<Name, DomainError> {
        let name = Name::new(name, FieldName::Name)?;
        let mut others = self
            .workspace
            .list(kind)
            .entries
            .iter()
            .filter(|e| Some(e.id) != of);
        let key = name.key();
        if others.any(|entry| entry.name.has_key(&key)) {
            return Err(DomainError::NameTaken {
                what: kind.singular(),
                name,
            });
        }
        Ok(name)
    }

    fn with_entry(
        &mut self,
        kind: ListKind,
        id: EntryId,
        change: impl FnOnce(&mut Vec<Entry>, usize),
    ) -> Result<(), DomainError> {
        let mut list = self.workspace.list(kind).clone();
        let at = list.entries.iter().position(|entry| entry.id == id);
        let at = at.ok_or(DomainError::Missing {
            what: kind.singular(),
        })?;
        change(&mut list.entries, at);
        self.put_list(kind, list);
        Ok(())
    }
}

/// How many records use an entry of a list, for people; none when none does.
fn uses(workspace: &Workspace, kind: ListKind, id: EntryId) -> Option<String> {
    let used = of_entry(workspace, kind, id);
    let deals = (used.deals.deals(), "deal");
    let all = [(used.customers, "customer"), deals, (used.rules, "rule")];
    let (count, what) = all.into_iter().find(|(count, _)| *count > 0)?;
    Some(counted(count, what))
}
