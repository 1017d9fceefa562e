// Paints the words of the map: names of countries with their level's number, and those of the traveller's own places.
import type { Size } from './camera';
import type { Box, Point } from './globe';
import { inTwo, place, type Wish } from './labels';
import type { Palette } from './palette';
import type { Level } from './levels';
import {
  along,
  CLOSED,
  covered,
  MISSION,
  missionSigns,
  OTHERS_FROM,
  paintClosed,
  paintWarning,
  plate,
  STOP,
  WARNING,
  YOU,
  type MissionSign,
  type ToScreen,
} from './pins';
import type { Scene } from './scene';
import { isIn, type Shape } from './shapes';

type Pen = CanvasRenderingContext2D;
/** `less` is what of it stands where there is no room for all. */
type Caption = Wish & { paint: (box: Box) => void; less?: Caption };
type Sign = Pick<Scene['warned'][number], 'closed' | 'grade' | 'words'>;
type Land = { shape: Shape; name: string; level: Level | null; warned: Sign | null };

/** Where names begin to show beside islands too small to hold them. */
const BESIDE_FROM = 20;
const SMALL_UNITS = 3;
const HALO_PIXELS = 4;

/** Parts of the screen's width and height. */
const SPREAD = [
  [0.45, 0.3],
  [0.45, 0.5],
  [0.3, 0.7],
  [0.25, 0.2],
  [0.7, 0.2],
  [0.7, 0.45],
  [0.2, 0.45],
] as const;

const UNDER: Wish['sides'] = ['below', 'below-left', 'below-right'];
const OVER: Wish['sides'] = ['above', 'above-left', 'above-right'];
const SIDES: Wish['sides'] = ['below', 'right', 'left', ...OVER, ...UNDER];
const YOUR_SIDES: Wish['sides'] = [...OVER, 'right', 'left', ...UNDER];
const BARE_SIDES: Wish['sides'] = ['on', 'left', 'right', 'above', 'below', ...OVER, ...UNDER];
const GAP = 5;
const NAME_WEIGHT = 500;

export class Captions {
  #widths = new Map<string, number>();

  constructor(
    readonly pen: Pen,
    readonly palette: Palette,
    /** Of the reader's text size: 13 pixels where it is usual. */
    readonly high: number,
    readonly family: string,
  ) {}

  /** `over` is where the traveller's own words found no room but over a mission of others, which then is not shown. */
  write(
    shapes: Shape[],
    scene: Scene,
    on: ToScreen,
    screen: Size,
    scale: number,
    missions: MissionSign[],
    corner: Box,
  ): { over: Box[]; paint: () => void } {
    const own = [...this.#own(scene, on, scale, missions), ...this.#shapes(scene.warned, on)];
    const countries = this.#countries(shapes, scene, on, screen, scale);
    const signs = [...covered(scene, on, missions), corner];
    const first = place(own, screen, signs);
    const settled = first.filter((box) => box !== null);
    const pressed = own.filter((_, at) => first[at] === null);
    const over = place(pressed, screen, [...covered(scene, on, missionSigns(scene, on, 0)), corner, ...settled]);
    const full = [...signs, ...settled, ...over.filter((box) => box !== null), ...along(scene, on, screen)];
    const whole = place(countries, screen, full);
    // a country whose name has no room still says its level
    const less = countries.flatMap((one, at) => (whole[at] === null && one.less ? [one.less] : []));
    const bare = place(less, screen, [...full, ...whole.filter((box) => box !== null)]);
    const words = [...own, ...pressed, ...countries, ...less];
    const boxes = [...first, ...over, ...whole, ...bare];
    return { over: over.filter((box) => box !== null), paint: () => paintAll(words, boxes) };
  }

  #own(scene: Scene, on: ToScreen, scale: number, missions: MissionSign[]): Caption[] {
    const { own, airports } = scene;
    const { ink } = this.palette;
    const you = own.you ? [this.#line(own.you.words, on(own.you.at), YOU + 5, ink, YOUR_SIDES)] : [];
    const named = airports.map(({ at, words }) => this.#line(words, on(at), CLOSED + 4, ink, SIDES));
    const stops = own.stops
      .filter((stop) => !airports.some(({ code }) => code === stop.airport))
      .filter(({ at }) => !own.you || apart(on(at), on(own.you.at)) > YOU)
      .map(({ at, words }) => this.#line(words, on(at), STOP + 5, ink, SIDES));
    const signs = scale < OTHERS_FROM ? [] : missions.filter(({ mine }) => mine);
    return [
      ...you,
      ...named,
      ...stops,
      ...signs.map(({ at, words }) =>
        this.#line(words, at, MISSION + 5, ink, ['left', 'right', ...UNDER, ...OVER], 500),
      ),
    ];
  }

  /** The sign of each area that has a shape of its own. */
  #shapes(warned: Scene['warned'], on: ToScreen): Caption[] {
    return warned.flatMap((one) =>
      one.kind === 'shape' ? [this.#named(one.words === '' ? [] : [one.words], null, one, on(one.middle), ['on'])] : [],
    );
  }

  #line(words: string, at: Point, gap: number, ink: string, sides: Wish['sides'], weight = 650): Caption {
    const size = { width: this.#width(words, weight) + 4, height: this.high + 5 };
    return { at, size, gap, sides, paint: (box) => this.#write([words], box, weight, ink, true) };
  }

  #countries(shapes: Shape[], scene: Scene, on: ToScreen, screen: Size, scale: number): Caption[] {
    const { levels, names } = scene.countries;
    const found = shapes.flatMap((shape) => {
      const name = names.get(shape.numeric);
      if (name === undefined || !this.#inSight(shape, on, screen)) return [];
      const level = levels.get(shape.numeric) ?? null;
      // the worst, which comes last
      const warned =
        scene.warned.filter((one) => one.kind === 'country' && one.numeric === shape.numeric).pop() ?? null;
      const land = { shape, name, level, warned };
      const at = on(shape.room());
      const out = at.x < 0 || at.y < 0 || at.x > screen.width || at.y > screen.height;
      const caption = out ? this.#spread(land, on, screen) : this.#country(land, at, scale);
      const rank = (warned ? 10_000 : 0) + (level ?? 0) * 1000 + shape.box.right - shape.box.left;
      return caption ? [{ caption, rank }] : [];
    });
    return found.sort((a, b) => b.rank - a.rank).map(({ caption }) => caption);
  }

  #inSight({ box }: Shape, on: ToScreen, { width, height }: Size): boolean {
    const [from, to] = [on({ x: box.left, y: box.top }), on({ x: box.right, y: box.bottom })];
    return from.x < width && from.y < height && to.x > 0 && to.y > 0;
  }

  /** The level's number, the warning's sign and the name, or what of them there is room for. */
  #country({ shape: { room, box }, name, level, warned }: Land, at: Point, scale: number): Caption | null {
    const [wide, tall] = [room().width * scale, room().height * scale];
    const fits = ({ size }: Caption) => size.width <= wide && size.height <= tall;
    const closed = warned && warned.words !== '' ? [[name, warned.words]] : [];
    const inside = [...closed, [name], inTwo(name)].map((lines) => this.#named(lines, level, warned, at, ['on']));
    const found = inside.find(fits);
    if (found) return level === null ? found : { ...found, less: this.#named([], level, warned, at, BARE_SIDES) };
    const small = Math.max(box.right - box.left, box.bottom - box.top) < SMALL_UNITS;
    if (small && scale >= BESIDE_FROM)
      return this.#named([name], level, warned, at, ['below', 'right', 'left', 'above']);
    const bare = this.#named([], level, warned, at, BARE_SIDES);
    return warned !== null || (level !== null && fits(bare)) ? bare : null;
  }

  /** For a country so near that its middle is out of sight: the first of a few places where it lies under all of the words. */
  #spread({ shape, name, level, warned }: Land, on: ToScreen, screen: Size): Caption | null {
    const origin = on({ x: 0, y: 0 });
    const unit = on({ x: 1, y: 0 }).x - origin.x;
    const under = (x: number, y: number) =>
      isIn(this.pen, shape, { x: (x - origin.x) / unit, y: (y - origin.y) / unit });
    for (const [across, down] of SPREAD) {
      const at = { x: screen.width * across, y: screen.height * down };
      const caption = this.#named([name], level, warned, at, ['on']);
      const half = caption.size.width / 2;
      if ([0, -half, half].every((by) => under(at.x + by, at.y))) return caption;
    }
    return null;
  }

  #named(lines: string[], level: Level | null, warned: Sign | null, at: Point, sides: Wish['sides']): Caption {
    const badge = level === null ? 0 : this.high + 6;
    const sign = warned === null ? 0 : WARNING * 2;
    const parts = [sign, badge, lines.length > 0 ? this.#widest(lines) : 0].filter((width) => width > 0);
    const width = parts.reduce((sum, one) => sum + one, 0) + GAP * (parts.length - 1);
    return {
      at,
      size: { width: width + 2, height: Math.max(lines.length * (this.high + 4), badge, sign) + 2 },
      gap: 6,
      sides,
      paint: (spot) => {
        let { left } = spot;
        if (warned) {
          this.#sign(warned, { x: left + sign / 2, y: (spot.top + spot.bottom) / 2 });
          left += sign + GAP;
        }
        if (level !== null) {
          this.#badge(level, { ...spot, left }, badge);
          left += badge + GAP;
        }
        const ink = warned ? this.palette.ink : this.palette.soft;
        if (lines.length > 0) this.#write(lines, { ...spot, left }, NAME_WEIGHT, ink, true);
      },
    };
  }

  #sign({ closed, grade }: Sign, at: Point): void {
    if (closed) paintClosed(this.pen, at, this.palette);
    else paintWarning(this.pen, at, this.palette.level[grade].ink, this.palette.card);
  }

  #badge(level: Level, { left, top, bottom }: Box, side: number): void {
    const [x, y] = [left + 1, (top + bottom - side) / 2];
    const box = { left: x, top: y, right: x + side, bottom: y + side };
    plate(this.pen, box, this.palette.level[level].ink, this.palette.card, 5);
    this.#write([String(level)], box, 700, this.palette.onLevel, false);
  }

  #write(lines: string[], { left, top, right, bottom }: Box, weight: number, ink: string, halo: boolean): void {
    const { pen } = this;
    pen.font = this.#font(weight);
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    const high = this.high + 4;
    const first = (top + bottom) / 2 - ((lines.length - 1) * high) / 2;
    lines.forEach((line, at) => {
      const [x, y] = [(left + right) / 2, first + at * high + 0.5];
      if (halo) {
        pen.lineJoin = 'round';
        pen.strokeStyle = this.palette.card;
        pen.lineWidth = HALO_PIXELS;
        pen.strokeText(line, x, y);
      }
      pen.fillStyle = ink;
      pen.fillText(line, x, y);
    });
  }

  #widest = (lines: string[]): number => Math.max(...lines.map((line) => this.#width(line, NAME_WEIGHT)));

  #width(words: string, weight: number): number {
    const key = `${weight} ${words}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    this.pen.font = this.#font(weight);
    const { width } = this.pen.measureText(words);
    this.#widths.set(key, width);
    return width;
  }

  #font = (weight: number): string => `${weight} ${this.high}px ${this.family}`;
}

/** The last is under the first. */
function paintAll(words: Caption[], boxes: (Box | null)[]): void {
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const box = boxes[at];
    if (box) words[at]?.paint(box);
  }
}

const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
