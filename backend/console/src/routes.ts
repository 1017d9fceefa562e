// Which room is on screen: in the address after #, so that back leads back and no server sees it.
export type Route =
  | { room: 'board' }
  | { room: 'case'; number: number }
  | { room: 'headcount' }
  | { room: 'table' }
  | { room: 'log' }
  | { room: 'call' }
  | { room: 'people' }
  | { room: 'letters' }
  | { room: 'staff' }
  | { room: 'night' }
  | { room: 'soon'; name: 'publish' | 'lines' };

export function parse(hash: string): Route {
  const [room = '', given = ''] = hash.replace(/^#\/?/, '').split('/');
  const number = Number(given);
  switch (room) {
    case 'case':
      return Number.isInteger(number) && number > 0 ? { room, number } : { room: 'board' };
    case 'headcount':
      return given === 'table' ? { room: 'table' } : { room };
    case 'log':
    case 'call':
    case 'people':
    case 'letters':
    case 'staff':
    case 'night':
      return { room };
    case 'publish':
    case 'lines':
      return { room: 'soon', name: room };
    default:
      return { room: 'board' };
  }
}

export function href(route: Route): string {
  switch (route.room) {
    case 'board':
      return '#/';
    case 'case':
      return `#/case/${route.number}`;
    case 'headcount':
      return '#/headcount';
    case 'table':
      return '#/headcount/table';
    case 'log':
    case 'call':
    case 'people':
    case 'letters':
    case 'staff':
    case 'night':
      return `#/${route.room}`;
    case 'soon':
      return `#/${route.name}`;
  }
}
