//! Files for the user, saved where downloads go.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// How many files of one name are tried before giving up.
const MOST_OF_A_NAME: u32 = 1_000;

/// Writes a text into the folder without touching what lies there: after `a.toml` comes `a (2).toml`. Of the name only
/// its last part counts, so that nothing is written elsewhere. Returns the file's path.
///
/// # Errors
/// The folder cannot be made or written to, or the name is none.
pub fn save(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let name = Path::new(name)
        .file_name()
        .ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "no file name"))?;
    let name = Path::new(name);
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    let ending = name.extension().map(OsStr::to_string_lossy);
    let ending = ending.map_or_else(String::new, |ending| format!(".{ending}"));
    fs::create_dir_all(folder)?;
    for number in 1..=MOST_OF_A_NAME {
        let path = match number {
            1 => folder.join(name),
            more => folder.join(format!("{stem} ({more}){ending}")),
        };
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                return Ok(path);
            }
            Err(problem) if problem.kind() == ErrorKind::AlreadyExists => {}
            Err(problem) => return Err(problem),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_of_a_name_lies_beside_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = save(folder.path(), "mapping-3.toml", "one").expect("saved");
        let second = save(folder.path(), "mapping-3.toml", "two").expect("saved");
        assert_eq!(first, folder.path().join("mapping-3.toml"));
        assert_eq!(second, folder.path().join("mapping-3 (2).toml"));
        assert_eq!(fs::read_to_string(first).expect("read"), "one");
        assert_eq!(fs::read_to_string(second).expect("read"), "two");
    }

    #[test]
    fn nothing_is_written_outside_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("downloads");
        for name in [
            "../escaped.toml",
            "/tmp/../escaped.toml",
            "a/b/escaped.toml",
        ] {
            let path = save(&inside, name, "x").expect("saved");
            assert_eq!(path.parent(), Some(inside.as_path()), "{name}");
        }
        assert!(save(&inside, "..", "x").is_err());
        assert!(save(&inside, "", "x").is_err());
    }
}
