// How far a zone's clock is ahead of UTC at a moment. An officer's browser is kept up to date, so its tables are believed.
import type { Shift } from '@ui/lib/api/types/Shift';

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  clocks.set(zone, clock);
  return clock;
}

export function shiftsAt(zone: string, ms: number): Shift[] {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return [{ from: '1970-01-01T00:00:00Z', seconds: Math.round(wall / 1000) - Math.floor(ms / 1000) }];
}

export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
