/** Two fingers never zoom the page: the call bar would leave the screen. Text grows by the system's own setting. */
export function keepPageUnzoomed(): void {
  const keep = (event: TouchEvent) => {
    if (event.touches.length > 1) event.preventDefault();
  };
  addEventListener('touchstart', keep, { passive: false });
  addEventListener('touchmove', keep, { passive: false });
}
