//! Which file takes from which, as the code says it.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};

use super::Source;

/// The rooms of the domain, the lowest first: each takes from its own files
/// and from the rooms before it.
const ROOMS: [&str; 6] = [
    "domain/value/",
    "domain/record/",
    "domain/change/",
    "domain/read/",
    "domain/mend/",
    "domain/start/",
];
/// Where no two files take from one another.
const WITHOUT_CIRCLES: [&str; 3] = ["domain/", "codec/", "chart/"];

/// A path in the code, such as `crate::domain::value::money`.
type Words = Vec<String>;

/// A file as a module: its place in the crate, what it names, and under which
/// names it hands on what its children have.
struct Module {
    path: String,
    place: Words,
    named: BTreeSet<Words>,
    handed_on: BTreeMap<String, Words>,
}

/// Collects the paths that a file names.
#[derive(Default)]
struct Names {
    children: BTreeSet<String>,
    /// How many modules within the file the place that is read lies in.
    depth: usize,
    named: BTreeSet<Words>,
    handed_on: Vec<Words>,
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "test")
    })
}

/// Every path of a `use` tree.
fn paths_of(tree: &syn::UseTree, before: &[String], found: &mut Vec<Words>) {
    let with = |word: &syn::Ident| [before, &[word.to_string()]].concat();
    match tree {
        syn::UseTree::Path(path) => paths_of(&path.tree, &with(&path.ident), found),
        syn::UseTree::Name(name) => found.push(with(&name.ident)),
        syn::UseTree::Rename(rename) => found.push(with(&rename.ident)),
        syn::UseTree::Glob(_) => found.push(before.to_vec()),
        syn::UseTree::Group(group) => {
            for tree in &group.items {
                paths_of(tree, before, found);
            }
        }
    }
}

impl Names {
    /// A path as the file itself would say it.
    fn seen_from_the_file(&self, path: Words) -> Words {
        let ups = path.iter().take_while(|word| *word == "super").count();
        match ups.min(self.depth) {
            0 => path,
            within if within == ups => [&["self".to_owned()], &path[within..]].concat(),
            within => path[within..].to_vec(),
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_for_tests(&item.attrs) {
            self.children.insert(item.ident.to_string());
            self.depth += 1;
            visit::visit_item_mod(self, item);
            self.depth -= 1;
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut found = Vec::new();
        paths_of(&item.tree, &[], &mut found);
        let is_public = !matches!(item.vis, syn::Visibility::Inherited);
        for path in found {
            let path = self.seen_from_the_file(path);
            if is_public {
                self.handed_on.push(path);
            } else {
                self.named.insert(path);
            }
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let words: Words = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if words.len() > 1 {
            let words = self.seen_from_the_file(words);
            self.named.insert(words);
        }
        visit::visit_path(self, path);
    }
}

impl Module {
    fn of(source: &Source) -> Self {
        let file = syn::parse_file(&source.text).unwrap();
        let mut names = Names::default();
        names.visit_file(&file);
        let place = source.path.strip_suffix(".rs").unwrap();
        let place = place.strip_suffix("/mod").unwrap_or(place);
        let place: Words = place.split('/').map(str::to_owned).collect();
        let absolute = |path: &Words| absolute(path, &place, &names.children);
        let (own, others): (Vec<Words>, Vec<Words>) = names
            .handed_on
            .iter()
            .filter_map(absolute)
            .partition(|path| path.starts_with(&place));
        let handed_on = own
            .iter()
            .filter_map(|path| Some((path.last()?.clone(), path.clone())));
        Self {
            path: source.path.clone(),
            handed_on: handed_on.collect(),
            named: names
                .named
                .iter()
                .filter_map(absolute)
                .chain(others)
                .collect(),
            place,
        }
    }
}

/// A path from the root of the crate; none where it leads out of the crate or
/// names something of the file itself.
fn absolute(path: &Words, place: &Words, children: &BTreeSet<String>) -> Option<Words> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([place, rest].concat()),
        "super" => {
            let ups = path.iter().take_while(|word| *word == "super").count();
            let base = place.get(..place.len().checked_sub(ups)?)?;
            Some([base, &path[ups..]].concat())
        }
        child if children.contains(child) => Some([place.as_slice(), path].concat()),
        _ => None,
    }
}

/// Of each file, the others that it takes from.
fn imports(sources: &[Source]) -> BTreeMap<String, BTreeSet<String>> {
    let modules: Vec<Module> = sources.iter().map(Module::of).collect();
    let by_place: BTreeMap<&[String], &Module> = modules
        .iter()
        .map(|module| (module.place.as_slice(), module))
        .collect();
    // The file that a path leads to: of the longest beginning that is one, or
    // where that hands on what a child has, the child.
    let file = |path: &Words| -> Option<&str> {
        let mut path = path.clone();
        for _ in 0..8 {
            let at = (1..=path.len())
                .rev()
                .find(|at| by_place.contains_key(&path[..*at]))?;
            let module = by_place[&path[..at]];
            match path.get(at).and_then(|name| module.handed_on.get(name)) {
                Some(further) if *further != path[..=at] => {
                    path = [further.as_slice(), &path[at + 1..]].concat();
                }
                _ => return Some(&module.path),
            }
        }
        None
    };
    let of = |module: &Module| {
        let taken = module.named.iter().filter_map(file).map(str::to_owned);
        taken.filter(|path| *path != module.path).collect()
    };
    modules
        .iter()
        .map(|module| (module.path.clone(), of(module)))
        .collect()
}

/// Files of the domain that take from a room above their own.
pub fn imports_from_above(sources: &[Source]) -> Vec<String> {
    let room = |path: &str| ROOMS.iter().position(|room| path.starts_with(room));
    let mut found = Vec::new();
    for (path, taken) in imports(sources) {
        let Some(own) = room(&path) else { continue };
        let above = taken
            .iter()
            .filter(|other| room(other).is_none_or(|other| other > own));
        found.extend(above.map(|other| format!("src/{path} takes from src/{other}")));
    }
    found
}

/// Files that take from one another, straight or by way of others.
pub fn circles(sources: &[Source]) -> Vec<String> {
    let mut imports = imports(sources);
    imports.retain(|path, _| WITHOUT_CIRCLES.iter().any(|room| path.starts_with(room)));
    let leads_to = |from: &str, to: &str| {
        let (mut seen, mut next) = (BTreeSet::from([from]), vec![from]);
        while let Some(at) = next.pop() {
            let taken = imports.get(at).into_iter().flatten();
            next.extend(taken.filter(|other| seen.insert(other)).map(String::as_str));
        }
        seen.contains(to)
    };
    let arrows = imports
        .iter()
        .flat_map(|(path, taken)| taken.iter().map(move |other| (path, other)));
    arrows
        .filter(|(path, other)| leads_to(other, path))
        .map(|(path, other)| format!("src/{path} takes from src/{other}"))
        .collect()
}
