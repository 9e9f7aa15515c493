//! Process files.

use pipewright::codec::process_file::{file_name, read, write};
use pipewright::domain::change::command::Command;
use pipewright::domain::value::error::DomainError;

use crate::world::{ids, look_at, new_account, run};

/// A file is refused, or is a process that can be saved, and passed on as it is.
pub fn process(bytes: &[u8]) {
    let Ok(process) = read(bytes, &mut ids()) else {
        return;
    };
    let text = write(&process);
    let again = read(text.as_bytes(), &mut ids());
    assert_eq!(again.as_ref(), Ok(&process), "{text}");
    assert!(file_name(&process).ends_with(".pipewright-process.json"));
    let mut account = new_account();
    match run(&mut account, Command::SaveProcess(process)) {
        Ok(_) => look_at(&account),
        Err(DomainError::NameTaken { .. }) => {}
        Err(error) => panic!("{error}: {text}"),
    }
}
