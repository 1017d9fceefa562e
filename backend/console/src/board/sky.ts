// Where the sun stands in a cell of the sky, by its height over the horizon in degrees.
export type Light = 'day' | 'dusk' | 'night';

const DUSK = 6;

export function lightOf(altitude: number): Light {
  if (altitude > DUSK) return 'day';
  return altitude > -DUSK ? 'dusk' : 'night';
}

export const sunY = (altitude: number): number => 98 - 32 * Math.sin((altitude * Math.PI) / 180);
