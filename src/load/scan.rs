//! Where the events of a file lie, found by its quotation marks and brackets alone.
//!
//! What is found is checked by nobody here: the pieces are read one by one, and if each is in order, so is the whole.

use std::ops::Range;

/// The list of events in the bytes of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// The place of its bracket.
    pub(super) open: usize,
    /// The place of the bracket that closes it; none where the file breaks off before.
    pub(super) close: Option<usize>,
    /// How many rows it has if it is in order; one where it is empty.
    pub(super) rows: usize,
}

/// A scan that can stop after any byte and go on.
#[derive(Debug, Default)]
pub(super) struct Scan {
    at: usize,
    /// How many brackets are open.
    depth: usize,
    /// Where the text began in which the scan stands.
    text: Option<usize>,
    /// The last text of the outermost object, which is a key if a colon follows.
    key: Range<usize>,
    /// The value of the key `events` comes next.
    is_due: bool,
    is_inside: bool,
    list: Option<List>,
}

impl Scan {
    /// A scan that begins at this byte.
    pub(super) fn at(at: usize) -> Self {
        Self { at, ..Self::default() }
    }

    /// Goes on to `end`, which is not before the last one; `bytes` are the same each time.
    pub(super) fn advance(&mut self, bytes: &[u8], end: usize) {
        while let Some(rest) = bytes.get(self.at..end).filter(|rest| !rest.is_empty()) {
            if let Some(start) = self.text {
                match rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) {
                    None => self.at = end,
                    // What is escaped ends nothing. It may lie behind the end.
                    Some(more) if rest[more] == b'\\' => self.at += more + 2,
                    Some(more) => {
                        self.at += more + 1;
                        self.text = None;
                        if self.depth == 1 {
                            self.key = start..self.at;
                        }
                    }
                }
                continue;
            }
            match rest[0] {
                b'"' => self.text = Some(self.at),
                bracket @ (b'{' | b'[') => {
                    if self.is_due && bracket == b'[' {
                        self.list = Some(List { open: self.at, close: None, rows: 1 });
                        self.is_inside = true;
                    }
                    self.is_due = false;
                    self.depth += 1;
                }
                bracket @ (b'}' | b']') => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.is_inside && self.depth == 1 {
                        self.is_inside = false;
                        let close = Some(self.at);
                        self.list = self.list.filter(|_| bracket == b']').map(|list| List { close, ..list });
                    }
                }
                b':' if self.depth == 1 => {
                    let key = serde_json::from_slice::<String>(&bytes[self.key.clone()]);
                    self.is_due = key.is_ok_and(|key| key == "events");
                    // Of two lists of events the last one counts.
                    if self.is_due {
                        self.list = None;
                    }
                }
                b',' if self.depth == 1 => self.is_due = false,
                b',' if self.depth == 2 && self.is_inside => {
                    if let Some(list) = &mut self.list {
                        list.rows += 1;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// The list, once the scan has come to the end.
    pub(super) fn list(&self) -> Option<List> {
        self.list
    }
}
