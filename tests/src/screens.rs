//! What must hold on every screen: no axe findings, each text in the language it says it is in, nothing cut off,
//! no word broken at a letter, nothing that stretches the document past the window.

use std::fs;

use serde_json::Value;

use crate::{
    Result,
    app::App,
    ensure,
    waiting::{PATIENCE, eventually},
    words::at_root,
};

const AXE: &str = "ui/node_modules/axe-core/axe.min.js";

/// Rules of every level, on the whole page; gives a line a finding.
const RUN_AXE: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
        (found) => done(found.violations.flatMap((rule) =>
            rule.nodes.map((node) => `${rule.id}: ${node.html} (${node.failureSummary})`))),
        (error) => done([`axe fails: ${error}`]));";

/// Visible texts whose letters cannot belong to the language they are marked with; what is nobody's language aside.
const WRONG_LANG: &str = "
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const wrong = [];
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const text = node.textContent.trim();
        const parent = node.parentElement;
        if (!text || !parent.getClientRects().length || parent.closest('script, style, [translate=no]')) continue;
        const lang = (parent.closest('[lang]')?.lang ?? '').split('-')[0];
        const cyrillic = /[а-яё]/i.test(text);
        const kazakh = /[әғқңөұүһі]/i.test(text);
        const english = !cyrillic && !kazakh && (text.match(/[a-z]{2,}/gi) ?? []).length >= 3;
        const holds = kazakh ? lang === 'kk' : cyrillic ? lang === 'kk' || lang === 'ru' : !english || lang === 'en';
        if (!holds) wrong.push(`${lang || 'none'}: ${text}`);
    }
    return wrong;";

/// Elements that stick out of the window at the side.
const STICKING_OUT: &str = "
    const wide = document.documentElement.clientWidth;
    return [...document.body.querySelectorAll('*')]
        .filter((it) => it.getClientRects().length && !it.closest('.hidden, .skip, svg'))
        .filter((it) => it.getBoundingClientRect().right > wide + 1 || it.getBoundingClientRect().left < -1)
        .map((it) => `${it.tagName} ${it.className}: ${it.textContent.trim().slice(0, 60)}`)";

/// Words that begin on one line and end on another, addresses and what is nobody's language aside.
const BROKEN: &str = "
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const broken = [];
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const parent = node.parentElement;
        if (!parent.getClientRects().length || parent.closest('script, style, [translate=no]')) continue;
        for (const { 0: word, index } of node.textContent.matchAll(/(?<![\\p{L}.@\\/])\\p{L}+(?![\\p{L}@])/gu)) {
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            const parts = [...range.getClientRects()].filter(({ width }) => width > 0);
            if (new Set(parts.map(({ top }) => Math.round(top))).size > 1) broken.push(`${word} in ${parent.textContent}`);
        }
    }
    return broken;";

/// What scrolls to the side.
const SIDEWAYS: &str = "
    return [...document.body.querySelectorAll('*')]
        .filter((it) => it.getClientRects().length && /auto|scroll/.test(getComputedStyle(it).overflowX))
        .filter((it) => it.scrollWidth > it.clientWidth + 1)
        .map((it) => `${it.tagName} ${it.className}: ${it.scrollWidth} of ${it.clientWidth} px`)";

/// How tall the document is where it is taller than the window: scrolled past its end there would be no call bar.
/// With large text in a small window the page itself scrolls, and the bar sticks to its foot.
const TALLER: &str = "
    const { scrollHeight } = document.documentElement;
    const usual = parseFloat(getComputedStyle(document.documentElement).fontSize) <= 16;
    return usual && scrollHeight > innerHeight + 1 ? [`${scrollHeight} of ${innerHeight} px`] : []";

impl App {
    /// Checks the screen that is open.
    pub async fn is_for_anyone(&self, screen: &str) -> Result {
        eventually("the screen to rest", PATIENCE, async || {
            let moving = "return document.getAnimations().filter((a) => a.playState === 'running').length === 0";
            Ok((self.run(moving).await? == Value::Bool(true)).then_some(()))
        })
        .await?;
        if self.run("return typeof axe").await? == "undefined" {
            let axe = at_root(AXE);
            let source = fs::read_to_string(&axe).map_err(|_| "axe is missing: run `npm ci` in ui")?;
            // at the top level of a script `this` is the window, which axe looks for
            self.run(&format!("(function () {{ {source} }}).call(window); window.axe = window.axe || axe;")).await?;
        }
        nothing(screen, "axe finds", &self.run_async(RUN_AXE).await?)?;
        nothing(screen, "wrongly marked", &self.run(WRONG_LANG).await?)?;
        nothing(screen, "sticks out", &self.run(STICKING_OUT).await?)?;
        nothing(screen, "broken at a letter", &self.run(BROKEN).await?)?;
        nothing(screen, "scrolls to the side", &self.run(SIDEWAYS).await?)?;
        nothing(screen, "taller than the window", &self.run(TALLER).await?)
    }
}

fn nothing(screen: &str, what: &str, found: &Value) -> Result {
    let found = found.as_array().ok_or_else(|| format!("{screen}: no answer whether {what}"))?;
    let lines: Vec<_> = found.iter().filter_map(Value::as_str).collect();
    ensure!(found.is_empty(), "on {screen}, {what}:\n{}", lines.join("\n"));
    Ok(())
}
