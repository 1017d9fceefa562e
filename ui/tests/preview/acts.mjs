// What is done on a screen before its picture is taken.
import { readFileSync } from 'node:fs';
import { placesAt } from './samples.mjs';

export const tapMap = (kind) => async (page) => {
  await page.evaluate((answer) => (window.placeAt = answer), placesAt[kind]);
  await page.click('[data-testid=map] canvas', { position: { x: 120, y: 150 } });
  await page.waitForSelector('[data-testid=map-sheet][data-kind]');
};

export async function standHere(page) {
  await tapMap('country')(page);
  await page.click('[data-testid=map-here]');
  await page.waitForSelector('[data-testid=map-sheet] .good');
}

export async function keysOnMap(page) {
  await page.evaluate((answer) => (window.placeAt = answer), placesAt.country);
  await page.focus('[data-testid=map]');
  for (const key of ['ArrowRight', 'ArrowDown', '-', 'Enter']) await page.keyboard.press(key);
  await page.waitForSelector('[data-testid=map-sheet][data-kind]');
}

/** Closed by its sign or by the key, a place leaves the map as it was: the keys go on from the same middle. */
export async function closePlace(page) {
  await keysOnMap(page);
  await page.focus('.map-sheet .icon-button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-testid=map-sheet]', { state: 'detached' });
  await page.waitForSelector('.map-cross');
}

export async function wholeWorld(page) {
  await page.focus('[data-testid=map]');
  for (let turn = 0; turn < 12; turn += 1) await page.keyboard.press('-');
  await page.waitForSelector('[data-drawn="110m"]');
}

export async function nearMap(page) {
  await page.focus('[data-testid=map]');
  for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press('+');
  await page.waitForSelector('[data-drawn="50m"]');
}

export const type = (text) => async (page) => {
  await page.focus('[data-testid=search-input]');
  await page.keyboard.type(text);
  await page.waitForSelector('[data-testid=search-hit], [data-testid=search-none]');
};

export async function faults(page) {
  await page.fill('[data-testid=leg-0-place]', 'Атлантида');
  await page.click('[data-testid=leg-0-until-open]');
  await page.click('[data-testid=trip-save]');
}

/** Who does not go with them is asked of them, and of one at least. */
export async function forOthers(page) {
  await page.click('[data-testid=not-among]');
  if ((await page.inputValue('[data-testid=adults]')) === '0') throw new Error('nobody travels');
  await toTop(page);
}

export async function openPrivate(page) {
  await page.click('[data-testid=topic-violence]');
  await page.waitForSelector('[data-testid=leave]');
  if (await page.evaluate(() => location.href.includes('violence'))) throw new Error('the address names the topic');
}

export async function atOneTime(page) {
  await typePlace(page);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-testid=leg-0-change]');
  await page.click('[data-testid=trip-save]');
  await page.waitForSelector('[data-testid=at-one-time]:focus');
}

const deleted = (page) =>
  page.evaluate(() => window.asked.filter(({ command }) => command === 'trip_delete').map(({ given }) => given.id));

/** A trip that nobody else is on goes after a question alone, and not where it is answered with no. */
export const deleteTwice = (which) => async (page) => {
  const ask = async () => {
    await page.click(`[data-testid=at-one-time-${which}]`);
    await page.waitForSelector('[data-testid=at-one-time-delete]');
  };
  await ask();
  await page.click('[data-testid=at-one-time-keep]');
  await page.waitForSelector('[data-testid=at-one-time-delete]', { state: 'detached' });
  await ask();
  const gone = await deleted(page);
  if (gone.length > 0) throw new Error('a trip was deleted before the answer');
};

export const deletedOne = (which, id) => async (page) => {
  await deleteTwice(which)(page);
  await page.click('[data-testid=at-one-time-delete]');
  await page.waitForFunction(() => window.asked.some(({ command }) => command === 'trip_delete'));
  const gone = await deleted(page);
  if (gone.join() !== id) throw new Error(`deleted: ${gone}`);
};

export async function byShip(page) {
  await page.click('[data-testid=leg-1-arrival-open]');
  await page.click('[data-testid=leg-1-by-ship]');
  await page.fill('[data-testid=leg-1-at]', 'Port Rashid');
  await page.click('[data-testid=leg-0-arrival-open]');
  await page.click('[data-testid=leg-0-may-enter-no]');
}

export const ask = (what) => async (page) => {
  await page.click(`[data-testid=trip-${what}]`);
  await page.waitForSelector(`[data-testid=trip-${what}][aria-expanded=true]`);
};

export async function typePlace(page) {
  await page.waitForSelector('[data-testid=leg-0-place]:focus');
  await page.keyboard.type('дуб');
  await page.waitForSelector('[role=option]');
}

/** The hours of a door are not said of the line that answers behind it. */
export async function closedDoor(page) {
  const said = await page.textContent('[data-testid=my-mission]');
  if (/closed now|жабық|закрыто/.test(said.replace('office closed now', ''))) throw new Error(`it is said: ${said}`);
  await page.waitForSelector('[data-testid=urgent-answers]');
}

/** What is for where one is stands under a cry and over what holds at the next place. */
export async function stuckFirst(page) {
  for (const testid of ['my-case', 'stranded', 'advisory-item']) await page.waitForSelector(`[data-testid=${testid}]`);
  const order = await page.$$eval(
    '[data-testid=my-case], [data-testid=stranded], [data-testid=advisory-item], [data-testid=advisory-lead]',
    (parts) => parts.map((part) => part.dataset.testid),
  );
  if (order.join() !== 'my-case,stranded,advisory-item') throw new Error(`in order: ${order}`);
  if (await page.$('[data-testid=stuck]')) throw new Error('it is asked whether they are stuck');
}

/** Who is stuck asks for help, and says what they need, with nothing to scroll. */
export async function stuckAsks(page) {
  const bar = await (await page.waitForSelector('#call-bar')).boundingBox();
  for (const testid of ['check-in-help', 'say-more']) {
    const box = await (await page.waitForSelector(`[data-testid=stranded] [data-testid=${testid}]`)).boundingBox();
    if (box.y + box.height > bar.y) throw new Error(`${testid} is out of sight`);
  }
}

/** Whoever asked for help and is well again, or got out, says so with nothing to scroll; it is asked whose need ends. */
export const caseEnds = (within) => async (page) => {
  const bar = await (await page.waitForSelector('#call-bar')).boundingBox();
  for (const testid of ['check-in-left', 'check-in-safe']) {
    const box = await (await page.waitForSelector(`[data-testid=${within}] [data-testid=${testid}]`)).boundingBox();
    if (box.y + box.height > bar.y) throw new Error(`${testid} is out of sight`);
  }
  await page.click('[data-testid=check-in-left]');
  await page.waitForSelector('[data-testid=check-in-well]');
  if (await page.evaluate(() => window.asked.some(({ command }) => /check_in|need_is_over/.test(command))))
    throw new Error('it was said unasked');
};

/** On a calm day it is one press to say how they are, with nothing to scroll. */
export async function saysHow(page) {
  const bar = await (await page.waitForSelector('#call-bar')).boundingBox();
  await page.click('[data-testid=say-how]');
  for (const testid of ['say-how', 'check-in-safe', 'check-in-help']) {
    const box = await (await page.waitForSelector(`[data-testid=${testid}]`)).boundingBox();
    if (box.y + box.height > bar.y) throw new Error(`${testid} is out of sight`);
  }
}

/** What was taken back is named, and that the request for help stands. */
export async function takesBack(page) {
  await page.click('[data-testid=undo-word]');
  await page.waitForSelector('[data-testid=undo-word-done] [data-testid=undo-word-stands]');
}

/** That a trip is gone is told, and then that the ministry knows. */
export const deletesTrip = (known) => async (page) => {
  await page.click('[data-testid=trip-delete]');
  await page.click('[data-testid=trip-delete-yes]');
  await page.waitForSelector('[data-testid=trip-deleted][data-known=false]');
  if (!known) return;
  await page.evaluate(() => {
    window.known = true;
    window.become({ revision: 99 });
  });
  await page.waitForSelector('[data-testid=trip-deleted][data-known=true]');
};

/** How long a medicine lasts is not known before it is said: one less than that is no "none left". */
export async function needsMedicine(page) {
  await page.fill('[data-testid=needs-days]', '');
  await page.fill('#needs-medicine', '');
  await page.waitForSelector('[data-testid=needs-days]', { state: 'detached' });
  await page.locator('#needs-medicine').pressSequentially('Инсулин');
  await page.waitForSelector('[data-testid=needs-days]');
  await page.click('xpath=//input[@id="needs-days"]/preceding-sibling::button');
  const days = await page.inputValue('[data-testid=needs-days]');
  if (days !== '') throw new Error(`days: ${days}`);
}

/** Behind the PIN it is told how many stay in need, and said of the others alone. */
export async function lockedAsks(page) {
  await page.click('[data-testid=check-in-left]');
  for (const testid of ['check-in-stay', 'check-in-well', 'check-in-keep'])
    await page.waitForSelector(`[data-testid=${testid}]`);
  await page.click('[data-testid=check-in-well]');
  await page.waitForFunction(() => window.asked.some(({ command }) => command === 'need_is_over'));
  await page.click('[data-testid=check-in-left]');
  await page.waitForSelector('[data-testid=check-in-tells]');
}

/** Where nothing is marked nothing is sent, and it is said at the button; words alone ask for help. */
export async function sendsNothing(page) {
  await page.click('[data-testid=more-send]');
  await page.waitForSelector('[data-testid=more-nothing]');
  const isSent = () => page.evaluate(() => window.asked.some(({ command }) => command === 'say_more'));
  if (await isSent()) throw new Error('nothing was sent');
  if (await page.$('[data-testid=need-stranded]')) throw new Error('what was said already is to be ticked');
  const before = await page.textContent('[data-testid=more-send]');
  await page.fill('[data-testid=more-words]', 'Insulin');
  if ((await page.textContent('[data-testid=more-send]')) === before) throw new Error('words ask for nothing');
}

/** What the ministry was told is read after it was sent. */
export const told =
  (testid, within = '') =>
  async (page) => {
    await page.waitForSelector(`${within} [data-testid=${testid}]`);
  };

/** From the row of whoever needs help it is one tap to what they need; the cry goes first. */
export async function sayNeeds(page) {
  await page.click('[data-testid^=roll-needs-]');
  await page.waitForSelector('[data-testid=more-send]');
  const acts = await page.evaluate(() =>
    window.asked.filter(({ command }) => command === 'party_act').map(({ given }) => given.act.act),
  );
  if (acts.join() !== 'cry') throw new Error(`acts: ${acts}`);
}

/** Who is safe and stuck reads both. */
export async function stuckSafe(page) {
  for (const testid of ['stranded-safe', 'stranded-topic', 'stranded-show', 'check-in-help', 'check-in-left'])
    await page.waitForSelector(`[data-testid=stranded] [data-testid=${testid}]`);
}

/** The page of the stuck tells that it was said, and does not ask again. */
export async function stuckSaid(page) {
  await page.waitForSelector('[data-testid=topic-stuck-said]');
  if (await page.$('[data-testid=topic-stuck]')) throw new Error('it is asked whether they are stuck');
}

/** What was chosen and typed is there again after another screen, and after the app; the last letter too. */
export async function stuckKept(page) {
  await stuck(page);
  await page.fill('[data-testid=stuck-phone]', '+7 701 111 22 3');
  // nothing is painted between the letter and the leaving
  await page.evaluate(() => {
    const phone = document.querySelector('[data-testid=stuck-phone]');
    phone.value = '+7 701 111 22 33';
    phone.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('[data-testid=tab-now]').click();
  });
  await page.waitForSelector('[data-testid=stuck]');
  await page.reload();
  await page.click('[data-testid=stuck]');
  await page.waitForSelector('[data-testid=stuck-airside]');
  const phone = await page.inputValue('[data-testid=stuck-phone]');
  if (phone !== '+7 701 111 22 33') throw new Error(`the phone came back as ${phone}`);
}

export async function stuck(page) {
  await page.click('[data-testid^=stuck-D]');
  await page.waitForSelector('[data-testid=stuck-airside]');
}

export const [verify, verifyOld, verifySender, verifyYes] = ['…', 'old', 'sender', 'yes'].map(asked);
export const [verifyLocal, verifyAny, verifyElsewhere] = ['999', '112', '103'].map(asked);
export const [verifyLine, verifyPage] = ['line', 'gov.kz'].map(asked);
export const [verifySentOn, verifyNumber] = ['sent-on', 'number'].map(asked);
export const [verifyLookAlike, verifyLongHost, verifyQuestion] = ['look-alike', 'long-host', 'question'].map(asked);

function asked(text) {
  return async (page) => {
    await page.fill('[data-testid=verify-text]', text);
    await page.click('[data-testid=verify-ask]');
    await page.waitForSelector('[data-testid=verify-answer]');
  };
}

export async function drill(page) {
  await page.click('[data-testid=drill-begin]');
  await page.waitForSelector('[data-testid=drill-end]');
}

export async function drillOver(page) {
  await drill(page);
  await page.click('[data-testid=drill-end]');
  await page.waitForSelector('[data-testid=drill-over]');
}

export const bring = (text) => async (page) => {
  await page.fill('[data-testid=import-text]', text);
  await page.click('[data-testid=import-read]');
  await page.waitForSelector('[data-testid=import-line], [data-testid=import-refused]');
};

export async function leaveOut(page) {
  await bring('M1')(page);
  await page.click('[data-testid=import-leave-2]');
}

export async function keepOver(page) {
  await bring('M1')(page);
  await page.click('[data-testid=import-leave-1]');
}

export async function takeOld(page) {
  await keepOver(page);
  await page.click('[data-testid=import-take]');
  await page.waitForSelector('[data-testid=form-over]');
}

export async function takeOver(page) {
  await leaveOut(page);
  await page.click('[data-testid=import-take]');
  await page.waitForSelector('[data-testid=trip-save]');
}

export async function dropTwo(page) {
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    for (const name of ['a.ics', 'b.png']) transfer.items.add(new File(['x'], name));
    dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
  });
  await page.waitForSelector('[data-testid=import-notes] [data-code=no_barcode]');
}

export const bringList = async (page) => {
  await page.click('[data-testid=party-bring]');
  await page.fill('[data-testid=list-text]', 'Айгүл');
  await page.click('[data-testid=list-read]');
  await page.waitForSelector('[data-testid=list-found]');
};

/** A list is put on the list, which can be taken back at once. */
export const takeList = async (page) => {
  await bringList(page);
  await page.click('[data-testid=list-take]');
  await page.waitForSelector('[data-testid=list-undo]');
};

/** Of what can be taken back only the last is offered. */
export async function oneUndo(page) {
  await page.click('[data-testid=party-fewer]');
  await page.click('[data-testid=party-set-count]');
  await page.waitForSelector('[data-testid=party-count-undo]');
  await page.click('[data-testid=person] >> nth=1');
  await page.evaluate(() => window.parties.party.people.splice(1, 1));
  await page.click('[data-testid=person-remove]');
  await page.waitForSelector('[data-testid=person-undo]');
  const offered = await page.locator('[data-testid$=-undo]').count();
  if (offered !== 1) throw new Error(`${offered} are offered`);
}

/** A list that is there already puts nobody there twice unless that is asked for; the rest of what it has unfolds. */
export async function bringAgain(page) {
  await bringList(page);
  if (await page.isEnabled('[data-testid=list-take]')) throw new Error('those on the list are put there again');
  await page.click('[data-testid=list-more]');
  await page.waitForSelector('[data-testid=list-take-all]');
  await page.waitForSelector('[data-testid=list-update]');
}

/** The ministry counts fewer only where that was asked for: nothing offers it of itself, nor while somebody is written. */
export async function fewerAsked(page) {
  await page.waitForSelector('[data-testid=party-fewer]');
  await page.click('[data-testid=party-add]');
  await page.waitForSelector('[data-testid=party-fewer]', { state: 'detached' });
  if (await page.$('[data-testid^=party-set-count]')) throw new Error('fewer are offered while somebody is written');
  await page.click('[data-testid=person-cancel]');
  if (await page.$('[data-testid^=party-set-count]')) throw new Error('fewer are offered unasked');
  await page.click('[data-testid=party-fewer]');
  await page.click('[data-testid=party-fewer-no]');
  await page.click('[data-testid=party-fewer]');
  await page.click('[data-testid=party-set-count]');
  await page.click('[data-testid=party-count-undo]');
  const saved = await page.evaluate(() =>
    window.asked.filter(({ command }) => command === 'trip_save').map(({ given }) => given.draft.adults),
  );
  // of the sample's trip with a child, and as it was
  if (String(saved) !== '5,2') throw new Error(`the trip was of ${saved}`);
  await page.click('[data-testid=party-fewer]');
}

/** A file of a list, as it is dropped on the window. */
export async function dropList(page) {
  await page.waitForSelector('[data-testid=party-bring]');
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['Айгүл'], 'people.csv'));
    dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
  });
  await page.waitForSelector('[data-testid=list-found]');
}

const kept = (page, text) =>
  page.waitForFunction((text) => Object.values(sessionStorage).some((kept) => kept.includes(text)), text);

/** Somebody half typed, the app ended, and opened again. */
export async function typeAgain(page) {
  await page.click('[data-testid=party-add]');
  await page.fill('#person-name', 'Гүлнар Сер');
  await kept(page, 'Гүлнар Сер');
  await page.reload();
  await page.waitForFunction(() => document.querySelector('#person-name')?.value === 'Гүлнар Сер');
}

/** The same of a list that was pasted, read and not taken. */
export async function pasteAgain(page) {
  await bringList(page);
  await kept(page, 'Айгүл');
  await page.reload();
  await page.waitForSelector('[data-testid=list-found]');
  await page.click('[data-testid=list-take]');
  await page.waitForFunction(() => sessionStorage.length === 0);
}

export async function saveAside(page) {
  await page.click('[data-testid=aside-save]');
  await page.waitForSelector('[data-testid=aside-saved] p');
  await page.click('[data-testid=aside-erase]');
}

export const mendRow = async (page) => {
  await page.click('[data-testid=mend-17]');
  await page.waitForSelector('[data-testid=mend-form]');
};

export async function openCalled(page) {
  await page.click('[data-testid=roll-more-4]');
  await page.waitForSelector('[data-testid=roll-own]');
}

export async function tapCalled(page) {
  await page.click('[data-testid=roll-3]');
  await page.waitForSelector('[data-testid=roll-undo]');
}

/** However long nobody touches it, a ticked row stands where it stood, and so does the button that tells, until a press. */
export async function rowsStandStill(page) {
  const where = () =>
    page.evaluate(() => {
      const rows = [...document.querySelectorAll('[data-testid^=roll-][data-status]')];
      const tell = document.querySelector('[data-testid=roll-tell]').getBoundingClientRect();
      const top = rows[0].getBoundingClientRect().top;
      return JSON.stringify([
        rows.map((one) => [one.dataset.testid, Math.round(one.getBoundingClientRect().top - top)]),
        // where text is large it stands below the names, and not under a thumb
        tell.bottom < innerHeight ? [tell.top, tell.bottom] : [],
      ]);
    });
  await page.clock.install();
  const before = await where();
  for (const number of [3, 5]) {
    await page.evaluate((number) => {
      const { roll, counted } = window.parties;
      const row = roll.find((one) => one.number === number);
      row.status = 'safe';
      window.parties.missing = window.parties.missing.filter((one) => one !== number);
      counted[0].count += 1;
    }, number);
    await page.click(`[data-testid=roll-${number}]`);
    await page.waitForSelector(`[data-testid=roll-${number}][data-status=safe]`);
  }
  await page.clock.runFor(60_000);
  const after = await where();
  if (after !== before) throw new Error(`moved from ${before} to ${after}`);
  await page.click('[data-testid=roll-in-order]');
  if ((await where()) === before) throw new Error('a press did not bring them in order');
}

/** Whoever leads and is on no list is ticked as a row like any. */
export async function tickYou(page) {
  await page.click('[data-testid=roll-0]');
  await page.waitForFunction(() => window.asked.some(({ given }) => given?.act?.act === 'join'));
  const names = await page.evaluate(() =>
    window.asked.flatMap(({ given }) => (given?.act?.act === 'join' ? [given.act.name] : [])),
  );
  if (names.length !== 1 || names[0] === '') throw new Error(`${names} joined`);
}

export async function openLeft(page) {
  await page.click('[data-testid=sent-trip] summary');
  await page.click('[data-testid=take]');
  await page.waitForSelector('[data-testid=taken]');
  await page.click('[data-testid=erase]');
}

/** Voices as a phone has them: none of Kazakh. */
export async function speak(page) {
  await page.evaluate(() => {
    const voices = ['ru-RU', 'en-US', 'ar-SA'].map((lang) => ({ lang, localService: true, default: false }));
    speechSynthesis.getVoices = () => voices;
    speechSynthesis.dispatchEvent(new Event('voiceschanged'));
  });
  await page.waitForSelector('[data-testid=read-aloud]');
}

export async function allowNotices(page) {
  await page.click('[data-testid=notices-allow]');
  await page.waitForSelector('[data-testid=notices][data-state=on]');
}

/** A licence found by what it is of, opened. */
export async function openLicence(page) {
  await page.fill('[data-testid=licence-query]', 'svelte');
  await page.click('[data-testid=licence] summary');
}

export const openAboutData = (page) => page.click('[data-testid=about-data]');

/** A whole bus goes another way. */
export async function tickBus(page) {
  await ask('split')(page);
  await page.locator('[data-testid="tick-all"]').first().check();
}

export async function makePaper(page) {
  await page.locator('[data-testid="paper-make"]').click();
  await page.waitForSelector('[data-testid="paper-qr"]');
}

/** A code that is nowhere else is not lost by the key back, by the system's own, nor by a press on a tab. */
export async function leavePaper(page) {
  // the first page leads nowhere back
  for (const hash of ['#/trips', '#/paper']) await page.evaluate((to) => (location.hash = to), hash);
  await makePaper(page);
  for (const back of [() => page.keyboard.press('Alt+ArrowLeft'), () => page.evaluate(() => history.back())]) {
    await back();
    await page.waitForSelector('[data-testid=paper-stay]');
    await page.click('[data-testid=paper-stay]');
    await page.waitForSelector('[data-testid=paper-stay]', { state: 'detached' });
  }
  await page.click('[data-testid=tab-map]');
  await page.waitForSelector('[data-testid=paper-stay]');
  await page.click('[data-testid=paper-stay]');
  await page.waitForSelector('[data-testid=paper-stay]', { state: 'detached' });
  await page.click('[data-testid=tab-map]');
  await page.waitForSelector('[data-testid=paper-leave]');
}

/** Whoever has it goes where they wanted to. */
export async function leftPaper(page) {
  await leavePaper(page);
  await page.click('[data-testid=paper-leave]');
  await page.waitForFunction(() => location.hash === '#/map');
}

/** A letter of the fourth group is wrong. */
export async function typePaper(page) {
  await page.locator('[data-testid="paper-code"]').fill('wrong');
  await page.locator('[data-testid="paper-look"]').click();
  await page.waitForSelector('[data-testid="paper-fault"]');
}

export async function askPaper(page) {
  await page
    .locator('[data-testid="paper-code"]')
    .fill('c4c38 1mv4f 3a7se 56j34 ec4qv 8z9cz 6ts5y 434pg p1hxp px69k b46w6 bkbwv sc52f');
  await page.locator('[data-testid="paper-look"]').click();
  await page.waitForSelector('[data-testid="paper-found"]');
}

/** On a trip of more than one it is asked for whom before anything goes. */
export async function askWhom(page) {
  await page.getByTestId('check-in-help').click();
  await page.waitForSelector('[data-testid=cry-send]');
  await page.waitForSelector('[data-testid=whom-1]');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const fault = await page.evaluate(() => {
    const page = document.querySelector('main').getBoundingClientRect();
    const asked = document.querySelector('[aria-labelledby=more-whom]').getBoundingClientRect();
    // what is higher than the page begins near its top
    const begins = asked.top - page.top;
    const isIn = begins >= 0 && (asked.bottom <= page.bottom + 1 || begins < page.height / 3);
    return isIn ? '' : `what is asked stands at ${asked.top} to ${asked.bottom} of ${page.top} to ${page.bottom}`;
  });
  if (fault !== '') throw new Error(fault);
  await toTop(page);
}

/** Who stood in need is asked after by name before the roll is told without them. */
export async function askOver(page) {
  await page.getByTestId('roll-tell').click();
}

/** Of what somebody in need can say, all that opens more. */
export async function sayMuch(page) {
  for (const id of ['need-medical', 'need-violence', 'whom-some']) await page.getByTestId(id).click();
}

const toTop = (page) => page.evaluate(() => (document.querySelector('main').scrollTop = 0));

/** A kept stay begins later: its nights are said. */
export async function moveStart(page) {
  await page.click('[data-testid=leg-1-from-open]');
  await page.fill('[data-testid=leg-1-from]', '3.3.2026');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-testid=leg-1-stay]');
  await toTop(page);
}

/** The change of planes is by somebody without a ticket on, whose hours are not known. */
export async function noTicketOn(page) {
  await page.fill('[data-testid=leg-0-arrives-time]', '');
  await page.fill('[data-testid=leg-0-departs-time]', '');
  await page.click('[data-testid=leg-0-onward-no]');
  await toTop(page);
}

export const typeInto = (testid) => async (page) => {
  await page.focus(`[data-testid=${testid}]`);
  await page.keyboard.type('дуб');
  await page.waitForSelector('[role=option]');
};

export async function editPerson(page) {
  await page.click('[data-testid=person]');
  await page.waitForSelector('[data-testid=person-latin-take]');
  await toTop(page);
}

/** From the map to a card and back, by link, by key and by the browser: each leads one step. */
export async function backAndBack(page) {
  const at = (hash) => page.waitForFunction((wanted) => location.hash === wanted, hash);
  for (const back of [
    () => page.click('[data-testid=back]'),
    () => page.keyboard.press('Alt+ArrowLeft'),
    () => page.evaluate(() => history.back()),
  ]) {
    await page.evaluate(() => (location.hash = '#/show/hospital'));
    await page.waitForSelector('[data-testid=back][href="#/map"]');
    await back();
    await at('#/map');
    await page.waitForSelector('[data-testid=map]');
  }
  await page.evaluate(() => (location.hash = '#/show/hospital'));
  await page.waitForSelector('[data-testid=back][href="#/map"]');
}

const press = (page, link) => page.evaluate((href) => document.querySelector(`main a[href="${href}"]`).click(), link);

/** Far down a page, to where a link there leads, and back: the place, the focus and the words are as they were. */
export const comeBack = (link, words) => async (page) => {
  if (words) await type(words)(page);
  await page.waitForSelector(`main a[href="${link}"]`, { state: 'attached' });
  const top = await page.evaluate((href) => {
    const found = document.querySelector(`main a[href="${href}"]`);
    found.closest('details')?.setAttribute('open', '');
    found.scrollIntoView({ block: 'center' });
    return document.querySelector('main').scrollTop;
  }, link);
  if (top === 0) throw new Error('the page is too short to tell');
  await press(page, link);
  await page.waitForSelector('[data-testid=back]');
  await page.waitForFunction(() => document.querySelector('main').scrollTop === 0);
  await page.keyboard.press('Alt+ArrowLeft');
  await page.waitForFunction((href) => document.activeElement?.getAttribute('href') === href, link);
  await page.waitForFunction((before) => Math.abs(document.querySelector('main').scrollTop - before) < 1, top);
  if (words && (await page.inputValue('[data-testid=search-input]')) !== words) throw new Error('the words are lost');
  await toTop(page);
};

const hasFocus = (page, selector) =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector);

/** By the key, from a sheet whose opener is not on the page: the call is always there. */
export async function closeCall(page) {
  await page.waitForSelector('[data-testid=call-number]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[data-testid=call-number]', { state: 'detached' });
  await hasFocus(page, '#call-bar');
}

/** Of a large group names stand on the first screen, under one row of chips at most. */
export async function namesAtOnce(page) {
  const faults = await page.evaluate(() => {
    const foot = document.querySelector('.foot').getBoundingClientRect();
    const box = (one) => one.getBoundingClientRect();
    const missing = [...document.querySelectorAll('[data-testid^=roll-][data-status=missing]')];
    const names = missing.filter((one) => box(one).bottom <= foot.top + 1);
    const rows = new Set([...document.querySelectorAll('.chips .chip')].map((one) => Math.round(box(one).top)));
    const least = Math.min(missing.length, Math.floor(innerHeight / 280) - 1);
    return [
      ...(names.length < least ? [`names at once: ${names.length}`] : []),
      ...(rows.size > 1 ? [`rows of chips: ${rows.size}`] : []),
    ];
  });
  if (faults.length > 0) throw new Error(faults.join(', '));
}

/** Two names at least, be they long, stand between what covers the head and the foot of the roll, and one number says who is missing. */
export async function thumbAtRoll(page) {
  await page.locator('[data-testid=roll-part-missing]').evaluate((part) => part.scrollIntoView({ block: 'start' }));
  const faults = await page.evaluate(() => {
    const [foot] = document.querySelectorAll('.foot');
    const [top, bottom] = [
      document.querySelector('.alarm')?.getBoundingClientRect().bottom ?? 0,
      foot.getBoundingClientRect().top,
    ];
    const names = [...document.querySelectorAll('[data-testid^=roll-][data-status]')].map((one) =>
      one.getBoundingClientRect(),
    );
    const seen = names.filter((name) => name.top >= top - 1 && name.bottom <= bottom + 1).length;
    const said = document.querySelector('#roll-missing').textContent.match(/\d+/)?.[0];
    const tell = document.querySelector('[data-testid=roll-tell]');
    const told = tell.ariaDisabled === 'true' ? `: ${said} (` : tell.textContent;
    return [
      ...(seen < 2 ? [`names in sight: ${seen}`] : []),
      ...(told.includes(`: ${said} (`) ? [] : [`${said} are missing, and it is told: ${told}`]),
    ];
  });
  if (faults.length > 0) throw new Error(faults.join(', '));
}

/** The shell takes as long for a command as the test lets it. */
const slowly = (page, slow) =>
  page.evaluate((slow) => {
    const shell = window.__TAURI_INTERNALS__;
    const { invoke } = shell;
    const done = new Promise((go) => (window.atLast = go));
    shell.invoke = async (command, given) => {
      if (command === slow) await done;
      return invoke(command, given);
    };
  }, slow);

/** What a press asks for takes long: the button says that it works, until it is done. */
export async function opensSlowly(page) {
  await slowly(page, 'unlock');
  await page.fill('#pin', '2468');
  await page.click('[data-testid=unlock]');
  await page.waitForSelector('[data-testid=unlock][aria-busy=true]');
  await page.evaluate(() => window.atLast());
  await page.waitForSelector('[data-testid=unlock]:not([aria-busy])');
  await page.evaluate(() => document.querySelector('[data-testid=unlock]').blur());
}

/** Until a PIN is kept nothing else of it can be pressed, and it does not close. */
export async function keepsSlowly(page) {
  await slowly(page, 'set_pin');
  await page.click('[data-testid=pin-set]');
  await page.waitForSelector('[data-testid=pin-new]');
  const gaps = await page.$$eval('[data-testid=lock-settings] form :is(.field, .meta, .buttons)', (parts) =>
    parts.slice(1).map((part, at) => part.getBoundingClientRect().top - parts[at].getBoundingClientRect().bottom),
  );
  if (gaps.some((gap) => gap < 12)) throw new Error(`what stands in the form touches: ${gaps}`);
  for (const id of ['pin-new', 'pin-again']) await page.fill(`[data-testid=${id}]`, '2468');
  await page.click('[data-testid=pin-keep]');
  await page.waitForSelector('[data-testid=pin-keeping]');
  await page.waitForSelector('[data-testid=pin-keep][aria-busy=true]');
  await hasFocus(page, '[data-testid=pin-keeping]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[data-testid=pin-keep]');
  const open = await page.$$eval('[data-testid=lock-settings] :is(button, input)', (parts) =>
    parts.filter((part) => !part.matches(':disabled')).map((part) => part.textContent || part.id),
  );
  if (open.length > 0) throw new Error(`can be pressed: ${open}`);
  await page.evaluate(() => document.querySelector('[data-testid=lock-settings]').scrollIntoView());
}

/** Where the plan has them on the way, they may not have left. */
export async function stillHome(page) {
  await page.click('[data-testid=where-asked-home]');
  const said = await page.evaluate(() => window.asked.find(({ command }) => command === 'choose_place')?.given);
  if (JSON.stringify(said) !== '{"place":{"kind":"country","code":"KZ"}}')
    throw new Error(`said: ${JSON.stringify(said)}`);
}

/** What to try next lies over the page of the call alone; the first screen has a line that brings it back. */
export async function nextWays(page) {
  await page.click('[data-testid=outcome-still-need-help]');
  await page.waitForSelector('[data-testid=more-ways]');
  if (await page.$('[data-testid=unhelped]')) throw new Error('it is offered twice');
  await page.click('[data-testid=tab-map]');
  await page.waitForSelector('[data-testid=map]');
  if (await page.$('.ask')) throw new Error('it lies over another page');
  await page.click('[data-testid=tab-now]');
  await page.waitForSelector('[data-testid=unhelped]');
  if (await page.$('.ask')) throw new Error('it comes back by itself');
  await openAndEscape('[data-testid=unhelped]', '[data-testid=more-ways]')(page);
}

/** No row leads to the page that one is on. */
export async function nextElsewhere(page) {
  await page.click('[data-testid=outcome-still-need-help]');
  await page.waitForSelector('[data-testid=more-ways-messages]');
  if (await page.$(`.ask a[href="${await page.evaluate(() => location.hash)}"]`)) throw new Error('it leads to itself');
}

/** A call that was pressed: the keys lead into its sheet and back to the press; closed, nothing more is said of it. */
export async function tabCall(page) {
  const { last_call } = await page.evaluate(() => window.__TAURI_INTERNALS__.invoke('view'));
  await closeCall(page);
  if ((await page.textContent('[data-testid=saying]')).trim() !== '') throw new Error('a closed sheet is still said');
  await page.evaluate((call) => window.become({ last_call: { ...call, id: 'again' } }), last_call);
  await page.waitForSelector('[data-testid=call-number]');
  await page.keyboard.press('Tab');
  await hasFocus(page, '.ask *');
  await page.keyboard.press('Shift+Tab');
  await hasFocus(page, '#call-bar');
  await page.keyboard.press('Tab');
}

/** What a press opens, a key closes, and the focus is where it was. */
export const openAndEscape = (opener, opened) => async (page) => {
  await page.focus(opener);
  await page.keyboard.press('Enter');
  await page.waitForSelector(opened);
  await page.keyboard.press('Escape');
  await page.waitForSelector(opened, { state: 'detached' });
  await hasFocus(page, opener);
};

/** What leaves the page under a press, or by what changed then, gives the focus to what stands there then. */
export const landsOn = (press, focus, change) => async (page) => {
  await page.focus(press);
  await page.keyboard.press('Enter');
  if (change) await page.evaluate((to) => window.become(to), change);
  await hasFocus(page, focus);
  const isInSight = await page.evaluate(() => {
    const [one, page] = [document.activeElement, document.querySelector('main')].map((of) =>
      of.getBoundingClientRect(),
    );
    return one.top < page.bottom && one.bottom > page.top;
  });
  if (!isInSight) throw new Error('what has the focus is out of sight');
};

/** Whoever needs no help any more reads that it was said, though the case that they said it at is gone. */
export async function needEnds(page) {
  await landsOn('[data-testid=check-in-safe]', '.doubt')(page);
  const { check_in: said } = await page.evaluate(() => window.__TAURI_INTERNALS__.invoke('view'));
  const safe = { ...said, status: 'safe', by_status: [{ status: 'safe', count: said.party ?? 1 }], can_undo: true };
  await landsOn('[data-testid=check-in-well]', '[data-testid=undo-word-text]', { my_case: null, check_in: safe })(page);
}

export async function plainLands(page) {
  await plainForm(page);
  await landsOn('[data-testid=kin-open]', '#kin-name')(page);
  await landsOn('[data-testid=needs-open]', '#needs-medicine')(page);
}

/** What waited and is with the ministry now is said; the more of a number too, and a warning of the worst at once. */
export async function saidAloud(page) {
  const { trips, advisories } = await page.evaluate(() => window.__TAURI_INTERNALS__.invoke('view'));
  const become = async (change) => page.evaluate((to) => window.become(to), change);
  const withDelivery = (delivery) => ({ trips: trips.map((trip) => ({ ...trip, delivery })) });
  const says = (where) =>
    page.waitForFunction(
      (testid) => document.querySelector(`[data-testid=${testid}]`).textContent.trim() !== '',
      where,
      { timeout: 5000 },
    );
  await become(withDelivery({ state: 'waiting' }));
  await page.waitForSelector('[data-state=waiting]', { state: 'attached' });
  await become(withDelivery({ state: 'received', at: '2026-03-01T10:20:00Z' }));
  await says('saying');
  const worst = {
    ...advisories[0],
    version: 99,
    severity: 'extreme',
    announced: 'loud',
    group: 'mine',
    is_over: false,
  };
  await become({ advisories: [worst, ...advisories.slice(1)] });
  await says('announcer-urgent');
  // what was heard may be so no more
  await page.keyboard.press('Shift');
  const kept = await page.$$eval('[data-testid=saying], [data-testid^=announcer]', (places) =>
    places.map((place) => place.textContent.trim()).join(''),
  );
  if (kept !== '') throw new Error(`is said for ever: ${kept}`);
}

/** A PIN that is kept is said, and what can be done with it then has the focus. */
export async function pinKept(page) {
  await page.click('[data-testid=pin-set]');
  for (const id of ['pin-new', 'pin-again']) await page.fill(`[data-testid=${id}]`, '2468');
  const lock = { has_pin: true, locked: false, wait_until: null, pin_damaged: false };
  await landsOn('[data-testid=pin-keep]', '[data-testid=lock-now]', { lock })(page);
  await page.waitForFunction(() => document.querySelector('[data-testid=saying]').textContent.trim() !== '');
}

/** That the trips are locked is on the screen and said, and a second press does nothing else. */
export async function locksNow(page) {
  const lock = { has_pin: true, locked: false, wait_until: null, pin_damaged: false };
  await page.evaluate((to) => window.become(to), { lock });
  await page.waitForSelector('[data-testid=lock-now]');
  await landsOn('[data-testid=lock-now]', '[data-testid=lock-on]')(page);
  if ((await page.$('[data-testid=lock-settings] [role=status] > [data-testid=lock-on]')) === null)
    throw new Error('that the trips are locked is not said');
}

/** What nobody sees is typed twice, and not alike. */
export async function twoPins(page) {
  await page.click('[data-testid=pin-set]');
  await page.fill('[data-testid=pin-new]', '2468');
  await page.fill('[data-testid=pin-again]', '2486');
  await page.click('[data-testid=pin-keep]');
  await page.waitForSelector('#pin-new-fault');
  await hasFocus(page, '#pin-new');
  await typesInSight(page);
}

/** What is typed into stands between the head of the page and the call. */
export const typesInSight = (page) =>
  page.waitForFunction(
    () => {
      const { top, bottom } = document.activeElement.getBoundingClientRect();
      const head = document.querySelector('main').getBoundingClientRect().top;
      const call = document.querySelector('.call-area').getBoundingClientRect().top;
      const isTyped = document.activeElement.matches('main input');
      return isTyped && top >= Math.max(head, 0) - 1 && bottom <= call + 1;
    },
    undefined,
    { timeout: 5000 },
  );

const messages = (lang) => JSON.parse(readFileSync(new URL(`../../messages/${lang}.json`, import.meta.url), 'utf8'));
const NO_TRIP = ['no_trip_title', 'trips_empty_title', 'map_route_none', 'calm_home', 'where_home', 'trip_add'];

/** Behind the PIN there may be a trip: no screen says that there is none, nor asks for one. */
export async function noneIsMissing(page) {
  const { lang } = await page.evaluate(() => window.__TAURI_INTERNALS__.invoke('view'));
  const words = messages(lang);
  for (const hash of [
    '',
    'map',
    'contacts',
    'guidance',
    'search',
    'stuck',
    'country/AE',
    'where',
    'settings',
    'trips',
  ]) {
    await page.evaluate((to) => (location.hash = `#/${to}`), hash);
    await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main .late'));
    if (hash === 'map') await page.waitForSelector('[data-testid=map-levels]', { state: 'attached' });
    const text = await page.evaluate(() => document.querySelector('main').textContent);
    const said = NO_TRIP.filter((key) => text.includes(words[key]));
    if (said.length > 0) throw new Error(`#/${hash} says: ${said}`);
  }
  await page.evaluate(() => (location.hash = '#/map'));
  await page.click('[data-testid=trips-locked]');
  await page.waitForSelector('[data-testid=locked]');
}

/** Whoever has nobody at home and needs nothing sees two things to open. */
export async function plainForm(page) {
  await page.evaluate(() => {
    const shell = window.__TAURI_INTERNALS__;
    const { invoke } = shell;
    shell.invoke = async (command, given) => {
      const answer = await invoke(command, given);
      return command === 'trip_next' ? { ...answer, next_of_kin: null, needs: {} } : answer;
    };
  });
  await page.evaluate(() => (location.hash = '#/trips/new'));
  await page.waitForSelector('[data-testid=kin-open]');
  await page.waitForSelector('[data-testid=needs-open]');
}

/** The screens of the tabs begin at one height. */
export async function oneHeight(page) {
  const tops = [];
  for (const tab of ['trips', 'guidance', 'map', 'contacts']) {
    await page.evaluate((to) => (location.hash = `#/${to}`), tab);
    await page.waitForFunction((to) => document.querySelector(`[data-testid=tab-${to}][aria-current]`), tab);
    await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main .late'));
    const top = await page.evaluate(() => document.querySelector('main h1').getBoundingClientRect().top);
    tops.push(Math.round(top));
  }
  if (new Set(tops).size > 1) throw new Error(`the names of the screens stand at ${tops}`);
}

/** Who tries the alarm first is asked afterwards where they are going. */
export async function drillFirst(page) {
  await page.click('[data-testid=welcome-drill]');
  await drillOver(page);
  await page.click('[data-testid=drill-done]');
  await page.waitForSelector('[data-testid=welcome-where]');
  const away = await page.evaluate(() => window.asked.some(({ command }) => command === 'put_welcome_away'));
  if (away) throw new Error('it was taken for an answer');
}

/** A number in the ministry's words is pressed, on the first screen and where the warning stands whole; another's is not. */
export async function pressSteps(page) {
  const links = () => page.$$eval('.steps a[href^="tel:+"]', (found) => found.length);
  if ((await links()) !== 1) throw new Error('the number of the lead cannot be pressed');
  const { advisories, lead } = await page.evaluate(() => window.__TAURI_INTERNALS__.invoke('view'));
  for (const { id, relayed } of advisories) {
    await page.evaluate((to) => (location.hash = `#/advisory/${encodeURIComponent(to)}`), id);
    await page.waitForSelector('[data-testid=advisory-detail]');
    const found = await links();
    if (relayed !== null && found > 0) throw new Error(`${id} is another's, and its number is pressed`);
    if (id === lead && found !== 1) throw new Error(`the number of ${id} cannot be pressed`);
    await page.evaluate(() => (location.hash = '#/now'));
    await page.waitForSelector('[data-testid=advisory-lead]');
  }
}
