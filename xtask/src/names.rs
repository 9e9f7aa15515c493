//! Short names for what the program takes from the script.
//!
//! wasm-bindgen gives each import the name of what it calls and a number of
//! sixteen random digits, in the wasm and in the script: a hundredth of what a
//! visitor loads. Nobody reads them, and the same short ones do on both sides.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{ImportSection, Module};
use wasmparser::{ImportSectionReader, Parser};

use crate::Result;
use crate::bundle::refused;

/// How the script begins the line of an import.
const INDENT: &str = "\n        ";

/// The wasm and the script around it, with short names for the imports.
///
/// # Errors
/// When the wasm is no whole module.
pub fn shorten(wasm: &[u8], script: String) -> Result<(Vec<u8>, String)> {
    let mut names = Names {
        script,
        module: String::new(),
        count: 0,
    };
    let mut module = Module::new();
    names
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| refused("wasm-encoder", &error))?;
    Ok((module.finish(), names.script))
}

struct Names {
    script: String,
    /// What the script was called in the wasm.
    module: String,
    /// So many imports have short names.
    count: usize,
}

impl Reencode for Names {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> std::result::Result<(), Error> {
        for import in section.into_imports() {
            let import = import?;
            let module = self.short_module(import.module);
            let name = self.short(import.name);
            imports.import(&module, &name, self.entity_type(import.ty)?);
        }
        Ok(())
    }
}

impl Names {
    /// The short name of the script, which is the module that imports are of.
    fn short_module(&mut self, name: &str) -> String {
        const SHORT: &str = "a";
        let entry = |name: &str| format!("{INDENT}\"{name}\": import0");
        let is_known = self.script.contains(&entry(SHORT)) && name == self.module;
        if is_known || self.replace(&entry(name), &entry(SHORT)) {
            self.module = name.to_owned();
            SHORT.to_owned()
        } else {
            name.to_owned()
        }
    }

    /// The short name of an import of the script; others keep theirs.
    fn short(&mut self, name: &str) -> String {
        let entry = |name: &str| format!("{INDENT}{name}: ");
        let short = letters(self.count);
        if self.replace(&entry(name), &entry(&short)) {
            self.count += 1;
            short
        } else {
            name.to_owned()
        }
    }

    /// Replaces what stands once in the script; whether it does.
    fn replace(&mut self, from: &str, to: &str) -> bool {
        let is_there = self.script.matches(from).count() == 1;
        if is_there {
            self.script = self.script.replacen(from, to, 1);
        }
        is_there
    }
}

/// A name for each number: a, b, ... z, ba, bb, ...
fn letters(mut number: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(b'a' + (number % 26) as u8);
        number /= 26;
        if number == 0 {
            name.reverse();
            return name.into_iter().map(char::from).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, MemoryType, TypeSection};

    use super::*;

    /// A module with these imports of a script.
    fn module(script: &str, log: &str, now: &str) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        let memory = MemoryType {
            minimum: 17,
            maximum: Some(16384),
            memory64: false,
            shared: false,
            page_size_log2: None,
        };
        imports.import(script, log, EntityType::Function(0));
        imports.import(script, "memory", EntityType::Memory(memory));
        imports.import(script, now, EntityType::Function(0));
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn imports_of_the_script_have_the_same_short_names_on_both_sides() {
        let script = "    {\n        __wbg_now_1f: function() {},\n        __wbg_log_2e: f,\n    \
                      }{\n        \"./a.js\": import0,\n    }";
        let wasm = module("./a.js", "__wbg_log_2e", "__wbg_now_1f");
        let (short, script) = shorten(&wasm, script.to_owned()).unwrap();
        assert_eq!(
            script,
            "    {\n        b: function() {},\n        a: f,\n    }{\n        \"a\": import0,\n    }"
        );
        assert_eq!(short, module("a", "a", "b"));
        assert!(shorten(&wasm[..wasm.len() - 1], String::new()).is_err());
        let other = shorten(&wasm, "nothing of it".to_owned()).unwrap();
        assert_eq!(other.0, wasm);
        assert_eq!([letters(25), letters(26), letters(700)], ["z", "ba", "bay"]);
    }
}
