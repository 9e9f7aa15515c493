//! Backups.

use pipewright::codec::backup::{read, write};
use pipewright::codec::csv::export::deals_csv;
use pipewright::codec::shelf::Space;
use pipewright::domain::change::command::Command;
use pipewright::store::memory::Memory;
use pipewright::store::saver::{Flush, Saver};

use crate::world::{look_at, new_account, now, run};

/// A file is refused, or everything in it comes in, is stored, loaded, shown,
/// and goes out again as it is.
pub fn backup(bytes: &[u8]) {
    let Ok(backup) = read(bytes) else {
        return;
    };
    let text = write(&backup.workspace, &backup.exported);
    assert_eq!(read(text.as_bytes()).as_ref(), Ok(&backup), "{text}");

    let port = Memory::new();
    let (mut account, mut saver, _) = Saver::load(&port, Space::Main, 7, new_account).unwrap();
    let restored = run(
        &mut account,
        Command::Restore(Box::new(backup.workspace.clone())),
    );
    saver.note(&restored.unwrap(), now().moment.0 * 60_000);
    assert_eq!(account, backup.workspace);
    assert_eq!(saver.flush_all(&account, &port), Flush::Done);
    let (loaded, _, report) = Saver::load(&port, Space::Main, 8, new_account).unwrap();
    assert_eq!(report.set_aside, []);
    assert_eq!(loaded, account);

    look_at(&account);
    deals_csv(&account, account.deals.values().map(|deal| &**deal));
}
