// Colours of a style sheet, and how far two stand apart (WCAG 2). Pure, so that each page's own tests can ask it.

export function colours(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** What a sheet of tokens gives by day, and by night over that. */
export function themes(css: string): { light: Record<string, string>; dark: Record<string, string> } {
  const [lightBlock = '', darkBlock = ''] = css.split('@media (prefers-color-scheme: dark)');
  const light = colours(lightBlock);
  return { light, dark: { ...light, ...colours(darkBlock) } };
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}
