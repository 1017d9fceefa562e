// Which pictures are taken: of which room, in which language and size. A file of `shots/` a room.
import { board } from './shots/board.mjs';
import { cases } from './shots/case.mjs';
import { intake } from './shots/intake.mjs';
import { night } from './shots/night.mjs';
import { rooms } from './shots/rooms.mjs';
import { signIn } from './shots/sign-in.mjs';

export const shots = [...board, ...cases, ...intake, ...night, ...rooms, ...signIn];
