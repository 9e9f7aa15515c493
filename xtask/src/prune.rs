//! ECharts without what our charts don't use: half of it.
//!
//! The script that charming ships is one function that holds everything, in
//! the order in which it was bundled: functions, variables, and what is done
//! with them, at the end of which all series and components are put to use. So
//! a smaller one is made without any knowledge of JavaScript but how its parts
//! are told apart. What is not put to use is left out, and so is what has a
//! name that nothing left in refers to. Whatever else is done is left in.
//!
//! A name counts as used wherever it stands, whatever it means there, so rather
//! too much is left in than too little. What a variable is made of is made for
//! its sake alone; the browser suite draws all charts.

use std::collections::{HashMap, HashSet};

use crate::js::{Code, Part};
use crate::{Error, Result};

/// The series and components that our charts are made of. A chart that uses
/// another needs its line here, or ECharts does not draw it.
const WANTED: [&str; 8] = [
    "series.bar",
    "series.line",
    "grid",
    "axisPointer",
    "tooltip",
    "title",
    "legend.plain",
    "legend.scroll",
];
/// What is done for features that no chart of ours has, by a word in it: forms
/// that turn into others, descriptions in words, tables that are made of others,
/// and the box of tools.
const UNUSED: [&str; 6] = [
    "seriesTransition",
    "VISUAL.ARIA",
    "registerTransform",
    "changeDataView",
    "changeMagicType",
    "type:\"restore\"",
];
/// The one function that we call.
const CALLED: &str = "init";

/// How something stands in the script.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Function,
    Variable,
    /// What is done: an expression.
    Deed,
    /// A statement of another kind.
    Other,
}

struct Item {
    form: Form,
    part: Part,
}

/// The script without what is not used.
///
/// # Errors
/// When it is built in another way than the one that is known.
pub fn echarts(script: &str) -> Result<String> {
    Bundle::read(script)
        .and_then(|bundle| bundle.pruned())
        .ok_or_else(|| {
            Error::unexpected(
                "ECharts",
                "it is bundled in another way than the one that xtask/src/prune.rs knows",
            )
        })
}

struct Bundle<'a> {
    code: Code<'a>,
    /// What the function holds that everything is in.
    body: Part,
    /// What it calls the object that it puts its own functions on.
    exports: &'a str,
    items: Vec<Item>,
    /// The places of the items that have a name.
    named: HashMap<&'a str, Vec<usize>>,
    /// The name of the function that puts things to use.
    puts_to_use: &'a str,
}

impl<'a> Bundle<'a> {
    fn read(script: &'a str) -> Option<Self> {
        let code = Code::read(script)?;
        let head = ["this", ",", "(", "function", "("];
        let start = (0..code.len()).find(|place| code.stands(*place, &head))? + head.len();
        let exports = code.token(start);
        let strict = ["\"use strict\"", ";"];
        if !code.stands(start + 1, &[")", "{"]) || !code.stands(start + 3, &strict) {
            return None;
        }
        let body = start + 3 + strict.len()..code.closing(start + 2)?;
        let mut bundle = Self {
            code,
            body,
            exports,
            items: Vec::new(),
            named: HashMap::new(),
            puts_to_use: "",
        };
        bundle.read_items()?;
        let code = &bundle.code;
        let mut parts = bundle.items.iter().map(|item| item.part.start);
        let at = parts.find(|at| code.stands(*at, &[exports, ".", "use", "="]))?;
        bundle.puts_to_use = code.token(at + 4);
        Some(bundle)
    }

    fn read_items(&mut self) -> Option<()> {
        let end = self.body.end;
        let mut at = self.body.start;
        while at < end {
            match self.code.token(at) {
                ";" => at += 1,
                "function" => {
                    let body = self.code.closing(at + 2)? + 1;
                    let next = self.code.closing(body)? + 1;
                    self.add(Form::Function, at..next, self.code.token(at + 1));
                    at = next;
                }
                "if" | "for" | "while" | "do" | "switch" | "try" => {
                    let next = self.code.find(&[";"], at, end);
                    self.add(Form::Other, at..next, "");
                    at = next;
                }
                first => {
                    let is_variable = first == "var";
                    let start = at + usize::from(is_variable);
                    at = self.code.find(&[";"], start, end);
                    for part in self.code.list(&(start..at)) {
                        match is_variable {
                            true => {
                                let name = self.code.token(part.start);
                                self.add(Form::Variable, part, name);
                            }
                            false => self.add(Form::Deed, part, ""),
                        }
                    }
                }
            }
        }
        Some(())
    }

    fn add(&mut self, form: Form, part: Part, name: &'a str) {
        if !name.is_empty() {
            self.named.entry(name).or_default().push(self.items.len());
        }
        self.items.push(Item { form, part });
    }

    fn pruned(&self) -> Option<String> {
        let mut kept: HashMap<usize, String> = HashMap::new();
        let mut found = Vec::new();
        for (place, item) in self.items.iter().enumerate() {
            if let Some(text) = self.done(item, &mut found)? {
                kept.insert(place, text);
            }
        }
        let mut known = HashSet::new();
        while let Some(name) = found.pop() {
            if !known.insert(name) {
                continue;
            }
            for place in self.named.get(name).into_iter().flatten() {
                let item = self.items.get(*place)?;
                found.extend(self.code.names(&item.part));
                kept.insert(*place, self.code.text(&item.part).to_owned());
            }
        }
        let mut script = self.code.before(self.body.start).to_owned();
        for (place, item) in self.items.iter().enumerate() {
            let Some(text) = kept.get(&place) else {
                continue;
            };
            let (before, behind) = match item.form {
                Form::Function => ("", ""),
                Form::Variable => ("var ", ";"),
                // A function that stands first is no declaration.
                Form::Deed => ("0,", ";"),
                Form::Other => ("", ";"),
            };
            script.extend([before, text, behind]);
        }
        script.push_str(self.code.text(&(self.body.end..self.code.len())));
        script.push('\n');
        Some(script)
    }

    /// What is left of something that is done, and the names that it uses.
    fn done(&self, item: &Item, found: &mut Vec<&'a str>) -> Option<Option<String>> {
        let code = &self.code;
        let start = item.part.start;
        if matches!(item.form, Form::Function | Form::Variable) {
            return Some(None);
        }
        let is_export = code.stands(start, &[self.exports, "."]) && code.token(start + 3) == "=";
        if is_export && code.token(start + 2) != CALLED {
            return Some(None);
        }
        if code.stands(start, &[self.puts_to_use, "(", "["]) {
            let list = start + 3..code.closing(start + 2)?;
            let mut parts = code.list(&list);
            parts.retain(|part| self.is_wanted(part));
            found.push(self.puts_to_use);
            found.extend(parts.iter().flat_map(|part| code.names(part)));
            let parts: Vec<&str> = parts.iter().map(|part| code.text(part)).collect();
            return Some(Some(format!("{}([{}])", self.puts_to_use, parts.join(","))));
        }
        let text = code.text(&item.part);
        let is_unused = UNUSED.iter().any(|word| text.contains(word));
        if is_unused || code.stands(start, &[self.puts_to_use, "("]) && !self.is_wanted(&item.part)
        {
            return Some(None);
        }
        found.extend(code.names(&item.part));
        Some(Some(text.to_owned()))
    }

    /// Whether what is put to use registers nothing that is not wanted.
    fn is_wanted(&self, part: &Part) -> bool {
        let mut types = HashSet::new();
        self.types(part, &mut types, &mut HashSet::new());
        types.iter().all(|known| WANTED.contains(known))
    }

    /// The types of the series and components that are registered in a part, or
    /// in what it puts to use.
    fn types(&self, part: &Part, types: &mut HashSet<&'a str>, known: &mut HashSet<&'a str>) {
        let code = &self.code;
        let is_name = part.len() == 1;
        for place in part.clone() {
            let is_model = matches!(
                code.token(place),
                "registerComponentModel" | "registerSeriesModel"
            );
            let is_use = code.token(place) == self.puts_to_use;
            let name = match is_name {
                true => code.token(place),
                false if code.token(place + 1) == "(" => code.token(place + 2),
                false => continue,
            };
            let parts = self.named.get(name).into_iter().flatten();
            let parts = parts.filter_map(|place| self.items.get(*place));
            if is_model {
                let mut found = parts
                    .flat_map(|item| self.types_of_model(&item.part))
                    .peekable();
                if found.peek().is_none() {
                    // Of what can't be told it is not known that it is wanted.
                    types.insert(name);
                }
                types.extend(found);
            } else if (is_use || is_name) && known.insert(name) {
                parts.for_each(|item| self.types(&item.part, types, known));
            }
        }
    }

    /// The types that a model says it is of, as a class or as a description.
    fn types_of_model(&self, part: &Part) -> Vec<&'a str> {
        let code = &self.code;
        let after = |tokens: &'static [&str]| {
            let places = part.clone().filter(|place| code.stands(*place, tokens));
            places.filter_map(|place| {
                let text = code.token(place + tokens.len());
                text.strip_prefix('"')?.strip_suffix('"')
            })
        };
        let of_class: Vec<&str> = after(&[".", "type", "="]).collect();
        match of_class.is_empty() {
            true => after(&["type", ":"]).collect(),
            false => of_class,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"/* Licence. */
!function(t,e){e((t=self).echarts={})}(this,(function(t){"use strict";
var a=1,b=function(t){return t.type="series.bar",t}(),c=function(t){return t.type="series.pie",t}();
function u(t){t({})}function i(){return a}function d(t){t.registerSeriesModel(c)}
function n(t){t.registerComponentModel(g)}var g=x({type:"grid",axisPointer:{type:"none"}}),l=2;
u([function(t){t.registerSeriesModel(b)},d]),u((function(t){u(n)})),u(d),function(t){t.own=1}(b);
for(var k=0;k<2;k++)l+=k;
t.use=u,t.init=i,t.other=d}));
"#;

    #[test]
    fn what_nothing_uses_is_left_out() {
        let small = echarts(SMALL).unwrap();
        assert!(small.starts_with("/* Licence. */\n!function"), "{small}");
        for left_in in [
            "series.bar",
            "t.init=i",
            "var a=1;",
            "var l=2;",
            "0,function(t){t.own=1}(b);",
        ] {
            assert!(small.contains(left_in), "{left_in}: {small}");
        }
        for left_out in ["series.pie", "t.other", "function d(", "u(d)"] {
            assert!(!small.contains(left_out), "{left_out}: {small}");
        }
    }

    #[test]
    fn a_script_of_another_kind_is_refused() {
        assert!(echarts("var echarts = {};").is_err());
        assert!(echarts(&SMALL.replace("t.use=u,", "")).is_err());
    }
}
