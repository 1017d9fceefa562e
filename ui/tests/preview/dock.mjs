// What must hold of the dock on any phone: the call and the tabs in a row each, nothing that is offered behind them, and
// what rises above them said.

/** Runs in the page. */
export function dockFaults() {
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.offsetParent !== null);
  const tops = (selector) => new Set(shown(selector).map((one) => Math.round(one.getBoundingClientRect().top))).size;
  const faults = [];
  if (matchMedia('(max-width: 52.49em)').matches) {
    if (tops('.tab') > 1) faults.push('the tabs are in several rows');
    const words = shown('.tab > span:last-child').map((one) => one.getBoundingClientRect());
    if (words.some(({ left, right }) => left < 2 || right > innerWidth - 2)) faults.push('a tab touches the edge');
    if (words.some(({ right }, at) => words[at + 1]?.left < right + 2)) faults.push('two tabs touch');
    if (tops('.call-bar, .second-way') > 1) faults.push('the call is in several rows');
  }
  const line = shown('.call-line')[0];
  if (line?.scrollHeight > line?.clientHeight + 1) faults.push('who answers the call, or when, is cut');
  const head = document.querySelector('.top').getBoundingClientRect();
  if (innerWidth < 840 && innerHeight >= 800 && head.height > innerHeight / 8)
    faults.push('the head takes the room of what is read');
  const dock = document.querySelector('.call-area').getBoundingClientRect();
  if (dock.bottom > innerHeight + 1) faults.push('the call is out of sight');
  const isWide = matchMedia('(min-width: 52.5em)').matches;
  const page = document.querySelector('main').getBoundingClientRect();
  if (isWide && !document.querySelector('.ask') && page.bottom < innerHeight - 1)
    faults.push('the page ends above its window');
  const offered = document.activeElement?.getAttribute('role') === 'combobox' ? shown('[role=option]').slice(0, 2) : [];
  if (offered.some((one) => one.getBoundingClientRect().bottom > dock.top + 1))
    faults.push('the dock covers what is offered');
  const size = (one) => Number.parseFloat(getComputedStyle(one).fontSize);
  if (shown('.phone-number, .number-large').some((one) => size(one) < size(document.body)))
    faults.push('a number to dial is smaller than the words');
  const sheet = document.querySelector('.ask');
  const low = sheet?.getBoundingClientRect().bottom;
  if (
    shown('.ask .whose, .ask .whose ~ .button')
      .slice(0, 2)
      .some((one) => one.getBoundingClientRect().bottom > low + 1)
  )
    faults.push('the number of a call is out of sight');
  const place = document.querySelector('.map-sheet')?.getBoundingClientRect();
  if (place) {
    const stage = document.querySelector('.map-frame').getBoundingClientRect();
    if (stage.top < page.top || stage.height < 140) faults.push('a place of the map hides the map');
    if (place.bottom > page.bottom + 1) faults.push('a place of the map is out of sight');
    const level = document.querySelector('.map-sheet-title > .kicker')?.getBoundingClientRect();
    if (level?.bottom > place.bottom) faults.push('the level of a place is out of sight');
    const sign = document.querySelector('.map-buttons').getBoundingClientRect();
    const [middle, arm] = [(stage.left + stage.right) / 2, (stage.top + stage.bottom) / 2 + 18];
    if (sign.left < middle && sign.top < arm) faults.push('buttons cover the middle of the map');
  }
  const [told, tell] = ['told', 'tell'].flatMap((one) => shown(`[data-testid=roll-${one}]`));
  const isInSight = (one) => one.getBoundingClientRect().bottom <= dock.top + 1;
  if (tell && isInSight(tell) && !isInSight(told)) faults.push('what the ministry was told is not at its button');
  const isSaid = document.querySelector('[data-testid=saying]').textContent.trim() !== '';
  if (sheet !== null && !isSaid && !sheet.contains(document.activeElement))
    faults.push('a sheet comes and is not said');
  return faults;
}
