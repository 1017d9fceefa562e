import type { EmergencyNumber } from './api';

export type ServiceRow = {
  service: EmergencyNumber['service'];
  numbers: EmergencyNumber[];
  /** No source names all of the numbers. */
  differ: boolean;
};

const ORDER: EmergencyNumber['service'][] = ['general', 'police', 'ambulance', 'fire'];

/** A row a service, the one for everything first. A service that answers at the very same numbers needs no row. */
export function serviceRows(entries: EmergencyNumber[]): ServiceRow[] {
  const of = (service: EmergencyNumber['service']) => entries.filter((entry) => entry.service === service);
  const dialled = (numbers: EmergencyNumber[]) => numbers.map(({ number }) => number).sort().join(' ');
  const general = dialled(of('general'));
  return ORDER.map((service) => ({ service, numbers: of(service), differ: disagree(of(service)) })).filter(
    ({ service, numbers }) => numbers.length > 0 && (service === 'general' || dialled(numbers) !== general),
  );
}

function disagree(numbers: EmergencyNumber[]): boolean {
  const [first = [], ...others] = numbers.map(({ source }) => source.split('; '));
  return others.length > 0 && !first.some((source) => others.every((named) => named.includes(source)));
}
