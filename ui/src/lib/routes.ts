export type Route =
  | { screen: 'now' }
  | { screen: 'trips' }
  | { screen: 'trip'; id: string }
  | { screen: 'trip-form'; id: string | null }
  | { screen: 'guidance'; id: string | null }
  | { screen: 'contacts' }
  | { screen: 'settings' }
  | { screen: 'advisory'; id: string };

export type Tab = 'now' | 'trips' | 'guidance' | 'contacts';

export function parse(hash: string): Route {
  const [first = '', second, third] = hash.replace(/^#\/?/, '').split('/').map(decode);
  if (first === 'trips') {
    if (second === undefined || second === '') return { screen: 'trips' };
    if (second === 'new') return { screen: 'trip-form', id: null };
    return third === 'edit' ? { screen: 'trip-form', id: second } : { screen: 'trip', id: second };
  }
  if (first === 'guidance') return { screen: 'guidance', id: second === undefined || second === '' ? null : second };
  if (first === 'contacts') return { screen: 'contacts' };
  if (first === 'settings') return { screen: 'settings' };
  if (first === 'advisory' && second !== undefined && second !== '') return { screen: 'advisory', id: second };
  return { screen: 'now' };
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
    case 'trips':
    case 'contacts':
    case 'settings':
      return `#/${route.screen}`;
    case 'trip':
      return `#/trips/${encodeURIComponent(route.id)}`;
    case 'trip-form':
      return route.id === null ? '#/trips/new' : `#/trips/${encodeURIComponent(route.id)}/edit`;
    case 'guidance':
      return route.id === null ? '#/guidance' : `#/guidance/${encodeURIComponent(route.id)}`;
    case 'advisory':
      return `#/advisory/${encodeURIComponent(route.id)}`;
  }
}

export function tabOf(route: Route): Tab | null {
  switch (route.screen) {
    case 'now':
    case 'advisory':
      return 'now';
    case 'trips':
    case 'trip':
    case 'trip-form':
      return 'trips';
    case 'guidance':
    case 'contacts':
      return route.screen;
    case 'settings':
      return null;
  }
}
