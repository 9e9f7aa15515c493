//! The command line of `cargo xtask`.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use xtask::browsers::Browser;
use xtask::{
    Error, Result, dev, dist, dist_dir, finish, fuzz, hosts, process, say, server, test, weight,
};

const HELP: &str = "\
cargo xtask <command>

  serve [--port N]            build the release and serve it on 127.0.0.1 (port 8080)
        --dev                 a quick build that follows the sources, for those who work on it (port 8081)
  test [filter...]            everything a change must pass; a filter chooses browser tests
       --native-only          formatting, lints and the tests that need no browser
       --browser-only         the tests in a browser alone
       --in firefox           all of these in this browser (chromium, firefox, webkit)
       --no-build             test the dist folder as it is
  dist                        build the release into dist/
  shot <out.png>              a picture of a page of the release in dist/
       --route '#/deals/open' the page
       --size 1440x900        the window
       --dark                 the dark theme
       --seed data.json       saved data: an object of local storage keys and values
       --script act.js        a script to run before the picture is taken
  pictures                    the pictures of the README, from the sample data
  bench [N...]                sizes, and times in a browser at N deals (0 1000 10000 50000)
  bench fit                   how many deals fit into the storage of each browser
  bench kills [N]             kills the browser N times after Saved (100)
  bench long                  how long texts of odd shapes take to be read, and how that grows
  weigh [--keep]              what a first visit weighs; keep it as the figure to compare with
  fuzz <target> [minutes]     inputs made up for a target (a folder of fuzz/seeds), 10 min
  fuzz <target> keep          keeps the few of them that reach what no seed reaches
  hosts                       serve dist/ by nginx and Caddy as docs/hosting.md says, and look at what comes
  finish [folder]             complete a folder built by trunk (trunk runs this itself)

Drivers of browsers are made once, outside the checkout, in the folder
pipewright/tools of the user's cache.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let (command, rest) = arguments
        .split_first()
        .map_or(("help", arguments), |(first, rest)| (first.as_str(), rest));
    match command {
        "serve" => serve(rest),
        "test" => test::test(&test_options(rest)?),
        "dist" if rest.is_empty() => dist::build(),
        "shot" => with_harness("shot", "the picture", rest),
        "pictures" if rest.is_empty() => pictures(),
        "bench" if rest == ["long"] => fuzz::long_texts(),
        "bench" => {
            if rest.first().is_some_and(|what| what == "fit") {
                ensure_others();
            }
            with_harness("bench", "the measurements", rest)
        }
        "weigh" => weigh(rest),
        "fuzz" => {
            let (target, act) = fuzz_act(rest)?;
            fuzz::fuzz(target, act)
        }
        "hosts" => {
            hosts::Host::ALL
                .iter()
                .try_for_each(|host| host.ensure().map(drop))?;
            with_harness("hosts", "the look at the hosts", rest)
        }
        "finish" => finish::finish(&folder_in(rest)?),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(Error::Usage(format!(
            "no such command: {}",
            arguments.join(" ")
        ))),
    }
}

fn serve(arguments: &[String]) -> Result<()> {
    let is_dev = |option: &String| option == "--dev";
    let rest: Vec<String> = arguments.iter().filter(|it| !is_dev(it)).cloned().collect();
    if arguments.iter().any(is_dev) {
        // Another place than the release's, whose worker would go on with that.
        let port = port_in(&rest, 8081)?;
        server::check_port(port)?;
        return dev::serve(port);
    }
    let port = port_in(&rest, 8080)?;
    server::check_port(port)?;
    dist::build()?;
    let server = server::Server::start(&dist_dir(), "/", port)?;
    say(format_args!(
        "Pipewright is at {} (Ctrl+C stops it)",
        server.url()
    ));
    server.wait();
    Ok(())
}

/// What the README shows: the file in `docs`, and the page in it.
const PICTURES: [(&str, &str); 2] = [
    ("deals.png", "?demo#/deals/open"),
    ("board.png", "?demo#/deals/open?layout=board"),
];

fn pictures() -> Result<()> {
    for (name, route) in PICTURES {
        let path = xtask::root().join("docs").join(name);
        let path = path.display().to_string();
        let arguments = [&path, "--route", route, "--size", "1440x900"];
        with_harness("shot", "the picture", &arguments.map(str::to_owned))?;
    }
    Ok(())
}

fn weigh(arguments: &[String]) -> Result<()> {
    let weights = match arguments {
        [] => weight::weigh()?,
        [option] if option == "--keep" => weight::keep()?,
        _ => return Err(Error::Usage("weigh knows only --keep".into())),
    };
    say(format_args!(
        "first load: {} bytes as brotli",
        weights.first_load
    ));
    say(format_args!("as one file: {} bytes", weights.one_file));
    Ok(())
}

/// The browsers beside Chromium, where they can be had.
fn ensure_others() {
    for browser in Browser::ALL {
        if let Err(error) = browser.ensure() {
            say(format_args!("without {browser}: {error}"));
        }
    }
}

/// Taken by the browser tests' harness, so that this program stays quick to compile.
fn with_harness(program: &str, what: &str, arguments: &[String]) -> Result<()> {
    Browser::chosen()?.ensure()?;
    if !dist_dir().join("index.html").is_file() {
        dist::build()?;
    }
    let mut command = process::cargo();
    command
        .args([
            "run",
            "--quiet",
            "--package",
            "browser-tests",
            "--all-features",
            "--bin",
            program,
            "--",
        ])
        .args(arguments);
    if let Ok(here) = env::current_dir() {
        command.current_dir(here);
    }
    process::run(&mut command, what, "install rustup from https://rustup.rs")
}

fn port_in(arguments: &[String], usual: u16) -> Result<u16> {
    match arguments {
        [] => Ok(usual),
        [option, port] if option == "--port" => port
            .parse()
            .map_err(|_| Error::Usage(format!("{port} is no port, which is a number up to 65535"))),
        _ => Err(Error::Usage("serve knows only --port N and --dev".into())),
    }
}

fn test_options(arguments: &[String]) -> Result<test::Options> {
    let mut options = test::Options {
        native: true,
        browser: true,
        in_browser: None,
        build: true,
        filters: Vec::new(),
    };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--in" => {
                let name = arguments.next().map_or("", String::as_str);
                options.in_browser = Some(Browser::named(name)?);
            }
            "--native-only" => options.browser = false,
            "--browser-only" => options.native = false,
            "--no-build" => options.build = false,
            option if option.starts_with('-') => {
                return Err(Error::Usage(format!("test does not know {option}")));
            }
            filter => options.filters.push(filter.to_owned()),
        }
    }
    if options.native || options.browser {
        Ok(options)
    } else {
        Err(Error::Usage(
            "--native-only and --browser-only leave nothing to test".into(),
        ))
    }
}

fn fuzz_act(arguments: &[String]) -> Result<(&str, fuzz::Act)> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let usage = || Error::Usage("fuzz takes a target, and minutes or keep".into());
    match words.as_slice() {
        [target] => Ok((target, fuzz::Act::Run(10))),
        [target, "keep"] => Ok((target, fuzz::Act::Keep)),
        [target, minutes] => {
            let minutes = minutes.parse().ok().filter(|minutes| *minutes > 0);
            Ok((target, fuzz::Act::Run(minutes.ok_or_else(usage)?)))
        }
        _ => Err(usage()),
    }
}

/// Trunk names the folder in a variable, since it builds beside the final one.
fn folder_in(arguments: &[String]) -> Result<PathBuf> {
    match arguments {
        [] => Ok(env::var_os("TRUNK_STAGING_DIR").map_or_else(dist_dir, PathBuf::from)),
        [folder] => Ok(PathBuf::from(folder)),
        _ => Err(Error::Usage("finish takes one folder".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn an_unknown_command_is_named() {
        let error = run(&words("brew tea")).unwrap_err();
        assert!(error.to_string().contains("brew tea"), "{error}");
    }

    #[test]
    fn the_port_is_checked() {
        assert_eq!(port_in(&words("--port 9000"), 8080).unwrap(), 9000);
        assert_eq!(port_in(&[], 8080).unwrap(), 8080);
        assert!(port_in(&words("--port 90000"), 8080).is_err());
        assert!(port_in(&words("9000"), 8080).is_err());
    }

    #[test]
    fn fuzz_takes_a_target_and_minutes_or_keep() {
        let act = |line: &str| {
            let words = words(line);
            fuzz_act(&words)
                .map(|(target, act)| (target.to_owned(), act))
                .ok()
        };
        assert_eq!(act("page"), Some(("page".into(), fuzz::Act::Run(10))));
        assert_eq!(act("page 60"), Some(("page".into(), fuzz::Act::Run(60))));
        assert_eq!(act("page keep"), Some(("page".into(), fuzz::Act::Keep)));
        assert_eq!(
            (act(""), act("page soon"), act("page 1 2")),
            (None, None, None)
        );
    }

    #[test]
    fn filters_and_options_of_test_mix() {
        let options = test_options(&words("--browser-only shell --no-build")).unwrap();
        assert!(!options.native && options.browser && !options.build);
        assert_eq!(options.filters, ["shell"]);
        assert!(test_options(&words("--browser-only --native-only")).is_err());
        let options = test_options(&words("--in webkit storage")).unwrap();
        assert_eq!(options.in_browser, Some(Browser::WebKit));
        assert_eq!(options.filters, ["storage"]);
        assert!(test_options(&words("--in")).is_err());
        assert!(test_options(&words("--brwser-only")).is_err());
    }
}
