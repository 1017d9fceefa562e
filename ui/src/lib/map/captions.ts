// Paints the words of the map: names of countries with their level's number, and those of the traveller's own places.
import type { Size } from './camera';
import type { Box, Point } from './globe';
import { inTwo, place, type Wish } from './labels';
import type { Palette } from './palette';
import type { Level } from './patterns';
import { covered, FLAG, OTHERS_FROM, STOP, YOU, type ToScreen } from './pins';
import type { Countries, Own } from './scene';
import { isIn, type Shape } from './shapes';

type Pen = CanvasRenderingContext2D;
type Caption = Wish & { paint: (box: Box) => void };

/** Where names begin to show beside islands too small to hold them. */
const BESIDE_FROM = 20;
const SMALL_UNITS = 3;

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

export class Captions {
  #widths = new Map<string, number>();

  constructor(
    readonly pen: Pen,
    readonly palette: Palette,
    /** Of the reader's text size: 13 pixels where it is usual. */
    readonly high: number,
    readonly family: string,
  ) {}

  paint(shapes: Shape[], countries: Countries, own: Own, on: ToScreen, screen: Size, scale: number, corner: Box): void {
    const words = [...this.#own(own, on, scale), ...this.#countries(shapes, countries, on, screen, scale)];
    const boxes = place(words, screen, [...covered(own, on), corner]);
    // the last is under the first
    for (let at = words.length - 1; at >= 0; at -= 1) {
      const box = boxes[at];
      if (box) words[at]?.paint(box);
    }
  }

  #own(own: Own, on: ToScreen, scale: number): Caption[] {
    const you = own.you
      ? [this.#line(own.you.words, on(own.you.at), YOU + 4, this.palette.steppe, [...UNDER, 'right', 'left', ...OVER])]
      : [];
    const stops = own.stops.map(({ at, airport, words }) => this.#stop(words, on(at), airport));
    const signs = own.signs.filter(({ mine }) => mine && scale >= OTHERS_FROM);
    return [
      ...you,
      ...stops,
      ...signs.map(({ at, words }) => {
        const { x, y } = on(at);
        return this.#line(words, { x, y: y - FLAG.mine * 0.75 }, FLAG.mine * 0.7 + 4, this.palette.ink, [
          'right',
          'left',
          ...OVER,
        ]);
      }),
    ];
  }

  #stop(words: string, at: Point, airport: boolean): Caption {
    if (!airport) return this.#line(words, at, STOP + 5, this.palette.ink, ['right', 'left', ...OVER, ...UNDER]);
    const size = { width: this.#width(words, 700) + 10, height: this.high + 7 };
    return {
      at,
      size,
      gap: STOP + 5,
      sides: ['above', 'left', 'right', 'below', ...OVER, ...UNDER],
      paint: (box) => {
        this.#plate(box, this.palette.card, this.palette.edge, 5);
        this.#write([words], box, 700, this.palette.ink, false);
      },
    };
  }

  #line(words: string, at: Point, gap: number, ink: string, sides: Wish['sides']): Caption {
    const size = { width: this.#width(words, 650) + 4, height: this.high + 5 };
    return { at, size, gap, sides, paint: (box) => this.#write([words], box, 650, ink, true) };
  }

  #countries(shapes: Shape[], { levels, names }: Countries, on: ToScreen, screen: Size, scale: number): Caption[] {
    const found = shapes.flatMap((shape) => {
      const name = names.get(shape.numeric);
      if (name === undefined || !this.#inSight(shape, on, screen)) return [];
      const level = levels.get(shape.numeric) ?? null;
      const at = on(shape.room());
      const out = at.x < 0 || at.y < 0 || at.x > screen.width || at.y > screen.height;
      const caption = out ? this.#spread(shape, name, level, on, screen) : this.#country(shape, name, level, at, scale);
      return caption ? [{ caption, rank: (level ?? 0) * 1000 + shape.box.right - shape.box.left }] : [];
    });
    return found.sort((a, b) => b.rank - a.rank).map(({ caption }) => caption);
  }

  #inSight({ box }: Shape, on: ToScreen, { width, height }: Size): boolean {
    const [from, to] = [on({ x: box.left, y: box.top }), on({ x: box.right, y: box.bottom })];
    return from.x < width && from.y < height && to.x > 0 && to.y > 0;
  }

  /** The level's number and the name, or what of them there is room for. */
  #country({ room, box }: Shape, name: string, level: Level | null, at: Point, scale: number): Caption | null {
    const [wide, tall] = [room().width * scale, room().height * scale];
    const fits = ({ size }: Caption) => size.width <= wide && size.height <= tall;
    const inside = [[name], inTwo(name)].map((lines) => this.#named(lines, level, at, ['on'])).find(fits);
    if (inside) return inside;
    const small = Math.max(box.right - box.left, box.bottom - box.top) < SMALL_UNITS;
    if (small && scale >= BESIDE_FROM) return this.#named([name], level, at, ['below', 'right', 'left', 'above']);
    const bare = this.#named([], level, at, ['on']);
    return level !== null && fits(bare) ? bare : null;
  }

  /** For a country so near that its middle is out of sight: the first of a few places where it lies under all of the words. */
  #spread(shape: Shape, name: string, level: Level | null, on: ToScreen, screen: Size): Caption | null {
    const origin = on({ x: 0, y: 0 });
    const unit = on({ x: 1, y: 0 }).x - origin.x;
    const under = (x: number, y: number) =>
      isIn(this.pen, shape, { x: (x - origin.x) / unit, y: (y - origin.y) / unit });
    for (const [across, down] of SPREAD) {
      const at = { x: screen.width * across, y: screen.height * down };
      const caption = this.#named([name], level, at, ['on']);
      const half = caption.size.width / 2;
      if ([0, -half, half].every((by) => under(at.x + by, at.y))) return caption;
    }
    return null;
  }

  #named(lines: string[], level: Level | null, at: Point, sides: Wish['sides']): Caption {
    const badge = level === null ? 0 : this.high + 6;
    const gap = lines.length > 0 && badge > 0 ? 4 : 0;
    const text = lines.length > 0 ? this.#widest(lines) : 0;
    return {
      at,
      size: { width: badge + gap + text + 2, height: Math.max(lines.length * (this.high + 4), badge) + 2 },
      gap: 6,
      sides,
      paint: (spot) => {
        if (level !== null) this.#badge(level, spot, badge);
        if (lines.length > 0)
          this.#write(lines, { ...spot, left: spot.left + badge + gap }, 550, this.palette.ink, true);
      },
    };
  }

  #badge(level: Level, { left, top, bottom }: Box, side: number): void {
    const [x, y] = [left + 1, (top + bottom - side) / 2];
    const box = { left: x, top: y, right: x + side, bottom: y + side };
    this.#plate(box, this.palette.level[level].ink, this.palette.card, 5);
    this.#write([String(level)], box, 700, this.palette.onLevel, false);
  }

  #plate({ left, top, right, bottom }: Box, fill: string, edge: string, radius: number): void {
    const { pen } = this;
    pen.beginPath();
    pen.moveTo(left + radius, top);
    pen.arcTo(right, top, right, bottom, radius);
    pen.arcTo(right, bottom, left, bottom, radius);
    pen.arcTo(left, bottom, left, top, radius);
    pen.arcTo(left, top, right, top, radius);
    pen.closePath();
    pen.fillStyle = fill;
    pen.fill();
    pen.strokeStyle = edge;
    pen.lineWidth = 1;
    pen.stroke();
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
        pen.lineWidth = 3.5;
        pen.strokeText(line, x, y);
      }
      pen.fillStyle = ink;
      pen.fillText(line, x, y);
    });
  }

  #widest = (lines: string[]): number => Math.max(...lines.map((line) => this.#width(line, 550)));

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
