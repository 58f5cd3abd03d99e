//! The project's commands: set up, serve, build, test, take pictures, measure.
//!
//! Beside the standard library it has a reader and writer of WebAssembly, compressors and a hash, so that this program itself
//! compiles in a few seconds and the first progress line comes soon.

mod bench;
mod browsers;
mod build;
mod bundle;
mod disk;
mod faults;
#[path = "../../e2e/src/site/files.rs"]
mod files;
#[path = "../../benches/generate.rs"]
mod generate;
mod headers;
mod host;
mod order;
mod package;
mod process;
mod progress;
mod report;
mod squeeze;
mod test;
mod tools;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use browsers::Engine;

/// What a step gives back: a value, or the reason why it stopped, as a sentence for the reader.
type Result<T> = std::result::Result<T, String>;

const HELP: &str = "\
The project's commands. Each installs what it needs into a cache folder of its own.

  cargo xtask serve     build the app, serve it at http://127.0.0.1:8080/ while you edit, and open the browser
      --release         as it will be published: the release folder, small and fast, with its headers
      --port N          another port
      --no-open         open no browser
  cargo xtask build     write the release folder dist/, ready for any static host under any path
      --site ADDRESS    that it will have, so that systems make a frame of it where it is pasted (oEmbed)
  cargo xtask hosts     serve pages that have the release folder in a frame at http://127.0.0.1:8090/, and open the browser
      --port N          another port; the one after it is another origin
      --no-open         open no browser
  cargo xtask bundle    write one file that opens by itself, from a disk or in any frame: annals.html
      --data FILE       of another timeline, as JSON
      --out FILE        under another name
  cargo xtask package   make the npm package of the element in target/package/
  cargo xtask test      every check: format, lints, native tests, browser tests, end-to-end tests
      --browsers LIST   in these, of chromium,firefox,webkit
  cargo xtask shots     pictures of the release build into target/shots/
  cargo xtask bench     measure the engine, and the page beside vis-timeline and TimelineJS: benches/RESULTS.md
      --native          the engine alone, without a browser; what is measured is only printed
      --browser         the page alone; what is measured is only printed
      --sizes LIST      with so many events; 100,1000,10000,100000,1000000 if none are named
      --rounds N        in the browser so many times, 3 if not said
  cargo xtask help      this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match Command::parse(&arguments).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\nStopped: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
enum Command {
    Serve { release: bool, port: u16, open: bool },
    Hosts { port: u16, open: bool },
    Build { site: Option<String> },
    Bundle(bundle::Wish),
    Package,
    Test { browsers: Option<Vec<Engine>> },
    Shots,
    Bench(bench::Wish),
    Help,
}

impl Command {
    /// Reads the words after `cargo xtask`; no word at all asks for help.
    fn parse(words: &[String]) -> Result<Self> {
        let mut words = words.iter().map(String::as_str);
        let mut command = match words.next() {
            Some("serve") => Self::Serve { release: false, port: 8080, open: true },
            Some("hosts") => Self::Hosts { port: 8090, open: true },
            Some("build") => Self::Build { site: None },
            Some("bundle") => Self::Bundle(bundle::Wish::default()),
            Some("package") => Self::Package,
            Some("test") => Self::Test { browsers: None },
            Some("shots") => Self::Shots,
            Some("bench") => Self::Bench(bench::Wish::default()),
            None | Some("help" | "--help" | "-h") => return Ok(Self::Help),
            Some(other) => return Err(format!("there is no command {other:?}; see cargo xtask help")),
        };
        while let Some(word) = words.next() {
            let (name, joined) =
                word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
            let mut value =
                || joined.or_else(|| words.next()).ok_or_else(|| format!("{name} wants a value after it"));
            match (&mut command, name) {
                (Self::Serve { release, .. }, "--release") => *release = true,
                (Self::Serve { open, .. } | Self::Hosts { open, .. }, "--no-open") => *open = false,
                (Self::Serve { port, .. } | Self::Hosts { port, .. }, "--port") => {
                    let text = value()?;
                    *port = text.parse().map_err(|_| format!("{text:?} is no port number"))?;
                }
                (Self::Build { site }, "--site") => *site = Some(address(value()?)?),
                (Self::Bundle(wish), "--data") => wish.data = typed(value()?)?,
                (Self::Bundle(wish), "--out") => wish.out = typed(value()?)?,
                (Self::Test { browsers }, "--browsers") => {
                    *browsers = Some(value()?.split(',').map(Engine::parse).collect::<Result<_>>()?);
                }
                (Self::Bench(wish), "--native") => wish.browser = false,
                (Self::Bench(wish), "--browser") => wish.native = false,
                (Self::Bench(wish), "--sizes") => wish.sizes = sizes(value()?)?,
                (Self::Bench(wish), "--rounds") => {
                    let text = value()?;
                    let rounds = text.parse().ok().filter(|rounds| *rounds > 0);
                    wish.rounds = rounds.ok_or_else(|| format!("{text:?} is no number of rounds"))?;
                }
                (_, "--help" | "-h") => return Ok(Self::Help),
                _ => return Err(format!("this command has no option {word:?}; see cargo xtask help")),
            }
        }
        // Both options together ask for what none asks for.
        if let Self::Bench(wish) = &mut command
            && !wish.native
            && !wish.browser
        {
            (wish.native, wish.browser) = (true, true);
        }
        Ok(command)
    }
}

/// The address of a folder of a host, which ends in a slash.
fn address(text: &str) -> Result<String> {
    let (_, rest) = text
        .split_once("://")
        .filter(|(scheme, rest)| ["http", "https"].contains(scheme) && !rest.is_empty())
        .ok_or_else(|| format!("{text:?} is no address of a site, such as https://example.org/treaty/"))?;
    if let Some(sign) = rest.chars().find(|sign| "?#\"<> ".contains(*sign)) {
        return Err(format!("{text:?} has a {sign:?}; the address of the folder is wanted"));
    }
    Ok([text.trim_end_matches('/'), "/"].concat())
}

/// A path as it was typed, from the folder in which that was done.
fn typed(path: &str) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|error| format!("{path:?} is no path: {error}"))
}

/// Numbers of events, in growing order.
fn sizes(list: &str) -> Result<Vec<usize>> {
    let size = |text: &str| match text.parse() {
        Ok(size) if (1..=1_000_000).contains(&size) => Ok(size),
        _ => Err(format!("{text:?} is no number of events; there may be 1 to 1000000")),
    };
    let mut sizes = list.split(',').map(size).collect::<Result<Vec<_>>>()?;
    sizes.sort_unstable();
    sizes.dedup();
    Ok(sizes)
}

fn run(command: Command) -> Result<()> {
    process::enter_project()?;
    match command {
        Command::Serve { release: false, port, open } => build::serve(port, open),
        Command::Serve { release: true, port, open } => host::serve(port, open),
        Command::Hosts { port, open } => host::hosts(port, open),
        Command::Build { site } => build::build(site.as_deref()),
        Command::Bundle(wish) => bundle::bundle(&wish),
        Command::Package => package::package(),
        Command::Test { browsers } => test::test(browsers),
        Command::Shots => test::shots(),
        Command::Bench(wish) => bench::bench(&wish),
        Command::Help => {
            print!("{HELP}");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command> {
        Command::parse(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn reads_commands_and_options() {
        assert_eq!(parse(""), Ok(Command::Help));
        assert_eq!(parse("build --help"), Ok(Command::Help));
        let site = Some("https://example.org/treaty/".to_owned());
        assert_eq!(parse("build --site https://example.org/treaty").as_ref(), Ok(&Command::Build { site }));
        assert_eq!(parse("serve"), Ok(Command::Serve { release: false, port: 8080, open: true }));
        let quiet = Command::Serve { release: true, port: 9000, open: false };
        assert_eq!(parse("serve --release --port 9000 --no-open").as_ref(), Ok(&quiet));
        assert_eq!(parse("serve --no-open --port=9000 --release"), Ok(quiet));
        assert_eq!(parse("package"), Ok(Command::Package));
        assert_eq!(parse("hosts --port 9000"), Ok(Command::Hosts { port: 9000, open: true }));
        assert_eq!(parse("hosts --no-open"), Ok(Command::Hosts { port: 8090, open: false }));
        let both = Some(vec![Engine::Firefox, Engine::WebKit]);
        assert_eq!(parse("test --browsers firefox,webkit"), Ok(Command::Test { browsers: both }));
    }

    #[test]
    fn reads_what_to_pack() {
        let wish = bundle::Wish { data: "data/treaty-1945.json".into(), out: "annals.html".into() };
        assert_eq!(parse("bundle"), Ok(Command::Bundle(wish)));
        let wish = bundle::Wish { data: typed("rome.json").unwrap(), out: typed("rome.html").unwrap() };
        assert_eq!(parse("bundle --data rome.json --out=rome.html"), Ok(Command::Bundle(wish)));
        assert!(parse("bundle --data").is_err());
        assert!(parse("build --data rome.json").is_err());
    }

    #[test]
    fn reads_what_to_measure() {
        let all = bench::Wish::default();
        assert!(all.native && all.browser);
        assert_eq!(parse("bench"), Ok(Command::Bench(all.clone())));
        assert_eq!(parse("bench --native --browser"), Ok(Command::Bench(all.clone())));
        let native = bench::Wish { browser: false, ..all.clone() };
        assert_eq!(parse("bench --native"), Ok(Command::Bench(native)));
        let short = bench::Wish { native: false, sizes: vec![100, 1000], rounds: 1, ..all };
        assert_eq!(parse("bench --sizes 1000,100,100 --browser --rounds=1"), Ok(Command::Bench(short)));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for line in [
            "bake",
            "build --release",
            "build --site",
            "build --site example.org",
            "build --site https://example.org/?a",
            "serve --port",
            "serve --port many",
            "hosts --release",
            "test --browsers lynx",
            "bench --sizes many",
            "bench --sizes 2000000",
            "bench --rounds 0",
            "test --rounds 2",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
