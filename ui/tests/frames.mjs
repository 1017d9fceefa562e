// Measures the map in a browser, `npm run frames`: how long until it is drawn, and how many frames a second it makes while
// it is dragged, zoomed by the wheel, and moved by keys. It prints, and judges nothing: machines differ.
import { chromium } from 'playwright-core';
import { countries, mapViews } from './preview/samples.mjs';
import { serve, shell } from './preview/shell.mjs';

const ORIGIN = 'http://saparlas.test';
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

/** Frames of the page while something is done to it. */
async function framesOf(page, act) {
  await page.evaluate(() => {
    window.seen = [];
    const count = (time) => {
      window.seen.push(time);
      window.counting = requestAnimationFrame(count);
    };
    window.counting = requestAnimationFrame(count);
  });
  await act();
  const times = await page.evaluate(() => {
    cancelAnimationFrame(window.counting);
    return window.seen;
  });
  const gaps = times.slice(1).map((time, at) => time - times[at]);
  const second = (1000 * gaps.length) / (times[times.length - 1] - times[0]);
  return `${second.toFixed(1)} frames a second, the longest ${Math.max(...gaps).toFixed(0)} ms, of ${gaps.length}`;
}

for (const [name, viewport, density] of [
  ['phone 390 × 844, density 2', { width: 390, height: 844 }, 2],
  ['desktop 1280 × 800, density 1', { width: 1280, height: 800 }, 1],
]) {
  const view = mapViews.map;
  const page = await browser.newPage({ viewport, deviceScaleFactor: density });
  await page.route(`${ORIGIN}/**`, serve(view));
  await page.addInitScript(shell, { view, countries });
  await page.goto(`${ORIGIN}/`);
  await page.waitForLoadState('networkidle');
  const opened = await page.evaluate(
    () =>
      new Promise((done) => {
        const began = performance.now();
        document.querySelector('[data-testid=tab-map]').click();
        const look = () =>
          document.querySelector('[data-drawn]') ? done(performance.now() - began) : requestAnimationFrame(look);
        look();
      }),
  );
  const { x, y, width, height } = await page.locator('[data-testid=map] canvas').boundingBox();
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  console.log(`${name}: drawn ${opened.toFixed(0)} ms after the tab is pressed`);
  const drag = async () => {
    await page.mouse.move(middleX, middleY);
    await page.mouse.down();
    for (let step = 1; step <= 90; step += 1) {
      const turn = (step / 90) * 4 * Math.PI;
      await page.mouse.move(middleX + Math.sin(turn) * width * 0.4, middleY + (1 - Math.cos(turn)) * height * 0.2);
    }
    await page.mouse.up();
  };
  console.log(`  dragged: ${await framesOf(page, drag)}`);
  const wheel = async () => {
    await page.mouse.move(middleX, middleY);
    for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, step % 30 < 15 ? -60 : 60);
  };
  console.log(`  by the wheel: ${await framesOf(page, wheel)}`);
  const keys = async () => {
    await page.focus('[data-testid=map]');
    for (const key of ['+', '+', '+', 'ArrowLeft', 'ArrowUp', 'ArrowRight', '-', '-', '-']) {
      await page.keyboard.press(key, { delay: 120 });
    }
  };
  console.log(`  by keys: ${await framesOf(page, keys)}`);
  await page.close();
}
await browser.close();
