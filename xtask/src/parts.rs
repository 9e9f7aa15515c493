//! Which chunk comes in which file: a request for each would be many, and most
//! of what chunks share is small.

use serde_json::{Value, json};

use crate::page::File;
use crate::program::{MAIN, Program};

/// Shared chunks of fewer bytes come together.
const SMALL: usize = 64 << 10;

/// The files of the chunks, and the place of each chunk for
/// [`crate::script::with_files`]. What the sample data needs is in one file: a
/// first visit of the demo waits for it. The other small ones that are shared
/// are in another.
#[must_use]
pub fn files(program: &Program) -> (Vec<File>, Vec<(&str, Value)>) {
    let of_sample = |name: &str| program.sample.iter().any(|one| one == name);
    let mut files = Vec::new();
    let mut places = Vec::new();
    let mut together = [("example", Vec::new()), ("shared", Vec::new())];
    for (name, wasm) in &program.chunks {
        let [sample, shared] = &mut together;
        if of_sample(name) {
            sample.1.push((name.as_str(), wasm));
        } else if name.starts_with("chunk_") && wasm.len() < SMALL {
            shared.1.push((name.as_str(), wasm));
        } else {
            let stem = name.strip_prefix("split_").unwrap_or(name);
            let file = File::hashed(stem, "wasm", wasm.clone());
            places.push((name.as_str(), json!([link(&file)])));
            files.push(file);
        }
    }
    for (stem, chunks) in together {
        let all: Vec<&[u8]> = chunks.iter().map(|(_, wasm)| wasm.as_slice()).collect();
        let file = File::hashed(stem, "wasm", all.concat());
        let mut start = 0;
        for (name, wasm) in &chunks {
            let end = start + wasm.len();
            places.push((*name, json!([link(&file), start, end])));
            start = end;
        }
        if !chunks.is_empty() {
            files.push(file);
        }
    }
    (files, places)
}

/// The name of the first chunk's file.
#[must_use]
pub fn first(places: &[(&str, Value)]) -> String {
    let main = places.iter().find(|(name, _)| *name == MAIN);
    let link = main.and_then(|(_, place)| place.get(0)?.as_str());
    link.unwrap_or_default().to_owned()
}

fn link(file: &File) -> String {
    format!("./{}", file.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program() -> Program {
        let chunks = [
            (MAIN, vec![1; 9]),
            ("split_work", vec![2; 9]),
            ("split_example", vec![3; 2]),
            ("chunk_1", vec![4; SMALL]),
            ("chunk_2", vec![5; 3]),
            ("chunk_3", vec![6; 4]),
            ("chunk_4", vec![7; 5]),
        ];
        Program {
            script: String::new(),
            chunks: chunks.map(|(name, wasm)| (name.to_owned(), wasm)).into(),
            sample: ["chunk_3", "split_example"].map(str::to_owned).into(),
        }
    }

    #[test]
    fn each_chunk_is_where_its_place_says() {
        let program = program();
        let (files, places) = files(&program);
        assert_eq!(places.len(), program.chunks.len());
        for (name, place) in &places {
            let wasm = program.chunks.get(*name).unwrap();
            let link = place.get(0).unwrap().as_str().unwrap();
            let file = files.iter().find(|file| format!("./{}", file.name) == link);
            let at = |index: usize| Some(place.get(index)?.as_u64().unwrap() as usize);
            let content = &file.unwrap().content;
            let part = at(1).map_or(&content[..], |start| &content[start..at(2).unwrap()]);
            assert_eq!(part, wasm, "{name}");
        }
        assert!(first(&places).starts_with("./pipewright-"));
    }

    #[test]
    fn what_the_sample_needs_is_one_file_and_the_other_small_ones_are_another() {
        let program = program();
        let (files, _) = files(&program);
        let stems: Vec<&str> = files
            .iter()
            .map(|file| file.name.rsplit_once('-').unwrap().0)
            .collect();
        assert_eq!(
            stems,
            ["chunk_1", "pipewright", "work", "example", "shared"]
        );
    }
}
