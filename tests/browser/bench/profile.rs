//! TEMPORARY
use browser_tests::Page;
use serde_json::{Value, json};
use std::collections::HashMap;

pub fn begin(page: &Page) {
    page.devtools("Profiler.enable", &json!({}));
    page.devtools("Profiler.setSamplingInterval", &json!({ "interval": 200 }));
    page.devtools("Profiler.start", &json!({}));
}

pub fn end(page: &Page, title: &str) {
    let answer = page.devtools("Profiler.stop", &json!({}));
    let profile = &answer["profile"];
    let mut names = HashMap::new();
    let mut parents: HashMap<i64, i64> = HashMap::new();
    for node in profile["nodes"].as_array().unwrap() {
        let id = node["id"].as_i64().unwrap();
        names.insert(
            id,
            node["callFrame"]["functionName"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
        for child in node["children"].as_array().into_iter().flatten() {
            parents.insert(child.as_i64().unwrap(), id);
        }
    }
    let samples = profile["samples"].as_array().unwrap();
    let deltas = profile["timeDeltas"].as_array().unwrap();
    let mut own: HashMap<String, f64> = HashMap::new();
    let mut total: HashMap<String, f64> = HashMap::new();
    for (sample, delta) in samples.iter().zip(deltas) {
        let ms = delta.as_f64().unwrap() / 1000.0;
        let mut id = sample.as_i64().unwrap();
        *own.entry(names[&id].clone()).or_default() += ms;
        let mut seen = std::collections::HashSet::new();
        loop {
            if seen.insert(names[&id].clone()) {
                *total.entry(names[&id].clone()).or_default() += ms;
            }
            match parents.get(&id) {
                Some(parent) => id = *parent,
                None => break,
            }
        }
    }
    for (what, map, n) in [("self", own, 45), ("total", total, 90)] {
        println!("== {title}: {what}");
        let mut list: Vec<_> = map.into_iter().collect();
        list.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (name, ms) in list.into_iter().take(n) {
            let name: String = name.chars().take(150).collect();
            println!("{ms:8.1}  {name}");
        }
    }
    let _ = Value::Null;
}
