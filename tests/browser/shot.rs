//! Takes a picture of a page of the built release: `cargo xtask shot`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use browser_tests::Visit;
use serde_json::{Map, Value};

struct Options {
    out: PathBuf,
    route: String,
    size: (u32, u32),
    dark: bool,
    seed: Map<String, Value>,
    script: Option<String>,
}

fn main() -> ExitCode {
    match parse(env::args().skip(1)) {
        Ok(options) => {
            take(&options);
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("shot: {why}");
            ExitCode::FAILURE
        }
    }
}

fn take(options: &Options) {
    let (width, height) = options.size;
    let visit = Visit::default().size(width, height);
    let visit = if options.dark { visit.dark() } else { visit };
    visit.run(|page| {
        for (key, value) in &options.seed {
            // Values may be written as JSON for convenience.
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            page.set_local_storage(key, &text);
        }
        page.goto(&options.route);
        let is_up = "return document.querySelectorAll('h1').length > 0;";
        page.wait_until("the app has a heading", || {
            page.evaluate(is_up, &[]) == Value::Bool(true)
        });
        if let Some(script) = &options.script {
            page.evaluate(script, &[]);
        }
        page.settle();
        page.screenshot(&options.out);
        // The icon is asked for by the plain page on which the data was seeded.
        for message in page
            .console()
            .iter()
            .filter(|message| !message.text.contains("/favicon.ico"))
        {
            println!("console: {message}");
        }
        println!("{}", options.out.display());
    });
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        out: PathBuf::new(),
        route: String::new(),
        size: (1440, 900),
        dark: false,
        seed: Map::new(),
        script: None,
    };
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--route" => options.route = value()?,
            "--size" => options.size = size_in(&value()?)?,
            "--dark" => options.dark = true,
            "--seed" => options.seed = seed_in(Path::new(&value()?))?,
            "--script" => options.script = Some(read(Path::new(&value()?))?),
            option if option.starts_with('-') => {
                return Err(format!("{option} is no option of shot"));
            }
            out => options.out = env::current_dir().unwrap_or_default().join(out),
        }
    }
    if options.out.as_os_str().is_empty() {
        Err("name the file of the picture".into())
    } else {
        Ok(options)
    }
}

fn size_in(text: &str) -> Result<(u32, u32), String> {
    let size = text
        .split_once('x')
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    size.ok_or_else(|| format!("{text} is no size; write it as 390x844"))
}

fn seed_in(path: &Path) -> Result<Map<String, Value>, String> {
    serde_json::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
