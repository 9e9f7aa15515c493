//! The cells of a table, as they are kept.

/// The cells of many rows. All share one string, so that a file of 50,000
/// rows takes little more room than its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    text: String,
    /// The end of each cell in `text`; a cell begins where the one before ends.
    ends: Vec<u32>,
}

/// How much of the cells was there at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    text: usize,
    /// How many cells there were.
    pub ends: usize,
}

impl Cells {
    /// No cells yet, with room for those of a text.
    pub fn with_room_for(text: &str) -> Self {
        Self {
            text: String::with_capacity(text.len()),
            ends: Vec::new(),
        }
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell; empty beyond the last.
    pub fn get(&self, place: usize) -> &str {
        let begin = place
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| *end);
        let end = self.ends.get(place).map_or(begin, |end| *end);
        self.text
            .get(begin as usize..end as usize)
            .unwrap_or_default()
    }

    /// Whether a cell and all after it are blank.
    pub fn is_blank_from(&self, place: usize) -> bool {
        (place..self.len()).all(|place| self.get(place).trim().is_empty())
    }

    /// Takes away a cell and all after it.
    pub fn truncate(&mut self, place: usize) {
        self.ends.truncate(place);
        let end = self.ends.last().map_or(0, |end| *end);
        self.text.truncate(end as usize);
    }

    /// The present end.
    pub fn mark(&self) -> Mark {
        Mark {
            text: self.text.len(),
            ends: self.ends.len(),
        }
    }

    /// Takes away all that came after a mark.
    pub fn back_to(&mut self, mark: Mark) {
        self.text.truncate(mark.text);
        self.ends.truncate(mark.ends);
    }

    /// Adds text to the cell that is being read.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Takes the blanks at the end of the text away that came after a mark.
    pub fn trim_blanks(&mut self, mark: Mark) {
        let cell = self.text.get(mark.text..).unwrap_or_default();
        let end = self.text.len() - cell.len() + cell.trim_end_matches(' ').len();
        self.text.truncate(end);
    }

    /// Ends the cell that is being read.
    pub fn end_cell(&mut self) {
        self.ends.push(self.text.len() as u32);
    }
}

/// Where a row stands in the cells, and in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first cell.
    pub first: u32,
    /// How many cells it has.
    pub cells: u32,
    /// The line it begins in, from 1.
    pub line: u32,
}
