//! One line for each step, so that a long wait explains itself.

use std::time::{Duration, Instant};

/// Counts steps against a number that is known from the start.
pub(crate) struct Progress {
    total: usize,
    done: usize,
    started: Instant,
}

impl Progress {
    /// Starts counting towards `total` steps.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, done: 0, started: Instant::now() }
    }

    /// Says what happens next: `[2/5] Installing …`.
    pub(crate) fn step(&mut self, what: &str) {
        self.done += 1;
        debug_assert!(self.done <= self.total, "more steps than announced");
        println!("[{}/{}] {what}", self.done, self.total);
    }

    /// Says that all is done and how long it took.
    pub(crate) fn finish(self, what: &str) {
        debug_assert_eq!(self.done, self.total, "fewer steps than announced");
        println!("{what} ({})", in_words(self.started.elapsed()));
    }
}

/// A length of time for people: `12 s`, `3 min 5 s`.
fn in_words(time: Duration) -> String {
    match (time.as_secs() / 60, time.as_secs() % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_times() {
        assert_eq!(in_words(Duration::from_millis(900)), "0 s");
        assert_eq!(in_words(Duration::from_secs(59)), "59 s");
        assert_eq!(in_words(Duration::from_secs(185)), "3 min 5 s");
    }
}
