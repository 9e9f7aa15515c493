//! Kills the browser a moment after it said that all is saved.

use std::time::{Duration, Instant};

use browser_tests::{Page, Visit, any};

/// Adds a deal and kills the browser, so many times; prints how many of the
/// deals were lost.
pub fn report(times: u64) {
    Visit::default().run(|page| {
        page.set_patience(Duration::from_secs(60));
        let mut page = page.clone();
        let (mut lost, mut waited) = (Vec::new(), Vec::new());
        for round in 0..times {
            let name = format!("Deal {round}");
            add_deal(&page, &name);
            let saving = Instant::now();
            page.by_role("status", any()).first().expect_text("Saved");
            waited.push(saving.elapsed().as_secs_f64() * 1_000.0);
            let address = page.route();
            // From 100 to 3,000 ms, spread evenly in no order.
            let pause = 100 + round * 1_103 % 2_900;
            std::thread::sleep(Duration::from_millis(pause));
            page = page.kill_browser();
            page.set_patience(Duration::from_secs(60));
            page.goto(&address);
            let heading = page.by_role("heading", name.as_str());
            let is_there = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                heading.expect_present();
            }));
            if is_there.is_err() {
                lost.push((round, pause));
            }
        }
        println!("killed {times} times, 100 to 3,000 ms after Saved: lost {lost:?}");
        let slowest = waited.iter().copied().fold(0.0, f64::max);
        println!("Saved was seen at most {slowest:.0} ms after the deal was shown");
    });
}

fn add_deal(page: &Page, name: &str) {
    page.goto("#/deals/new");
    page.expect_heading("Add deal");
    page.field("Name").fill(name);
    page.by_role("button", "Save").click();
    page.expect_heading(name);
}
