//! A process as a file, to be passed on: docs/process-file.md describes it.
//! It holds no ids, no deals, and nothing of the account.

use serde::{Deserialize, Serialize};

use crate::domain::change::draft::MAX_STALE_DAYS;
use crate::domain::record::process::{Color, Process, Stage, SubStage};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::IdSource;
use crate::domain::value::money::Chance;
use crate::domain::value::text::{Name, clean_lines};

/// What the file says it is.
const FORMAT: &str = "pipewright-process";
/// The version of the format this program writes.
const VERSION: u64 = 1;
/// The largest file that is read, in megabytes: no process comes near it.
pub const MAX_MEGABYTES: u64 = 2;
/// The most stages a process of a file may have, and sub-stages a stage.
const MOST: usize = 200;

/// Why a file can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProcessFileError {
    /// It is something else.
    #[error("This is no process saved by Pipewright.")]
    NotAProcess,
    /// A newer version of the program wrote it.
    #[error(
        "A newer version of Pipewright wrote this file (format {version}, this version reads up to {VERSION})."
    )]
    Newer {
        /// The version of the format.
        version: u64,
    },
    /// It can't be read.
    #[error("This file is damaged: line {line}, column {column}: {problem}.")]
    Damaged {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        problem: String,
    },
    /// It has more stages or sub-stages than anyone could work with.
    #[error("This process is too large: at most {MOST} stages, with {MOST} sub-stages each.")]
    TooMany,
    /// The process breaks a rule.
    #[error("This process can't be used. {0}")]
    Process(#[from] DomainError),
}

/// The fields that are read before anything else.
#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u64>,
}

#[derive(Serialize, Deserialize)]
struct File {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u64,
    process: ProcessPart,
}

#[derive(Serialize, Deserialize)]
struct ProcessPart {
    name: String,
    #[serde(default)]
    color: u8,
    #[serde(default)]
    stages: Vec<StagePart>,
}

#[derive(Serialize, Deserialize)]
struct StagePart {
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    hint: String,
    /// In percent, as a person types it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    chance_on_reaching: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stale_after_days: Option<u16>,
    #[serde(default)]
    sub_stages: Vec<SubStagePart>,
}

#[derive(Serialize, Deserialize)]
struct SubStagePart {
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    hint: String,
    #[serde(default)]
    weight: u8,
    #[serde(default)]
    required_to_win: bool,
    #[serde(default)]
    note_required: bool,
    #[serde(default)]
    establishes_value: bool,
}

/// The text of the file.
pub fn write(process: &Process) -> String {
    let sub_stage = |sub: &SubStage| SubStagePart {
        name: sub.name.to_string(),
        hint: sub.hint.clone(),
        weight: sub.weight,
        required_to_win: sub.required,
        note_required: sub.note_required,
        establishes_value: sub.establishes_value,
    };
    let stage = |stage: &Stage| StagePart {
        name: stage.name.to_string(),
        hint: stage.hint.clone(),
        chance_on_reaching: stage.chance.map(Chance::to_plain).unwrap_or_default(),
        stale_after_days: stage.stale_after_days,
        sub_stages: stage.sub_stages.iter().map(sub_stage).collect(),
    };
    let file = File {
        format: FORMAT.to_owned(),
        version: VERSION,
        process: ProcessPart {
            name: process.name.to_string(),
            color: process.color.0,
            stages: process.stages.iter().map(stage).collect(),
        },
    };
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// A name for the file, of letters, digits and hyphens.
pub fn file_name(process: &Process) -> String {
    let name = process.name.as_str().to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name = if words.is_empty() {
        "process".to_owned()
    } else {
        words.join("-")
    };
    format!("{name}.pipewright-process.json")
}

/// Reads and checks a file; the process gets ids of its own.
///
/// # Errors
/// It is no process, damaged, of a newer version, or breaks a rule.
pub fn read(file: &[u8], ids: &mut IdSource) -> Result<Process, ProcessFileError> {
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    let head: Head = serde_json::from_slice(file).map_err(|error| {
        // A file is only called damaged if it says that it is a process.
        let start = file.get(..200).unwrap_or(file);
        let mut parts = start.windows(FORMAT.len());
        if parts.any(|part| part == FORMAT.as_bytes()) {
            damaged(&error)
        } else {
            ProcessFileError::NotAProcess
        }
    })?;
    if head.format.as_deref() != Some(FORMAT) {
        return Err(ProcessFileError::NotAProcess);
    }
    match head.version {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(ProcessFileError::Newer { version }),
        _ => return Err(ProcessFileError::NotAProcess),
    }
    let file: File = serde_json::from_slice(file).map_err(|error| damaged(&error))?;
    let ProcessPart {
        name,
        color,
        stages,
    } = file.process;
    let crowded = |stage: &StagePart| stage.sub_stages.len() > MOST;
    if stages.len() > MOST || stages.iter().any(crowded) {
        return Err(ProcessFileError::TooMany);
    }
    let stages = stages.into_iter().map(|part| stage(part, ids));
    let process = Process {
        name: Name::new(&name, FieldName::ProcessName)?,
        color: Color(color % Color::COUNT),
        archived: false,
        stages: stages.collect::<Result<_, _>>()?,
        id: ids.fresh(),
    };
    process.check()?;
    Ok(process)
}

fn stage(part: StagePart, ids: &mut IdSource) -> Result<Stage, DomainError> {
    let chance = part.chance_on_reaching.trim();
    let invalid = |problem| DomainError::Invalid {
        record: format!("The stage “{}”", part.name),
        problem,
    };
    let parsed = Chance::parse_percent(chance);
    if parsed.is_none() && !chance.is_empty() {
        return Err(invalid("has a chance that is not from 0 to 100"));
    }
    if part
        .stale_after_days
        .is_some_and(|days| days == 0 || days > MAX_STALE_DAYS)
    {
        return Err(invalid("is stale after a number of days that can't be"));
    }
    let subs = part.sub_stages.into_iter().map(|sub| {
        Ok(SubStage {
            id: ids.fresh(),
            name: Name::new(&sub.name, FieldName::SubStageName)?,
            hint: hint(&sub.hint)?,
            weight: sub.weight,
            required: sub.required_to_win,
            note_required: sub.note_required,
            establishes_value: sub.establishes_value,
        })
    });
    let sub_stages = subs.collect::<Result<_, DomainError>>()?;
    Ok(Stage {
        name: Name::new(&part.name, FieldName::StageName)?,
        hint: hint(&part.hint)?,
        chance: parsed,
        stale_after_days: part.stale_after_days,
        sub_stages,
        id: ids.fresh(),
    })
}

fn hint(text: &str) -> Result<String, DomainError> {
    clean_lines(
        text,
        crate::domain::record::process::MAX_HINT,
        FieldName::AnyHint,
    )
}

fn damaged(error: &serde_json::Error) -> ProcessFileError {
    // serde_json ends its messages with the place, which stands in front here.
    let text = error.to_string();
    let problem = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(problem, _)| problem);
    ProcessFileError::Damaged {
        line: error.line(),
        column: error.column(),
        problem: problem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::start::templates::Template;

    fn refusal(text: &str) -> String {
        let read = read(text.as_bytes(), &mut IdSource::starting_at(1));
        read.unwrap_err().to_string()
    }

    #[test]
    fn a_process_comes_back_as_it_was_with_ids_of_its_own() {
        let mut ids = IdSource::starting_at(1);
        for template in Template::ALL {
            let process = template.process(&mut ids);
            let text = write(&process);
            let back = read(text.as_bytes(), &mut ids).unwrap();
            assert_eq!(write(&back), text);
            assert_ne!(back.id, process.id);
            assert_eq!(back.total_weight(), process.total_weight());
            assert_eq!(back.stages.len(), process.stages.len());
        }
    }

    #[test]
    fn what_is_no_process_is_refused_in_words() {
        for text in [
            "",
            "{}",
            "[1]",
            "name,value",
            "{\"format\":\"pipewright-backup\"}",
        ] {
            assert_eq!(refusal(text), "This is no process saved by Pipewright.");
        }
        let file = |version: u32, process: &str| {
            format!(r#"{{"format":"pipewright-process","version":{version},"process":{process}}}"#)
        };
        assert!(refusal(&file(2, "{}")).starts_with("A newer version"));
        assert!(refusal(&file(1, "{}")).contains("missing field `name`"));
        assert!(refusal(&file(1, "{").replace('}', "")).contains("damaged: line 1"));
        let twice = r#"{"name":"P","stages":[{"name":"S"},{"name":"s"}]}"#;
        assert!(refusal(&file(1, twice)).contains("already a stage named “s”"));
        let heavy =
            r#"{"name":"P","stages":[{"name":"S","sub_stages":[{"name":"x","weight":101}]}]}"#;
        assert!(refusal(&file(1, heavy)).contains("from 0 to 100"));
        let stale = r#"{"name":"P","stages":[{"name":"S","stale_after_days":0}]}"#;
        assert!(refusal(&file(1, stale)).contains("number of days"));
    }

    #[test]
    fn the_file_is_named_after_the_process() {
        let mut process = Template::ALL[0].process(&mut IdSource::starting_at(1));
        process.name = Name::new("Große / Kunden: 2026!", FieldName::Name).unwrap();
        assert_eq!(
            file_name(&process),
            "große-kunden-2026.pipewright-process.json"
        );
        process.name = Name::new("☎️", FieldName::Name).unwrap();
        assert_eq!(file_name(&process), "process.pipewright-process.json");
    }
}
