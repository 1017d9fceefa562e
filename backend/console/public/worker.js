// Says that a life waits while nobody looks at the console, and opens the board. It keeps nothing and answers for no request.
// Its words come with its address, from the page that registered it, in that officer's language.
const words = new URL(self.location.href).searchParams;

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// Whatever a push says, a browser takes none that shows nothing: one thing is meant.
self.addEventListener('push', (event) => {
  const how = {
    body: words.get('body'),
    lang: words.get('lang'),
    tag: 'life',
    renotify: true,
    requireInteraction: true,
  };
  event.waitUntil(self.registration.showNotification(words.get('title'), how));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openBoard());
});

async function openBoard() {
  const [page] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!page) return self.clients.openWindow('/#/');
  // what is typed in it stays: the page goes there itself
  page.postMessage('board');
  return page.focus();
}
