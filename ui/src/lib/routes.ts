export type Route =
  | { screen: 'now' }
  | { screen: 'stuck' }
  | { screen: 'verify' }
  | { screen: 'family' }
  | { screen: 'no-word' }
  | { screen: 'messages' }
  | { screen: 'need'; of: number | null }
  | { screen: 'sms' }
  | { screen: 'drill' }
  | { screen: 'trips' }
  | { screen: 'trip'; id: string; part?: string }
  | { screen: 'trip-form'; id: string | null }
  | { screen: 'paper' }
  | { screen: 'restore' }
  | { screen: 'import'; id: string | null }
  | { screen: 'guidance'; id: string | null }
  | { screen: 'show'; id: string }
  | { screen: 'map' }
  | { screen: 'country'; code: string }
  | { screen: 'where' }
  | { screen: 'search' }
  | { screen: 'contacts' }
  | { screen: 'mission'; id: string }
  | { screen: 'settings' }
  | { screen: 'left' }
  | { screen: 'privacy' }
  | { screen: 'about' }
  | { screen: 'advisory'; id: string };

export type Tab = 'now' | 'trips' | 'guidance' | 'map' | 'contacts';

/** Screens of which there is one each. */
const PLAIN = [
  'stuck',
  'verify',
  'family',
  'no-word',
  'messages',
  'sms',
  'drill',
  'paper',
  'restore',
  'map',
  'where',
  'search',
  'settings',
  'left',
  'privacy',
  'about',
] as const;

export function parse(hash: string): Route {
  const [first = '', second, third] = hash.replace(/^#\/?/, '').split('/').map(decode);
  if (first === 'trips') {
    if (second === undefined || second === '') return { screen: 'trips' };
    if (second === 'new') return { screen: 'trip-form', id: null };
    if (third === 'edit') return { screen: 'trip-form', id: second };
    return third === undefined ? { screen: 'trip', id: second } : { screen: 'trip', id: second, part: third };
  }
  if (first === 'guidance') return { screen: 'guidance', id: second === undefined || second === '' ? null : second };
  if (first === 'need') return { screen: 'need', of: second && /^\d+$/.test(second) ? Number(second) : null };
  if (first === 'show' && second !== undefined && second !== '') return { screen: 'show', id: second };
  if (first === 'import') return { screen: 'import', id: second === undefined || second === '' ? null : second };
  if (first === 'country' && second !== undefined && second !== '') return { screen: 'country', code: second };
  if (first === 'contacts')
    return second === undefined || second === '' ? { screen: 'contacts' } : { screen: 'mission', id: second };
  if (first === 'advisory' && second !== undefined && second !== '') return { screen: 'advisory', id: second };
  return { screen: PLAIN.find((one) => one === first) ?? 'now' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function href(route: Route): string {
  switch (route.screen) {
    case 'now':
    case 'stuck':
    case 'verify':
    case 'family':
    case 'no-word':
    case 'messages':
    case 'sms':
    case 'drill':
    case 'trips':
    case 'paper':
    case 'restore':
    case 'map':
    case 'where':
    case 'search':
    case 'contacts':
    case 'settings':
    case 'left':
    case 'privacy':
    case 'about':
      return `#/${route.screen}`;
    case 'need':
      return route.of === null ? '#/need' : `#/need/${route.of}`;
    case 'trip':
      return `#/trips/${[route.id, ...(route.part === undefined ? [] : [route.part])].map(encodeURIComponent).join('/')}`;
    case 'trip-form':
      return route.id === null ? '#/trips/new' : `#/trips/${encodeURIComponent(route.id)}/edit`;
    case 'import':
      return route.id === null ? '#/import' : `#/import/${encodeURIComponent(route.id)}`;
    case 'country':
      return `#/country/${encodeURIComponent(route.code)}`;
    case 'guidance':
      return route.id === null ? '#/guidance' : `#/guidance/${encodeURIComponent(route.id)}`;
    case 'show':
      return `#/show/${encodeURIComponent(route.id)}`;
    case 'mission':
      return `#/contacts/${encodeURIComponent(route.id)}`;
    case 'advisory':
      return `#/advisory/${encodeURIComponent(route.id)}`;
  }
}

export function tabOf(route: Route): Tab | null {
  switch (route.screen) {
    case 'now':
    case 'stuck':
    case 'verify':
    case 'family':
    case 'no-word':
    case 'messages':
    case 'need':
    case 'sms':
    case 'advisory':
    case 'where':
      return 'now';
    case 'trips':
    case 'trip':
    case 'trip-form':
    case 'paper':
    case 'restore':
    case 'import':
      return 'trips';
    case 'guidance':
    case 'map':
    case 'contacts':
      return route.screen;
    case 'show':
      return 'guidance';
    case 'mission':
      return 'contacts';
    case 'country':
      return 'map';
    case 'search':
    case 'settings':
    case 'drill':
    case 'left':
    case 'privacy':
    case 'about':
      return null;
  }
}
