// What is scrolled to stands above the call bar, where the window is so small for its text that the page scrolls under the bar.
export function keepAboveBar(): void {
  const bar = document.querySelector<HTMLElement>('.call-area');
  if (!bar) return;
  const room = () => document.documentElement.style.setProperty('scroll-padding-bottom', `${bar.offsetHeight}px`);
  new ResizeObserver(room).observe(bar);
}
