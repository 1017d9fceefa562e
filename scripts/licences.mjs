// What is shipped of others, with their licences, each text once: `make licences` writes ui/src/assets/licences.json. With `--check` it
// only says whether that file names what the lock files ship.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const FILE = 'ui/src/assets/licences.json';
/** Shipped with the pages, though no script imports them: the font, and what the words are compiled with. */
const BESIDE_SCRIPTS = ['@fontsource-variable/inter', '@inlang/paraglide-js'];

const cargo = (...given) => execFileSync('cargo', given, { encoding: 'utf8', maxBuffer: 1 << 28 });
const flat = (text) => text.replace(/\s+/g, ' ').trim();

/** The crates linked into the app on any system, by `name version`. */
function crates() {
  const [, list] = /targets = \[([^\]]*)\]/.exec(readFileSync('about.toml', 'utf8'));
  const targets = [...list.matchAll(/"([^"]+)"/g)].flatMap(([, target]) => ['--target', target]);
  const linked = ['--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}'];
  const tree = cargo('tree', '--quiet', '--locked', '--package', 'saparlas', ...targets, ...linked);
  // our own stand in a folder
  const others = tree.split('\n').filter((line) => line !== '' && !/\(\/|\([A-Z]:/.test(line));
  return new Set(others.map((line) => line.replace(/ \(.*$/, '').replace(/ v(?=\d)/, ' ')));
}

/** The packages in the built pages: {name, version, identifier, text}. */
async function packages() {
  const require = createRequire(new URL('../ui/package.json', import.meta.url));
  const { build } = await import(pathToFileURL(require.resolve('vite')));
  const license = { fileName: 'licences.json' };
  const built = await build({
    root: 'ui',
    configFile: 'ui/vite.config.ts',
    logLevel: 'error',
    build: { write: false, license },
  });
  const bundled = JSON.parse(built.output.find(({ fileName }) => fileName === license.fileName).source);
  const beside = BESIDE_SCRIPTS.map((name) => {
    const folder = `ui/node_modules/${name}`;
    const { version, license: identifier } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    return { name, version, identifier, text: file ? readFileSync(`${folder}/${file}`, 'utf8') : '' };
  });
  return [...bundled, ...beside].map((one) => ({ ...one, user: `${one.name} ${one.version}` }));
}

/** What NOTICE says of data, and the licences printed there. */
function notice() {
  const [credits, ...printed] = readFileSync('NOTICE', 'utf8').split(/^-{20,}\n(.+)\n-{20,}\n/m);
  const blocks = credits.split(/\n\n+/).map((block) => /^(\S.*)\n((?: {2}.*\n?)+)$/.exec(block));
  const data = blocks.filter((block) => block !== null).map(([, of, said]) => ({ of, said: flat(said) }));
  const texts = printed.flatMap((user, at) => (at % 2 === 0 ? [{ licence: user, user, text: printed[at + 1] }] : []));
  return { data, texts };
}

/** A crate that came without a licence's text gets the usual one, and its authors stand in it. */
function signed(text, { name, authors }) {
  const who = authors.map((author) => author.replace(/ <.*$/, '')).join(', ') || `the authors of ${name}`;
  return text.replace(/<year> <(copyright holders|owner)>/, () => who);
}

/** Lines that were broken to fit eighty letters are whole again, so that a phone breaks them where it must. */
function unbroken(text) {
  const lines = text.replaceAll('\r', '').replaceAll('\f', '\n').split('\n');
  return lines
    .map((line) => line.trim())
    .reduce((whole, line, at) => {
      const before = lines[at - 1]?.trimEnd() ?? '';
      const begins = line === '' || /^(Copyright|©|\([cC]\)|[-*•=]|\d+[.)]|\([a-z0-9]+\)|["“]\w+["”] (shall )?mean)/.test(line);
      return begins || before.length < 56 ? `${whole}\n${line}` : `${whole} ${line}`;
    }, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Each text once, with all who use it. */
function once(all) {
  const texts = new Map();
  for (const { licence, user, text } of all) {
    if (text.trim() === '') throw new Error(`${user} has no licence text`);
    const known = texts.get(flat(text)) ?? { licence, users: new Set(), text: unbroken(text) };
    texts.set(flat(text), known);
    known.users.add(user);
  }
  const listed = [...texts.values()].map((one) => ({ ...one, users: [...one.users].sort() }));
  return listed.sort((a, b) => a.users[0].localeCompare(b.users[0], 'en') || a.licence.localeCompare(b.licence, 'en'));
}

const linked = crates();
const bundled = await packages();
const { data, texts } = notice();
const shipped = [...linked, ...bundled.map(({ user }) => user)].sort();

if (process.argv.includes('--check')) {
  const kept = JSON.parse(readFileSync(FILE, 'utf8'));
  // what NOTICE names has no version
  const named = new Set(kept.texts.flatMap(({ users }) => users).filter((user) => / \d/.test(user)));
  const faults = [
    ...shipped.filter((one) => !named.has(one)).map((one) => `shipped, and not in ${FILE}: ${one}`),
    ...[...named].filter((one) => !shipped.includes(one)).map((one) => `in ${FILE}, and not shipped: ${one}`),
    ...(JSON.stringify(kept.data) === JSON.stringify(data) ? [] : [`NOTICE says of data what ${FILE} does not`]),
  ];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) console.error('make licences writes it anew');
  process.exit(faults.length > 0 ? 1 : 0);
}

const about = JSON.parse(cargo('about', 'generate', '--format', 'json', '--fail', '--frozen', '--manifest-path', 'src-tauri/Cargo.toml'));
const ofCrates = about.licenses.flatMap(({ name, text, used_by }) =>
  used_by
    .map(({ crate }) => ({ licence: name, user: `${crate.name} ${crate.version}`, text: signed(text, crate) }))
    .filter(({ user }) => linked.has(user)),
);
const ofPackages = bundled.map(({ identifier, user, text }) => ({ licence: identifier, user, text }));
const own = { licence: 'Apache License 2.0', user: 'Saparlas', text: readFileSync('LICENSE', 'utf8') };
const all = [own, ...ofCrates, ...ofPackages, ...texts];
const nameless = shipped.filter((one) => !all.some(({ user }) => user === one));
if (nameless.length > 0) throw new Error(`no licence is found of ${nameless.join(', ')}`);
writeFileSync(FILE, `${JSON.stringify({ data, texts: once(all) }, null, 1)}\n`);
