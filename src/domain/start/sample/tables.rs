//! What the sample is made of. Every company, town and person is invented.

use std::ops::Range;

use crate::domain::start::templates::Template;

/// What the deals of one process are like.
pub(super) struct Kind {
    pub(super) template: Template,
    /// How many of a hundred deals start in it.
    pub(super) share: i64,
    /// Days from the first step to the end, least and most.
    pub(super) days: (i64, i64),
    /// Values in whole units of the currency, least and most.
    pub(super) values: (i64, i64),
    /// Values are rounded to this.
    pub(super) step: i64,
    /// Of a hundred closed deals: won, lost; the others are outdated.
    pub(super) ends: (i64, i64),
    /// The customers it is for: a range of [`CUSTOMERS`].
    pub(super) customers: Range<usize>,
    /// What is sold: a range of [`OFFERS`].
    pub(super) offers: Range<usize>,
}

pub(super) static KINDS: [Kind; 3] = [
    Kind {
        template: Template::ActiveSales,
        share: 52,
        days: (25, 110),
        values: (3_000, 42_000),
        step: 100,
        ends: (42, 42),
        customers: 6..52,
        offers: 1..5,
    },
    Kind {
        template: Template::OfferInquiry,
        share: 31,
        days: (4, 38),
        values: (180, 4_200),
        step: 10,
        ends: (55, 36),
        customers: 14..60,
        offers: 2..5,
    },
    Kind {
        template: Template::KeyAccounts,
        share: 17,
        days: (90, 270),
        values: (60_000, 480_000),
        step: 1_000,
        ends: (38, 44),
        customers: 0..14,
        offers: 0..2,
    },
];

/// Segments, each with where its customers begin in [`CUSTOMERS`].
pub(super) static SEGMENTS: [(&str, usize); 4] = [
    ("Enterprise", 0),
    ("Mid-sized", 14),
    ("Small business", 38),
    ("Public sector", 52),
];

#[rustfmt::skip]
pub(super) static CUSTOMERS: [&str; 60] = [
    "Aldermoor Foods", "Brennwick Logistics", "Castrelle Pharma", "Dunvarra Steel",
    "Eskmere Automotive", "Fjordal Shipping", "Grunavik Paper", "Halvorstad Energy",
    "Ironvale Components", "Jorvendal Chemicals", "Kestermann Retail", "Lindquell Beverages",
    "Marrowdeep Mining", "Nordelyn Home",
    "Oakenfell Furniture", "Pellworth Packaging", "Quillmark Print", "Rosenbrück Tools",
    "Saltmere Seafood", "Thornbeck Plastics", "Ulverdale Dairy", "Vantorel Optics",
    "Wexcombe Textiles", "Yarrowby Gardens", "Zellinger Ceramics", "Ashgrove Electrics",
    "Birchholm Doors", "Corvane Medical", "Dravik Pumps", "Emberley Coffee", "Fenwold Toys",
    "Galdera Cosmetics", "Hexley Instruments", "Ivarsund Timber", "Jessamy Bakeries",
    "Kolvane Bearings", "Lorimund Glass", "Mirevale Sports",
    "Nettle & Finch", "Oriel Lane Bikes", "Pip and Barrow", "Quayside Ferments",
    "Rook Street Books", "Sablewood Roasters", "Tansy Soapworks", "Umberfield Joinery",
    "Vespertide Candles", "Wrenfold Pottery", "Yonderhill Cycles", "Zinnia Row Florists",
    "Amberly Workshop", "Kettlebrook Ales",
    "City of Ellersby", "Harrowick Hospital", "Port of Tessaly", "Marlstone University",
    "Oldgate Water Works", "Brackwell County", "Lowmere Museums", "Saint Orrin Schools",
];

/// What is sold: a category with the deals it goes by.
#[rustfmt::skip]
pub(super) static OFFERS: [(&str, &[&str]); 5] = [
    ("Systems", &[
        "Packing line", "Sorting line", "Automated store", "Conveyor system", "Robot cell",
        "Palletising line", "Shuttle warehouse",
    ]),
    ("Software", &[
        "Warehouse control", "Stock planning", "Picking by tablet", "Shipping labels",
        "Line monitoring", "Maintenance planner",
    ]),
    ("Machines", &[
        "Strapping machine", "Stretch wrapper", "Carton sealer", "Labelling machine",
        "Lifting table", "Floor scale", "Void filler",
    ]),
    ("Service", &[
        "Yearly maintenance", "Safety inspection", "Spare parts set", "Belt replacement",
        "Retrofit of controls", "Hotline contract",
    ]),
    ("Training", &["Operator training", "Safety training", "Refresher day", "Train the trainer"]),
];

#[rustfmt::skip]
pub(super) static PLACES: [&str; 18] = [
    "hall 1", "hall 2", "hall 4", "the main plant", "the new site", "the northern branch",
    "the southern branch", "dispatch", "goods receipt", "the returns desk", "the cold store",
    "line A", "line C", "the night shift", "the workshop", "the spare parts store",
    "the second building", "the whole group",
];

pub(super) static OWNERS: [&str; 5] = [
    "Mara Ellison",
    "Tomasz Wierny",
    "Aylin Koray",
    "Jonas Hedlund",
    "Priya Ramanath",
];

#[rustfmt::skip]
pub(super) static TICK_NOTES: [&str; 14] = [
    "Agreed on the phone.", "They want to start after the holidays.",
    "Came with two colleagues from production.", "Price is fine, the date is not yet.",
    "Asked for a reference in the same field.", "Present machine breaks down every other week.",
    "Purchasing wants a second quotation.", "Head of operations is on our side.",
    "Budget is set for this year.", "Needs approval above 20,000.",
    "Sent by mail, confirmed the same day.", "Space in the hall is tight: 4 by 6 metres.",
    "Orders have doubled; they pack by hand until midnight.", "3 % off for payment in advance.",
];

#[rustfmt::skip]
pub(super) static DEAL_NOTES: [&str; 12] = [
    "Best reached before ten.", "Compares us with one other supplier.",
    "Visited our stand and left a card.", "Wants everything from one hand.",
    "Old contract ends in spring.", "Moves to a new building next year.",
    "Very careful with promises; put everything in writing.",
    "Had a good experience with our service team.", "Two sites now, a third is planned.",
    "Decision lies with the parent company.", "Asks for training to be included.",
    "Power supply has to be checked first.",
];

/// What is to be done next about a deal.
#[rustfmt::skip]
pub(super) static NEXT_STEPS: [&str; 24] = [
    "Call back", "Send the quotation", "Agree a date for a visit", "Ask for the floor plan",
    "Send two references", "Confirm the delivery time", "Check the power supply",
    "Call purchasing", "Prepare the demo", "Answer their questions", "Send the drawings",
    "Ask about the budget", "Meet the plant manager", "Rework the price",
    "Send the maintenance terms", "Follow up on the offer", "Ask who decides",
    "Book the test run", "Measure the hall", "Call before they order", "Send sample parcels",
    "Talk to their IT", "Get the order form", "Plan the handover",
];

/// What is noted of the first contact.
#[rustfmt::skip]
pub(super) static FIRST_NOTES: [&str; 8] = [
    "They called us: a colleague had seen one of our lines at a neighbour's.",
    "Came in by mail. Wants a first price before the end of the week.",
    "Met at the trade fair. Ten minutes at the stand, very concrete questions.",
    "Call with operations.\nToday: four people pack by hand, two shifts.\nGoal: one shift less by autumn.",
    "Their present supplier stops spare parts next year, so they look around.",
    "Recommended by another customer of ours. Wants to see it running first.",
    "Tender documents are at https://tenders.example/notice/4711\nQuestions until the 20th.",
    "Short call. Busy until Thursday, then best before ten: dispatch@customer.example",
];

/// What is noted of later calls, mails and meetings.
#[rustfmt::skip]
pub(super) static NOTES: [&str; 20] = [
    "Call: price is in their range. The date is the harder part.",
    "Call: no decision before the board meets. Promised to ring us the day after.",
    "Left a message, second try tomorrow.",
    "Mail: they would take two if the second one comes at 8 % less.",
    "Mail: drawings received, checked by our workshop. Fits.",
    "Meeting on site.\n- Floor is level, ceiling 5.20 m\n- Power: 32 A is there\n- Door is 2.40 m wide, so the frame comes in two parts",
    "Meeting with purchasing and production.\nThey like the short change of format.\nOpen: who pays for the training?",
    "Video call with their IT. They need the interface described: https://docs.example/interface/orders",
    "They compare us with one other offer. Ours is dearer and comes with service.",
    "Asked for a reference in food. Sent them two, both may be called.",
    "Production manager is for it, finance wants to lease. Sent the leasing terms.",
    "Test run with their own cartons: 14 per minute, they had asked for 12.",
    "Visit moved by a week, someone is ill.",
    "New contact while she is on leave: deputy@customer.example, very friendly.",
    "They want the old machine taken back. Told them that we do, for nothing.",
    "Call: a second site may follow next year. Not to be promised yet!",
    "Data sheet sent: https://files.example/sheets/strapping-2.pdf\nShe passes it on to the safety officer.",
    "Call: delivery in week 38 would be too late for the season. Asked our planning for 35.",
    "Lunch with the plant manager. Likes us, has no signature.",
    "Offer talked through line by line. Three small changes, then it goes to the board.",
];

/// What people say about won, lost and outdated deals.
pub(super) static CLOSING_NOTES: [&[&str]; 3] = [
    &[
        "Went faster than expected.",
        "The trial run made the difference.",
        "Order came by mail overnight.",
        "They liked that we came in person.",
    ],
    &[
        "Told us openly; wants to be called again next year.",
        "They keep what they have.",
        "Nice people, wrong time.",
        "Only the price counted in the end.",
    ],
    &["Three calls, no answer.", "Moved into next year's budget."],
];
