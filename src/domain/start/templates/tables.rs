//! The wording of the ready-made processes and lists.

use super::written::{NOTE, WrittenProcess, REQUIRED, WrittenStage, WrittenSubStage as Sub, VALUE};
use crate::domain::record::list::ListKind;

/// What a short list holds in a new account.
pub(super) fn entries(kind: ListKind) -> &'static [&'static str] {
    match kind {
        ListKind::Segments | ListKind::Categories | ListKind::Owners => &[],
        ListKind::Sources => &[
            "Website",
            "Referral",
            "Phone call",
            "E-mail campaign",
            "Trade fair",
            "Existing customer",
            "Partner",
        ],
        ListKind::ReasonsWon => {
            &["Best fit", "Best price", "Good experience before", "Fast delivery"]
        }
        ListKind::ReasonsLost => &[
            "Too expensive",
            "Chose a competitor",
            "No budget",
            "Need went away",
            "Something was missing",
            "We were too slow",
        ],
        ListKind::ReasonsOutdated => {
            &["No reply any more", "Put off", "Contact has left", "Entered twice"]
        }
    }
}

pub(super) static DEFAULT: WrittenProcess = WrittenProcess {
    name: "Default",
    summary: "A plain way from the first fact to the offer.",
    color: 0,
    stages: &[
        WrittenStage {
            name: "Collect information",
            hint: "Know whom you are going to talk to.",
            stale_after_days: 0,
            sub_stages: &[
                Sub(5, "Look into the company", "What do they do, and for whom?", 0),
                Sub(5, "Find the right person", "Who would use it, and who would pay for it?", 0),
                Sub(5, "Estimate the value", "A rough figure will do; correct it later.", VALUE),
            ],
        },
        WrittenStage {
            name: "Contact",
            hint: "Get a first talk.",
            stale_after_days: 0,
            sub_stages: &[
                Sub(10, "Reach the person", "By phone, by mail or in person.", 0),
                Sub(10, "Agree on a meeting", "", 0),
            ],
        },
        WrittenStage {
            name: "Identify needs",
            hint: "Understand what it is worth to them.",
            stale_after_days: 0,
            sub_stages: &[
                Sub(15, "Hold the meeting", "Listen more than you talk.", 0),
                Sub(10, "Write down the needs", "In their own words.", 0),
                Sub(10, "Know budget and timing", "", 0),
            ],
        },
        WrittenStage {
            name: "Offer",
            hint: "Put it in writing and ask for the order.",
            stale_after_days: 0,
            sub_stages: &[
                Sub(10, "Send the offer", "", 0),
                Sub(10, "Go through it together", "Ask what speaks against it.", 0),
                Sub(10, "Get a yes", "", 0),
            ],
        },
    ],
};

pub(super) static ACTIVE_SALES: WrittenProcess = WrittenProcess {
    name: "Active sales",
    summary: "You make the first step: find a company, raise interest, win it over.",
    color: 0,
    stages: &[
        WrittenStage {
            name: "Research",
            hint: "Pick companies that have the problem you solve.",
            stale_after_days: 21,
            sub_stages: &[
                Sub(3, "Check that the company fits", "Size, field, place.", 0),
                Sub(4, "Find the person in charge", "", 0),
                Sub(3, "Guess the value", "From customers of the same size.", VALUE),
            ],
        },
        WrittenStage {
            name: "First contact",
            hint: "Earn ten minutes of attention.",
            stale_after_days: 14,
            sub_stages: &[
                Sub(6, "Send a personal message", "One reason, one question.", 0),
                Sub(8, "Talk on the phone", "", 0),
                Sub(6, "Set a date for a meeting", "", 0),
            ],
        },
        WrittenStage {
            name: "Identify needs",
            hint: "No offer before the need is clear.",
            stale_after_days: 14,
            sub_stages: &[
                Sub(12, "Hold the meeting", "", 0),
                Sub(8, "Name the need", "What happens if they do nothing?", NOTE),
                Sub(8, "Set the budget", "Correct the deal's value now.", REQUIRED | VALUE),
                Sub(6, "Know who decides", "", 0),
            ],
        },
        WrittenStage {
            name: "Offer",
            hint: "Offer what was asked for, no more.",
            stale_after_days: 10,
            sub_stages: &[
                Sub(8, "Show how it works", "With their own figures, if you can.", 0),
                Sub(8, "Send the offer", "", REQUIRED),
                Sub(6, "Talk the offer through", "", 0),
            ],
        },
        WrittenStage {
            name: "Agreement",
            hint: "Clear away what is still in the way.",
            stale_after_days: 10,
            sub_stages: &[
                Sub(6, "Answer the last questions", "", 0),
                Sub(8, "Get the order in writing", "", REQUIRED),
            ],
        },
    ],
};

pub(super) static OFFER_INQUIRY: WrittenProcess = WrittenProcess {
    name: "Offer inquiry",
    summary: "The customer asks for an offer: answer fast, follow up, close.",
    color: 1,
    stages: &[
        WrittenStage {
            name: "Inquiry",
            hint: "Answer on the same day.",
            stale_after_days: 5,
            sub_stages: &[
                Sub(10, "Confirm that it has arrived", "", 0),
                Sub(10, "Check that we can deliver", "", 0),
            ],
        },
        WrittenStage {
            name: "Clarify",
            hint: "Ask everything at once.",
            stale_after_days: 5,
            sub_stages: &[
                Sub(10, "Settle open questions", "", 0),
                Sub(10, "Work out the price", "", REQUIRED | VALUE),
            ],
        },
        WrittenStage {
            name: "Offer",
            hint: "",
            stale_after_days: 7,
            sub_stages: &[
                Sub(20, "Send the offer", "With a date until which it holds.", REQUIRED),
                Sub(10, "Ask whether it has been read", "", 0),
            ],
        },
        WrittenStage {
            name: "Follow-up",
            hint: "Two friendly questions, then an answer.",
            stale_after_days: 7,
            sub_stages: &[
                Sub(15, "Talk about the price", "What was agreed, and with whom?", NOTE),
                Sub(15, "Get the order", "", 0),
            ],
        },
    ],
};

pub(super) static KEY_ACCOUNTS: WrittenProcess = WrittenProcess {
    name: "Key accounts",
    summary: "Few customers, large sums, many people: plan, find allies, agree on a contract.",
    color: 2,
    stages: &[
        WrittenStage {
            name: "Account plan",
            hint: "Know the company better than its own leaflet.",
            stale_after_days: 45,
            sub_stages: &[
                Sub(3, "Write the account plan", "", 0),
                Sub(3, "Draw the map of people", "Who decides, who advises, who blocks?", 0),
                Sub(4, "Size the opportunity", "", VALUE),
            ],
        },
        WrittenStage {
            name: "Sponsor",
            hint: "Someone inside must want it.",
            stale_after_days: 30,
            sub_stages: &[
                Sub(8, "Meet the head of the department", "", 0),
                Sub(10, "Win a sponsor", "Who is it, and what is in it for them?", REQUIRED | NOTE),
            ],
        },
        WrittenStage {
            name: "Solution",
            hint: "Build it together with the people who will use it.",
            stale_after_days: 30,
            sub_stages: &[
                Sub(8, "Hold a workshop", "", 0),
                Sub(6, "Agree on what success means", "In figures.", 0),
                Sub(10, "Run a pilot", "", 0),
            ],
        },
        WrittenStage {
            name: "Proposal",
            hint: "",
            stale_after_days: 21,
            sub_stages: &[
                Sub(6, "Reckon what it pays back", "", VALUE),
                Sub(8, "Hand over the proposal", "", REQUIRED),
                Sub(6, "Present it to the board", "", 0),
            ],
        },
        WrittenStage {
            name: "Negotiation",
            hint: "Give nothing without getting something.",
            stale_after_days: 21,
            sub_stages: &[
                Sub(8, "Agree with purchasing", "", 0),
                Sub(6, "Settle the legal terms", "", 0),
            ],
        },
        WrittenStage {
            name: "Contract",
            hint: "",
            stale_after_days: 14,
            sub_stages: &[
                Sub(6, "Plan the start", "", 0),
                Sub(8, "Sign the contract", "", REQUIRED),
            ],
        },
    ],
};

pub(super) static MEDDIC: WrittenProcess = WrittenProcess {
    name: "MEDDIC",
    summary: "A check list for large deals: metrics, buyer, criteria, process, pain, champion.",
    color: 3,
    stages: &[
        WrittenStage {
            name: "Metrics",
            hint: "What does it bring them, in figures?",
            stale_after_days: 21,
            sub_stages: &[
                Sub(6, "Learn the figure they steer by", "", NOTE),
                Sub(8, "Put our gain into figures", "", VALUE),
            ],
        },
        WrittenStage {
            name: "Economic buyer",
            hint: "Who can say yes when all others say no?",
            stale_after_days: 21,
            sub_stages: &[
                Sub(6, "Know who signs", "", REQUIRED),
                Sub(10, "Speak with that person", "", 0),
            ],
        },
        WrittenStage {
            name: "Decision criteria",
            hint: "By what will they compare?",
            stale_after_days: 21,
            sub_stages: &[
                Sub(8, "List the criteria", "Technical, commercial, personal.", NOTE),
                Sub(8, "Show that we meet them", "", 0),
            ],
        },
        WrittenStage {
            name: "Decision process",
            hint: "Who does what until the signature, and when?",
            stale_after_days: 21,
            sub_stages: &[
                Sub(8, "Write down the steps and dates", "", 0),
                Sub(10, "Have the plan confirmed", "", 0),
            ],
        },
        WrittenStage {
            name: "Identify pain",
            hint: "Why change at all, and why now?",
            stale_after_days: 21,
            sub_stages: &[
                Sub(8, "Name what hurts", "", NOTE),
                Sub(8, "Agree on what waiting costs", "", 0),
            ],
        },
        WrittenStage {
            name: "Champion",
            hint: "Who sells for us when we are not in the room?",
            stale_after_days: 21,
            sub_stages: &[
                Sub(8, "Find the champion", "", REQUIRED),
                Sub(12, "See the champion act for us", "A test that costs them something.", 0),
            ],
        },
    ],
};

pub(super) static RENEWAL: WrittenProcess = WrittenProcess {
    name: "Renewal",
    summary: "A contract is running out: look back, look ahead, sign again.",
    color: 4,
    stages: &[
        WrittenStage {
            name: "Look back",
            hint: "Start three months before the end.",
            stale_after_days: 30,
            sub_stages: &[
                Sub(10, "Check how it is used", "", 0),
                Sub(10, "Settle open complaints", "", 0),
                Sub(10, "Set the renewal value", "", VALUE),
            ],
        },
        WrittenStage {
            name: "Review meeting",
            hint: "Their gain first, our price last.",
            stale_after_days: 21,
            sub_stages: &[
                Sub(20, "Hold the review", "", 0),
                Sub(10, "Hear their plans for next year", "What will change?", NOTE),
            ],
        },
        WrittenStage {
            name: "Renewal offer",
            hint: "",
            stale_after_days: 14,
            sub_stages: &[
                Sub(15, "Send the renewal offer", "", REQUIRED),
                Sub(10, "Agree on the terms", "", 0),
            ],
        },
        WrittenStage {
            name: "Signature",
            hint: "Before the old contract ends.",
            stale_after_days: 7,
            sub_stages: &[Sub(15, "Get the signature", "", REQUIRED)],
        },
    ],
};
