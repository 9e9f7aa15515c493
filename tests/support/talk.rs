//! What salespeople write down: next steps, and what was said in calls. Each is
//! put together from parts with names, numbers and words of its own, so that
//! no two are likely to be the same.

/// The length of a noted entry, in characters.
pub const NOTED_LENGTH: usize = 120;

const SYLLABLES: &str = "ka lo mer tin sol ver ran dex pol ni gra ton bel us hal or wi sch ber \
man ova ski ell ard fin jo sten mar cor ha le pe du vin ga ros";

const VERBS: &str = "Call|Write to|Visit|Send the offer to|Ask|Remind|Meet|Show the demo to|\
Agree terms with|Send references to|Invite|Follow up with";

const ABOUT: &str = "the contract term|delivery|two references|the budget|the pilot|the price \
list|training|the security questionnaire|the second site|the renewal|their audit|the workshop|\
legal's changes|the integration|user counts|the start date";

const WHO: &str = "said|told me|wrote back|asked|thinks|hopes|insists|is sure|mentioned|repeated";

/// Words of every day, with those of the trade among them.
const WORDS: &str = "the the the the to to to of of and and and a a in in for for is is on that \
that with with they they we we it our their them not will have from by at as be are this but \
before after about until because when which would could should only more than also still already \
again soon later next last first second new old other same both every week month quarter year \
Monday Tuesday Wednesday Thursday Friday morning afternoon summer autumn Christmas budget price \
prices discount offer contract term terms legal purchasing board meeting decision manager director \
owner team colleague colleagues boss supplier competitor partner customer customers site sites \
plant office warehouse branch country region rollout pilot trial demo workshop training support \
service licence users seats system software data migration import export report reports dashboard \
integration interface ledger invoice order orders delivery stock production quality security audit \
questionnaire reference references proposal figures costs savings return risk time effort start \
end date deadline signature answer question questions problem idea plan plans list version draft \
copy letter mail call visit lunch fair conference budgeted approved rejected delayed released \
promised agreed signed sent received compared tested installed planned wants needs likes prefers \
expects worries waits asks decides signs pays buys leaves stays works knows sees gets gives takes \
makes goes comes keeps happy angry unsure ready busy ill away back open clear cheap expensive late \
early long short small large big good better best hard easy simple important urgent possible \
certain free full half double twice once three four five ten twenty thirty hundred percent euros \
thousand without within between during against under over through very quite rather almost never \
always often maybe probably please";

/// One of the parts of a text.
fn one<'a>(parts: &'a str, by: char, roll: &mut impl FnMut(usize) -> usize) -> &'a str {
    let parts: Vec<&str> = parts.split(by).filter(|part| !part.is_empty()).collect();
    parts.get(roll(parts.len())).copied().unwrap_or_default()
}

fn person(roll: &mut impl FnMut(usize) -> usize) -> String {
    let mut name = format!("{}{}", one(SYLLABLES, ' ', roll), one(SYLLABLES, ' ', roll));
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// What is to be done next, such as `Ask Verni about the second site`.
pub fn next_step(mut roll: impl FnMut(usize) -> usize) -> String {
    let roll = &mut roll;
    let (verb, who) = (one(VERBS, '|', roll), person(roll));
    format!("{verb} {who} about {}", one(ABOUT, '|', roll))
}

/// What was said in a call, of [`NOTED_LENGTH`] characters.
pub fn noted(mut roll: impl FnMut(usize) -> usize) -> String {
    let roll = &mut roll;
    let mut text = format!("{} {}", person(roll), one(WHO, '|', roll));
    let mut until_stop = 5;
    while text.len() < NOTED_LENGTH {
        match roll(14) {
            0 => text.push_str(&format!(" {}", 2 + roll(300))),
            1 => text.push_str(&format!(" {}", person(roll))),
            _ => text.push_str(&format!(" {}", one(WORDS, ' ', roll))),
        }
        until_stop -= 1;
        if until_stop == 0 {
            until_stop = 4 + roll(9);
            text.push_str([",", ".", ".\n", ";"].get(roll(4)).copied().unwrap_or(","));
        }
    }
    text.truncate(NOTED_LENGTH - 1);
    while text.ends_with(char::is_whitespace) {
        text.pop();
        text.push('.');
    }
    text.push('.');
    text
}
