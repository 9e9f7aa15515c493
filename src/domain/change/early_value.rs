//! Advice for the rules page: a value that rules ask for should be known early
//! (§4.7).

use crate::domain::record::process::{Process, Stage, SubStage};
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::IdSource;
use crate::domain::value::text::{MAX_NAME, Name, name_key};

/// The name of the sub-stage that the advice adds.
pub const ESTABLISH_VALUE: &str = "Establish the value";

/// Whether a rule depends on the value, and the default process has no
/// sub-stage in the first half of its stages that establishes it.
pub fn lacks_early_value(workspace: &Setup, rules: &[Rule]) -> bool {
    let default = workspace.processes.get(&workspace.default_process());
    rules.iter().any(Rule::asks_for_a_value)
        && default.is_some_and(|process| {
            let first = process.stages.iter().take(process.stages.len().div_ceil(2));
            !first
                .flat_map(|stage| &stage.sub_stages)
                .any(|sub| sub.establishes_value)
        })
}

/// The process with a sub-stage in its first stage that establishes the value.
/// It weighs nothing, so that no chance changes. Where the stage has a
/// sub-stage of that name, that one is marked instead; a process without
/// stages gets a first stage.
pub fn with_early_value(process: &Process, ids: &mut IdSource) -> Process {
    let mut process = process.clone();
    let name = |text| Name::clamped(text, MAX_NAME, text);
    if process.stages.is_empty() {
        process.stages.push(Stage {
            id: ids.fresh(),
            name: name("Identify needs"),
            hint: String::new(),
            chance: None,
            stale_after_days: None,
            sub_stages: Vec::new(),
        });
    }
    if let Some(first) = process.stages.first_mut() {
        let key = name_key(ESTABLISH_VALUE);
        let same = |sub: &&mut SubStage| sub.name.has_key(&key);
        match first.sub_stages.iter_mut().find(same) {
            Some(sub) => sub.establishes_value = true,
            None => first.sub_stages.push(SubStage {
                id: ids.fresh(),
                name: name(ESTABLISH_VALUE),
                hint: "A rough figure is enough to choose the right process.".to_owned(),
                weight: 0,
                required: false,
                note_required: false,
                establishes_value: true,
            }),
        }
    }
    process
}
