// A thing that appears by itself is said to whoever does not see it.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announce, heard, mention, saying } from '../src/lib/announce.svelte';
import { app } from '../src/lib/state.svelte';
import { rollWords } from '../src/screens/party/words';
import { m } from '../src/lib/words';
import { views } from './sample/views';

const root = new URL('../src', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));

type Found = { file: string; element: AST.RegularElement; inBlock: boolean; parents: AST.RegularElement[] };

/** Every element of ours, and whether it comes and goes on its own. */
function elementsOf(file: string): Found[] {
  const found: Found[] = [];
  const walk = (node: unknown, inBlock: boolean, parents: AST.RegularElement[]): void => {
    if (Array.isArray(node)) return node.forEach((one) => walk(one, inBlock, parents));
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    const isElement = node.type === 'RegularElement';
    const element = node as AST.RegularElement;
    if (isElement) found.push({ file, element, inBlock, parents });
    const isBlock = ['IfBlock', 'AwaitBlock', 'EachBlock', 'KeyBlock'].includes(node.type as string);
    const under = isElement ? [...parents, element] : parents;
    for (const value of Object.values(node)) walk(value, isElement ? false : inBlock || isBlock, under);
  };
  walk(parse(readFileSync(join(root, file), 'utf8'), { modern: true }).fragment, false, []);
  return found;
}

function attribute({ element }: Found, name: string): string | undefined {
  const one = element.attributes.find((given) => given.type === 'Attribute' && given.name === name);
  if (one?.type !== 'Attribute' || one.value === true) return undefined;
  const [value] = Array.isArray(one.value) ? one.value : [one.value];
  return value?.type === 'Text' ? value.data : undefined;
}

const all = files.flatMap(elementsOf);
const named = ({ file, element }: Found) => `${file}: <${element.name}>`;
const isPolite = (one: Found) => attribute(one, 'role') === 'status' || attribute(one, 'aria-live') !== undefined;
/** It stands there without its words, or with others in their place. */
const waits = ({ element }: Found) =>
  element.fragment.nodes.every((node) => {
    if (node.type === 'Text') return node.data.trim() === '';
    if (node.type === 'ExpressionTag') return node.expression.type === 'ConditionalExpression';
    return ['IfBlock', 'EachBlock', 'KeyBlock'].includes(node.type);
  });
/** What is said while a screen loads: its title is read when it has. */
const isWaiting = (one: Found) => attribute(one, 'class')?.split(' ').includes('late') === true;

describe('what appears by itself', () => {
  it('comes into a region that stood there before it', () => {
    expect(all.filter(isPolite).length).toBeGreaterThan(20);
    const late = all.filter((one) => isPolite(one) && one.inBlock && !waits(one) && !isWaiting(one));
    expect(late.map(named)).toEqual([]);
  });

  it('is announced or takes the focus where it is a sheet', () => {
    const sheets = new Set(all.filter((one) => attribute(one, 'class') === 'ask').map(({ file }) => file));
    expect(sheets.size).toBe(2);
    for (const file of sheets) {
      const source = readFileSync(join(root, file), 'utf8');
      expect(source, file).toMatch(/onMount\([^]*?(announce\(|\.focus\()/);
    }
  });

  it('is said with an end to each sentence, and again when it comes again', () => {
    const asked = () => ['Did you get through?', 'The answers are above'];
    announce(asked);
    expect(saying.words).toBe('Did you get through? The answers are above.');
    const { count } = saying;
    announce(asked);
    expect(saying.count).toBe(count + 1);
  });

  it('is said in the language that was chosen since, and no more once its sheet is closed', () => {
    app.view = { ...views.calm, lang: 'en' };
    const gone = announce(() => [m.call_asked()]);
    const english = saying.words;
    app.view = { ...views.calm, lang: 'kk' };
    expect(saying.words).toBe(m.call_asked());
    expect(saying.words).not.toBe(english);
    gone();
    expect(saying.words).toBe('');
    app.view = null;
  });

  it('is not ended by the end of what was said before it', () => {
    const before = announce(() => ['The first.']);
    announce(() => ['The second.']);
    before();
    expect(saying.words).toBe('The second.');
  });

  it('is said no more by the next press, but for what still asks', () => {
    mention(() => ['Need help']);
    heard();
    expect(saying.words).toBe('');
    const gone = announce(() => ['Did you get through?']);
    heard();
    expect(saying.words).toBe('Did you get through?');
    gone();
  });
});

describe('a name at the roll', () => {
  beforeEach(() => (app.view = { ...views.calm, lang: 'en' }));
  afterEach(() => (app.view = null));
  const nobody = { number: 1, status: null, own: false, seen: null };

  it('is as the roll has them', () => {
    expect(rollWords(nobody)).toBe(m.roll_is_missing());
    expect(rollWords({ ...nobody, status: 'safe' })).toBe(m.roll_is_here());
    expect(rollWords({ ...nobody, status: 'need_help' })).toBe(m.roll_needs_help());
  });
});
