//! Building the release folder, and the release as one file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::compile::{self, Shape};
use crate::page::{File, Head, Page};
use crate::program::{MAIN, Program};
use crate::{
    Error, Result, bundle, dist_dir, finish, packed, parts, root, say, script, single, tools,
};

/// Builds the release into `dist/`: the folder for any static host, with the
/// same as one file beside it.
///
/// # Errors
/// When a tool can't be had or the build fails.
pub fn build() -> Result<()> {
    say("building the release (the first time 3 to 6 minutes)");
    let start = Instant::now();
    let (page, program) = program(Shape::Release)?;
    let folder = folder(&page, &program)?;
    let echarts = finish::echarts()?;
    packed::pack_all(&folder)?;
    // Nobody asks a host for it in the course of a visit.
    write(
        &folder.join(single::NAME),
        &single::file(&page, &program, &echarts)?,
    )?;
    put_in_place(&folder, &dist_dir())?;
    let seconds = start.elapsed().as_secs();
    say(format_args!(
        "the release is in {}, after {seconds} s",
        dist_dir().display()
    ));
    Ok(())
}

/// Builds the folder for those who work on the program, quickly and in one
/// piece, and puts it at a place.
///
/// # Errors
/// When a tool can't be had or the build fails.
pub fn build_dev(place: &Path) -> Result<()> {
    let (page, program) = program(Shape::Dev)?;
    put_in_place(&folder(&page, &program)?, place)
}

fn program(shape: Shape) -> Result<(Page, Program)> {
    tools::ensure_target()?;
    let wasm = compile::compile(shape)?;
    let scratch = root().join("target").join("bundle");
    clear(&scratch)?;
    Ok((Page::read()?, bundle::bundle(&wasm, shape, &scratch)?))
}

/// The release folder, beside the place where it is to be.
fn folder(page: &Page, program: &Program) -> Result<PathBuf> {
    let folder = dist_dir().with_extension("new");
    clear(&folder)?;
    let (chunks, places) = parts::files(program);
    let first = parts::first(&places);
    let script = script::with_files(&program.script, places.into_iter());

    let style = File::hashed("style", "css", page.styles()?.into());
    let icon = File::hashed("favicon", "svg", page.icon()?.into());
    let script = File::hashed(MAIN, "js", script.into());
    let html = page.filled(&Head {
        boot: page.boot()?,
        style: format!("  <link rel=\"stylesheet\" href=\"./{}\">", style.name),
        icon: format!("  <link rel=\"icon\" type=\"image/svg+xml\" href=\"./{}\">", icon.name),
        program: format!(
            "  <link rel=\"preload\" href=\"{first}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n  \
             <script defer src=\"./{}\"></script>",
            script.name
        ),
    })?;
    write(&folder.join("index.html"), html.as_bytes())?;
    for file in chunks
        .into_iter()
        .chain([style, icon, script])
        .chain(page.copies()?)
    {
        write(&folder.join(&file.name), &file.content)?;
    }
    finish::finish(&folder)?;
    Ok(folder)
}

/// Puts the new folder where the last one was, as quickly as that goes.
fn put_in_place(folder: &Path, place: &Path) -> Result<()> {
    let old = place.with_extension("old");
    remove(&old)?;
    if place.exists() {
        fs::rename(place, &old).map_err(Error::file("move", place))?;
    }
    fs::rename(folder, place).map_err(Error::file("move", folder))?;
    remove(&old)
}

fn clear(folder: &Path) -> Result<()> {
    remove(folder)?;
    fs::create_dir_all(folder).map_err(Error::file("make the folder", folder))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Error::file("remove", folder))?;
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    fs::write(path, content).map_err(Error::file("write", path))
}
