//! Short names for what the program takes from the script.
//!
//! wasm-bindgen gives each import the name of what it calls and a number of
//! sixteen random digits, in the wasm and in the script: a hundredth of what a
//! visitor loads. Nobody reads them, and the same short ones do on both sides.

use crate::bundle::unsigned;
use crate::{Error, Result};

/// The number of the section of imports.
const IMPORTS: u8 = 2;
/// Where a module begins: its mark and its version.
const HEAD: usize = 8;
/// How the script begins the line of an import.
const INDENT: &str = "\n        ";

/// The wasm and the script around it, with short names for the imports.
///
/// # Errors
/// When one of them is not of the form that we know.
pub fn shorten(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Names {
        script: script.to_owned(),
        module: String::new(),
        count: 0,
    };
    let wasm = names.in_module(&mut Bytes(wasm)).ok_or_else(|| {
        Error::unexpected(
            "the compiled program",
            "its imports are not those of the script",
        )
    })?;
    Ok((wasm, names.script))
}

struct Names {
    script: String,
    /// What the script was called in the wasm.
    module: String,
    /// So many imports have short names.
    count: usize,
}

impl Names {
    fn in_module(&mut self, from: &mut Bytes<'_>) -> Option<Vec<u8>> {
        let mut module = from.take(HEAD)?.to_vec();
        while let Some(id) = from.byte() {
            let length = from.number()?;
            let section = from.take(length)?;
            module.push(id);
            if id == IMPORTS {
                let section = self.in_imports(&mut Bytes(section))?;
                put_text(&section, &mut module);
            } else {
                put_text(section, &mut module);
            }
        }
        Some(module)
    }

    fn in_imports(&mut self, from: &mut Bytes<'_>) -> Option<Vec<u8>> {
        let mut section = Vec::new();
        let count = from.number()?;
        put_number(count, &mut section);
        for _ in 0..count {
            let module = self.short_module(from.string()?);
            put_text(module.as_bytes(), &mut section);
            let name = self.short(from.string()?);
            put_text(name.as_bytes(), &mut section);
            section.extend(from.kind()?);
        }
        Some(section)
    }

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

/// The bytes of a module that are still to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A number in the variable-length form of wasm.
    fn number(&mut self) -> Option<usize> {
        let (value, used) = unsigned(self.0)?;
        self.take(used)?;
        Some(value)
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }

    fn string(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.text()?).ok()
    }

    /// What kind of thing is imported.
    fn kind(&mut self) -> Option<&'a [u8]> {
        let all = self.0;
        match self.byte()? {
            // A function, of a type; an exception, with a mark before that.
            0 => drop(self.number()?),
            4 => drop((self.byte()?, self.number()?)),
            // A table of a type of references, and a memory, with their limits.
            kind @ (1 | 2) => {
                if kind == 1 {
                    self.byte()?;
                }
                let has_most = self.byte()? & 1 == 1;
                self.number()?;
                if has_most {
                    self.number()?;
                }
            }
            // A global value, of a type, that can be changed or not.
            3 => drop(self.take(2)?),
            _ => return None,
        }
        all.get(..all.len() - self.0.len())
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

fn put_text(text: &[u8], into: &mut Vec<u8>) {
    put_number(text.len(), into);
    into.extend(text);
}

fn put_number(mut number: usize, into: &mut Vec<u8>) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            into.push(low);
            return;
        }
        into.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with these imports and a section after them.
    fn module(imports: &[(&str, &str, &[u8])]) -> Vec<u8> {
        let mut section = Vec::new();
        put_number(imports.len(), &mut section);
        for (module, name, kind) in imports {
            put_text(module.as_bytes(), &mut section);
            put_text(name.as_bytes(), &mut section);
            section.extend(*kind);
        }
        let mut module = b"\0asm\x01\0\0\0\x02".to_vec();
        put_text(&section, &mut module);
        module.push(10);
        put_text(&[7; 200], &mut module);
        module
    }

    #[test]
    fn imports_of_the_script_have_the_same_short_names_on_both_sides() {
        let script = "    {\n        __wbg_now_1f: function() {},\n        __wbg_log_2e: f,\n    \
                      }{\n        \"./a.js\": import0,\n    }";
        let wasm = module(&[
            ("./a.js", "__wbg_log_2e", &[0, 5]),
            ("./a.js", "memory", &[2, 1, 17, 0x80, 0x80, 1]),
            ("./a.js", "table", &[1, 0x70, 0, 9]),
            ("./a.js", "base", &[3, 0x7f, 0]),
            ("./a.js", "__wbg_now_1f", &[0, 0x85, 1]),
        ]);
        let (short, script) = shorten(&wasm, script).unwrap();
        assert_eq!(
            script,
            "    {\n        b: function() {},\n        a: f,\n    }{\n        \"a\": import0,\n    }"
        );
        let want = module(&[
            ("a", "a", &[0, 5]),
            ("a", "memory", &[2, 1, 17, 0x80, 0x80, 1]),
            ("a", "table", &[1, 0x70, 0, 9]),
            ("a", "base", &[3, 0x7f, 0]),
            ("a", "b", &[0, 0x85, 1]),
        ]);
        assert_eq!(short, want);
        assert!(shorten(&wasm[..wasm.len() - 1], "").is_err());
        let other = shorten(&wasm, "nothing of it").unwrap();
        assert_eq!(other.0, wasm);
        assert_eq!([letters(25), letters(26), letters(700)], ["z", "ba", "bay"]);
    }
}
