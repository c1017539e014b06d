//! Responsible for naming inputs as they are seen from an output, so that they are found again from
//! there, wherever a later command is run.

use std::path::{Component, Path, PathBuf};

use super::discover::real_path;
use super::names::{escaped, unescaped};
use super::pattern::{is_pattern, split_pattern};

/// An input (file, directory, pattern or `-`) as a path from the directory `dir`; an absolute path where
/// the two have nothing in common. Parts of the path are written with `/`, and each so that its bytes can
/// be had back (`escaped`).
pub fn seen_from(dir: &Path, input: &Path) -> String {
    if input.as_os_str() == "-" {
        return "-".to_owned();
    }
    let whole = if is_pattern(input) && !input.exists() {
        let (base, rest) = split_pattern(input);
        real_path(&base).join(rest.iter().collect::<PathBuf>())
    } else {
        match (input.parent(), input.file_name()) {
            // The name itself stays, also that of a link: records are named by it.
            (Some(parent), Some(name)) => real_path(parent).join(name),
            _ => real_path(input),
        }
    };
    let dir = real_path(dir);
    let parts = |path: &Path| -> Vec<String> {
        let names = path.components().filter_map(|part| match part {
            Component::Normal(name) => Some(escaped(name)),
            _ => None,
        });
        names.collect()
    };
    let (from, to) = (parts(&dir), parts(&whole));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return if cfg!(unix) {
            format!("/{}", to.join("/"))
        } else {
            whole.to_string_lossy().into_owned()
        };
    }
    let up = from.iter().skip(common).map(|_| "..");
    let down = to.iter().skip(common).map(String::as_str);
    let all: Vec<&str> = up.chain(down).collect();
    if all.is_empty() {
        ".".to_owned()
    } else {
        all.join("/")
    }
}

/// The path that [`seen_from`] named, from the same directory.
pub fn back_from(dir: &Path, seen: &str) -> PathBuf {
    if seen == "-" {
        return PathBuf::from(seen);
    }
    let mut path = real_path(dir);
    for part in Path::new(seen).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            Component::Normal(name) => {
                path.push(name.to_str().map_or_else(|| name.into(), unescaped));
            }
            part => path.push(part),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_found_again_from_the_output() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        std::fs::create_dir_all(root.join("feed/a")).unwrap();
        for (out, input, seen) in [
            ("out", "feed", "../feed"),
            ("night/runs/1", "feed/a", "../../../feed/a"),
            ("out", "feed/**/*.jsonl", "../feed/**/*.jsonl"),
            ("feed/out", "feed", ".."),
        ] {
            let (out, input) = (root.join(out), root.join(input));
            assert_eq!(seen_from(&out, &input), seen);
            let back = back_from(&out, seen);
            assert_eq!(seen_from(&out, &back), seen);
            assert_eq!(back, real_path(&input));
        }
        assert_eq!(seen_from(root, Path::new("-")), "-");
        assert_eq!(seen_from(Path::new("/x"), Path::new("/y\\z")), "/y\\\\z");
        assert_eq!(back_from(root, "/y\\\\z"), Path::new("/y\\z"));
        assert_eq!(back_from(root, "/x/y"), Path::new("/x/y"));
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_are_found_again() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        let root = real_path(dir.path());
        let input = root.join(std::ffi::OsStr::from_bytes(b"f\xe5l/b\\x.txt"));
        let seen = seen_from(&root.join("out"), &input);
        assert_eq!(seen, "../f\\xe5l/b\\\\x.txt");
        assert_eq!(back_from(&root.join("out"), &seen), input);
    }
}
