//! What can go wrong, each told as one line that says what is missing and how
//! to get it.

use std::path::PathBuf;

/// The result of a command or of a step of one.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A program we need is not on this machine.
    #[error("{program} is missing: {remedy}")]
    Missing {
        /// The program or component.
        program: String,
        /// How to get it.
        remedy: String,
    },
    /// A program ran and reported a failure; it printed the details itself.
    #[error("{what} failed ({status}), see its messages above")]
    Failed {
        /// What the program was to do.
        what: String,
        /// Its exit status.
        status: String,
    },
    /// A file or folder could not be used.
    #[error("cannot {doing} {path}: {source}")]
    File {
        /// What was tried, as a verb.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another program listens on the port.
    #[error("port {0} of 127.0.0.1 is taken: stop what runs there, or choose another with --port")]
    PortTaken(u16),
    /// The server could not start for another reason.
    #[error("cannot serve on 127.0.0.1:{port}: {reason}")]
    Serve {
        /// The port asked for.
        port: u16,
        /// What the system said.
        reason: String,
    },
    /// A file of the project or of a dependency is not as we know it.
    #[error("{what} is not as expected: {detail}")]
    Unexpected {
        /// What was looked at.
        what: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A figure of the release has grown beyond what is allowed in passing.
    #[error(
        "{what} has grown to {now} bytes from {kept}: make it smaller, or keep the new figure with cargo xtask weigh --keep and say why in the commit"
    )]
    TooHeavy {
        /// What was weighed.
        what: &'static str,
        /// Its bytes.
        now: u64,
        /// Those that were kept.
        kept: u64,
    },
    /// A figure of the release is more than it may ever be.
    #[error("{what} is {now} bytes, and may be {bound}: make it smaller")]
    BeyondBound {
        /// What was weighed.
        what: &'static str,
        /// Its bytes.
        now: u64,
        /// How many it may be.
        bound: u64,
    },
    /// The command line could not be understood.
    #[error("{0} (cargo xtask help lists the commands)")]
    Usage(String),
}

impl Error {
    /// For `map_err`: an error about a file or folder.
    pub(crate) fn file(
        doing: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            doing,
            path,
            source,
        }
    }

    pub(crate) fn missing(program: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Missing {
            program: program.into(),
            remedy: remedy.into(),
        }
    }

    pub(crate) fn unexpected(what: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::Unexpected {
            what: what.into(),
            detail: detail.into(),
        }
    }
}
