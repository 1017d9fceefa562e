import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { civilDate } from '../src/lib/words/calendar';
import { broughtBy } from '../src/lib/brought';
import { sides } from '../src/screens/import/sides';
import { areTooLarge, bytesOf, joined } from '../src/screens/import/bytes';
import { refusalOf } from '../src/screens/import/words';
import { areOver, withLegs } from '../src/screens/import/take';
import { fromDraft, newForm, newLeg, toDraft, type Form } from '../src/screens/trip-form/fields';
import { byDoha, inDubai, nowhere, proposed } from './sample/proposed';
import { draft } from './sample/trips';

const today = civilDate('2026-11-28') ?? expect.fail('no day');
const alone = { origin: null, legs: [], adults: 1, children: 0, phone: '', next_of_kin: null };
const fresh = (): Form => newForm(alone, today);
const take = (form: Form, legs = proposed.legs) => withLegs(form, legs, proposed.origin, today, 'ru');
const saved = (form: Form) => {
  const read = toDraft(form, today);
  return 'draft' in read ? read.draft : expect.fail(JSON.stringify(read.faults));
};

describe('what a file proposes goes into the form', () => {
  it('as a trip that can be saved as it is', () => {
    const { origin, legs } = saved(take(fresh(), [byDoha, inDubai]));
    expect({ origin, legs }).toEqual({ origin: 'ALA', legs: [byDoha.draft, inDubai.draft] });
  });

  it('with the names of the places in the reader’s language', () => {
    expect(take(fresh()).legs.map(({ placeText }) => placeText)).toEqual(['DOH, Доха', 'Дубай, ОАЭ', 'QQQ']);
  });

  it('and a place that nobody knows is asked for at its field', () => {
    expect(toDraft(take(fresh(), [nowhere]), today)).toEqual({ faults: { '/legs/0/place': 'unknown_country' } });
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('and nothing else than what was taken, of all choices: %i', (choice) => {
    const legs = proposed.legs.filter((_, index) => (choice & (1 << index)) !== 0);
    const texts = take(fresh(), legs).legs.map(({ placeText }) => placeText);
    expect(texts).toEqual(
      take(fresh()).legs.flatMap(({ placeText }, index) => (choice & (1 << index) ? [placeText] : [])),
    );
  });

  it('among the legs of a trip, by their days, and leaves those as they were', () => {
    const before = fromDraft(draft, undefined, 'ru');
    const after = saved(take(before, [inDubai]));
    expect(after.legs).toEqual([...saved(before).legs, inDubai.draft]);
    const early = { ...inDubai, draft: { ...inDubai.draft, from: '2020-01-01', until: '2020-01-02' } };
    expect(saved(take(before, [early as typeof inDubai])).legs).toEqual([early.draft, ...saved(before).legs]);
  });

  it('once, however often the file is brought', () => {
    const once = take(fresh());
    expect(take(once).legs.map(({ placeText }) => placeText)).toEqual(once.legs.map(({ placeText }) => placeText));
  });

  it('and a leg without a day of its own keeps the day that it had', () => {
    const doha = { ...newLeg(), place: { kind: 'country', country: 'QA' } as const, placeText: 'Катар', nights: 3 };
    const later = { ...newLeg(), place: { kind: 'country', country: 'TR' } as const, placeText: 'Турция', nights: 2 };
    const form = { ...fresh(), legs: [{ ...doha, from: '30.11.2026' }, later] };
    const turkey = saved(form).legs[1];
    expect(turkey).toMatchObject({ from: '2026-12-03' });
    expect(saved(take(form, [inDubai])).legs).toContainEqual(turkey);
  });

  it('and a trip that has its beginning keeps it', () => {
    const from = { ...fromDraft(draft, undefined, 'ru'), origin: 'NQZ', originText: 'NQZ, Астана' };
    expect(take(from).origin).toBe('NQZ');
  });
});

describe('what is dropped', () => {
  const dropped = (names: string[], isDirectory = false) => {
    const files = names.map((name) => new File(['x'], name));
    const items = files.map(() => ({ kind: 'file', webkitGetAsEntry: () => ({ isDirectory }) }));
    return broughtBy({ files, items } as unknown as DataTransfer);
  };

  it('is what a family has, or it is said why it is not read', () => {
    expect(dropped(['a.png', 'b.pdf'])).toMatchObject({ files: [{ name: 'a.png' }, { name: 'b.pdf' }] });
    expect(dropped(['itineraries'], true)).toEqual({ refused: 'folder' });
    expect(dropped(Array.from({ length: 13 }, (_, nth) => `${nth}.ics`))).toEqual({ refused: 'several' });
  });

  it('is left where it was dropped when it is text', () => {
    expect(broughtBy({ files: [], items: [{ kind: 'string' }] } as unknown as DataTransfer)).toBeNull();
  });
});

describe('how large a picture is, by its beginning', () => {
  const bytes = (...parts: (string | number[])[]) =>
    new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((l) => l.charCodeAt(0)) : part)));
  const zeros = (length: number) => new Array<number>(length).fill(0);

  it.each([
    ['GIF', bytes('GIF89a', [0x80, 2, 0xe0, 1]), 640, 480],
    [
      'WebP of VP8',
      bytes('RIFF', zeros(4), 'WEBPVP8 ', zeros(7), [0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1], zeros(4)),
      640,
      480,
    ],
    ['WebP of VP8L', bytes('RIFF', zeros(4), 'WEBPVP8L', zeros(4), [0x2f, 0x7f, 0xc2, 0x77, 0], zeros(8)), 640, 480],
    [
      'WebP of VP8X',
      bytes('RIFF', zeros(4), 'WEBPVP8X', zeros(8), [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      2 ** 24,
      2 ** 24,
    ],
    [
      'HEIC',
      bytes(
        zeros(4),
        'ftypheic',
        'ispe',
        zeros(4),
        [0, 0, 2, 0, 0, 0, 2, 0],
        'ispe',
        zeros(4),
        [0, 0, 15, 0xc0, 0, 0, 11, 0xd0],
      ),
      4032,
      3024,
    ],
  ])('%s', (_, picture, width, height) => expect(sides(picture)).toEqual({ width, height }));

  it('is not known of what breaks off, or is another', () => {
    for (const begin of ['', 'GIF8', 'RIFF....WEBPVP8X', '....ftypheic', '<svg>'])
      expect(sides(bytes(begin))).toBeNull();
  });
});

describe('what is handed over', () => {
  const on = (userAgent: string) => vi.stubGlobal('navigator', { userAgent });
  beforeEach(() => on('Mozilla/5.0 (X11; Linux x86_64)'));
  afterEach(() => vi.unstubAllGlobals());

  it('is no more of a picture or a PDF than tells what it is, on a phone, which does not read it', async () => {
    on('Mozilla/5.0 (Linux; Android 15)');
    const file = (type: string) => new File([new Uint8Array(100)], 'pass', { type });
    const lengths = (await bytesOf(['image/png', 'application/pdf', 'text/calendar'].map(file))).map((b) => b.length);
    expect(lengths).toEqual([16, 16, 100]);
  });

  it('is file after file, each after its length', () => {
    const bytes = [new Uint8Array([7, 8]), new Uint8Array(), new Uint8Array([9])];
    expect([...joined(bytes)]).toEqual([2, 0, 0, 0, 7, 8, 0, 0, 0, 0, 1, 0, 0, 0, 9]);
  });

  it('is a file as it is, and of one that is too large no more than shows it', async () => {
    const picture = new File([new Uint8Array([1, 2, 3])], 'pass.png', { type: 'image/png' });
    expect(await bytesOf([picture, picture])).toEqual([new Uint8Array([1, 2, 3]), new Uint8Array([1, 2, 3])]);
    const large = new File([new Uint8Array(17 * 1024 * 1024)], 'film.ics');
    expect((await bytesOf([large]))[0]?.length).toBe(16 * 1024 * 1024 + 1);
    expect([areTooLarge([large]), areTooLarge([large, large, large])]).toEqual([false, true]);
  });

  it('is a picture that the browser does not know, as it is', async () => {
    const strange = new File([new Uint8Array([1, 2, 3])], 'pass.heic', { type: 'image/heic' });
    expect(await bytesOf([strange])).toEqual([new Uint8Array([1, 2, 3])]);
  });
});

it('what the shell refuses has its own words, and what it cannot say is of the file', () => {
  expect(refusalOf('too_large')).toBe('too_large');
  expect(refusalOf(new Error('NotReadableError'))).toBe('unreadable');
});

describe('a ticket of a journey that is over', () => {
  const on = (leg: typeof byDoha, begins: string, ends: string) => {
    const draft = leg.draft.kind === 'transit' ? { arrives: begins, departs: ends } : { from: begins, until: ends };
    return { ...leg, draft: { ...leg.draft, ...draft } };
  };
  const old = [on(byDoha, '2017-12-03T06:55', '2017-12-03T08:40'), on(inDubai, '2017-12-03', '2017-12-10')];
  const at = (day: string, legs = old) => areOver(legs, civilDate(day)!);

  it('is told from one that they are on', () => {
    expect(at('2026-03-01')).toEqual([true, true]);
    expect(at('2017-12-11')).toEqual([true, true]);
    expect(at('2017-12-10')).toEqual([false, false]);
    expect(at('2017-12-01')).toEqual([false, false]);
  });

  it('is told where a new one was brought with it', () => {
    const both = [...old, on(inDubai, '2026-03-05', '2026-03-10')];
    expect(at('2026-03-01', both)).toEqual([true, true, false]);
  });

  it('is no longer gone on for ever where no way back is known', () => {
    const open = [on(inDubai, '2026-01-10', '')];
    expect(at('2026-03-01', open)).toEqual([false]);
    expect(at('2026-04-01', open)).toEqual([true]);
    expect(at('2026-03-01', [on(inDubai, '2017-12-03', '')])).toEqual([true]);
    expect(at('2026-03-01', [on(inDubai, '', '')])).toEqual([false]);
  });
});
