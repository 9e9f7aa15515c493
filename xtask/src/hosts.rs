//! The servers that docs/hosting has configurations for.

use std::path::PathBuf;

use crate::debian::install;
use crate::process::find_program;
use crate::{Error, Result, root};

/// A server that serves folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
}

impl Host {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Nginx, Self::Caddy];

    /// Its program.
    ///
    /// # Errors
    /// When it is not installed.
    pub fn program(self) -> Result<PathBuf> {
        let packages = self.packages().join(" ");
        let name = match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
        };
        find_program(name)
            .ok_or_else(|| Error::missing(name, format!("Debian: apt-get install {packages}")))
    }

    /// Its configuration, in the documentation.
    #[must_use]
    pub fn configuration(self) -> PathBuf {
        root().join("docs/hosting").join(match self {
            Self::Nginx => "nginx.conf",
            Self::Caddy => "Caddyfile",
        })
    }

    /// Makes sure of it: root on Debian gets it from the system's packages.
    ///
    /// # Errors
    /// When it is missing and can't be installed.
    pub fn ensure(self) -> Result<PathBuf> {
        self.program().or_else(|missing| {
            install(self.packages(), missing)?;
            self.program()
        })
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Nginx => &["nginx-light", "libnginx-mod-http-brotli-static"],
            Self::Caddy => &["caddy"],
        }
    }
}
