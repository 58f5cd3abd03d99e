//! Large files of others, on slow lines and on busy machines.

use std::fs;
use std::time::Duration;

use e2e::{Engine, Fault, Hosting, Look, Result, many_events, visit_as};
use serde_json::json;

/// The page with a script that runs before all others.
fn page_with(script: &str) -> Result<String> {
    let page = fs::read_to_string(e2e::dist()?.join("index.html"))?;
    Ok(page.replacen("<head>", &["<head><script>", script, "</script>"].concat(), 1))
}

/// What a policy and an old browser do: no worker comes up.
const REFUSALS: [(&str, &str); 2] =
    [("worker-src 'none'", ""), ("worker-src 'self'", "delete window.Worker")];

#[test]
fn a_file_on_a_slow_line_tells_how_far_it_is_and_can_be_cancelled() -> Result<()> {
    let file = many_events(25_000);
    assert!((2_000_000..3_000_000).contains(&file.len()), "{} bytes", file.len());
    let hosting = Hosting::default()
        .file("many.json", file)
        .fault("many.json", Fault::Slow(100_000, Duration::from_millis(250)));
    let page = visit_as(&Look::default(), hosting, "?src=many.json")?;
    page.wait_for(".loading progress")?;
    let status = page.value("document.querySelector('.loading [role=status]').textContent")?;
    assert_eq!(status, "Reading many.json…");
    page.wait_until("document.querySelector('.loading .far').textContent === '1 of 2 MB fetched'")?;
    let share =
        page.value("document.querySelector('.loading progress').position")?.as_f64().unwrap_or_default();
    assert!((0.3..0.9).contains(&share), "{share}");

    // By keyboard, and focus stays where it was.
    page.run("document.querySelector('.loading button').focus()")?;
    page.press(&["Enter"])?;
    page.wait_for(".msg [role=alert]")?;
    let said = page.text(".msg")?;
    assert!(said.contains("You cancelled the reading of many.json."), "{said}");
    assert_eq!(page.count(".loading")?, 0);
    assert_eq!(page.value("document.activeElement.textContent")?, "Try again");
    // Nothing of what was cancelled comes after all.
    page.run("return new Promise(done => setTimeout(done, 1000))")?;
    assert_eq!(page.count(".msg [role=alert]")?, 1);

    page.press(&["Enter"])?;
    page.wait_for(".loading progress")?;
    assert_eq!(page.value("document.activeElement.textContent")?, "Cancel");
    page.wait_until("document.querySelector('.loading .far')?.textContent.endsWith('MB fetched')")?;
    page.assert_quiet()
}

#[test]
fn a_file_is_waited_for_as_long_as_something_of_it_comes() -> Result<()> {
    // Longer than the patience with a line on which nothing comes, and than that of this test with the page.
    let hosting = Hosting::default()
        .file("slow.json", many_events(100))
        .fault("slow.json", Fault::Slow(500, Duration::from_secs(1)));
    let page = visit_as(&Look::default(), hosting, "?src=slow.json")?;
    page.wait_until("performance.now() > 13000")?;
    assert_eq!(page.count(".loading progress")?, 1);
    page.wait_until("document.querySelector('h1')?.textContent === 'Many events'")?;
    assert!(page.value("performance.now()")?.as_f64() > Some(15_500.0), "the line was not slow");
    page.assert_quiet()
}

#[test]
fn what_is_there_at_once_is_shown_without_a_word_on_the_way() -> Result<()> {
    let watch = "new MutationObserver(() => {
        const loading = document.querySelector('.loading');
        if (loading) window.seen ??= getComputedStyle(loading).opacity;
      }).observe(document.documentElement, { childList: true, subtree: true })";
    let hosting = Hosting::default().file("few.json", many_events(3)).file("watched.html", page_with(watch)?);
    let page = visit_as(&Look::default(), hosting, "watched.html?src=few.json")?;
    page.wait_until("document.querySelectorAll('[data-timeline] [data-event-id]').length === 3")?;
    assert_eq!(page.value("window.seen")?, "0");
    page.assert_quiet()
}

#[test]
fn where_no_worker_can_be_had_the_page_reads_the_file_itself() -> Result<()> {
    for (policy, script) in REFUSALS {
        let hosting = Hosting::default()
            .header("Content-Security-Policy", policy)
            .file("other.json", many_events(5))
            .file("page.html", page_with(script)?);
        let page = visit_as(&Look::default(), hosting, "page.html?src=other.json")?;
        page.wait_until("document.querySelectorAll('[data-timeline] [data-event-id]').length === 5")?;
        page.open("page.html?src=missing.json")?;
        page.wait_for(".msg [role=alert]")?;
        assert!(page.text(".msg")?.contains("status 404"), "{}", page.text(".msg")?);
    }
    Ok(())
}

#[test]
fn a_file_that_the_page_reads_itself_can_be_cancelled() -> Result<()> {
    let hosting = Hosting::default()
        .file("many.json", many_events(2000))
        .file("page.html", page_with(REFUSALS[1].1)?)
        .fault("many.json", Fault::Slow(20_000, Duration::from_millis(500)));
    let page = visit_as(&Look::default(), hosting, "page.html?src=many.json")?;
    page.wait_until("document.querySelector('.loading .far')?.textContent.endsWith('MB fetched')")?;
    page.click(".loading button")?;
    page.wait_for(".msg [role=alert]")?;
    page.run("return new Promise(done => setTimeout(done, 1000))")?;
    assert!(page.text(".msg")?.contains("You cancelled"), "{}", page.text(".msg")?);
    Ok(())
}

#[test]
fn a_hundred_thousand_events_are_read_without_keeping_the_page_waiting() -> Result<()> {
    // Where there is no worker, what the app would be given is kept from it, as what that does with it is another matter. Where
    // there is one, another app comes in its place, and asks for a plan.
    let watch = "
      window.tasks = [];
      new PerformanceObserver(list => tasks.push(...list.getEntries().map(task => [task.startTime, task.duration])))
        .observe({ type: 'longtask' });
      Object.defineProperty(HTMLScriptElement.prototype, 'ask', {
        set(own) {
          const ask = (what, of, done) => {
            if (what === 'load') window.asked ??= performance.now();
            own(what, of, (...answer) => {
              const isLast = answer.length < 3;
              // Of what is asked of the worker only the plan takes letters.
              const isPlan = what === 'inquire' && of.split('\\n').length > 3;
              if (isLast && (window.Worker ? isPlan : what === 'load')) window.answered ??= performance.now();
              if (window.Worker || what !== 'load' || !isLast) return done(...answer);
              window.answer = answer;
            });
          };
          Object.defineProperty(this, 'ask', { value: ask });
        },
      });";
    let file = many_events(100_000);
    for script in ["", REFUSALS[1].1] {
        // What else runs on the machine takes its time as well, but not each time in the same place.
        let mut long = json!(null);
        for _ in 0..3 {
            let hosting = Hosting::default()
                .file("many.json", file.clone())
                .file("page.html", page_with(&[watch, script].join(";"))?);
            let page = visit_as(&Look::default(), hosting, "page.html?src=many.json")?;
            if page.engine() != Engine::Chromium {
                return Ok(());
            }
            page.wait_until("document.querySelector('.loading .far')?.textContent.endsWith(' events read')")?;
            page.wait_until("window.answered")?;
            page.rest()?;
            if script.is_empty() {
                page.wait_until("document.querySelectorAll('.lanes .pt').length > 10")?;
            } else {
                assert_eq!(page.value("answer[0]?.length > 5_000_000")?, true);
            }
            long = page.value(
                "tasks.map(([start, length]) => [Math.max(start, asked), Math.min(start + length, answered)])
               .filter(([start, end]) => end - start > 100)
               .map(([start, end]) => `${Math.round(end - start)} ms, ${Math.round(start - asked)} ms from the beginning and ${Math.round(answered - end)} ms from the end`)",
        )?;
            if long == json!([]) {
                break;
            }
        }
        assert_eq!(long, json!([]), "{script:?}");
    }
    Ok(())
}
