// The console's one sound: two strokes of the app's dombyra.
import { play } from '@ui/lib/sounds/alarm';
import { desk } from '../desk.svelte';

/** A browser lets a page sound only after somebody pressed something; so it is tested, and the hour of it is shown. */
export async function testSound(): Promise<void> {
  const playing = await play('message');
  desk.soundTested = playing.sounds ? desk.now : null;
}

export async function ring(): Promise<void> {
  await play('message');
}
