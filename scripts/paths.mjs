// Every path and name of the code that the documents give must be there.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
// git still lists what was deleted and not yet committed
const files = listed.trim().split('\n').filter((file) => existsSync(file));
const places = new Set(files.flatMap((file) => file.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))));
const roots = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));
const code = files.filter((file) => file.endsWith('.rs')).map((file) => readFileSync(file, 'utf8')).join('\n');
const words = new Set(code.match(/\w+/g));

const documents = files.filter((file) => file === 'README.md' || /^docs\/[^/]*\.md$/.test(file));
const bare = (path) => normalize(path).replace(/\/$/, '');

/** `a/{b,c}.rs` is two paths. */
function spread(path) {
  const [, before, list, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  return list === undefined ? [path] : list.split(',').flatMap((one) => spread(before + one + after));
}

/** Why a word in the font of code is wrong, where it is a path or a name of ours. */
function fault(word) {
  const wrong = spread(word).filter((path) => {
    if (/^[\w.-]+\/[\w./-]*$/.test(path)) return roots.has(path.split('/')[0]) && !places.has(bare(path));
    if (/^[\w.-]+\.(rs|ts|svelte|mjs)$/.test(path)) return !files.some((file) => file.endsWith(`/${path}`));
    if (/^\w+(::\w+)+$/.test(path)) return path.split('::').some((name) => !words.has(name));
    return false;
  });
  return wrong.length > 0 ? wrong.join(', ') : null;
}

let faults = 0;
for (const document of documents) {
  const [prose, ...blocks] = [readFileSync(document, 'utf8')].flatMap((text) => {
    const parts = text.split(/^```.*$/m);
    return [parts.filter((_, at) => at % 2 === 0).join('\n'), ...parts.filter((_, at) => at % 2 === 1)];
  });
  const told = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, word]) => word);
  const mapped = blocks.flatMap((block) => [...block.matchAll(/^([\w.-]+\/[\w./{},-]*) /gm)].map(([, path]) => path));
  const links = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, to]) => to).filter((to) => !to.includes('://'));
  const linked = links.map((to) => bare(join(dirname(document), to)));
  const wrong = [...told, ...mapped].map(fault).filter((why) => why !== null);
  wrong.push(...linked.filter((path) => !places.has(path)));
  for (const why of wrong) console.error(`${document}: ${why} is not there`);
  faults += wrong.length;
}
process.exit(faults > 0 ? 1 : 0);
