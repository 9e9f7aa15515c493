//! The display that WebKit's browser draws on, as its desktop and its keyboard:
//! for what no driver can ask of it.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Duration;

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ConnectionExt as _, CreateWindowAux, InputFocus, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, MapState, PropMode, Window, WindowClass,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME};

use crate::wait::{self, NotYet};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The keys of the dialog for printing, by the numbers that X gives them.
const TAB: u32 = 0xff09;
const ESCAPE: u32 = 0xff1b;
const CONTROL: u32 = 0xffe3;
const SPACE: u32 = ' ' as u32;
const LETTER_P: u32 = 'p' as u32;

/// The title of that dialog.
const PRINT: &str = "Print";

/// How long a dialog may take to come or to go before it is tried again.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client of the display, as long as its browser runs.
pub(crate) struct Display {
    connection: RustConnection,
    root: Window,
    /// The window by which a desktop tells its settings.
    desktop: Window,
}

impl Display {
    /// The display of this number, with a desktop of light colours.
    pub(crate) fn open(number: u32) -> Outcome<Self> {
        let (connection, screen) = x11rb::connect(Some(&format!(":{number}")))?;
        let screen = connection.setup().roots.get(screen);
        let root = screen.ok_or("the display has no screen")?.root;
        let desktop = connection.generate_id()?;
        let (depth, visual) = (COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT);
        let (class, nothing) = (WindowClass::INPUT_OUTPUT, CreateWindowAux::new());
        connection
            .create_window(depth, desktop, root, 0, 0, 1, 1, 0, class, visual, &nothing)?
            .check()?;
        let display = Self {
            connection,
            root,
            desktop,
        };
        display.set_dark(false)?;
        let role = display.atom("_XSETTINGS_S0")?;
        let owned = display
            .connection
            .set_selection_owner(desktop, role, CURRENT_TIME)?;
        owned.check()?;
        Ok(display)
    }

    /// Lets the desktop have a dark theme or a light one. Programs hear of it,
    /// and pages from them.
    pub(crate) fn set_dark(&self, dark: bool) -> Outcome<()> {
        let theme = if dark { "Adwaita-dark" } else { "Adwaita" };
        let name = self.atom("_XSETTINGS_SETTINGS")?;
        let settings = settings("Net/ThemeName", theme);
        self.connection
            .change_property8(PropMode::REPLACE, self.desktop, name, name, &settings)?
            .check()?;
        Ok(())
    }

    /// Prints the window whose title ends so. The browser's dialog proposes
    /// `file` and the paper of its language; a try that it did not take ends
    /// with it closed.
    pub(crate) fn print(
        &self,
        title: &str,
        file: &Path,
        patience: Duration,
    ) -> Result<Vec<u8>, NotYet> {
        wait::until(patience, || {
            let window = self.window(|name| name.ends_with(title))?;
            self.press(window, &[CONTROL, LETTER_P])?;
            let is_dialog = |name: &str| name == PRINT;
            let dialog = wait::until(PATIENCE, || self.window(is_dialog))?;
            // The list of printers, in which a file is the only one.
            self.press(dialog, &[TAB])?;
            self.press(dialog, &[SPACE])?;
            let gone = wait::until(PATIENCE, || match self.window(is_dialog) {
                Ok(_) => Err(NotYet::new("the dialog stays")),
                Err(_) => Ok(()),
            });
            gone.or_else(|stays| {
                self.press(dialog, &[ESCAPE])?;
                Err(stays)
            })
        })?;
        let printed = wait::until(patience, || {
            let bytes = fs::read(file).map_err(|error| NotYet::new(error.to_string()))?;
            if bytes.trim_ascii_end().ends_with(b"%%EOF") {
                Ok(bytes)
            } else {
                Err(NotYet::new("the file is not whole yet"))
            }
        });
        // The dialog would ask whether to write over it.
        drop(fs::remove_file(file));
        printed
    }

    /// The window in view whose title is so.
    fn window(&self, is_it: impl Fn(&str) -> bool) -> Result<Window, NotYet> {
        let found = self.windows().map_err(not_yet)?.into_iter();
        found
            .filter(|(_, name)| is_it(name))
            .map(|(window, _)| window)
            .next()
            .ok_or_else(|| NotYet::new("there is no such window"))
    }

    fn windows(&self) -> Outcome<Vec<(Window, String)>> {
        let title = self.atom("_NET_WM_NAME")?;
        let mut found = Vec::new();
        for window in self.connection.query_tree(self.root)?.reply()?.children {
            // It may be gone since.
            let Ok(state) = self.connection.get_window_attributes(window)?.reply() else {
                continue;
            };
            let any = AtomEnum::ANY;
            let name = self
                .connection
                .get_property(false, window, title, any, 0, 1_000)?;
            if let (MapState::VIEWABLE, Ok(name)) = (state.map_state, name.reply()) {
                let name = String::from_utf8_lossy(&name.value).into_owned();
                found.push((window, name));
            }
        }
        Ok(found)
    }

    /// Presses keys together, with the focus in this window.
    fn press(&self, window: Window, keys: &[u32]) -> Result<(), NotYet> {
        self.send(window, keys).map_err(not_yet)
    }

    fn send(&self, window: Window, keys: &[u32]) -> Outcome<()> {
        let codes = keys.iter().map(|key| self.code(*key));
        let codes = codes.collect::<Outcome<Vec<u8>>>()?;
        self.connection
            .set_input_focus(InputFocus::POINTER_ROOT, window, CURRENT_TIME)?
            .check()?;
        let presses = codes.iter().map(|code| (KEY_PRESS_EVENT, *code));
        let releases = codes.iter().rev().map(|code| (KEY_RELEASE_EVENT, *code));
        for (kind, code) in presses.chain(releases) {
            self.connection
                .xtest_fake_input(kind, code, CURRENT_TIME, self.root, 0, 0, 0)?
                .check()?;
        }
        Ok(())
    }

    /// The key on this keyboard.
    fn code(&self, key: u32) -> Outcome<u8> {
        let setup = self.connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let keyboard = self
            .connection
            .get_keyboard_mapping(first, last - first + 1)?
            .reply()?;
        let per_key = usize::from(keyboard.keysyms_per_keycode.max(1));
        let mut keys = keyboard.keysyms.chunks(per_key).zip(first..=last);
        let found = keys.find(|(meanings, _)| meanings.first() == Some(&key));
        Ok(found.ok_or("the keyboard has no such key")?.1)
    }

    fn atom(&self, name: &str) -> Outcome<Atom> {
        Ok(self
            .connection
            .intern_atom(false, name.as_bytes())?
            .reply()?
            .atom)
    }
}

fn not_yet(error: Box<dyn Error>) -> NotYet {
    NotYet::new(error.to_string())
}

/// One setting that is a text, in the form of the XSETTINGS protocol: byte
/// order, serial number and count, then kind, name, serial number and value,
/// each text padded to four bytes.
fn settings(name: &str, value: &str) -> Vec<u8> {
    let padded = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    };
    let number = |number: usize| u32::try_from(number).unwrap_or_default().to_le_bytes();
    let short = |number: usize| u16::try_from(number).unwrap_or_default().to_le_bytes();
    [
        &[0; 8][..],
        &number(1)[..],
        &[1, 0][..],
        &short(name.len())[..],
        &padded(name)[..],
        &number(0)[..],
        &number(value.len())[..],
        &padded(value)[..],
    ]
    .concat()
}
