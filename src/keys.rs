//! What a key press asks for, everywhere in the app: pure, so that the
//! keyboards of the world can be tested without having them.
//!
//! A shortcut is a letter. On a layout that has no such letter, because its
//! letters are of another script, the key in the letter's place stands for it.

/// A key that was pressed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Press {
    /// What the key gives in the layout in use; empty where an input method
    /// takes it, for its keys are nobody else's.
    pub key: String,
    /// Its place on the keyboard, named after what is there in the United States.
    pub code: String,
    /// Control, or Command.
    pub control: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, or the one that reaches a key's third letter.
    pub alt: bool,
}

/// Something that a key asks for, wherever one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Opens or closes the dialog with all commands.
    Commands,
    /// Takes back the last step.
    Undo,
    /// Does it again.
    Redo,
    /// Goes to the search.
    Search,
    /// Goes to the form of a new deal.
    AddDeal,
    /// Goes to the next deal of the list that one came from.
    NextDeal,
    /// Goes to the deal before.
    PreviousDeal,
    /// Shows this list.
    Shortcuts,
}

impl Press {
    /// The shortcut that the press is.
    ///
    /// ```
    /// use pipewright::keys::{Press, Shortcut};
    ///
    /// let russian = Press { key: "я".into(), code: "KeyZ".into(), control: true, ..Press::default() };
    /// assert_eq!(russian.shortcut(), Some(Shortcut::Undo));
    /// ```
    pub fn shortcut(&self) -> Option<Shortcut> {
        // What is typed with Alt is a letter of its own, such as ż on Polish keyboards.
        if self.alt {
            return None;
        }
        match (self.control, self.shift, self.letter()?) {
            (true, false, 'k') => Some(Shortcut::Commands),
            (true, false, 'z') => Some(Shortcut::Undo),
            (true, true, 'z') | (true, false, 'y') => Some(Shortcut::Redo),
            (false, false, 'n') => Some(Shortcut::AddDeal),
            (false, false, 'j') => Some(Shortcut::NextDeal),
            (false, false, 'k') => Some(Shortcut::PreviousDeal),
            // Signs come with Shift or without, as the layout has them.
            (false, _, '/') => Some(Shortcut::Search),
            (false, _, '?') => Some(Shortcut::Shortcuts),
            _ => None,
        }
    }

    /// Whether another key is held with it, which makes it another one's.
    pub fn is_modified(&self) -> bool {
        self.control || self.shift || self.alt
    }

    /// The letter or sign of the key; that of its place, where the key gives a
    /// letter of another script.
    fn letter(&self) -> Option<char> {
        let mut given = self.key.chars();
        let first = given.next()?;
        if first.is_ascii() {
            // A longer name is no letter: Enter, Dead, ArrowDown.
            return given.next().is_none().then_some(first.to_ascii_lowercase());
        }
        if is_latin(first) {
            return None;
        }
        match self.code.as_str() {
            "Slash" if self.shift => Some('?'),
            "Slash" => Some('/'),
            place => {
                let letter = place.strip_prefix("Key")?.chars().next()?;
                Some(letter.to_ascii_lowercase())
            }
        }
    }
}

/// Whether a letter beyond ASCII is Latin or a sign among Latin ones: a layout
/// that gives it has the letters of the shortcuts elsewhere.
fn is_latin(letter: char) -> bool {
    matches!(letter, '\u{80}'..='\u{2AF}' | '\u{1E00}'..='\u{1EFF}')
}
