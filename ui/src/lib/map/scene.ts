// All that can be on the map, in the units of the flat world.
import type { CountryName, LevelView, WarnedArea, Words } from '../api';
import type { Globe, Line, Point } from './globe';
import type { HereSource, Journey, Phase, Sign, Stop } from './journey';
import { levelOf, type Level } from './levels';
import { pathOf } from './shapes';
import { airportsOf, warnedOf, type Airport, type Warned } from './warned';

/** By ISO numeric code, as the outlines have it. */
export type Countries = { levels: Map<number, Level>; names: Map<number, string> };

export function countriesOf(countries: CountryName[], views: LevelView[], said: (words: Words) => string): Countries {
  const byCode = new Map(views.map(({ code, level }) => [code, levelOf(level)]));
  const known = countries.filter(({ numeric }) => numeric > 0);
  const levels = known.flatMap(({ code, numeric }): [number, Level][] => {
    const level = byCode.get(code);
    return level ? [[numeric, level]] : [];
  });
  return { levels: new Map(levels), names: new Map(known.map(({ numeric, name }) => [numeric, said(name)])) };
}

export type Own = {
  ways: { path: Path2D; lines: Line[]; phase: Phase }[];
  stops: { at: Point; phase: Phase; rough: boolean; airport: string | null; words: string }[];
  signs: { id: string; at: Point; mine: boolean; words: string }[];
  you: { at: Point; rough: boolean; words: string } | null;
};

/** `words` say that nobody flies there, or nothing. */
export type Scene = {
  countries: Countries;
  warned: (Warned & { words: string })[];
  airports: (Airport & { words: string })[];
  own: Own;
};

export type Said = {
  name: (words: Words) => string;
  closedAirport: (code: string) => string;
  closedAirspace: () => string;
  stop: (stop: Stop) => string;
  sign: (sign: Sign) => string;
  you: (source: HereSource) => string;
};

export function sceneOf(
  journey: Journey,
  facts: { levels: LevelView[]; areas: WarnedArea[] },
  countries: CountryName[],
  globe: Globe,
  said: Said,
): Scene {
  const numericOf = (country: string) => countries.find(({ code }) => code === country)?.numeric ?? 0;
  return {
    countries: countriesOf(countries, facts.levels, said.name),
    warned: warnedOf(facts.areas, globe, numericOf).map((one) => ({
      ...one,
      words: one.closed ? said.closedAirspace() : '',
    })),
    airports: airportsOf(facts.areas, globe).map((one) => ({
      ...one,
      words: one.closed ? said.closedAirport(one.code) : one.code,
    })),
    own: ownOf(journey, globe, said),
  };
}

function ownOf({ ways, stops, signs, you }: Journey, globe: Globe, said: Said): Own {
  return {
    ways: ways.map(({ from, to, phase }) => {
      const lines = globe.way(from, to);
      return { path: pathOf(lines, false), lines, phase };
    }),
    stops: stops.map((stop) => ({
      at: globe.at(stop.position),
      phase: stop.phase,
      rough: stop.rough,
      airport: stop.airport,
      words: said.stop(stop),
    })),
    signs: signs.map((sign) => ({
      id: sign.id,
      at: globe.at(sign.position),
      mine: sign.mine,
      words: said.sign(sign),
    })),
    you: you ? { at: globe.at(you.position), rough: you.rough, words: said.you(you.source) } : null,
  };
}
