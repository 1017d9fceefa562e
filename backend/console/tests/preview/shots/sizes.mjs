// The windows of the pictures, and when they are looked at.
export const desktop = { width: 1440, height: 900 };
export const small = { width: 1280, height: 800 };
export const large = { width: 1920, height: 1080 };
export const phone = { width: 390, height: 844 };
/** A desktop zoomed twice. */
export const zoomed = { width: 720, height: 450 };
export const CRISIS = '2026-03-01T00:17:09Z';
export const CALM = '2026-02-26T04:42:31Z';
