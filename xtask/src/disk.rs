//! Files, with errors that name them.

use std::fs;
use std::io;
use std::path::Path;

use crate::Result;

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| told(path, &error))
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| told(path, &error))
}

/// Writes a file, in the place of one that is there.
pub(crate) fn write(path: &Path, contents: &str) -> Result<()> {
    fs::write(path, contents).map_err(|error| told(path, &error))
}

/// Copies a file, in the place of one that is there.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map(drop).map_err(|error| told(from, &error))
}

/// Makes a folder, and those around it, where they are not there.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| told(path, &error))
}

fn told(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}
