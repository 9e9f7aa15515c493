//! Numbers, amounts and dates as the account's language and region write them.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::domain::read::filter::Wording;
use crate::domain::value::alphabet::{Collation, Plain};
use crate::domain::value::bidi::isolated;
use crate::domain::value::money::{Chance, Currency, Money, plain_decimal};
use crate::domain::value::text::letters::upper;
use crate::domain::value::time::{Date, Moment};
use crate::domain::value::typed::Marks;
use crate::web::length::length;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = NumberFormat)]
    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "NumberFormat", catch)]
    fn new(locales: &JsValue, options: &JsValue) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method, js_name = format)]
    fn format(this: &NumberFormat, value: &JsValue) -> String;
    #[wasm_bindgen(method, js_name = formatToParts)]
    fn format_to_parts(this: &NumberFormat, value: &JsValue) -> Array;

    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "DateTimeFormat", catch)]
    fn new_dates(locales: &JsValue, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, js_name = format)]
    fn format_date(this: &DateTimeFormat, millis: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl, js_name = Collator)]
    type Collator;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "Collator", catch)]
    fn new_order(locales: &JsValue, options: &JsValue) -> Result<Collator, JsValue>;
    #[wasm_bindgen(method)]
    fn compare(this: &Collator, a: &str, b: &str) -> f64;

    #[wasm_bindgen(js_namespace = Intl, js_name = DisplayNames)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "DisplayNames", catch)]
    fn new_names(locales: &JsValue, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

/// The order of a language (empty: the browser's), from its `Intl.Collator`.
struct Sorted {
    letters: Option<Collator>,
    marks: Option<Collator>,
}

/// What gives the order of a language; see
/// [`Index::collated`](crate::domain::read::index::Index::collated).
pub fn collation(locale: &str) -> Box<dyn Collation> {
    let collator = |sensitivity: &str| {
        let wanted = [
            ("sensitivity", JsValue::from_str(sensitivity)),
            // Blanks and points count, also where a language passes over them.
            ("ignorePunctuation", JsValue::FALSE),
        ];
        Collator::new_order(&tag_of(locale), &options(&wanted)).ok()
    };
    Box::new(Sorted {
        letters: collator("base"),
        marks: collator("accent"),
    })
}

impl Collation for Sorted {
    fn compare(&self, a: &str, b: &str, marks: bool) -> Ordering {
        let collator = if marks { &self.marks } else { &self.letters };
        let order = collator.as_ref().map(|collator| collator.compare(a, b));
        order.map_or_else(|| Plain.compare(a, b, marks), |order| order.total_cmp(&0.0))
    }
}

/// The formatters of one account; cheap to clone.
#[derive(Clone)]
pub struct Formats(Rc<Inner>);

struct Inner {
    decimals: u8,
    marks: Marks,
    dates: Written<Date>,
    days: Written<Date>,
    rates: Written<u16>,
    amounts: Written<i128>,
    money: Option<NumberFormat>,
    whole_money: Option<NumberFormat>,
    short_money: Option<NumberFormat>,
    number: Option<NumberFormat>,
    percent: Option<NumberFormat>,
    date: Option<DateTimeFormat>,
    day: Option<DateTimeFormat>,
    month: Option<DateTimeFormat>,
    moment: Option<DateTimeFormat>,
}

/// What was written before: lists show the same again and again, and asking
/// the browser takes longer than looking it up.
struct Written<K>(RefCell<HashMap<K, String>>);

impl<K> Default for Written<K> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Eq + Hash> Written<K> {
    /// How many texts are remembered.
    const MOST: usize = 5_000;

    fn get(&self, key: K, write: impl FnOnce() -> String) -> String {
        let mut known = self.0.borrow_mut();
        if known.len() > Self::MOST {
            known.clear();
        }
        known.entry(key).or_insert_with(write).clone()
    }
}

/// The settings the formatters were made for, and they.
type Cached = (String, &'static str, Formats);

thread_local! {
    static CACHE: RefCell<Option<Cached>> = const { RefCell::new(None) };
}

fn options(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in pairs {
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}

/// Whether the browser takes the text as a language and region.
pub fn is_locale(tag: &str) -> bool {
    NumberFormat::new(&JsValue::from_str(tag), &JsValue::UNDEFINED).is_ok()
}

/// What the browser is told of a language and region; nothing where it is to
/// take the visitor's.
fn tag_of(locale: &str) -> JsValue {
    if locale.is_empty() || !is_locale(locale) {
        JsValue::UNDEFINED
    } else {
        JsValue::from_str(locale)
    }
}

/// The name of a `currency` or `language` as a language writes it (empty: the
/// browser's), where the browser knows it.
pub fn name_of(locale: &str, kind: &str, code: &str) -> Option<String> {
    let tag = if locale.is_empty() {
        JsValue::UNDEFINED
    } else {
        JsValue::from_str(locale)
    };
    let wanted = [("type", kind), ("languageDisplay", "standard")]
        .map(|(key, value)| (key, JsValue::from_str(value)));
    let names = DisplayNames::new_names(&tag, &options(&wanted));
    let name = names.ok()?.of(code).ok().flatten()?;
    // Some languages write their own name in lower case; a list reads better without.
    let mut letters = name.chars();
    let first = letters.next()?;
    Some(upper(first) + letters.as_str())
}

/// The marks in an amount as the format writes it.
fn marks_of(format: &NumberFormat) -> Marks {
    let parts = format.format_to_parts(&JsValue::from_f64(1_234_567.5));
    let text = |part: &JsValue, key: &str| {
        let value = Reflect::get(part, &JsValue::from_str(key)).ok();
        value.and_then(|value| value.as_string())
    };
    let mark = |kind: &str| {
        let part = parts
            .iter()
            .find(|part| text(part, "type").as_deref() == Some(kind))?;
        text(&part, "value")?.chars().next()
    };
    Marks {
        decimal: mark("decimal").unwrap_or(Marks::POINT.decimal),
        group: mark("group").unwrap_or(Marks::POINT.group),
    }
}

impl Formats {
    /// The formatters of a language and region (empty: the browser's) and a currency.
    pub fn of(locale: &str, currency: Currency) -> Self {
        CACHE.with_borrow_mut(|cache| match cache {
            Some((of, code, formats)) if of == locale && *code == currency.code => formats.clone(),
            _ => {
                let formats = Self::make(locale, currency);
                *cache = Some((locale.to_owned(), currency.code, formats.clone()));
                formats
            }
        })
    }

    fn make(locale: &str, currency: Currency) -> Self {
        let tag = tag_of(locale);
        let text = JsValue::from_str;
        let numbers = |pairs: &[(&str, JsValue)]| NumberFormat::new(&tag, &options(pairs)).ok();
        let dates =
            |pairs: &[(&str, JsValue)]| DateTimeFormat::new_dates(&tag, &options(pairs)).ok();
        let money = [
            ("style", text("currency")),
            ("currency", text(currency.code)),
            ("currencyDisplay", text("narrowSymbol")),
        ];
        let with = |more: &[(&str, JsValue)]| {
            let all: Vec<_> = money.iter().chain(more).cloned().collect();
            numbers(&all)
        };
        let utc = ("timeZone", text("UTC"));
        // The months that are counted by are those of this calendar, whichever
        // one is usual in the region.
        let gregorian = ("calendar", text("gregory"));
        Self(Rc::new(Inner {
            decimals: currency.decimals,
            marks: with(&[
                ("minimumFractionDigits", 1.into()),
                ("maximumFractionDigits", 1.into()),
            ])
            .map_or(Marks::POINT, |format| marks_of(&format)),
            dates: Written::default(),
            days: Written::default(),
            rates: Written::default(),
            amounts: Written::default(),
            money: with(&[]),
            whole_money: with(&[("maximumFractionDigits", 0.into())]),
            short_money: with(&[
                ("notation", text("compact")),
                ("maximumSignificantDigits", 3.into()),
            ]),
            number: numbers(&[]),
            percent: numbers(&[
                ("style", text("percent")),
                ("maximumFractionDigits", 1.into()),
            ]),
            date: dates(&[
                ("dateStyle", text("medium")),
                utc.clone(),
                gregorian.clone(),
            ]),
            day: dates(&[
                ("month", text("short")),
                ("day", text("numeric")),
                utc.clone(),
                gregorian.clone(),
            ]),
            month: dates(&[
                ("year", text("numeric")),
                ("month", text("short")),
                utc,
                gregorian.clone(),
            ]),
            moment: dates(&[
                ("dateStyle", text("medium")),
                ("timeStyle", text("short")),
                gregorian,
            ]),
        }))
    }

    fn amount(&self, format: Option<&NumberFormat>, minor: i128) -> String {
        let plain = plain_decimal(minor, self.0.decimals);
        // As text the amount is exact; engines that read it as a number only
        // lose digits that are not shown.
        isolated(format.map_or_else(
            || plain.clone(),
            |format| format.format(&JsValue::from_str(&plain)),
        ))
    }

    /// The marks by which amounts are written, and read where they are typed.
    pub fn marks(&self) -> Marks {
        self.0.marks
    }

    /// An amount of minor units; without decimals where there are none to show.
    pub fn money(&self, minor: i128) -> String {
        let unit = 10i128.pow(u32::from(self.0.decimals));
        let format = if minor % unit == 0 {
            &self.0.whole_money
        } else {
            &self.0.money
        };
        let write = || self.amount(format.as_ref(), minor);
        self.0.amounts.get(minor, write)
    }

    /// An amount in short, such as `1.2M €`, for charts.
    pub fn short_money(&self, minor: i128) -> String {
        self.amount(self.0.short_money.as_ref(), minor)
    }

    /// An amount of minor units for machines, such as `1234.50`.
    pub fn plain(&self, minor: i128) -> String {
        plain_decimal(minor, self.0.decimals)
    }

    /// A number given in tenths.
    pub fn tenths(&self, tenths: i64) -> String {
        let number = tenths as f64 / 10.0;
        let format = self.0.number.as_ref();
        isolated(format.map_or_else(
            || plain_decimal(i128::from(tenths), 1),
            |f| f.format(&JsValue::from_f64(number)),
        ))
    }

    /// A count.
    pub fn count(&self, count: usize) -> String {
        let format = self.0.number.as_ref();
        isolated(format.map_or_else(
            || count.to_string(),
            |f| f.format(&JsValue::from_f64(count as f64)),
        ))
    }

    /// Tenths of a percent.
    pub fn permille(&self, permille: u16) -> String {
        let write = || {
            let part = f64::from(permille) / 1000.0;
            let format = self.0.percent.as_ref();
            let write = |f: &NumberFormat| f.format(&JsValue::from_f64(part));
            isolated(format.map_or_else(|| length(part, ""), write))
        };
        self.0.rates.get(permille, write)
    }

    /// A chance in percent.
    pub fn chance(&self, chance: Chance) -> String {
        self.permille(chance.permille())
    }

    /// A civil date.
    pub fn date(&self, date: Date) -> String {
        let write = || civil(self.0.date.as_ref(), date);
        self.0.dates.get(date, write)
    }

    /// A civil date in few letters: without the year where that is this one.
    pub fn day(&self, date: Date, today: Date) -> String {
        if date.year() == today.year() {
            let write = || civil(self.0.day.as_ref(), date);
            self.0.days.get(date, write)
        } else {
            self.date(date)
        }
    }

    /// A month and its year.
    pub fn month(&self, first_day: Date) -> String {
        civil(self.0.month.as_ref(), first_day)
    }

    /// A moment, in the visitor's time zone.
    pub fn moment(&self, moment: Moment) -> String {
        let millis = moment.0 as f64 * 60_000.0;
        let format = self.0.moment.as_ref();
        let write = |format: &DateTimeFormat| format.format_date(millis);
        isolated(format.map_or_else(|| moment.0.to_string(), write))
    }
}

impl Wording for Formats {
    fn amount(&self, amount: Money) -> String {
        self.money(i128::from(amount.minor()))
    }

    fn date(&self, date: Date) -> String {
        Formats::date(self, date)
    }
}

/// A civil date as a format writes it.
fn civil(format: Option<&DateTimeFormat>, date: Date) -> String {
    let millis = Moment::noon_of(date).0 as f64 * 60_000.0;
    let write = |format: &DateTimeFormat| format.format_date(millis);
    isolated(format.map_or_else(|| date.to_string(), write))
}
