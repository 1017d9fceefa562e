// The shell as the samples play it: it serves the built screens and answers their commands.
import { readFileSync, existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { fillings } from './samples.mjs';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const config = readFileSync(new URL('../../../src-tauri/tauri.conf.json', import.meta.url), 'utf8');
const [, begins = ''] = /<script>([^]*?)<\/script>/.exec(readFileSync(`${dist}/index.html`, 'utf8')) ?? [];
/** The shell too names the page's one script within by its hash. */
const hash = createHash('sha256').update(begins).digest('base64');
const CSP = `${JSON.parse(config).app.security.csp}; script-src 'self' 'sha256-${hash}'`;
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2' };

/** Runs in the page. */
export function shell({
  view,
  guidance,
  places,
  draft,
  countries,
  pages,
  found,
  checked,
  proposed,
  left,
  privacy,
  party,
  listed,
  messages,
  notices,
  without,
}) {
  const answers = {
    view: () => view,
    contacts: () => view.contacts,
    levels: () => view.levels ?? [],
    warned_areas: () => view.areas ?? [],
    guidance: () => guidance,
    look_up: () => places,
    airports_here: () => places.filter(({ kind }) => kind === 'airport'),
    own_places: () => places.slice(0, 3),
    trip_draft: () => draft,
    // a new trip is at one time with the one that there is
    trip_save: ({ id }) => id ?? Promise.reject({ code: 'at_one_time', field: '/legs/0/from' }),
    trip_overlap: () => ({ trip: view.trips[0]?.id, leg: 0, from: '2026-03-03', until: '2026-03-05' }),
    trip_next: () => ({ ...draft, legs: [] }),
    countries: () => countries,
    country: ({ code }) => pages[code] ?? Promise.reject({ code: 'unknown_country', field: null }),
    search: ({ query }) => found[query] ?? [],
    verify: ({ text }) => checked[text],
    family_text: ({ saysWhere }) => ({
      lang: 'kk',
      text: `Бәріміз аманбыз (3 адам).\n${saysWhere ? 'Тұрған жерім: Дубай, Біріккен Араб Әмірліктері.\n' : ''}Жазылған уақыты: 1 наурыз, 15:20 (Астана).`,
      place: 'Дубай, Біріккен Араб Әмірліктері',
    }),
    // as the shell refuses what is no kind of ours: of one letter, and of the second of two files
    import_read: (files) =>
      files.length === 5
        ? Promise.reject('unknown_kind')
        : { ...proposed, refused: files[files[0] + 4] === undefined ? [] : [{ file: 1, why: 'no_barcode' }] },
    // as the shell keeps what is typed: over the end of the page too
    form_keep: ({ form, content }) =>
      content === null
        ? sessionStorage.removeItem(JSON.stringify(form))
        : sessionStorage.setItem(JSON.stringify(form), content),
    form_kept: ({ form }) => {
      if (view.lock.locked && form.of === 'trip') console.error('a trip that is typed is asked for behind the PIN');
      const text = sessionStorage.getItem(JSON.stringify(form));
      return { texts: text === null ? [] : [text], sheet: 0 };
    },
    aside_save: ({ name }) => [`/home/aigul/Downloads/saparlas.db.damaged-${name}.closed`],
    there: () =>
      Object.values(pages)
        .slice(0, 1)
        .map(({ code, name, level, advisories, emergency, contacts }) => ({
          phase: 'current',
          place: name,
          code,
          level,
          advisories,
          emergency,
          missions: contacts.missions,
        })),
    party: () => party,
    paper: () => ({
      made_at: '2026-02-20T09:10:00Z',
      line: '+442079460100',
      found: view.trips.slice(0, 1).map((trip) => ({
        trip: { ...trip, delivery: { state: 'only_here' } },
        names: party.party.people.map(({ name }) => name),
        of_others: true,
        said: { by_status: [{ status: 'need_help', count: 2 }], at: '2026-03-01T09:10:00Z', is_cry: true },
        asked_at: '2026-03-01T09:40:00Z',
      })),
    }),
    paper_make: () => 'C4C38 1MV4F 3A7SE 56J34 EC4QV 8Z9CZ 6TS5Y 434PG P1HXP PX69K B46W6 BKBWV SC52F'.split(' '),
    paper_look: ({ text }) => (text === 'wrong' ? Promise.reject({ code: 'paper_group', field: '4' }) : null),
    // a namesake of the list is on it: one as they are brought, the others in another bus
    list_against: ({ people }) => {
      const names = party.party.people.map(({ name }) => name);
      const [first, ...others] = people.filter(({ name }) => names.includes(name));
      return { new: people.filter(({ name }) => !names.includes(name)), changed: others, known: first ? 1 : 0 };
    },
    list_read: (bytes) => (bytes.length > 1 ? listed : Promise.reject('nobody')),
    said_of_whom: () => ({ who: 'all' }),
    said_before: () => saidBefore(),
    messages: () => messages,
    // what was said before counts again: here a cry
    undo_word: () => {
      const by_status = [{ status: 'need_help', count: 1 }];
      view = { ...view, check_in: { ...view.check_in, by_status, status: 'need_help', can_undo: false } };
    },
    trip_delete: ({ id }) => {
      view = { ...view, trips: view.trips.filter((one) => one.id !== id), contact: { ...view.contact, waiting: 1 } };
      window.deleted = id;
    },
    left: () =>
      window.known ? { ...left, sent: [{ id: window.deleted, body: null, taken_at: view.now }, ...left.sent] } : left,
    privacy: () => privacy,
    version: () => '0.1.0',
    coded_sms: () => ({
      number: '+442079460990',
      demo: true,
      text: 'AQ'.padEnd(160, 'x'),
      href: 'sms:+442079460990?body=AQ',
      qr: 'SMSTO:+442079460990:AQ',
      place: null,
      by_plan: { kk: 'Дубай', ru: 'Дубай', en: 'Dubai' }[view.lang],
      has_point: false,
      needs: ['medical'],
      medicine_days: 1,
      write_only: true,
      at: view.check_in?.at ?? view.now,
    }),
    would_say: ({ status }) => [{ status, count: view.party }],
    lock_screen: () => void (view = { ...view, lock: { ...view.lock, locked: true } }),
    call_outcome: () => void (view = { ...view, last_call: null }),
    call_unasked: () => void (view = { ...view, last_call: null }),
    // whoever is asked allows it
    notices: ({ ask }) => (ask ? 'on' : notices),
    export_data: () => ({ path: '/home/aigul/Downloads/saparlas-2026-03-01-061400.json', with_ministry: false }),
    place_at: () => window.placeAt,
    qr: () => ({ size: 25, path: 'M0 0h7v7h-7zM18 0h7v7h-7zM0 18h7v7h-7zM9 9h6v6h-6z' }),
  };
  /** Of whom help was asked for at the roll. */
  /** What was said with the word; of two by name each has said something else. */
  function saidBefore() {
    const isTold = view.check_in?.told_more === true && view.check_in.status === 'need_help';
    const words = isTold ? { kk: 'Инсулин таусылады', ru: 'Кончается инсулин', en: 'No insulin' }[view.lang] : '';
    const whom = view.of_each ? { who: 'named', numbers: [4, 2], others_safe: false } : saidOf();
    const told = { kk: 'дәрі 2 күнге', ru: 'лекарства на 2 дня', en: 'medicine for 2 days' }[view.lang];
    const one = { number: 4, needs: ['medical'], medicine_days: 2, words, told: `${told}. ${words}` };
    return {
      needs: isTold ? ['medical', 'documents'] : [],
      medicine_days: isTold ? 2 : null,
      intent: null,
      words: view.of_each ? `${party.party.people[3].name}: ${one.told}` : words,
      place: '',
      write_only: false,
      contact: { may_write: null, may_call: null, when: '' },
      whom,
      told: '',
      of_each: view.of_each ? [one] : [],
    };
  }

  function saidOf() {
    const cries = window.asked.filter(({ given }) => given?.act?.act === 'cry');
    const numbers = cries.map(({ given }) => given.act.person);
    return numbers.length > 0 ? { who: 'named', numbers, others_safe: false } : { who: 'all' };
  }
  /** What was asked for so far. */
  window.asked = [];
  /** What is so now, as the screens learn it when they are looked at again. */
  window.become = (change) => {
    view = { ...view, ...change };
    document.dispatchEvent(new Event('visibilitychange'));
  };
  window.__TAURI_INTERNALS__ = {
    transformCallback: () => 1,
    invoke: async (command, given) => {
      window.asked.push({ command, given });
      if (command === without) return Promise.reject({ code: 'store_unavailable', field: null });
      return answers[command]?.(given) ?? null;
    },
  };
}

export function serve(view) {
  // as the shell does it
  const fill = (html) =>
    html.replace(/ data-fill="([^"]*)"([^>]*>)/g, (place, list, rest) => {
      const all = fillings(list, view, (words) => words[view.lang]);
      const attributes = all.filter(([name]) => name !== 'text').map(([name, value]) => ` ${name}="${value}"`);
      const text = all.find(([name]) => name === 'text')?.[1] ?? '';
      return `${attributes.join('')} data-fill="${list}"${rest}${text}`;
    });
  return (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = `${dist}${path === '/' ? '/index.html' : path}`;
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    const type = TYPES[file.split('.').pop()] ?? 'application/octet-stream';
    const body = type === 'text/html' ? fill(readFileSync(file, 'utf8')) : readFileSync(file);
    return route.fulfill({ body, contentType: type, headers: { 'content-security-policy': CSP } });
  };
}
