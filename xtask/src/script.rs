//! The script around the wasm: what wasm-bindgen and wasm-split have written
//! as modules, put together to one plain script. So a start takes one request
//! less for each, and the same script works in a page that was opened from a
//! disk, where browsers load no modules.

use serde_json::Value;

use crate::{Error, Result};

/// Where the name of each file is put in.
const FILES: &str = "{{files}}";
const START: &str = include_str!("start.js");

/// How wasm-split tells the program that a chunk has come, or has not: by a
/// function in its table.
const CALLBACK: &str = "sharedImports.__wasm_split.__indirect_function_table.get(callbackIndex)";

/// The module that wasm-bindgen's glue takes the loaders of the chunks from.
const LINKS: &str = "./__wasm_split.js";

/// Puts the script together, from the glue of the first chunk and the loaders
/// of the others. The table of files has still to be put in, by [`with_files`].
///
/// # Errors
/// When one of them is not of the form that we know.
pub fn compose(glue: &str, links: Option<&str>) -> Result<String> {
    let mut script = String::from("(function () {\n\"use strict\";\nconst FILES = {{files}};\n");
    script.push_str(START);
    let mut imports = Vec::new();
    let mut body = String::new();
    for line in glue.lines() {
        if let Some(import) = line.strip_prefix("import * as ") {
            imports.push(imported(import)?);
        } else if line.starts_with("import ") {
            return Err(unknown("wasm-bindgen", line));
        } else if line.starts_with("export {") {
            // Nobody takes anything out of a plain script.
        } else {
            body.push_str(line.strip_prefix("export ").unwrap_or(line));
            body.push('\n');
        }
    }
    if let Some(links) = links {
        script.push_str(&loaders(links)?);
    }
    for name in imports {
        script.push_str(&format!("const {name} = CHUNKS;\n"));
    }
    script.push_str(&replaced(
        &body,
        "wasm = instance.exports;",
        "wasm = guarded(instance.exports);",
        1,
    )?);
    script.push_str(&format!(
        "__wbg_init({{ module_or_path: wasmOf(\"{}\") }}).then(\n\
         \x20 function (wasm) {{ dispatchEvent(new CustomEvent(\"TrunkApplicationStarted\", {{ detail: {{ wasm }} }})); }},\n\
         \x20 window.pipewrightNotStarted\n);\n}}());\n",
        crate::program::MAIN
    ));
    if script.contains("import.meta") {
        return Err(unknown("wasm-bindgen", "import.meta"));
    }
    Ok(script)
}

/// The script with the place of each chunk: its file, relative to the page, and
/// where in that it begins and ends, if it is not all of it.
#[must_use]
pub fn with_files<'a>(script: &str, files: impl Iterator<Item = (&'a str, Value)>) -> String {
    let table: serde_json::Map<_, _> = files
        .map(|(name, place)| (name.to_owned(), place))
        .collect();
    script.replacen(FILES, &Value::Object(table).to_string(), 1)
}

/// The names of the chunks that a loader asks for, its own among them.
///
/// # Errors
/// When the loaders are not of the form that we know.
pub fn needs(links: &str, loader: &str) -> Result<Vec<String>> {
    let start = format!("export const __wasm_split_load_{loader} = ");
    let shared = links.split_once(&start).and_then(|(_, rest)| {
        let (_, list) = rest.split_once(", [")?;
        Some(list.split_once("]")?.0)
    });
    let shared = shared.ok_or_else(|| unknown("wasm-split", &start))?;
    let names = shared.split(", ").filter(|name| !name.is_empty());
    let names = names.map(|name| name.trim_start_matches('_').to_owned());
    Ok(names.chain([format!("split_{loader}")]).collect())
}

/// The name under which wasm-bindgen imports the loaders.
fn imported(import: &str) -> Result<&str> {
    let (name, from) = import.split_once(" from ").unwrap_or_default();
    let from = from.trim_end_matches(';').trim_matches(['"', '\'']);
    if from == LINKS {
        Ok(name)
    } else {
        Err(unknown("wasm-bindgen", import))
    }
}

/// The loaders of the chunks, as the members of one object.
fn loaders(links: &str) -> Result<String> {
    let mut body = String::new();
    let mut names = Vec::new();
    for line in links.lines() {
        if line.starts_with("import ") {
            // It asks for what the glue holds, which is in the same script here.
            continue;
        }
        let line = match line.strip_prefix("export const ") {
            None => line.to_owned(),
            Some(rest) => {
                let name = rest.split(' ').next().unwrap_or_default();
                names.push(name.to_owned());
                format!("const {rest}")
            }
        };
        body.push_str(&line);
        body.push('\n');
    }
    let fetches = body.matches("fetch(new URL(\"./").count();
    let body = replaced(&body, "fetch(new URL(\"./", "wasmOf(\"", fetches)?;
    let body = replaced(&body, ".wasm\", import.meta.url))", "\")", fetches)?;
    let body = replaced(
        &body,
        "(WebAssembly.instantiateStreaming(",
        "(instantiateChunk(",
        fetches,
    )?;
    let body = replaced(&body, CALLBACK, &format!("guard({CALLBACK})"), 1)?;
    Ok(format!(
        "const CHUNKS = (function () {{\n{body}return {{ {} }};\n}}());\n",
        names.join(", ")
    ))
}

/// The text with all of `what` replaced, of which there must be so many.
fn replaced(text: &str, what: &str, by: &str, count: usize) -> Result<String> {
    if text.matches(what).count() == count {
        Ok(text.replace(what, by))
    } else {
        Err(unknown("wasm-bindgen or wasm-split", what))
    }
}

fn unknown(tool: &str, what: &str) -> Error {
    Error::unexpected(
        "the script around the program",
        format!("{tool} writes it in another way than ours is made of: {what}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "import * as import1 from \"./__wasm_split.js\"\nexport class A {}\nasync function __wbg_init() {\n  wasm = instance.exports;\n}\nexport { initSync, __wbg_init as default };\n";
    const LINKED: &str = "import { initSync } from \"./main.js\";\nsharedImports.__wasm_split.__indirect_function_table.get(callbackIndex)(callbackData, success);\nconst __chunk_3 = makeLoad(() => {\n    const src = fetch(new URL(\"./chunk_3.wasm\", import.meta.url));\n    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}, []);\nexport const __wasm_split_load_work = wrapAsyncCb(makeLoad(x, [__chunk_3]));\n";

    #[test]
    fn modules_become_one_plain_script() {
        let script = compose(GLUE, Some(LINKED)).unwrap();
        for line in script.lines() {
            let is_of_module = line.starts_with("import ") || line.starts_with("export ");
            assert!(!is_of_module, "{line}");
        }
        assert!(
            script.contains("const src = wasmOf(\"chunk_3\");"),
            "{script}"
        );
        assert!(
            script.contains("return { __wasm_split_load_work };"),
            "{script}"
        );
        assert!(script.contains("const import1 = CHUNKS;"), "{script}");
    }

    #[test]
    fn a_loader_needs_its_own_chunk_and_those_that_it_shares() {
        assert_eq!(needs(LINKED, "work").unwrap(), ["chunk_3", "split_work"]);
        assert!(needs(LINKED, "play").is_err());
    }

    #[test]
    fn what_is_written_in_another_way_is_refused() {
        assert!(compose("import x from './other.js';\n", None).is_err());
        assert!(compose("a = import.meta.url;\n", None).is_err());
        let linked = LINKED.replace("instantiateStreaming", "compileStreaming");
        assert!(compose(GLUE, Some(&linked)).is_err());
    }

    #[test]
    fn the_files_are_put_in_by_name() {
        let script = with_files(
            "const FILES = {{files}};",
            [("a", serde_json::json!(["./a-1.wasm", 0, 5]))].into_iter(),
        );
        assert_eq!(script, "const FILES = {\"a\":[\"./a-1.wasm\",0,5]};");
    }
}
