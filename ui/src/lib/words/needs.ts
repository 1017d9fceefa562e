// What somebody needs, in words.
import type { Needs, Person } from '../api';
import { m } from './index';
import { medicineWords } from './needs-said';

/** A line each. */
export const needsWords = (needs: Needs | undefined): string[] => {
  if (!needs) return [];
  const { medicine = '', medicine_days: days = null, wheelchair, pregnant, infant } = needs;
  return [
    ...(medicine === '' ? [] : [`${m.needs_said_medicine()}: ${medicine}`]),
    ...(days === null ? [] : [medicineWords(days)]),
    ...(wheelchair ? [m.needs_wheelchair()] : []),
    ...(pregnant ? [m.needs_pregnant()] : []),
    ...(infant ? [m.needs_infant()] : []),
  ];
};

/** Somebody in one line. */
export const personWords = ({ name, latin = '', phone = '', group = '', room = '', needs }: Person): string =>
  [name, latin, phone, group, room, ...needsWords(needs)].filter((part) => part !== '').join(', ');
