// Without these, TypeScript would infer the type of every point of every coast.
declare module 'world-atlas/countries-110m.json' {
  const topology: import('./outlines').Atlas;
  export default topology;
}

declare module 'world-atlas/countries-50m.json' {
  const topology: import('./outlines').Atlas;
  export default topology;
}
