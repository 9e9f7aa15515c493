//! Where the browser tests find their browsers and the drivers of these.

use std::env;
use std::fmt;
use std::path::PathBuf;

use crate::debian::install;
use crate::process::find_program;
use crate::tools;
use crate::{Error, Result};

/// The variable that says which browser the harness runs in.
pub const VARIABLE: &str = "PIPEWRIGHT_BROWSER";

/// A browser that the tests can run in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Browser {
    /// Chromium by chromedriver.
    #[default]
    Chromium,
    /// Firefox by geckodriver.
    Firefox,
    /// The small browser that comes with WebKitGTK, by WebKitWebDriver.
    WebKit,
}

/// A browser and the program that drives it by WebDriver.
#[derive(Clone, Debug)]
pub struct Installed {
    /// The browser's program.
    pub browser: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
}

impl Browser {
    /// All of them; the first is the one that the whole suite must pass in.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The one that [`VARIABLE`] names; Chromium if it names none.
    ///
    /// # Errors
    /// When it names one that is not known.
    pub fn chosen() -> Result<Self> {
        env::var(VARIABLE).map_or(Ok(Self::default()), |name| Self::named(&name))
    }

    /// The one of this name, in whatever case.
    ///
    /// # Errors
    /// When there is none.
    pub fn named(name: &str) -> Result<Self> {
        let is_it = |browser: &Self| browser.to_string().eq_ignore_ascii_case(name);
        let unknown = || {
            Error::Usage(format!(
                "{name} is none of chromium, firefox and webkit, which the tests run in"
            ))
        };
        Self::ALL.into_iter().find(is_it).ok_or_else(unknown)
    }

    /// Where it is installed. Variables name programs outside the path.
    ///
    /// # Errors
    /// When a part of it is missing.
    pub fn find(self) -> Result<Installed> {
        let missing = |program| Error::missing(program, self.remedy());
        match self {
            Self::Chromium => {
                let names = [
                    // Without windows of its own it takes half of the time.
                    "chromium-headless-shell",
                    "chrome-headless-shell",
                    "chromium",
                    "chromium-browser",
                    "google-chrome",
                    "google-chrome-stable",
                ];
                let drivers = ["chromedriver", "chromium.chromedriver"];
                Ok(Installed {
                    browser: given("CHROMIUM", &names).ok_or_else(|| missing("chromium"))?,
                    driver: given("CHROMEDRIVER", &drivers)
                        .ok_or_else(|| missing("chromedriver"))?,
                })
            }
            Self::Firefox => Ok(Installed {
                browser: given("FIREFOX", &["firefox-esr", "firefox"])
                    .ok_or_else(|| missing("firefox"))?,
                driver: given("GECKODRIVER", &["geckodriver"])
                    .or_else(tools::geckodriver)
                    .ok_or_else(|| missing("geckodriver"))?,
            }),
            Self::WebKit => {
                find_program("Xvfb").ok_or_else(|| missing("Xvfb"))?;
                Ok(Installed {
                    browser: given("MINIBROWSER", &[])
                        .or_else(mini_browser)
                        .ok_or_else(|| missing("MiniBrowser"))?,
                    driver: given("WEBKITWEBDRIVER", &["WebKitWebDriver"])
                        .ok_or_else(|| missing("WebKitWebDriver"))?,
                })
            }
        }
    }

    /// Makes sure of it: root on Debian gets it from the system's packages.
    ///
    /// # Errors
    /// When it is missing and can't be installed.
    pub fn ensure(self) -> Result<Installed> {
        if self == Self::Firefox && given("GECKODRIVER", &["geckodriver"]).is_none() {
            // Without Firefox its driver is not worth its minutes.
            if given("FIREFOX", &["firefox-esr", "firefox"]).is_none() {
                self.install(Error::missing("firefox", self.remedy()))?;
            }
            tools::ensure_geckodriver()?;
        }
        match self.find() {
            Ok(installed) => Ok(installed),
            Err(missing) => {
                self.install(missing)?;
                self.find()
            }
        }
    }

    /// Installs Debian's packages of it.
    fn install(self, missing: Error) -> Result<()> {
        // Without any font the pages of a bare machine would have no text to look at.
        let with_fonts = |packages: &[&str], missing| {
            install(&[packages, &["fonts-liberation"]].concat(), missing)
        };
        match self {
            Self::Chromium => {
                let light = ["chromium-headless-shell", "chromium-driver"];
                // Not every release of Debian has it without windows.
                with_fonts(&light, Error::missing("chromium", self.remedy()))
                    .or_else(|_| with_fonts(&["chromium", "chromium-driver"], missing))
            }
            Self::Firefox => with_fonts(&["firefox-esr"], missing),
            Self::WebKit => with_fonts(&["webkit2gtk-driver", "xvfb"], missing),
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::Chromium => {
                "install Chromium and its driver of the same version \
                (Debian: apt-get install chromium-headless-shell chromium-driver), or name them in CHROMIUM and CHROMEDRIVER"
            }
            Self::Firefox => {
                "install Firefox (Debian: apt-get install firefox-esr), or name it in FIREFOX, \
                and geckodriver (cargo install geckodriver), or name it in GECKODRIVER"
            }
            Self::WebKit => {
                "install WebKitGTK with its driver and Xvfb (Debian: apt-get install webkit2gtk-driver xvfb), \
                or name its programs in MINIBROWSER and WEBKITWEBDRIVER"
            }
        }
    }
}

impl fmt::Display for Browser {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}

/// The browser that belongs to WebKitGTK's library and is in no path.
fn mini_browser() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten();
    libraries
        .map(|folder| folder.path())
        .chain(["/usr/lib", "/usr/lib64", "/usr/libexec"].map(PathBuf::from))
        .map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"))
        .find(|program| program.is_file())
}

fn given(variable: &str, programs: &[&str]) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|program| program.is_file())
        .or_else(|| programs.iter().find_map(|program| find_program(program)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_in_any_case() {
        assert_eq!(Browser::named("webkit").ok(), Some(Browser::WebKit));
        assert_eq!(Browser::named("Firefox").ok(), Some(Browser::Firefox));
        let error = Browser::named("lynx").unwrap_err().to_string();
        assert!(error.contains("lynx"), "{error}");
    }
}
