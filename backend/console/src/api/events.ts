// Server-sent events by hand: the browser's own reader can sign nothing.

/** The name of each event of a stream, in order. */
export async function* eachEvent(answer: Response): AsyncGenerator<string> {
  if (!answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split(/\r?\n\r?\n/);
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const name = nameOf(part);
      if (name !== null) yield name;
    }
  }
}

/** What only keeps the line open has neither name nor data. */
export function nameOf(part: string): string | null {
  const lines = part.split(/\r?\n/);
  const named = lines.find((line) => line.startsWith('event:'));
  if (named) return named.slice('event:'.length).trim();
  return lines.some((line) => line.startsWith('data:')) ? 'message' : null;
}
