// Which pictures are taken: of which room, in which language and size. A file of `shots/` a room.
import { board } from './shots/board.mjs';

export const shots = [...board];
