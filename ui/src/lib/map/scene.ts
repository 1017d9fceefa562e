// All that can be on the map, in the units of the flat world.
import type { CountryName, LevelView, Words } from '../api';
import type { Globe, Point } from './globe';
import type { HereSource, Journey, Phase, Sign, Stop } from './journey';
import { levelOf, type Level } from './patterns';
import { pathOf } from './shapes';

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
  ways: { path: Path2D; phase: Phase }[];
  stops: { at: Point; phase: Phase; rough: boolean; airport: boolean; words: string }[];
  signs: { at: Point; mine: boolean; words: string }[];
  you: { at: Point; rough: boolean; words: string } | null;
};

export type Scene = { countries: Countries; own: Own };

export type Said = {
  stop: (stop: Stop) => string;
  sign: (sign: Sign) => string;
  you: (source: HereSource) => string;
};

export function ownOf({ ways, stops, signs, you }: Journey, globe: Globe, said: Said): Own {
  return {
    ways: ways.map(({ from, to, phase }) => ({ path: pathOf(globe.way(from, to), false), phase })),
    stops: stops.map((stop) => ({
      at: globe.at(stop.position),
      phase: stop.phase,
      rough: stop.rough,
      airport: stop.airport !== null,
      words: said.stop(stop),
    })),
    signs: signs.map((sign) => ({ at: globe.at(sign.position), mine: sign.mine, words: said.sign(sign) })),
    you: you ? { at: globe.at(you.position), rough: you.rough, words: said.you(you.source) } : null,
  };
}
