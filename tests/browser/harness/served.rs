//! What the page is served: other files, other versions, or nothing at all.

use xtask::trouble::Trouble;

use crate::page::Page;
use crate::wait::demand;

/// What is served.
impl Page {
    /// Runs a script in every document of the app that is loaded from now on,
    /// before any script of its own.
    #[track_caller]
    pub fn run_before_start(&self, script: &str) {
        let added = self.session().site.run_before_start(script);
        demand(added, "cannot put a script into the page");
    }

    /// Takes the files whose names end so out of what is served.
    #[track_caller]
    pub fn take_away(&self, ending: &str) {
        let taken = self.session().site.take_away(ending);
        demand(taken, format_args!("cannot take {ending} away"));
    }

    /// Puts a file into what is served, or another in its place.
    #[track_caller]
    pub fn put_file(&self, name: &str, content: impl AsRef<[u8]>) {
        let put = self.session().site.put(name, content);
        demand(put, format_args!("cannot put {name} there"));
    }

    /// What a served file says.
    #[track_caller]
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        demand(
            self.session().site.text(name),
            format_args!("cannot read {name}"),
        )
    }

    /// The names of the served files that end so.
    #[track_caller]
    #[must_use]
    pub fn files(&self, ending: &str) -> Vec<String> {
        demand(self.session().site.names(ending), "cannot read the folder")
    }

    /// Makes a version of what is served now, as the build does.
    #[track_caller]
    pub fn publish(&self) {
        demand(self.session().site.publish(), "cannot make a version");
    }

    /// Lets something be wrong from now on with how the files arrive whose
    /// names end so.
    pub fn trouble(&self, ending: &str, trouble: Trouble) {
        self.session().site.troubles.add(ending, trouble);
    }

    /// Ends all trouble: what has stalled goes on.
    pub fn end_trouble(&self) {
        self.session().site.troubles.end();
    }

    /// Stops the server: there is no network from now on.
    pub fn stop_server(&self) {
        self.session().site.stop();
    }

    /// Starts the server again, at the same address.
    #[track_caller]
    pub fn start_server(&self) {
        demand(self.session().site.start(), "cannot serve the release");
    }
}
