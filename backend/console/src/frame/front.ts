import type { Board } from '../api/types';
import { m } from '../words';
import { age } from '../words/spans';

const silence = (heard: string, at: string): number =>
  Math.max(0, Math.round((Date.parse(at) - Date.parse(heard)) / 1000));

/** How old the front's last word was when the list was made: it changes only with the list. */
export function frontAge({ at, front }: Board): string {
  const seconds = silence(front.heard ?? at, at);
  return seconds < 60 ? m.seconds_ago({ count: seconds }) : m.minutes_ago({ count: Math.floor(seconds / 60) });
}

/** The front does not answer any more: what stands here may be old. */
export const isCutOff = ({ front }: Board): boolean => front.away !== null;

export const awayFor = ({ at, front }: Board): string => age(Math.floor(silence(front.away ?? at, at) / 60));
