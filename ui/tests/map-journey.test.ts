import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlaceAt } from '../src/lib/api';
import { answerOf } from '../src/lib/map/answer';
import { startOf } from '../src/lib/map/start';
import { holds } from '../src/lib/map/globe';
import { aim, journey } from '../src/lib/map/journey';
import { tripOn } from '../src/lib/trip';
import { load, type Atlas } from '../src/lib/map/outlines';
import { countries, mapViews, placesAt } from './sample/map';

const view = (name: keyof typeof mapViews) => mapViews[name];
const ankara = { lat: 39, lon: 35 };
const nowhere = () => null;
const { missions } = view('map').contacts;

it('goes from leg to leg in order, each way with the phase of where it leads', () => {
  const { stops, ways } = journey(view('map'), missions, nowhere);
  expect(stops.map(({ airport, phase }) => [airport, phase])).toEqual([
    ['DOH', 'past'],
    [null, 'current'],
    [null, 'coming'],
  ]);
  expect(ways.map(({ phase }) => phase)).toEqual(['current', 'coming']);
});

it('begins where the trip does', () => {
  const [trip] = view('map').trips;
  const from = {
    kind: 'airport' as const,
    code: 'ALA',
    name: '',
    city: trip!.legs[0]!.place,
    country: 'KZ',
    country_name: trip!.legs[0]!.place,
  };
  const begun = { ...view('map'), trips: [{ ...trip!, origin: from, origin_position: ankara }] };
  const { stops, ways } = journey(begun, [], nowhere);
  expect(stops[0]).toMatchObject({ airport: 'ALA', position: ankara, phase: 'past' });
  expect(ways).toHaveLength(4);
  // and ends there, unless nobody knows when
  expect(ways.at(-1)).toMatchObject({ to: ankara, phase: 'coming' });
  const open = begun.trips.map((one) => ({ ...one, legs: one.legs.map((leg) => ({ ...leg, open: true })) }));
  expect(journey({ ...begun, trips: open }, [], nowhere).ways).toHaveLength(3);
});

it('begins and ends at home where the trip does not say, and is at home where nothing else is known', () => {
  const [trip] = view('map').trips;
  const home = { city: trip!.legs[0]!.place, time_zone: 'Asia/Almaty', position: ankara };
  const unsaid = { ...trip!, origin: null, origin_position: null };
  const { stops, ways } = journey({ ...view('map'), home, trips: [unsaid] }, [], nowhere);
  expect([stops[0]?.position, ways.at(-1)?.to]).toEqual([ankara, ankara]);
  const theirs = journey({ ...view('map'), home, trips: [{ ...unsaid, of_others: true }] }, [], nowhere);
  expect(theirs.stops).toHaveLength(trip!.legs.length);
  expect(journey({ ...view('mapHome'), home }, [], nowhere).you).toMatchObject({ position: ankara, rough: false });
});

it('says where only the country is known, and draws nothing where not even that', () => {
  expect(journey(view('mapRough'), [], () => ankara)).toMatchObject({
    stops: [{ position: ankara, rough: true }],
    you: { position: ankara, rough: true, source: 'itinerary' },
  });
  expect(journey(view('mapRough'), [], nowhere)).toMatchObject({ stops: [], ways: [], you: null });
});

it('shows no trip that is over', () => {
  const over = view('map').trips.map((trip) => ({ ...trip, phase: 'past' as const }));
  expect(tripOn({ ...view('map'), trips: over })).toBeNull();
});

it('shows to whoever stays at home, or goes later, where their people are', () => {
  const [own] = view('map').trips;
  const theirs = { ...own!, of_others: true };
  const later = { ...own!, phase: 'coming' as const, legs: [] };
  for (const trips of [[theirs], [theirs, later], [own!, theirs], [later, { ...theirs, phase: 'past' as const }]]) {
    const { stops } = journey({ ...view('map'), trips }, [], nowhere);
    expect(stops).toHaveLength(trips[0]!.legs.length);
  }
});

it('paints the traveller’s own missions over the others', () => {
  const { signs } = journey(view('map'), missions, nowhere);
  expect(signs[signs.length - 1]?.mine).toBe(true);
});

it('looks at the trip, else at the country, else at the world', () => {
  const kind = (name: keyof typeof mapViews) => aim(view(name), journey(view(name), [], nowhere)).kind;
  expect([kind('map'), kind('mapHome'), kind('mapBare')]).toEqual(['places', 'country', 'world']);
});

describe('the beginning', () => {
  let atlas: Atlas;

  beforeAll(async () => {
    vi.stubGlobal(
      'Path2D',
      class {
        moveTo() {}
        lineTo() {}
        closePath() {}
      },
    );
    atlas = await load('110m');
  });

  it('turns the Earth to the trip, and holds all of it', () => {
    const { globe, target } = startOf(view('map'), atlas, countries);
    expect(globe.middle).toBeGreaterThan(28);
    expect(globe.middle).toBeLessThan(56);
    const { stops } = journey(view('map'), missions, nowhere);
    for (const { position } of stops) {
      const { x, y } = globe.at(position);
      expect(holds(target.box, { left: x, top: y, right: x, bottom: y })).toBe(true);
    }
  });

  it('keeps a trip over the Pacific in one piece', () => {
    const { globe, target } = startOf(view('mapFar'), atlas, countries);
    expect(target.box.right - target.box.left).toBeLessThan((globe.box.right - globe.box.left) / 2 + 20);
    for (const { from, to } of journey(view('mapFar'), [], nowhere).ways) expect(globe.way(from, to)).toHaveLength(1);
  });

  it('shows home with its neighbours, not the world', () => {
    const { globe, target, middle } = startOf(view('mapHome'), atlas, countries);
    expect(target.box.right - target.box.left).toBeLessThan((globe.box.right - globe.box.left) / 3);
    const home = middle('KZ');
    expect(home?.lat).toBeGreaterThan(44);
    expect(home?.lat).toBeLessThan(53);
  });

  it('shows the world where nothing is known', () => {
    const { globe, target } = startOf(view('mapBare'), atlas, countries);
    expect(target.box).toEqual(globe.box);
  });
});

describe('the answer about a place', () => {
  const answer = (kind: keyof typeof placesAt) => answerOf(placesAt[kind]);
  const codes = (kind: keyof typeof placesAt) => answer(kind).stand.map(({ code }) => code);

  it('offers nothing at sea and one country inside it', () => {
    expect([codes('sea'), codes('country')]).toEqual([[], ['AE']]);
  });

  it('asks which side near a border', () => {
    expect(codes('border')).toEqual(['AE', 'OM']);
  });

  it('asks where several states claim the place, unless the ministry has said', () => {
    expect(codes('disputed')).toEqual(['RU', 'UA']);
    const counted = { ...placesAt.disputed, counts_as: countries.find(({ code }) => code === 'UA')! } satisfies PlaceAt;
    expect(answerOf(counted)).toMatchObject({ countries: [{ code: 'RU' }, { code: 'UA' }], stand: [{ code: 'UA' }] });
  });
});
